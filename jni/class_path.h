/* The class path of the JVM's own loader, put in place after the JVM's start.
 *
 * A JVM maps an archive of classes only where the class path of its start begins
 * with the jars that the archive was made from; a directory with classes in it
 * spoils that. So where there is an archive the JVM starts with the libraries
 * alone, and the true class path, the project's directories first, takes their
 * place before any class is asked for. */
#ifndef JNI_CLASS_PATH_H
#define JNI_CLASS_PATH_H

#include <jni.h>

#include "util/err.h"

/* From now on the system class loader and java.class.path have this one.
 * ERR_WORKER in a JVM whose loader is made in another way. */
enum err_code class_path_replace(JNIEnv *env, const char *path, struct err *err) MUST_CHECK;

#endif
