/* One mutant before its tests, job by job, until the verdict is known.
 *
 *	hearing = hearing_new(run, mutant, units, n_units);
 *	while (hearing->verdict.status == STATUS_PENDING) {
 *		hearing_next(hearing, &ask);         make a job of it, run it
 *		hearing_take(hearing, task);         what came of it
 *	}
 *	hearing_free(hearing);
 *
 * The verdict does not depend on the order in which tests meet the mutant, nor
 * on which of them share a job: it is `killed` if any test fails. A test that
 * comes to no end (it loops, is late, fills the heap, takes the JVM down) is
 * only a doubt: the others go on without it, in a fresh loader. Where none of
 * them fails, the doubtful ones run again, in the suite's order, alone in their
 * worker and with all the patience there is, and the first that fails or again
 * comes to no end decides. So what looks endless at first need not be known for
 * certain: a search has a small loop budget and believes the first time-out, and
 * after one all loops are counted (measure/runaway.h).
 *
 * Heavy tests (run->heavy_work) come last, after all others have passed: where
 * one of those comes to no end, the heavy ones are spared.
 *
 * Only time bounds this: after HEARING_LATE_MAX tests that were late, filled the
 * heap or took the JVM down in one search the doubts are looked into first. They
 * cost long; a loop budget used up costs next to nothing and does not count.
 *
 * A kill is believed when no appeal is due or it has stood (measure/appeal.h). A
 * killer that does not fail again is set aside and the others go on; where none of them
 * kills, the mutant is `flaky`. Where the worker proves polluted, the search goes
 * on in another. With a matrix there are no appeals.
 *
 * With run->settings.matrix jobs go on after a failure (hearing_flags()) until no
 * test is left, and `killers` holds every test that fails; one that comes to no
 * end is none of them.
 */
#ifndef MEASURE_HEARING_H
#define MEASURE_HEARING_H

#include "measure/appeal.h"
#include "measure/runaway.h"

#define HEARING_LATE_MAX 4

struct hearing_ask {
	const uint32_t *units;	/* [n], ascending; until the next hearing_take() */
	uint32_t n;
	struct runaway_how how;	/* with `confirms`: in the suite's order, alone in its worker */
	bool is_original;	/* without the mutant */
	uint32_t only_in;	/* as struct pool_job has them */
	bool anew;
};

struct hearing {
	struct arena arena;
	struct run *run;	/* its units learn which of them kill and which are flaky */
	uint32_t mutant;
	struct verdict verdict;	/* STATUS_PENDING until known; detail in the arena */
	uint32_t *left, n_left;		/* tests that have not run to their end yet, ascending */
	uint32_t *heavy, n_heavy;	/* that follow when none is left and none in doubt */
	bool is_heavy;			/* so do those that are left, and none of them has run yet */
	uint32_t *likely, n_likely;	/* of these, the ones to run first; the caller's choice */
	uint32_t *doubts, n_doubts;
	uint32_t *killers, n_killers;	/* with a matrix, ascending */
	enum status killed_as;		/* what it comes to if there are any */
	uint32_t *asked;		/* what hearing_next() hands out */
	uint32_t n_late;		/* in this search */
	struct appeal appeal;		/* of the kill in `verdict`, where one is under way */
	uint32_t killed_in;		/* worker whose state has still to be seen to (measure/pollution.h)
					   before the kill in `verdict` is proven; 0: none */
	uint32_t polluted;		/* worker that has proved so in the last job, or 0 */
	uint32_t unsteady;		/* a test that has proved so too often in it, or UNIT_NONE: left out
					   now, and what it killed before is to be heard again */
	struct {			/* a test is known to pass without the mutant in this worker, */
		uint32_t unit, worker, turn;	/* which is where the next job runs; worker 0: none */
	} clean;
	bool is_clean;			/* the last job ran there, with nothing in between */
	bool anew;			/* its jobs are for new workers: what kills there is proven */
	const char *flaky_failure;	/* of the last killer that proved flaky, or NULL */
	struct runaway_how how;
	uint64_t passed_ns;		/* CPU time of the tests that passed */
	struct hearing *next;		/* the caller's */
};

/* `units`: [n_units] what the mutant is to meet, ascending, n_units > 0. */
struct hearing *hearing_new(struct run *run, uint32_t mutant,
			    const uint32_t *units, uint32_t n_units);
void hearing_free(struct hearing *hearing);

/* Tests to run before the others, out of those given; their classes with them
 * where they need company. Before the first hearing_next(). */
void hearing_begin_with(struct hearing *hearing, const uint32_t *units, uint32_t n);

/* Of its jobs: enum wire_run. */
uint8_t hearing_flags(const struct hearing *hearing);

/* For a matrix, where there are no appeals: it was heard before, in a worker that proved
 * polluted. Before the first hearing_next(). */
void hearing_begin_anew(struct hearing *hearing);

/* What to run next while the verdict is pending. */
void hearing_next(struct hearing *hearing, struct hearing_ask *ret);

/* How long, in ns, the baseline took for what is next, where that is heavy tests
 * alone and may as well be later; else 0. */
uint64_t hearing_heavy_ns(const struct hearing *hearing);

/* The mutant cannot be tried: the verdict, and why. */
void hearing_discard(struct hearing *hearing, const char *why);

/* What came of the job: not JOB_ABANDONED. */
void hearing_take(struct hearing *hearing, const struct task *task);

#endif
