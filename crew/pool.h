/* Jobs for the crew, and what came of them.
 *
 *	pool_run(crew, &client, &err)        once for each phase
 *
 * One thread, one poll() loop with deadlines. A worker may die at any moment:
 * what it was doing is done again by another, alone, and only a job that takes
 * its worker down twice is JOB_CRASHED. A job past its deadline is stopped
 * from inside the JVM, or if that fails the worker is killed; it is JOB_TIMED_OUT
 * only if that happens again when nothing else runs in its worker; one that has
 * used up a loop budget is so at once. With `once` the first time is told as it
 * is, unless another job in the same worker may be to blame. Since a first time
 * decides nothing, it may come soon: see grace_ns. Nothing a job does ends the pool.
 *
 * Any worker will do for most jobs. One can ask for the worker of another (only_in),
 * for a new one (anew), or be meant for one that is about to go (client->question()).
 */
#ifndef CREW_POOL_H
#define CREW_POOL_H

#include "crew/crew.h"
#include "crew/patience.h"
#include "oracle/trace.h"

/* A test unit as a worker knows it, and how long it may take. */
struct pool_unit {
	const char *id;
	uint64_t limit_ns;		/* from STARTED to FINISHED; see crew/patience.h */
	uint64_t budget;		/* of loops where one is woven in, 0: none; see engine/budget.h */
};

struct pool_class {
	const char *name;		/* with dots */
	struct span bytes;
};

struct pool_group {			/* units of one container, in the suite's order */
	const char *driver, *container;
	bool whole;			/* these are all its units */
	struct pool_unit *units;
	uint32_t n_units;
	uint64_t limit_ns;		/* between two units: set-up and tear-down of the class */
};

enum job_end {
	JOB_RAN,		/* results tell */
	JOB_TIMED_OUT,
	JOB_MEMORY,
	JOB_CRASHED,
	JOB_BROKEN,		/* the harness failed: detail */
	JOB_GONE,		/* was to run in a worker that is no more; no results */
	JOB_ABANDONED,		/* the run ended first: no answer, perhaps no results[] */
};

struct pool_count {			/* what a probe's counter showed */
	uint32_t counter, count;
};

struct pool_result {			/* of one unit of a job */
	bool is_there;
	enum wire_result result;
	uint64_t wall_ns, cpu_ns;	/* of the job's thread, while it ran the unit */
	const char *failure;		/* "" when passed */
	const struct pool_count *counts;	/* only with WIRE_RUN_PROBED */
	uint32_t n_counts;
	bool touched_place;		/* only with WIRE_RUN_PROBED: by its end the job has touched a port or file */
	struct trace trace;		/* only with WIRE_RUN_TRACED; see explain/woven.h */
};

struct pool_job {
	/* What is asked; the client's, unchanged until done. */
	uint8_t flags;			/* enum wire_run */
	uint64_t grace_ns;		/* part of the limits that the first try does not get, unless it
					   is the first job of its worker */
	struct pool_class *classes;	/* those that differ from the table's */
	uint32_t n_classes;
	struct pool_group *groups;
	uint32_t n_groups;
	uint32_t n_units;		/* over all groups */
	bool once;			/* a time-out, full memory or crash is told, not tried again */
	bool alone;			/* nothing else may run in its worker; the pool sets it too */
	uint32_t only_in;		/* the `ran_in` of another job: the same worker, 0: any */
	bool anew;			/* in a worker that had no job before */
	const uint64_t *uses;		/* [n_uses] what it is known to touch: no two jobs that touch the
					   same (enum wire_touched) are under way at once */
	uint32_t n_uses;
	void *context;			/* the client's own */

	/* What came of it; in `arena`, which lives until after client->done(). */
	struct arena arena;
	enum job_end end;
	uint32_t ran_in;		/* number of the worker that the last attempt was made in */
	uint32_t turn;			/* and it was the first job there, the second ... */
	const char *detail;		/* for people, or "" */
	struct pool_result *results;	/* [n_units] */
	const char *container_failure;	/* the first, or NULL */
	uint32_t container_group;
	uint32_t first_failed;		/* unit number, or UINT32_MAX */
	uint32_t first_started;		/* unit number, or UINT32_MAX */
	uint32_t running;		/* unit started last, or UINT32_MAX */
	const struct pool_count *counts;	/* outside any unit */
	uint32_t n_counts;
	const uint64_t *touched;	/* [n_touched] with WIRE_RUN_PROBED: as `uses` */
	uint32_t n_touched;
	const char **copies;		/* [n_copies] with WIRE_RUN_PROBED: classes of the project that the
					   JVM's own loader has defined as well, by then */
	uint32_t n_copies;
	uint64_t wall_ns;
	uint64_t cpu_ns;		/* of the job's thread in the last attempt; of the whole worker
					   where that was lost with it */
	uint64_t vain_cpu_ns;		/* the same of the attempts before it */

	/* The pool's. */
	uint32_t id;
	uint64_t cpu_began;		/* the worker's, when it was sent */
	bool is_under_way, is_stopping;
	unsigned crashes, timeouts, memory_errors;
	struct patience patience;	/* with the unit at work, then with the stop */
	struct pool_job *next;
};

struct pool_client {
	void *context;
	/* The next job, or NULL when there is none, before another is done; made
	 * by the client, zeroed but for what is asked. */
	struct pool_job *(*next)(void *context);
	/* A unit of a job under way has ended: job->results[unit] tells. What this makes
	 * possible is asked of next(). The job may yet be done again. NULL: never. */
	void (*unit_done)(void *context, const struct pool_job *job, uint32_t unit);
	/* Whether next() would go on with something begun: that comes before what was
	 * handed out earlier and could not start yet. NULL: never. */
	bool (*goes_on)(void *context);
	/* A job for a worker that is about to go, or has nothing to do at the end of the
	 * phase, and for no other; asked until there is none. NULL: never. */
	struct pool_job *(*question)(void *context, uint32_t worker);
	/* A job has ended; afterwards the pool knows nothing of it and its arena is released. */
	void (*done)(void *context, struct pool_job *job);
};

/* Until every job of the client is done. ERR_STOPPED where the user interrupts,
 * ERR_WORKER where no worker can be started any more; the jobs under way then
 * come back as JOB_ABANDONED. */
enum err_code pool_run(struct crew *crew, const struct pool_client *client,
		       struct err *err) MUST_CHECK;

#endif
