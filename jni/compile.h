/* What the JDK's compiler is asked for: sources as classes, and copies of test
 * classes with other assertions. Called by the control thread. */
#ifndef JNI_COMPILE_H
#define JNI_COMPILE_H

#include "jni/context.h"

/* WIRE_COMPILE */
enum err_code compile_sources(struct worker *worker, JNIEnv *env,
			      const struct wire_message *message, struct err *err) MUST_CHECK;

/* WIRE_PROPOSE */
enum err_code compile_proposal(struct worker *worker, JNIEnv *env,
			       const struct wire_message *message, struct err *err) MUST_CHECK;

#endif
