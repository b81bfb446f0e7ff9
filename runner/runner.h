/* A whole run, from what the user named to a verdict for every mutant.
 *
 *	run_init(&run, &settings, &events);
 *	code = runner_mutate(&run, &err)        or runner_plan() for `vary list`
 *	... report_text(&run, ...) ...          also after a failure: what is known stays
 *	runner_release(&run);
 *
 * runner/runner.c tells the story top to bottom: resolve, plan, start workers,
 * baseline, execute, explain. Nothing here prints; the caller hears of progress
 * through `struct run_events`.
 */
#ifndef RUNNER_RUNNER_H
#define RUNNER_RUNNER_H

#include "run/run.h"

/* run->project, where it is not there yet: the two below begin with it. */
enum err_code runner_resolve(struct run *run, struct err *err) MUST_CHECK;

/* Resolve and plan; no worker unless sources have to be compiled. ERR_EMPTY
 * where there is no mutant. */
enum err_code runner_plan(struct run *run, struct err *err) MUST_CHECK;

/* The whole story. ERR_TESTS: no test passes unmutated; ERR_EMPTY: no mutants,
 * no tests, or no test reaches a mutant; ERR_STOPPED: interrupted. */
enum err_code runner_mutate(struct run *run, struct err *err) MUST_CHECK;

/* Gives everything back, whichever of them came before. */
void runner_release(struct run *run);

#endif
