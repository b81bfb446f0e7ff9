/* Every mutant against the tests that reach it, up to the first that fails. */
#ifndef RUNNER_EXECUTE_H
#define RUNNER_EXECUTE_H

#include "runner/pool.h"
#include "runner/run.h"

/* Fills run->verdicts (allocated by the caller, all STATUS_PENDING) after the
 * baseline. Interrupted, it leaves the rest pending. */
enum err_code execute_run(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

#endif
