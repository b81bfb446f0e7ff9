#include "jni/agent.h"

#define FRAMES_MAX 1024

static enum err_code check(jvmtiError error, const char *what, struct err *err)
{
	if (error == JVMTI_ERROR_NONE)
		return ERR_OK;
	return err_set(err, ERR_WORKER, "JVMTI %s: error %d", what, (int)error);
}

static void JNICALL on_exhausted(jvmtiEnv *jvmti, JNIEnv *env, jint flags,
				 const void *reserved, const char *description)
{
	struct worker *worker;
	void *found = NULL;

	(void)env;
	(void)reserved;
	(void)description;
	/* Without these flags it is an array larger than any JVM allows, which
	 * tests try on purpose and which harms nobody else. */
	if (!(flags & (JVMTI_RESOURCE_EXHAUSTED_JAVA_HEAP | JVMTI_RESOURCE_EXHAUSTED_THREADS)))
		return;
	(void)(*jvmti)->GetEnvironmentLocalStorage(jvmti, &found);
	worker = found;
	if (worker)
		atomic_fetch_add(&worker->exhaustions, 1);
}

enum err_code agent_open(struct worker *worker, struct err *err)
{
	jvmtiCapabilities wanted = {
		.can_signal_thread = 1,
		.can_generate_resource_exhaustion_heap_events = 1,
		.can_generate_resource_exhaustion_threads_events = 1,
	};
	jvmtiEventCallbacks callbacks = { .ResourceExhausted = on_exhausted };
	jvmtiEnv *jvmti;
	void *found;

	if ((*worker->vm)->GetEnv(worker->vm, &found, JVMTI_VERSION_11) != JNI_OK)
		return err_set(err, ERR_WORKER, "this JVM has no JVMTI");
	jvmti = found;
	TRY(check((*jvmti)->AddCapabilities(jvmti, &wanted), "AddCapabilities", err));
	TRY(check((*jvmti)->SetEnvironmentLocalStorage(jvmti, worker),
		  "SetEnvironmentLocalStorage", err));
	TRY(check((*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof(callbacks)),
		  "SetEventCallbacks", err));
	TRY(check((*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE,
						     JVMTI_EVENT_RESOURCE_EXHAUSTED, NULL),
		  "SetEventNotificationMode", err));
	worker->jvmti = jvmti;
	return ERR_OK;
}

void agent_stop(struct worker *worker, jthread thread, jobject error)
{
	(void)(*worker->jvmti)->StopThread(worker->jvmti, thread, error);
}

/* Of one frame. */
static bool comes_from(jvmtiEnv *jvmti, JNIEnv *env, jmethodID method, jobject loader)
{
	jobject its_loader = NULL;
	jclass class;
	bool same;

	if ((*jvmti)->GetMethodDeclaringClass(jvmti, method, &class) != JVMTI_ERROR_NONE)
		return false;
	same = (*jvmti)->GetClassLoader(jvmti, class, &its_loader) == JVMTI_ERROR_NONE &&
	       (*env)->IsSameObject(env, its_loader, loader);
	(*env)->DeleteLocalRef(env, class);
	(*env)->DeleteLocalRef(env, its_loader);
	return same;
}

bool agent_runs(struct worker *worker, JNIEnv *env, jthread thread, jobject loader)
{
	jvmtiFrameInfo frames[FRAMES_MAX];
	jint n = 0;

	if ((*worker->jvmti)->GetStackTrace(worker->jvmti, thread, 0, FRAMES_MAX,
					    frames, &n) != JVMTI_ERROR_NONE)
		return false;
	for (jint i = 0; i < n; i++)
		if (comes_from(worker->jvmti, env, frames[i].method, loader))
			return true;
	return false;
}
