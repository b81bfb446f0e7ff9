/* main() for a fuzz target without a fuzzer: runs it over files and folders.
 *
 *	replay-class_parse fuzz/corpus/class_parse
 *
 * A target that finds something aborts, as under the fuzzer; the file at hand
 * is named first, so that it can be found.
 */
#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void run_file(const char *path, size_t size)
{
	uint8_t *bytes = malloc(size ? size : 1);
	FILE *file = fopen(path, "rb");
	size_t len;

	if (!file || !bytes) {
		perror(path);
		exit(2);
	}
	len = fread(bytes, 1, size, file);
	fclose(file);
	fprintf(stderr, "\r\033[K%s", path);
	LLVMFuzzerTestOneInput(bytes, len);
	free(bytes);
}

int main(int argc, char **argv)
{
	unsigned long n = 0;
	FTSENT *entry;
	FTS *tree;

	if (argc < 2) {
		fprintf(stderr, "usage: %s PATH...\n", argv[0]);
		return 2;
	}
	tree = fts_open(argv + 1, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (!tree) {
		perror(argv[1]);
		return 2;
	}
	while ((entry = fts_read(tree))) {
		if (entry->fts_info != FTS_F)
			continue;
		run_file(entry->fts_accpath, (size_t)entry->fts_statp->st_size);
		n++;
	}
	fts_close(tree);
	fprintf(stderr, "\r\033[K");
	printf("%lu inputs\n", n);
	return n ? 0 : 2;
}
