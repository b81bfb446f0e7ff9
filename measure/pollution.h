/* Is a JVM still as it was, or has a mutant left something behind in what all runs
 * share? A connection never closed in a library's static list, a lock never let go:
 * then tests fail there that pass elsewhere (its victims, as the literature on
 * tests that depend on each other has it), and seem to kill mutants that live.
 *
 *	pollution_killed(pollution, worker, mutant, unit)      for every kill
 *	pollution_passed(pollution, task)                      for every job
 *	while (pollution_ask(pollution, worker, &ask))         before that worker goes, and
 *		... run ask.units there, without a mutant ...  at the end of the phase
 *		if (pollution_take(pollution, worker, task))
 *			... it is polluted: no more mutants there ...
 *	while ((mutant = pollution_again(pollution)) != POLLUTION_NONE)
 *		... its verdict is not believed, it is heard again ...
 *
 * What is left behind stays, so where a test passes, its kills in that worker till
 * then are proven. The first question to a worker is all tests with kills there that
 * are not, in one run; then each that failed, by itself. One that fails again is a
 * victim from then on (unit.is_victim): what it kills is believed only if it passes
 * afterwards, which is seen to at once (measure/appeal.h). A worker that is lost
 * cannot be asked: what was killed there is believed unless its killer turns out to
 * be a victim elsewhere.
 */
#ifndef MEASURE_POLLUTION_H
#define MEASURE_POLLUTION_H

#include "measure/task.h"

#define POLLUTION_NONE UINT32_MAX

struct pollution_ask {
	const uint32_t *units;	/* [n] a set; until the next pollution_ask() */
	uint32_t n;
	uint32_t subject;	/* for the task: so pollution_take() knows which question it was */
};

/* The run's units learn who is a victim; run->pollution counts. */
struct pollution *pollution_new(struct run *run);
void pollution_free(struct pollution *pollution);	/* accepts NULL */

/* `worker`: pool_job.ran_in. */
void pollution_killed(struct pollution *pollution, uint32_t worker, uint32_t mutant, uint32_t unit);

/* Of the job's tests that passed, on a mutant or without one. */
void pollution_passed(struct pollution *pollution, const struct task *task);

/* False where there is nothing (more) to ask. */
bool pollution_ask(struct pollution *pollution, uint32_t worker, struct pollution_ask *ret);

/* What came of the question, whatever the job's end. */
bool pollution_take(struct pollution *pollution, uint32_t worker, const struct task *task);

/* A kill that is not believed for another reason: its killer is not steady. */
void pollution_doubt(struct pollution *pollution, uint32_t mutant);

/* The next mutant whose kill is not believed any more, each once; or POLLUTION_NONE. */
uint32_t pollution_again(struct pollution *pollution);

#endif
