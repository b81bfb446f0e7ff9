/* What ClassLoader.getSystemClassLoader() gives: varyharness.SystemLoader puts a
 * loader of its own there, for as long as a run is under way. And what goes past that.
 *
 * The JVM itself does not look there: the classes of the libraries and the harness,
 * and FindClass(), are its own loader's as before. */
#ifndef JNI_SYSTEM_LOADER_H
#define JNI_SYSTEM_LOADER_H

#include "jni/context.h"

/* False, and nothing is changed, in a JDK that keeps it elsewhere. */
bool system_loader_set(JNIEnv *env, jobject loader);

/* ServiceLoader finds what the JDK's own modules provide (the compiler, say) by the
 * loader, not through it: from now on by `to`, too, what it finds by `from`. False
 * where this JDK does that in another way. */
bool system_loader_share_services(JNIEnv *env, jobject from, jobject to);

/* Names with dots of classes of the table, [*ret_n] in the arena, that the JVM's own
 * loader has defined since this was asked last: for a library that asked for one by its
 * name, say. What tests do with such a copy shows no mutant. */
const char **system_loader_copies(struct worker *worker, JNIEnv *env, struct arena *arena,
				  uint32_t *ret_n);

#endif
