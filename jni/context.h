/* The one worker of this process, as the files of this module share it. */
#ifndef JNI_CONTEXT_H
#define JNI_CONTEXT_H

#include <jni.h>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"	/* the JDK's own */
#include <jvmti.h>
#pragma GCC diagnostic pop
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "jni/clocks.h"
#include "jni/defaults.h"
#include "wire/wire.h"

struct job;
struct table;

struct worker {
	struct wire in;			/* the reader's */
	struct wire out;		/* the same descriptor; under send_lock */
	pthread_mutex_t send_lock;

	pthread_mutex_t queue_lock;	/* of the messages not yet handled */
	pthread_cond_t queue_grew;
	struct request *requests, **requests_end;
	uint32_t n_pending;		/* requests that control has not done yet */

	/* Locks are taken in this order: lock, then send_lock. No call of Java
	 * under either. */
	pthread_mutex_t lock;		/* of the jobs */
	pthread_cond_t stop_changed;	/* to the stopper */
	struct job *jobs;		/* all runs under way */

	struct clocks clocks;
	atomic_uint exhaustions;	/* how often the JVM ran out of memory */
	atomic_uint stops;		/* how often a thread was stopped */
	atomic_uint stops_outside;	/* ... in code that all runs share */
	atomic_uint broken;		/* agent_broken_classes(), when last asked */
	atomic_uint own_classes;	/* of the JVM's loader, looked at by system_loader_copies() */

	/* Written by control before any run starts, then constant. Objects and
	 * classes are global references. */
	JavaVM *vm;
	bool ends_in_order;		/* at WIRE_QUIT the JVM is destroyed, not just left */
	jvmtiEnv *jvmti;
	jobject harness;
	jobject stop;			/* the one Driver.Stop that threads are stopped with */
	jclass harness_class, group_class, stop_class, loader_class;
	jmethodID table_method, discover_method, group_method, run_method, settle_method, drain_method;
	jmethodID execute_method, clean_up_method, start_method, shows_fields_method;
	jfieldID run_loader;

	struct defaults defaults;	/* of the run that ends while no other is under way */
	struct table *table;		/* control's; NULL before WIRE_TABLE */
	uint32_t n_found;		/* control's: units of the discovery under way */
};

/* Begins a message; no other thread sends until context_send(). */
struct wire *context_begin(struct worker *worker, enum wire_kind kind);

/* Ends the process where the supervisor is gone. */
void context_send(struct worker *worker);

/* The same, but may keep it until the next context_send(). */
void context_queue(struct worker *worker);

/* CLOCK_MONOTONIC, in nanoseconds. */
uint64_t context_now(void);

#endif
