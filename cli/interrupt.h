/* Ctrl-C and kill: the first asks the run to stop, the second ends the
 * program, unless it follows at once: then both are one request. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdint.h>

#include "util/err.h"

/* SIGINT, SIGTERM and SIGHUP, unless ignored when the program started, make
 * *ret_fd readable; SIGPIPE is ignored, so that writing reports it. Once in a
 * process. `now_ns`: a clock that signal handlers may read. */
enum err_code interrupt_init(uint64_t (*now_ns)(void), int *ret_fd, struct err *err) MUST_CHECK;

#endif
