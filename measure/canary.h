/* A change that must be noticed, tried before any mutant: what proves that the
 * tests run the bytes they are sent, and that what comes of it is heard of.
 *
 * A weak suite may miss any mutant, so the canary is none. The method that most
 * tests enter gets a loop budget (engine/budget.h) that its first entry exceeds.
 * That is counted outside the tests: it is told whatever they catch or do not
 * assert.
 *
 * It dies in the first of a few tests. Where they pass with it, the whole class of
 * one of them meets it: alone a test may do less. Where that passes, too, the class
 * runs once more on the probed original: only if the method is entered there is it
 * certain that the changed bytes were not the ones that ran. Otherwise the tests
 * have come to do something else than in the baseline, which proves neither.
 */
#ifndef MEASURE_CANARY_H
#define MEASURE_CANARY_H

#include "crew/pool.h"
#include "run/run.h"

#define CANARY_TESTS_MAX 8

enum canary_fate {
	CANARY_DIED,		/* as it must */
	CANARY_LIVED,		/* tests passed and none of them ran the changed bytes */
	CANARY_UNKNOWN,		/* no test passed, or one failed otherwise: proves neither */
};

struct canary_place {
	uint32_t body;				/* in run->plan.bodies */
	uint32_t class_number;			/* in run->plan.classes */
	uint32_t units[CANARY_TESTS_MAX];	/* [n_units] that enter it, ascending */
	uint32_t n_units;
	uint32_t lightest;			/* of them */
};

/* Of tests that did the same twice; the lightest that enter the method. False: no
 * test does. */
bool canary_choose(const struct run *run, struct canary_place *ret);

/* What the job that carried it says. */
enum canary_fate canary_judge(const struct pool_job *job);

/* After the baseline. Sets run->canary, a line for people. ERR_WORKER where it
 * lived; what else goes wrong with it is only told in that line. */
enum err_code canary_try(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

#endif
