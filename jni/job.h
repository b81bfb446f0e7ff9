/* Runs under way. A run is one WIRE_RUN: a thread, a loader, one WIRE_DONE.
 *
 *	job_start()     control: makes the Java thread and starts it
 *	job_work()      on that thread: runs the tests, cleans up, reports WIRE_DONE
 *	event.h         what happens in between
 *	job_stop()      control: asks for an early end
 *	job_stop_due()  the stopper: stops those asked for, until they end
 *
 * A thread that a test left behind can report something after the run's end:
 * so the Java side names a run by its number, and job_find() may find none.
 */
#ifndef JNI_JOB_H
#define JNI_JOB_H

#include <time.h>

#include "jni/context.h"
#include "jni/sockets.h"

#define JOB_TOUCHED_MAX 64

struct job_unit {
	uint32_t group;
	bool started, reported;
	uint64_t wall, cpu;	/* when it started, in ns */
	uint64_t ended_wall, ended_cpu;	/* and when it was reported */
};

struct job {
	struct job *next;
	struct arena arena;	/* control's before the start, the run's thread's after the end */
	uint32_t number;
	uint8_t flags;		/* enum wire_run */
	struct job_unit *units;
	uint32_t n_units;
	bool *group_failed;	/* [n_groups] WIRE_CONTAINER was sent */
	uint32_t n_groups;
	uint64_t touched[JOB_TOUCHED_MAX];	/* under worker->lock; see jni/watch.h */
	uint32_t n_touched;
	bool touched_place;	/* one of them is a port or file */
	struct sockets sockets;	/* under worker->lock, too */
	uint32_t n_counters;
	const char **copies;	/* [n_copies] see system_loader_copies(); none without probes */
	uint32_t n_copies;
	uint32_t *outside;	/* [n_counters] counted while no unit ran; NULL without probes */

	/* Under worker->lock. */
	jobject thread, loader;	/* global references */
	clockid_t clock;	/* CPU time of that thread */
	bool entered, left;	/* between them the thread may be stopped */
	bool stop_asked;
	uint64_t stop_until, stop_next;	/* context_now() */
	bool failed;		/* a unit, or a container */
	bool out_of_memory;	/* ... by an OutOfMemoryError */
	bool over_budget;
	bool overlapped;	/* another run was under way at some time */
	unsigned exhaustions, stops, stops_outside;	/* the worker's, at the start */
	uint64_t wall, cpu;	/* when it started */
};

/* Reports WIRE_DONE with WIRE_END_ERROR itself where it cannot start. */
void job_start(struct worker *worker, JNIEnv *env, const struct wire_message *message);

void job_work(struct worker *worker, JNIEnv *env, uint32_t number, jobject run);

/* With worker->lock held; NULL where the run has ended. */
struct job *job_find(struct worker *worker, uint32_t number);

/* With worker->lock held: the run used something that others may want. */
void job_touch(struct job *job, uint64_t what);

/* Ends what servers of the run left; see jni/sockets.h. Nothing is done for a run
 * that was not the only one, nor, unless it left threads, for one that was not seen to
 * bind a socket. False where another worker should go on. */
bool job_end_sockets(struct worker *worker, uint32_t number, bool left_threads);

/* CPU time in ns of the run's thread, and of all that tests started as long as no
 * other run was under way beside it: then nobody knows whose they are, and what is
 * read may be less than before. */
uint64_t job_cpu(struct worker *worker, const struct job *job);

void job_stop(struct worker *worker, uint32_t number);

/* With worker->lock held: stops what is due and returns when to come back, in
 * terms of context_now(), or UINT64_MAX. */
uint64_t job_stop_due(struct worker *worker, JNIEnv *env);

#endif
