/* The JVM of this process: libjvm is opened at run time.
 *
 * A process has one JVM, for ever; there is no vm_close(). What the JVM says
 * while it starts becomes the message of *err in one line. It may also decide
 * to end the process while it starts (a heap larger than the machine's
 * memory): then `dying` is called with its words, from within the JVM, and must
 * not return.
 */
#ifndef JNI_VM_H
#define JNI_VM_H

#include <jni.h>

#include "util/arena.h"
#include "util/err.h"

/* Creates the JVM on the calling thread, with `options` after our own, so that
 * theirs win. `dying` is also called when the running JVM leaves by itself. */
enum err_code vm_open(const char *libjvm, const char *const *options,
		       unsigned n_options, void (*dying)(void *arg, const char *words),
		       void *arg, JavaVM **ret_vm, JNIEnv **ret_env,
		       struct err *err) MUST_CHECK;

#endif
