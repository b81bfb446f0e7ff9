/* The options a worker's JVM is started with. */
#ifndef RUNNER_JVM_OPTIONS_H
#define RUNNER_JVM_OPTIONS_H

#include "run/run.h"

/* Ours first, then what the build tool gives the tests, then the user's
 * --jvm-arg, which win. Returns the largest heap in bytes that they allow, 0 if
 * it is not known. A build's -XX options that this JVM does not know are ignored, and
 * its choice of a garbage collector is left out. */
uint64_t jvm_options(struct run *run, const char *classpath,
		     const char *const **ret_options, uint32_t *ret_n);

#endif
