/* The commands that make a run, and what all commands share. Each returns the
 * exit status. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"

enum exit_status {
	EXIT_DONE = 0, EXIT_GATE = 1, EXIT_USAGE = 2, EXIT_NOTHING = 3, EXIT_TESTS = 4,
	EXIT_UNFINISHED = 5, EXIT_INTERRUPTED = 130,
};

int commands_mutate(struct options *options);
int commands_list(struct options *options);
int commands_parity(struct options *options);
int commands_lies(struct options *options);

/* Says what went wrong; the status that goes with it. */
int commands_fail(const struct err *err);

/* Writes a result to stdout and releases it; `status`, or another if that
 * fails. */
int commands_print(struct buf *result, int status);

/* What a failure makes the program end with. */
int commands_status(enum err_code code);

#endif
