/* What needs JVMTI: stopping threads, looking at their stacks, and knowing that
 * memory ran out. */
#ifndef JNI_AGENT_H
#define JNI_AGENT_H

#include "jni/context.h"

/* From now on worker->exhaustions counts. */
enum err_code agent_open(struct worker *worker, struct err *err) MUST_CHECK;

/* Makes the thread throw `error` wherever it is; a thread that has ended
 * already, or blocks where it cannot be reached, stays as it is. */
void agent_stop(struct worker *worker, jthread thread, jobject error);

/* Whether a class that `loader` defined has a frame on the thread's stack. */
bool agent_runs(struct worker *worker, JNIEnv *env, jthread thread, jobject loader);

#endif
