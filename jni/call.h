/* Calling Java: exceptions become errors, texts change their encoding.
 *
 *	object = (*env)->CallObjectMethod(env, ...);
 *	TRY(call_check(env, "the harness", err));
 *
 * Every JNI call that can throw is followed by call_check() or call_failed().
 * Java's strings are UTF-16, ours UTF-8; surrogates that stand alone (Java
 * allows them) arrive as '?', so that what is sent is always UTF-8.
 */
#ifndef JNI_CALL_H
#define JNI_CALL_H

#include <jni.h>
#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

/* A pending exception is cleared and becomes ERR_WORKER "what: exception". */
enum err_code call_check(JNIEnv *env, const char *what, struct err *err) MUST_CHECK;

/* The same for those who have no use for the reason. */
bool call_failed(JNIEnv *env);

/* The throwable's toString(), or its class's name where that throws too. */
char *call_describe(JNIEnv *env, jthrowable thrown, struct arena *arena);

/* Local references; ERR_WORKER where the heap is full. */
enum err_code call_string(JNIEnv *env, const char *text, jstring *ret, struct err *err) MUST_CHECK;
enum err_code call_bytes(JNIEnv *env, struct span bytes, jbyteArray *ret, struct err *err) MUST_CHECK;
enum err_code call_strings(JNIEnv *env, const char *const *texts, uint32_t n,
			   jobjectArray *ret, struct err *err) MUST_CHECK;
enum err_code call_longs(JNIEnv *env, const uint64_t *values, uint32_t n,
			 jlongArray *ret, struct err *err) MUST_CHECK;	/* at most INT64_MAX each */
enum err_code call_blobs(JNIEnv *env, const struct span *blobs, uint32_t n,
			 jobjectArray *ret, struct err *err) MUST_CHECK;

/* "" for null. */
char *call_text(JNIEnv *env, jstring string, struct arena *arena);

/* A global reference to a class that must be there. */
enum err_code call_class(JNIEnv *env, const char *name, jclass *ret, struct err *err) MUST_CHECK;

enum err_code call_method(JNIEnv *env, jclass owner, const char *name,
			  const char *signature, jmethodID *ret, struct err *err) MUST_CHECK;
enum err_code call_static_method(JNIEnv *env, jclass owner, const char *name,
				 const char *signature, jmethodID *ret, struct err *err) MUST_CHECK;

/* What a method of the object without arguments returns: an array of texts. */
enum err_code call_ask_strings(JNIEnv *env, jobject object, const char *method,
			       jobjectArray *ret, struct err *err) MUST_CHECK;

/* A system property, "" where it is not set. */
enum err_code call_property(JNIEnv *env, const char *name, struct arena *arena,
			    const char **ret, struct err *err) MUST_CHECK;

#endif
