/* Was it the mutant that made the test fail, or chance?
 *
 * A test that has never killed before, and one whose failure speaks of the world
 * outside (a port, a file, a clock), is heard again before its kill is believed:
 *
 *	alone		the test on the mutant, in a loader of its own
 *	together	where it then passes: after the tests it had come after, which
 *			may be what it takes
 *	original	where the failure speaks of the world outside: without the mutant
 *
 * The kill stands if the test fails again on the mutant, and passes without it.
 * One that fails without it is flaky and left out from then on. Where it passes on the
 * mutant, the mutant may be to blame, by a race that it opened: it is none for this
 * mutant, and its later kills are all heard again; after APPEAL_UNSTEADY_MAX such mutants
 * it is flaky, and what it killed before is heard again without it. A test that has killed once, after passing twice in the baseline, and
 * has always been steady is believed thereafter.
 *
 * But not where it is a victim of what mutants leave behind (measure/pollution.h).
 * Then there are other stages:
 *
 *	here		without the mutant, in the same worker: if it passes the kill stands
 *	elsewhere	without the mutant, in a new worker: if it fails even there, it
 *			is no judge any more (a file was left behind, say): flaky. Else the
 *			first worker is no good, and the mutant is heard again in this one,
 *			where it is now known to pass
 */
#ifndef MEASURE_APPEAL_H
#define MEASURE_APPEAL_H

#include "measure/task.h"

enum appeal_stage { APPEAL_NONE, APPEAL_ALONE, APPEAL_TOGETHER, APPEAL_ORIGINAL, APPEAL_HERE,
		    APPEAL_ELSEWHERE };

#define APPEAL_UNSTEADY_MAX 3

enum appeal_end {
	APPEAL_GOES_ON,
	APPEAL_STANDS,		/* the mutant is killed */
	APPEAL_UNSTEADY,	/* the test has failed on the mutant, and passed */
	APPEAL_FLAKY,		/* the test is: it fails without the mutant */
	APPEAL_POLLUTED,	/* the worker is, or it is gone and cannot tell; `clean` is not */
};

struct appeal {
	enum appeal_stage stage;
	struct arena *arena;
	const struct run *run;
	uint32_t unit;		/* the killer */
	bool is_outside;	/* its failure speaks of the world outside */
	uint32_t worker;	/* the one it killed in */
	uint32_t clean, turn;	/* another in which it passed, in that turn (as struct pool_job) */
	uint32_t *alone, n_alone;	/* it, with its class where it needs company; ascending */
	uint32_t *together, n_together;	/* what ran in that job until it failed; ascending */
};

/* Whether a kill by this test with this failure (one line) is heard again. */
bool appeal_is_due(const struct run *run, uint32_t unit, const char *failure);

/* `task`: the one in which the unit failed. Lists live in `arena`. */
void appeal_begin(struct appeal *appeal, struct arena *arena, const struct run *run,
		  const struct task *task, uint32_t unit, const char *failure);

/* Whether what runs next does so without the mutant. */
bool appeal_is_without(const struct appeal *appeal);

/* The units to run next; with APPEAL_HERE in that worker. */
const uint32_t *appeal_next(const struct appeal *appeal, uint32_t *ret_n);

/* What came of that; the stage is APPEAL_NONE after any end. */
enum appeal_end appeal_take(struct appeal *appeal, const struct task *task);

#endif
