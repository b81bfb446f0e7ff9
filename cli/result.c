#include "cli/result.h"

#include "cli/terminal.h"

#define PIECE_MAX ((size_t)4 << 30)	/* bytes; what is not made in pieces, as a whole */

static void drain(void *to, struct span bytes)
{
	struct result *result = to;
	enum err_code code = result->failed.code;

	if (code == ERR_OK)	/* what fails is told when the result is finished */
		code = terminal_write(result->fd, bytes, &result->failed);
	result->failed.code = code;
}

void result_init(struct result *result, int fd)
{
	buf_init(&result->buf, PIECE_MAX);
	result->buf.drain = drain;
	result->buf.drain_to = result;
	result->failed = (struct err)ERR_INIT;
	result->fd = fd;
}

enum err_code result_finish(struct result *result, struct err *err)
{
	if (result->failed.code == ERR_OK &&
	    terminal_write_all(result->fd, &result->buf, err) != ERR_OK)
		result->failed = *err;
	buf_release(&result->buf);
	if (result->failed.code != ERR_OK)
		*err = result->failed;
	return result->failed.code;
}
