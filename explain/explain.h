/* Why did the survivors survive? The phase after the mutants' verdicts.
 *
 *	code = explain_run(run, crew, &err)
 *	run->explanations[mutant].class ...      see run/explanation.h
 *
 * What the baseline counted tells apart code that no test runs and results that
 * were never different. Whatever else survived runs again in the tests in which
 * it infects, with their oracle boundary recorded, and what crossed is held
 * against what crosses without the change (oracle/compare.h):
 *
 *	- the original is traced twice, with its class and alone (twice with its class
 *	  where it needs company), so that what depends on chance or on the tests
 *	  before it is masked; only tests that survivors need, and once for all of them
 *	- a survivor meets its lightest tests first, a few in one fresh loader, then
 *	  the others; it is done with at the first difference. One that is seen after
 *	  tests of other classes must show again without those
 *	- heavy tests (run->heavy_work) come last and only as long as the phase has used
 *	  less than its share of the work that the verdicts took; a survivor for which
 *	  one was left out and that shows no difference elsewhere is SURVIVOR_OTHER.
 *	  Heavy tests on random data, which the baseline has seen do other things each
 *	  time, would show nothing and are not traced
 *
 * Jobs have the deadlines, loop budgets and exclusions of all others. A test that
 * fails or comes to no end under tracing tells nothing.
 */
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include "crew/crew.h"
#include "run/run.h"

/* Fills run->explanations, before anything else with what the verdicts and the
 * baseline tell; interrupted, what is known stays and ERR_STOPPED comes back. */
enum err_code explain_run(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

/* Only the first part: what needs no run. Allocates run->explanations. */
void explain_begin(struct run *run);

#endif
