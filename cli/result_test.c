#include "cli/result.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/test.h"

#define PIECES 5000u

static int new_file(void)
{
	char path[] = "/tmp/vary_result_XXXXXX";
	int fd = mkstemp(path);

	EXPECT(fd >= 0 && unlink(path) == 0);
	return fd;
}

static void put_pieces(struct buf *out)
{
	for (unsigned i = 0; i < PIECES; i++) {
		buf_fmt(out, "%063u\n", i);
		buf_pass(out);
	}
}

TEST(pieces_are_written_in_order_and_not_kept)
{
	struct err err = ERR_INIT;
	struct result result;
	char line[65] = "";
	int fd = new_file();

	result_init(&result, fd);
	put_pieces(&result.buf);
	EXPECT(result.buf.size < 4 * 65536);
	EXPECT(result_finish(&result, &err) == ERR_OK);
	EXPECT_LONG(lseek(fd, 0, SEEK_END), 64 * PIECES);
	for (unsigned i = 0; i < PIECES; i++) {
		EXPECT(pread(fd, line, 64, 64 * i) == 64);
		EXPECT_LONG(strtol(line, NULL, 10), i);
	}
	close(fd);
}

TEST(a_write_that_failed_is_not_made_good_by_later_ones)
{
	struct err err = ERR_INIT;
	struct result result;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC), fd = new_file();

	result_init(&result, full);
	put_pieces(&result.buf);
	EXPECT(dup2(fd, full) == full);		/* there is room again */
	EXPECT(result_finish(&result, &err) == ERR_IO);
	EXPECT_STR(err.text, "cannot write the result: No space left on device");
	EXPECT_LONG(lseek(fd, 0, SEEK_END), 0);
	close(full);
	close(fd);
}

TEST(a_reader_that_has_gone_is_an_error)
{
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	struct err err = ERR_INIT;
	struct result result;
	int ends[2];

	EXPECT(pipe(ends) == 0);
	close(ends[0]);
	result_init(&result, ends[1]);
	put_pieces(&result.buf);
	EXPECT(result_finish(&result, &err) == ERR_IO);
	EXPECT_STR(err.text, "cannot write the result: Broken pipe");
	close(ends[1]);
	signal(SIGPIPE, before);
}
