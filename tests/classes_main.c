/* Holds classfile/ against many class files:
 *
 *	classes [--nops DIR | --widen DIR] PATH...
 *
 * For every *.class under the PATHs: parse and write must give the same bytes,
 * every method's code must parse and its frames compute, also by data flow, as
 * if the class were old, with the same kinds of types on the stack; and a nop
 * inserted before every instruction must give a class that passes again.
 * --widen inserts many more, so that jumps must be widened; methods that would
 * grow too long stay as they are and are counted. With --nops or --widen, the
 * edited classes are written to DIR, for tests/VerifyAll.java. Prints each
 * failure and a count; the exit status is 1 if anything failed, 2 if there was
 * no class.
 */
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "classfile/code.h"
#include "classfile/frames.h"
#include "classfile/rewrite.h"

#define CLASS_MAX ((size_t)1 << 30)
#define WIDENING_NOPS 33000	/* no short jump leads across */

struct options {
	const char *out;
	bool is_widening;
};

struct tally {
	unsigned long classes, methods, skipped, failures;
	unsigned long long bytes;
	clock_t reading, framing;
};

static struct span read_file(const char *path)
{
	struct span span = { NULL, 0 };
	struct stat st;
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;

	if (!file || fstat(fileno(file), &st)) {
		perror(path);
		exit(2);
	}
	bytes = malloc((size_t)st.st_size + 1);
	span.len = fread(bytes, 1, (size_t)st.st_size, file);
	span.bytes = bytes;
	fclose(file);
	return span;
}

/* DIR/package/Name.class */
static void write_file(const char *dir, const char *name, struct span bytes)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.class", dir, name);
	for (char *at = path + strlen(dir) + 1; *at; at++)
		if (*at == '/') {
			*at = '\0';
			mkdir(path, 0777);
			*at = '/';
		}
	file = fopen(path, "wb");
	if (!file || fwrite(bytes.bytes, 1, bytes.len, file) != bytes.len ||
	    fclose(file)) {
		perror(path);
		exit(2);
	}
}

static void fail(struct tally *tally, const char *path, const char *text)
{
	tally->failures++;
	printf("%s: %s\n", path, text);
}

static struct class *read_class(struct arena *arena, struct span bytes,
				const char *path, struct tally *tally,
				struct code ***ret_codes)
{
	clock_t start = clock();
	struct err err = ERR_INIT;
	struct class *class = NULL;
	struct code **codes;

	if (class_parse(arena, bytes, path, &class, &err) != ERR_OK) {
		fail(tally, path, err.text);
		return NULL;
	}
	codes = ARENA_NEW_N(arena, struct code *, class->n_methods);
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (class->methods[i].code &&
		    code_parse(arena, class, &class->methods[i], &codes[i],
			       &err) != ERR_OK)
			fail(tally, path, err.text);
	tally->reading += clock() - start;
	*ret_codes = codes;
	return class;
}

static bool is_same_kind(const struct vtype *a, const struct vtype *b)
{
	bool is_reference = a->kind == VTYPE_NULL || a->kind == VTYPE_OBJECT;

	return a->kind == b->kind ||
	       (is_reference && (b->kind == VTYPE_NULL || b->kind == VTYPE_OBJECT));
}

/* Code that only a frame declares reachable is unknown to the data flow. */
static bool agree(const struct frame *a, const struct frame *b)
{
	if (!a->is_known || !b->is_known)
		return a->is_known || !b->is_known;
	if (a->n_stack != b->n_stack)
		return false;
	for (uint16_t i = 0; i < a->n_stack; i++)
		if (!is_same_kind(&a->stack[i], &b->stack[i]))
			return false;
	return true;
}

/* `by_table` are the method's frames as they should be. */
static void check_data_flow(struct arena *arena, const struct class *class,
			    uint16_t method, const struct code *code,
			    const struct frame *by_table, struct tally *tally)
{
	struct err err = ERR_INIT;
	struct class old = *class;
	struct frame *by_flow;

	old.major = 48;
	if (frames_compute(arena, &old, &class->methods[method], code,
			   &by_flow, &err) != ERR_OK) {
		fail(tally, class->what, err.text);
		return;
	}
	for (uint32_t i = 0; i < code->n_insns; i++) {
		if (agree(&by_table[i], &by_flow[i]))
			continue;
		fail(tally, class->what, class->methods[method].name);
		printf("  data flow disagrees at pc %u\n", code->insns[i].pc);
		return;
	}
}

static void check_frames(struct arena *arena, const struct class *class,
			 struct code **codes, struct tally *tally)
{
	struct err err = ERR_INIT;
	struct frame *frames;

	for (uint16_t i = 0; i < class->n_methods; i++) {
		clock_t start = clock();

		if (!codes[i])
			continue;
		if (frames_compute(arena, class, &class->methods[i], codes[i],
				   &frames, &err) != ERR_OK)
			fail(tally, class->what, err.text);
		else
			tally->framing += clock() - start;
		if (err.code == ERR_OK)
			check_data_flow(arena, class, i, codes[i], frames, tally);
		err.code = ERR_OK;
	}
}

