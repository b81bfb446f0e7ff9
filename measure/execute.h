/* Every mutant against tests, up to the first that fails. */
#ifndef MEASURE_EXECUTE_H
#define MEASURE_EXECUTE_H

#include "crew/pool.h"
#include "run/run.h"

/* Fills `verdicts` (allocated by the caller, all STATUS_PENDING) after the
 * baseline, and counts them in run->n_decided from 0. A mutant meets the tests
 * that can notice it; with `reference` all that passed the baseline, in the
 * suite's own order: nothing is selected and nothing reordered, so that what it
 * finds is the truth about the mutant. Interrupted, it leaves the rest pending. */
enum err_code execute_run(struct run *run, struct crew *crew, bool reference,
			  struct verdict *verdicts, struct err *err) MUST_CHECK;

#endif
