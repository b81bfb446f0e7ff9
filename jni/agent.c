#include "jni/agent.h"

#include <string.h>

#include "jni/call.h"

#define FRAMES_MAX 1024

static enum err_code check(jvmtiError error, const char *what, struct err *err)
{
	if (error == JVMTI_ERROR_NONE)
		return ERR_OK;
	return err_set(err, ERR_WORKER, "JVMTI %s: error %d", what, (int)error);
}

static struct worker *worker_of(jvmtiEnv *jvmti)
{
	void *found = NULL;

	(void)(*jvmti)->GetEnvironmentLocalStorage(jvmti, &found);
	return found;
}

static void JNICALL on_exhausted(jvmtiEnv *jvmti, JNIEnv *env, jint flags,
				 const void *reserved, const char *description)
{
	struct worker *worker;

	(void)env;
	(void)reserved;
	(void)description;
	/* Without these flags it is an array larger than any JVM allows, which
	 * tests try on purpose and which harms nobody else. */
	if (!(flags & (JVMTI_RESOURCE_EXHAUSTED_JAVA_HEAP | JVMTI_RESOURCE_EXHAUSTED_THREADS)))
		return;
	worker = worker_of(jvmti);
	if (worker)
		atomic_fetch_add(&worker->exhaustions, 1);
}

static void JNICALL on_thread_start(jvmtiEnv *jvmti, JNIEnv *env, jthread thread)
{
	struct worker *worker = worker_of(jvmti);

	(void)env;
	(void)thread;
	if (worker)
		clocks_thread_started(&worker->clocks);
}

static void JNICALL on_thread_end(jvmtiEnv *jvmti, JNIEnv *env, jthread thread)
{
	struct worker *worker = worker_of(jvmti);

	(void)env;
	(void)thread;
	if (worker)
		clocks_thread_ended(&worker->clocks);
}

