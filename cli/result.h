/* What a command writes to a descriptor, while it is being made.
 *
 *	struct result result;
 *	result_init(&result, STDOUT_FILENO);
 *	json_report(..., &result.buf);      large ones in pieces: buf_pass()
 *	code = result_finish(&result, &err);
 */
#ifndef CLI_RESULT_H
#define CLI_RESULT_H

#include "util/buf.h"
#include "util/err.h"

struct result {
	struct buf buf;
	struct err failed;	/* of the first write that did */
	int fd;
};

/* `result` stays where it is until it is finished. */
void result_init(struct result *result, int fd);

/* Writes the rest, and gives everything back. What could not be written, now or
 * before, is an error: ERR_IO for a closed pipe or a full disk. After the first
 * failure nothing is written any more. */
enum err_code result_finish(struct result *result, struct err *err) MUST_CHECK;

#endif
