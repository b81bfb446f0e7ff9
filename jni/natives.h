/* The native methods: what Java calls of ours. */
#ifndef JNI_NATIVES_H
#define JNI_NATIVES_H

#include "jni/context.h"

/* Those of varyharness.Native, and java.lang.Shutdown's last step, in whose
 * place an error is thrown: System.exit and Runtime.halt then end at the call,
 * before any shutdown hook has run. */
enum err_code natives_register(JNIEnv *env, struct err *err) MUST_CHECK;

#endif