enum err_code agent_open(struct worker *worker, struct err *err)
{
	jvmtiCapabilities wanted = {
		.can_signal_thread = 1,
		.can_suspend = 1,
		.can_generate_resource_exhaustion_heap_events = 1,
		.can_generate_resource_exhaustion_threads_events = 1,
	};
	jvmtiEventCallbacks callbacks = {
		.ResourceExhausted = on_exhausted,
		.ThreadStart = on_thread_start,
		.ThreadEnd = on_thread_end,
	};
	static const jvmtiEvent events[] = {
		JVMTI_EVENT_RESOURCE_EXHAUSTED, JVMTI_EVENT_THREAD_START, JVMTI_EVENT_THREAD_END,
	};
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
	for (unsigned i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		TRY(check((*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, events[i], NULL),
			  "SetEventNotificationMode", err));
	worker->jvmti = jvmti;
	return ERR_OK;
}

/* --- stacks --- */

/* Of a class; a local reference, NULL for the JVM's own. */
static jobject loader_of(jvmtiEnv *jvmti, jclass class)
{
	jobject loader = NULL;

	(void)(*jvmti)->GetClassLoader(jvmti, class, &loader);
	return loader;
}

/* `loader`: of a run, or NULL for any run's. */
static bool comes_from(struct worker *worker, JNIEnv *env, jclass class, jobject loader)
{
	jobject its_loader = loader_of(worker->jvmti, class);
	bool same = its_loader && (loader ? (*env)->IsSameObject(env, its_loader, loader)
					  : (*env)->IsInstanceOf(env, its_loader, worker->loader_class));

	(*env)->DeleteLocalRef(env, its_loader);
	return same;
}

/* Is this code of which an unexpected end leaves something broken for all runs? */
static bool is_fragile(jvmtiEnv *jvmti, jclass class, jmethodID method, enum stop_where where)
{
	static const char *const owners[] = {
		"Ljava/lang/ClassLoader", "Ljdk/internal/loader/", "Ljava/net/URLClassLoader",
		"Ljava/lang/invoke/", "Lvaryharness/Loader", "Lvaryharness/SystemLoader",
		"Lvaryharness/Digest", "Lvaryharness/Shape",
	};
	static const char pool[] = "Ljava/util/concurrent/ThreadPoolExecutor;";
	char *name = NULL, *signature = NULL;
	bool fragile = true;

	if ((*jvmti)->GetMethodName(jvmti, method, &name, NULL, NULL) == JVMTI_ERROR_NONE &&
	    (*jvmti)->GetClassSignature(jvmti, class, &signature, NULL) == JVMTI_ERROR_NONE) {
		fragile = !strcmp(name, "<clinit>");
		for (unsigned i = 0; i < sizeof(owners) / sizeof(owners[0]); i++)
			fragile |= !strncmp(signature, owners[i], strlen(owners[i]));
		fragile |= where == STOP_TASK && !strcmp(signature, pool) &&
			   (!strcmp(name, "getTask") || !strcmp(name, "processWorkerExit"));
	}
	(void)(*jvmti)->Deallocate(jvmti, (unsigned char *)name);
	(void)(*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
	return fragile;
}

/* What the frames from the top down to the loader's first one are. */
enum place { PLACE_INSIDE, PLACE_OUTSIDE, PLACE_FRAGILE };

static enum place place_of(struct worker *worker, JNIEnv *env, jthread thread, jobject loader,
			   enum stop_where where)
{
	jvmtiEnv *jvmti = worker->jvmti;
	jvmtiFrameInfo frames[FRAMES_MAX];
	jint n = 0;

	if ((*jvmti)->GetStackTrace(jvmti, thread, 0, FRAMES_MAX, frames, &n) != JVMTI_ERROR_NONE)
		return PLACE_FRAGILE;
	for (jint i = 0; i < n; i++) {
		bool own, fragile;
		jclass class;

		if ((*jvmti)->GetMethodDeclaringClass(jvmti, frames[i].method, &class) != JVMTI_ERROR_NONE)
			return PLACE_FRAGILE;
		own = comes_from(worker, env, class, loader);
		fragile = !own && is_fragile(jvmti, class, frames[i].method, where);
		(*env)->DeleteLocalRef(env, class);
		if (own || fragile)
			return own ? PLACE_INSIDE : PLACE_FRAGILE;
	}
	return PLACE_OUTSIDE;
}

bool agent_runs(struct worker *worker, JNIEnv *env, jthread thread, jobject loader)
{
	jvmtiFrameInfo frames[FRAMES_MAX];
	bool runs = false;
	jint n = 0;

	if ((*worker->jvmti)->GetStackTrace(worker->jvmti, thread, 0, FRAMES_MAX,
					    frames, &n) != JVMTI_ERROR_NONE)
		return false;
	for (jint i = 0; i < n && !runs; i++) {
		jclass class;

		if ((*worker->jvmti)->GetMethodDeclaringClass(worker->jvmti, frames[i].method,
							      &class) != JVMTI_ERROR_NONE)
			return false;
		runs = comes_from(worker, env, class, loader);
		(*env)->DeleteLocalRef(env, class);
	}
	return runs;
}

/* --- stopping --- */

bool agent_stop(struct worker *worker, JNIEnv *env, jthread thread, jobject loader,
		enum stop_where where)
{
	jvmtiEnv *jvmti = worker->jvmti;
	bool stopped = false;
	enum place place;

	/* Suspended, or it would be elsewhere before it is stopped. */
	if ((*jvmti)->SuspendThread(jvmti, thread) != JVMTI_ERROR_NONE)
		return false;
	place = place_of(worker, env, thread, loader, where);
	if (place == PLACE_INSIDE || (place == PLACE_OUTSIDE && where != STOP_INSIDE))
		stopped = (*jvmti)->StopThread(jvmti, thread, worker->stop) == JVMTI_ERROR_NONE;
	(void)(*jvmti)->ResumeThread(jvmti, thread);
	if (stopped)
		atomic_fetch_add(&worker->stops, 1);
	if (stopped && place == PLACE_OUTSIDE)
		atomic_fetch_add(&worker->stops_outside, 1);
	return stopped;
}

bool agent_is_initialised(const struct worker *worker, jclass class)
{
	jint status = 0;

	return (*worker->jvmti)->GetClassStatus(worker->jvmti, class, &status) == JVMTI_ERROR_NONE &&
	       status & JVMTI_CLASS_STATUS_INITIALIZED;
}

static bool is_broken(struct worker *worker, JNIEnv *env, jclass class)
{
	jvmtiEnv *jvmti = worker->jvmti;
	jobject loader;
	jint status = 0;
	bool shared;

	if ((*jvmti)->GetClassStatus(jvmti, class, &status) != JVMTI_ERROR_NONE ||
	    !(status & JVMTI_CLASS_STATUS_ERROR))
		return false;
	loader = loader_of(jvmti, class);
	shared = !loader || !(*env)->IsInstanceOf(env, loader, worker->loader_class);
	(*env)->DeleteLocalRef(env, loader);
	return shared;
}

/* How many loaded classes `counts` holds of; `unknown` where the JVM does not tell. */
static uint32_t count_classes(struct worker *worker, JNIEnv *env, uint32_t unknown,
			      bool (*counts)(struct worker *worker, JNIEnv *env, jclass class))
{
	jvmtiEnv *jvmti = worker->jvmti;
	jclass *classes;
	uint32_t n_counted = 0;
	jint n;

	if ((*jvmti)->GetLoadedClasses(jvmti, &n, &classes) != JVMTI_ERROR_NONE)
		return unknown;
	for (jint i = 0; i < n; i++) {
		n_counted += counts(worker, env, classes[i]);
		(*env)->DeleteLocalRef(env, classes[i]);
	}
	(void)(*jvmti)->Deallocate(jvmti, (unsigned char *)classes);
	return n_counted;
}

static bool is_instrumentation(struct worker *worker, JNIEnv *env, jclass class)
{
	jvmtiEnv *jvmti = worker->jvmti;
	char *signature = NULL;
	bool is;

	(void)env;
	(void)(*jvmti)->GetClassSignature(jvmti, class, &signature, NULL);
	is = !signature || !strcmp(signature, "Lsun/instrument/InstrumentationImpl;");
	(void)(*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
	return is;
}

static bool is_of_a_run(struct worker *worker, JNIEnv *env, jclass class)
{
	jobject loader = loader_of(worker->jvmti, class);
	bool of_a_run = loader && (*env)->IsInstanceOf(env, loader, worker->loader_class);

	(*env)->DeleteLocalRef(env, loader);
	return of_a_run;
}

uint32_t agent_broken_classes(struct worker *worker, JNIEnv *env)
{
	return count_classes(worker, env, 0, is_broken);
}

bool agent_instruments(struct worker *worker, JNIEnv *env)
{
	return count_classes(worker, env, 1, is_instrumentation) != 0;
}

void agent_collect_garbage(struct worker *worker)
{
	(void)(*worker->jvmti)->ForceGarbageCollection(worker->jvmti);
}

void agent_let_runs_go(struct worker *worker, JNIEnv *env, uint64_t deadline)
{
	do
		agent_collect_garbage(worker);
	while (count_classes(worker, env, 0, is_of_a_run) && context_now() < deadline);
}

/* --- other bodies --- */

enum err_code agent_redefine(struct worker *worker, JNIEnv *env, const char *name,
			     struct span bytes, struct err *err)
{
	const jvmtiCapabilities wanted = { .can_redefine_classes = 1 };	/* no cost before its first use */
	jvmtiClassDefinition definition = {
		.klass = (*env)->FindClass(env, name),
		.class_byte_count = (jint)bytes.len, .class_bytes = bytes.bytes,
	};
	jvmtiEnv *jvmti = worker->jvmti;
	enum err_code code;

	if (call_failed(env) || !definition.klass)
		return ERR_OK;
	code = check((*jvmti)->AddCapabilities(jvmti, &wanted), "AddCapabilities", err);
	if (code == ERR_OK)
		code = check((*jvmti)->RedefineClasses(jvmti, 1, &definition), name, err);
	(*env)->DeleteLocalRef(env, definition.klass);
	return code;
}
