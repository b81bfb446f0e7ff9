/* What the supervisor asks for, except runs (job.h): each answers with its own
 * message. Called by the control thread. */
#ifndef JNI_REQUEST_H
#define JNI_REQUEST_H

#include "jni/context.h"

/* WIRE_START: *ret_env is the control thread's from now on. */
enum err_code request_start(struct worker *worker, const struct wire_message *message,
			    JNIEnv **ret_env, struct err *err) MUST_CHECK;

/* Takes the message's payload, which was malloc()ed. */
enum err_code request_table(struct worker *worker, JNIEnv *env,
			    const struct wire_message *message, struct err *err) MUST_CHECK;

/* Takes the payload, as request_table(). */
enum err_code request_woven(struct worker *worker, JNIEnv *env, const struct wire_message *message,
			    struct err *err) MUST_CHECK;

enum err_code request_discover(struct worker *worker, JNIEnv *env,
			       const struct wire_message *message, struct err *err) MUST_CHECK;

/* WIRE_FAILED, in place of any answer; the worker then leaves. */
void request_failed(struct worker *worker, const char *why);

#endif
