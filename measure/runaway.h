/* What keeps a mutant from running for ever, and from being taken for one that
 * does when it is only slow.
 *
 * The mutated method spends a loop budget in each test (engine/budget.h). A test
 * that is late although its budget lasts may loop around the mutated method: from
 * then on the loops of all methods are counted, those of the mutant's class and
 * of every class that the tests loop in unmutated. So the clock decides only where
 * nothing loops that has mutants of its own: a deadlock, a sleep, a library's
 * loop. Nor is a loop endless that waits for another thread or the clock and has
 * lost its pause: it gets as many rounds as fit in the time that the test waited
 * in the baseline. A search for tests that fail (measure/hearing.h) believes nothing
 * of this yet: it has less of a budget and its deadline comes soon.
 */
#ifndef MEASURE_RUNAWAY_H
#define MEASURE_RUNAWAY_H

#include "measure/task.h"

struct runaway_how {
	bool all_loops;		/* not only those of the mutated method */
	bool confirms;		/* with all the patience there is; else a search */
};

/* Gives the task the class of the mutant and those whose loops are counted, the
 * budgets of its tests, and when a search is late. Where not all loops can be
 * counted those of the mutated method are. */
enum err_code runaway_limit(const struct run *run, const struct mutant *mutant,
			    struct runaway_how how, struct task *task, struct err *err) MUST_CHECK;

#endif
