/* The harness's classes, embedded in this program, inside the JVM. */
#ifndef JNI_CLASSES_H
#define JNI_CLASSES_H

#include "jni/context.h"

/* Defines what is embedded in the JVM's own class loader (a class whose super
 * class is not there, as for a driver of an engine that the project does not
 * use, is left out), registers the native methods and makes the harness. */
enum err_code classes_open(struct worker *worker, JNIEnv *env, struct err *err) MUST_CHECK;

/* The same with those that propose assertions, unless they are there: they want
 * the JDK's compiler, and most workers never need them. */
enum err_code classes_add_fixer(JNIEnv *env, struct err *err) MUST_CHECK;

#endif