static void check_same_when_written(const struct class *class,
				    struct tally *tally)
{
	struct buf buf;

	buf_init(&buf, CLASS_MAX);
	class_write(class, &buf);
	if (!span_equal(buf_get(&buf), class->bytes))
		fail(tally, class->what, "not the same when written back");
	buf_release(&buf);
}

static bool has_jumps(const struct code *code)
{
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (code->is_target[i])
			return true;
	return false;
}

/* A nop before every instruction; to widen, also many in the middle. */
static void plan_nops(struct rewrite *rewrite, uint16_t method,
		      const struct code *code, bool is_widening)
{
	static const uint8_t nops[WIDENING_NOPS];

	if (is_widening && !has_jumps(code))
		return;
	for (uint32_t i = 0; i < code->n_insns; i++) {
		size_t n = is_widening && i == code->n_insns / 2
				   ? WIDENING_NOPS : 1;

		rewrite_edit(rewrite, method, (struct edit){
			.pc = code->insns[i].pc, .inserted = { nops, n } });
	}
}

static void check_edited(struct arena *arena, const struct class *class,
			 struct code **codes, const struct options *options,
			 struct tally *tally)
{
	const char **skip = ARENA_NEW_N(arena, const char *, class->n_methods);
	struct rewrite *rewrite = rewrite_start(arena, class);
	struct tally inner = { 0 };
	struct err err = ERR_INIT;
	struct class *edited;
	struct code **edited_codes;
	struct span bytes;

	for (uint16_t i = 0; i < class->n_methods; i++)
		if (codes[i])
			plan_nops(rewrite, i, codes[i], options->is_widening);
	if (rewrite_finish(rewrite, arena, skip, &bytes, &err) != ERR_OK) {
		fail(tally, class->what, err.text);
		return;
	}
	for (uint16_t i = 0; i < class->n_methods; i++) {
		if (!skip[i])
			continue;
		tally->skipped++;
		if (!strstr(skip[i], "longer than"))
			fail(tally, class->what, skip[i]);
	}
	if (options->out)
		write_file(options->out, class->name, bytes);
	edited = read_class(arena, bytes, class->what, &inner, &edited_codes);
	if (edited)
		check_frames(arena, edited, edited_codes, &inner);
	tally->failures += inner.failures;
}

static void check_class(const char *path, const struct options *options,
			struct tally *tally)
{
	struct arena arena = ARENA_INIT;
	struct span bytes = read_file(path);
	struct class *class;
	struct code **codes;

	tally->classes++;
	tally->bytes += bytes.len;
	class = read_class(&arena, bytes, path, tally, &codes);
	if (class) {
		for (uint16_t i = 0; i < class->n_methods; i++)
			tally->methods += codes[i] != NULL;
		check_same_when_written(class, tally);
		check_frames(&arena, class, codes, tally);
		check_edited(&arena, class, codes, options, tally);
	}
	arena_release(&arena);
	free((void *)(uintptr_t)bytes.bytes);
}

static double megabytes_per_second(const struct tally *tally, clock_t ticks)
{
	return (double)tally->bytes / 1e6 /
	       ((double)ticks / CLOCKS_PER_SEC + 1e-9);
}

static int check_tree(char **paths, const struct options *options)
{
	struct tally tally = { 0 };
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	if (!tree) {
		perror("fts_open");
		return 2;
	}
	while ((entry = fts_read(tree)))
		if (entry->fts_info == FTS_F && entry->fts_namelen > 6 &&
		    !strcmp(entry->fts_name + entry->fts_namelen - 6, ".class"))
			check_class(entry->fts_accpath, options, &tally);
	fts_close(tree);
	printf("%lu classes, %lu methods, %llu bytes: %lu failures, "
	       "%lu methods too long to edit; "
	       "read at %.0f MB/s, frames at %.0f MB/s\n",
	       tally.classes, tally.methods, tally.bytes, tally.failures,
	       tally.skipped, megabytes_per_second(&tally, tally.reading),
	       megabytes_per_second(&tally, tally.framing));
	return !tally.classes ? 2 : tally.failures != 0;
}

int main(int argc, char **argv)
{
	struct options options = { NULL, false };
	int first = 1;

	if (argc > 2 && (!strcmp(argv[1], "--nops") ||
			 !strcmp(argv[1], "--widen"))) {
		options.is_widening = !strcmp(argv[1], "--widen");
		options.out = argv[2];
		mkdir(options.out, 0777);
		first = 3;
	}
	if (first >= argc) {
		fprintf(stderr, "usage: classes [--nops DIR | --widen DIR] PATH...\n");
		return 2;
	}
	return check_tree(argv + first, &options);
}
