/* How a command ends: what it says last, and the exit status. */
#ifndef CLI_OUTCOME_H
#define CLI_OUTCOME_H

#include "util/buf.h"
#include "util/err.h"

enum exit_status {
	EXIT_DONE = 0, EXIT_GATE = 1, EXIT_USAGE = 2, EXIT_NOTHING = 3, EXIT_TESTS = 4,
	EXIT_UNFINISHED = 5, EXIT_INTERRUPTED = 130,
};

/* Says what went wrong; the status that goes with it. */
int outcome_fail(const struct err *err);

/* Writes a result to stdout and releases it; `status`, or another if that
 * fails. */
int outcome_print(struct buf *result, int status);

/* What a failure makes the program end with. */
int outcome_status(enum err_code code);

#endif
