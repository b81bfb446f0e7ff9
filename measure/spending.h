/* What a run cost, on what, and how little would have done.
 *
 * All in CPU time: of the whole process tree, which a busy machine does not
 * change as it changes wall time.
 *
 *	spending_begin(run, crew, part)   what the workers used until now belongs to the part before
 *	spending_test(unit, cpu_ns)       for every run of a test that passed
 *	spending_job(run, task)           for every job of run->verdicts, then
 *	spending_mutant(run, task, ns)    for the one that decided, then
 *	spending_end(run, crew, cpu_s)    after crew_stop()
 *
 * The floor is what a run that knew every answer beforehand could not do
 * without: each test once unmutated; for a killed mutant its killer; for a
 * survivor the tests in which it infects (run->reach); for a mutant that timed
 * out, filled the memory or took the JVM down what its last attempt used, without
 * the tests that had passed before. A test counts with the least that it was ever seen to
 * take when it passed, warm and in whatever company, a killer that failed sooner with
 * what that took: so compiling, loading
 * classes and warming up are no part of the floor, and floor / spent says too
 * little of a run rather than too much. Threads that a test starts count
 * with it, unless runs share the JVM: then nobody knows whose they are, and what they
 * do is in `jvm`.
 */
#ifndef MEASURE_SPENDING_H
#define MEASURE_SPENDING_H

#include "crew/crew.h"
#include "crew/ledger.h"
#include "measure/task.h"
#include "run/run.h"

/* `crew` may be NULL: no worker was ever started. */
void spending_begin(struct run *run, struct crew *crew, enum run_part part);
void spending_end(struct run *run, struct crew *crew, double cpu_s);

void spending_test(struct unit *unit, uint64_t cpu_ns);
void spending_job(struct run *run, const struct task *task);

/* `passed_ns`: CPU time of the tests that passed in all jobs of the mutant. */
void spending_mutant(struct run *run, const struct task *last, uint64_t passed_ns);

/* What the verdicts took: all but the looking into survivors, in s. */
double spending_spent(const struct run *run);

/* Floor / spent, between 0 and 1; 0 where no mutant was decided, or each twice. */
double spending_efficiency(const struct run *run);

/* Of the wall time of as many processors as there were jobs, what nobody used,
 * in s; 0 where the JVM's own threads kept more of them busy. */
double spending_idle(const struct run *run);

/* The parts that make up cpu_s, as reports name them. */
#define SPENDING_PARTS 9
struct spending_part {
	const char *name;
	double cpu_s;
};
void spending_parts(const struct run *run, struct spending_part ret[SPENDING_PARTS]);

#endif
