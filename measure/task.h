/* A pool job made of test units, with the memory of its request.
 *
 *	task = task_new(run, units, n_units, flags, by_work);
 *	task->job.classes = ...                   what is mutated, if anything
 *	... &task->job goes to the pool, comes back in client->done() ...
 *	task_free(task);
 */
#ifndef MEASURE_TASK_H
#define MEASURE_TASK_H

#include "crew/pool.h"
#include "run/run.h"

struct task {
	struct pool_job job;		/* first: the pool hands back &task->job */
	struct arena arena;		/* of the request */
	const uint32_t *units;		/* [job.n_units] numbers in run->units, in the order of the job */
	uint32_t subject;		/* the caller's: number of a mutant, a container ... */
};

/* `units` ascending. Groups are containers, those with the least work first
 * where `by_work`, else in the suite's order; units within one keep theirs.
 * Work is counted, not timed: the same in every run. */
struct task *task_new(const struct run *run, const uint32_t *units, uint32_t n_units,
		      uint8_t flags, bool by_work);
void task_free(struct task *task);

/* Number of the first unit of the job's group. */
uint32_t task_first_of(const struct pool_job *job, uint32_t group);

/* Whether what is around the job's unit failed: the set-up of its class, say. */
bool task_failed_around(const struct pool_job *job, uint32_t unit);

#endif
