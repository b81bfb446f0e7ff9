/* Ctrl-C and kill: the first asks the run to stop, the second ends the
 * program, unless it follows at once: then both are one request. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "util/err.h"

/* SIGINT, SIGTERM and SIGHUP, unless ignored when the program started, make
 * *ret_fd readable; SIGPIPE is ignored, so that writing reports it. Once in a
 * process. */
enum err_code interrupt_init(int *ret_fd, struct err *err) MUST_CHECK;

#endif
