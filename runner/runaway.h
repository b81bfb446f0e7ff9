/* What keeps a mutant from running for ever, and from being taken for one that
 * does when it is only slow.
 *
 * The mutated method spends a loop budget in each test (engine/budget.h). A test
 * that is late although its budget lasts may loop around the mutated method: it
 * is tried once more with the loops of all methods counted, those of the mutant's
 * class and of every class that the tests loop in unmutated. So the clock decides
 * only where nothing loops that has mutants of its own: a deadlock, a sleep, a
 * library's loop. Since a first deadline decides nothing, it comes soon.
 */
#ifndef RUNNER_RUNAWAY_H
#define RUNNER_RUNAWAY_H

#include "runner/task.h"

/* Puts the one class of the task, the mutant's, under a budget, and sets the
 * budgets of its tests and when a first try is late. */
enum err_code runaway_limit(const struct run *run, const struct mutant *mutant,
			    struct task *task, struct err *err) MUST_CHECK;

/* The task was late: asks the second try with all loops counted, where they can be. */
void runaway_late(const struct run *run, const struct mutant *mutant, struct task *task);

#endif
