/* Which of a run's pools are not its own: a library that all runs share keeps one in
 * a static field, and would miss it in the next run. */
#ifndef JNI_STATICS_H
#define JNI_STATICS_H

#include "jni/context.h"

/* Whether a static field of a library's class, with a type of java.util.concurrent,
 * holds the object. One field deep: what is behind another object is not found. */
bool statics_hold(struct worker *worker, JNIEnv *env, jobject object);

#endif
