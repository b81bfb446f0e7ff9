/* The tests on unmutated code: which pass, how long they take, and which
 * mutation points each of them reaches.
 *
 * Every test class runs in a fresh loader; then every test alone in a fresh
 * loader, so that what runs once per loader (static initialisers, caches,
 * singletons) is charged to every test that depends on it, not to whichever
 * came first. (The first that a class starts has been alone in its loader already,
 * and is spared that where it takes long. A long one that follows runs alone while its
 * class goes on elsewhere.) A test reaches what it reached in either run. Where running
 * alone would cost too much (see ALONE_BUDGET in baseline.c) the tests of a
 * class are charged with everything that any of them reached, which can only
 * make a mutant meet too many tests, never too few. A test that passes with its
 * class and not alone is run with its class once more: does it pass again, it
 * needs company; else it is flaky and left out.
 */
#ifndef MEASURE_BASELINE_H
#define MEASURE_BASELINE_H

#include "crew/pool.h"
#include "run/run.h"

/* Fills states, times and failures of run->units, run->containers,
 * run->reach, run->suite_s. `unprobed`: [plan.n_points] points without a probe,
 * which count as reached by every test. */
enum err_code baseline_run(struct run *run, struct crew *crew,
			   const bool *unprobed, struct err *err) MUST_CHECK;

#endif
