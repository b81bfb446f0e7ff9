/* What happens in a run, on its way from a test engine to the supervisor.
 *
 * May be called by any thread, also one that a test left behind when the run
 * has long ended: then nothing is sent. All but event_out_of_memory() return
 * whether the run has to end now.
 *
 * `hits` is the run's array of the probes' counters, or NULL without probes; it
 * is emptied. What was counted before a unit started belongs to none: it goes
 * out with WIRE_DONE.
 */
#ifndef JNI_EVENT_H
#define JNI_EVENT_H

#include "jni/context.h"

bool event_started(struct worker *worker, JNIEnv *env, uint32_t job,
		   uint32_t unit, jintArray hits);
bool event_finished(struct worker *worker, JNIEnv *env, uint32_t job, uint32_t unit,
		    uint8_t result, jstring failure, jintArray hits);
bool event_container_failed(struct worker *worker, JNIEnv *env, uint32_t job,
			    uint32_t group, jstring failure);

/* Whether the run ends with the first failure. */
bool event_ends_at_failure(struct worker *worker, uint32_t job);

/* A failure in the run is, or was caused by, an OutOfMemoryError. */
void event_out_of_memory(struct worker *worker, uint32_t job);

/* The mutated method has used up the run's loop budget. */
void event_over_budget(struct worker *worker, uint32_t job);

/* The trace of a unit (jni/harness/Tracer.java), which is not finished yet. */
void event_trace(struct worker *worker, JNIEnv *env, uint32_t job, uint32_t unit, jbyteArray trace);

/* The last counts of a run, at its end: they belong to no unit. */
void event_last_points(struct worker *worker, JNIEnv *env, uint32_t job, jintArray hits);

#endif
