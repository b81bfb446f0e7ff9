/* The workers: child processes with a JVM each, and the jobs they run.
 *
 *	pool_start(&arena, &settings, &pool, &err)
 *	pool_compile(...)   pool_set_table(...)   pool_discover(...)
 *	pool_run(pool, &client, &err)        once for each phase
 *	pool_stop(pool)
 *
 * One thread, one poll() loop with deadlines. A worker may die at any moment:
 * what it was doing is done again by another, alone, and only a job that takes
 * its worker down twice is JOB_CRASHED. A job past its deadline is stopped
 * from inside the JVM, or if that fails the worker is killed; it is JOB_TIMED_OUT
 * only if that happens again when nothing else runs. Nothing a job does ends
 * the pool.
 */
#ifndef RUNNER_POOL_H
#define RUNNER_POOL_H

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"
#include "wire/wire.h"

struct pool;

struct pool_settings {
	const char *libjvm;
	const char *const *jvm_options;	/* [n_jvm_options] */
	uint32_t n_jvm_options;
	const char *directory;		/* where the workers run */
	uint32_t workers;		/* at most; started when there is work for them */
	uint32_t slots;			/* jobs under way at once in one worker */
	uint64_t memory_limit;		/* bytes of RSS after which a worker is replaced */
	int interrupt_fd;		/* readable: pool_* return ERR_STOPPED; -1: none */
};

/* A test unit as a worker knows it, and how long it may take. */
struct pool_unit {
	const char *id;
	uint64_t limit_ns;		/* from STARTED to FINISHED */
};

struct pool_group {			/* units of one container, in the suite's order */
	const char *driver, *container;
	bool whole;			/* these are all its units */
	const struct pool_unit *units;
	uint32_t n_units;
	uint64_t limit_ns;		/* between two units: set-up and tear-down of the class */
};

enum job_end {
	JOB_RAN,		/* results tell */
	JOB_TIMED_OUT,
	JOB_MEMORY,
	JOB_CRASHED,
	JOB_BROKEN,		/* the harness failed: detail */
};

struct pool_result {			/* of one unit of a job */
	bool is_there;
	enum wire_result result;
	uint64_t wall_ns;
	const char *failure;		/* "" when passed */
	const uint32_t *points;		/* reached; only with WIRE_RUN_PROBED */
	uint32_t n_points;
};

struct pool_job {
	/* What is asked; the client's, unchanged until done. */
	uint8_t flags;			/* enum wire_run */
	const char *class_name;		/* mutated class with dots, or "" */
	struct span class_bytes;
	const struct pool_group *groups;
	uint32_t n_groups;
	uint32_t n_units;		/* over all groups */
	void *context;			/* the client's own */

	/* What came of it; in `arena`, which lives until after client->done(). */
	struct arena arena;
	enum job_end end;
	const char *detail;		/* for people, or "" */
	struct pool_result *results;	/* [n_units] */
	const char *container_failure;	/* the first, or NULL */
	uint32_t container_group;
	uint32_t first_failed;		/* unit number, or UINT32_MAX */
	uint32_t running;		/* unit started last, or UINT32_MAX */
	const uint32_t *points;		/* reached outside any unit */
	uint32_t n_points;
	uint64_t wall_ns;

	/* The pool's. */
	uint32_t id;
	bool is_under_way, is_stopping, alone;
	unsigned crashes, timeouts, memory_errors;
	uint64_t deadline;
	struct pool_job *next;
};

struct pool_client {
	void *context;
	/* The next job, or NULL when there is none left; made by the client,
	 * zeroed but for what is asked. */
	struct pool_job *(*next)(void *context);
	/* A job has ended; afterwards the pool knows nothing of it and its arena is released. */
	void (*done)(void *context, struct pool_job *job);
};

enum err_code pool_start(struct arena *arena, const struct pool_settings *settings,
			 struct pool **ret, struct err *err) MUST_CHECK;

/* Compiles sources in one worker; `add` hears of each class. ERR_FORMAT with
 * the first diagnostic where they do not compile. */
enum err_code pool_compile(struct pool *pool, const char *classpath,
			   const char *const *sources, uint32_t n_sources,
			   void (*add)(void *context, const char *name, struct span bytes),
			   void *context, struct err *err) MUST_CHECK;

/* Takes over a finished WIRE_TABLE message body: every worker gets it. */
void pool_set_table(struct pool *pool, struct buf *table);

struct pool_finder {
	void *context;
	void (*start)(void *context);	/* nothing is found yet; again where a worker was lost over it */
	void (*unit)(void *context, const char *driver, const char *container,
		     const char *id, const char *method);
	void (*problem)(void *context, const char *container, const char *why);
};

enum err_code pool_discover(struct pool *pool, const char *const *names, uint32_t n_names,
			    const struct pool_finder *finder, struct err *err) MUST_CHECK;

enum err_code pool_run(struct pool *pool, const struct pool_client *client,
		       struct err *err) MUST_CHECK;

/* What the workers' JVMs call themselves: "17.0.15"; "" before the first is up. */
const char *pool_java_version(const struct pool *pool);
/* Names of test drivers found, comma-separated; "" if none. */
const char *pool_drivers(const struct pool *pool);

void pool_counters(const struct pool *pool, uint32_t *ret_started, uint32_t *ret_lost);

/* Ends every worker and its process group. Accepts NULL. */
void pool_stop(struct pool *pool);

#endif
