#include "cli/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_MIN 40u
#define WIDTH_MAX 120u	/* longer lines are hard to read */

bool terminal_is(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && !(term && !strcmp(term, "dumb"));
}

static unsigned width_of(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned long width = 0;

	if (columns)
		width = strtoul(columns, NULL, 10);
	if (!width && !ioctl(fd, TIOCGWINSZ, &size))
		width = size.ws_col;
	if (!width)
		return STYLE_WIDTH_DEFAULT;
	return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (unsigned)width;
}

struct style terminal_style(int fd, enum color_choice choice)
{
	const char *no_color = getenv("NO_COLOR");

	return (struct style){
		.width = width_of(fd),
		.color = choice == COLOR_ALWAYS ||
			 (choice == COLOR_AUTO && terminal_is(fd) && !(no_color && *no_color)),
		.utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8"),
	};
}

enum err_code terminal_write(int fd, struct span text, struct err *err)
{
	size_t done = 0;

	while (done < text.len) {
		ssize_t n = write(fd, text.bytes + done, text.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "cannot write the result: %s", strerror(errno));
		done += (size_t)n;
	}
	return ERR_OK;
}

enum err_code terminal_write_all(int fd, const struct buf *text, struct err *err)
{
	if (text->overflowed)
		return err_set(err, ERR_LIMIT, "the report is larger than %zu bytes", text->max);
	return terminal_write(fd, buf_get(text), err);
}

void terminal_complain(const char *text)
{
	fprintf(stderr, "vary: %s\n", text);
}
