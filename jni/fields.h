/* Reading fields of Java objects for jni/harness/Fields.java. */
#ifndef JNI_FIELDS_H
#define JNI_FIELDS_H

#include <jni.h>

#include "util/err.h"

enum err_code fields_register(JNIEnv *env, struct err *err) MUST_CHECK;

#endif
