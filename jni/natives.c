#include "jni/natives.h"

#include <dlfcn.h>

#include "jni/agent.h"
#include "jni/call.h"
#include "jni/event.h"
#include "jni/fields.h"
#include "jni/job.h"
#include "jni/statics.h"
#include "jni/system_loader.h"
#include "jni/table.h"
#include "jni/watch.h"

static struct worker *worker_at(jlong address) { return (struct worker *)(intptr_t)address; }

static const struct table *table_at(jlong address) { return (const struct table *)(intptr_t)address; }

/* --- the loader's --- */

#define NAME_MAX_SHORT 512

static jint JNICALL native_find(JNIEnv *env, jclass class, jlong address, jstring name)
{
	char text[NAME_MAX_SHORT];

	(void)class;
	/* The bytes of a class's name in a class file are in the JVM's own
	 * variant of UTF-8, and so are they in the table. */
	if (!address || (*env)->GetStringUTFLength(env, name) >= NAME_MAX_SHORT)
		return -1;
	(*env)->GetStringUTFRegion(env, name, 0, (*env)->GetStringLength(env, name), text);
	return table_find(table_at(address), text);
}

static jbyteArray JNICALL native_bytes(JNIEnv *env, jclass class, jlong address,
				       jint number, jboolean probed, jboolean traced)
{
	const struct table_class *found = &table_at(address)->classes[number];
	struct span bytes = traced && found->traced.len ? found->traced :
			    probed ? found->probed : found->plain;
	jbyteArray array = (*env)->NewByteArray(env, (jsize)bytes.len);

	(void)class;
	if (array)	/* else OutOfMemoryError is pending */
		(*env)->SetByteArrayRegion(env, array, 0, (jsize)bytes.len,
					   (const jbyte *)bytes.bytes);
	return array;
}

static jint JNICALL native_root(JNIEnv *env, jclass class, jlong address, jint number)
{
	(void)env;
	(void)class;
	return (jint)table_at(address)->classes[number].root;
}

static jboolean JNICALL native_is_test(JNIEnv *env, jclass class, jlong address, jint number)
{
	(void)env;
	(void)class;
	return table_at(address)->classes[number].is_test;
}

/* --- discovery's --- */

static void JNICALL native_unit(JNIEnv *env, jclass class, jlong address, jstring driver,
				jstring container, jstring id, jstring method)
{
	jstring texts[] = { driver, container, id, method };
	struct worker *worker = worker_at(address);
	struct arena arena = ARENA_INIT;
	const char *converted[4];
	struct wire *out;

	(void)class;
	for (int i = 0; i < 4; i++)
		converted[i] = call_text(env, texts[i], &arena);
	worker->n_found++;
	out = context_begin(worker, WIRE_UNIT);
	for (int i = 0; i < 4; i++)
		wire_text(out, converted[i]);
	context_send(worker);
	arena_release(&arena);
}

static void JNICALL native_problem(JNIEnv *env, jclass class, jlong address,
				   jstring container, jstring why)
{
	struct arena arena = ARENA_INIT;
	const char *container_text = call_text(env, container, &arena);
	const char *why_text = call_text(env, why, &arena);
	struct wire *out = context_begin(worker_at(address), WIRE_PROBLEM);

	(void)class;
	wire_text(out, container_text);
	wire_text(out, why_text);
	context_send(worker_at(address));
	arena_release(&arena);
}

/* --- a run's --- */

static void JNICALL native_work(JNIEnv *env, jclass class, jlong worker, jint job, jobject run)
{
	(void)class;
	job_work(worker_at(worker), env, (uint32_t)job, run);
}

static jboolean JNICALL native_ends_at_failure(JNIEnv *env, jclass class, jlong worker, jint job)
{
	(void)env;
	(void)class;
	return event_ends_at_failure(worker_at(worker), (uint32_t)job);
}

static jboolean JNICALL native_started(JNIEnv *env, jclass class, jlong worker, jint job,
				       jint unit, jintArray hits)
{
	(void)class;
	return event_started(worker_at(worker), env, (uint32_t)job, (uint32_t)unit, hits);
}

static jboolean JNICALL native_finished(JNIEnv *env, jclass class, jlong worker, jint job,
					jint unit, jint result, jstring failure, jintArray hits)
{
	(void)class;
	return event_finished(worker_at(worker), env, (uint32_t)job, (uint32_t)unit,
			      (uint8_t)result, failure, hits);
}

static jboolean JNICALL native_container_failed(JNIEnv *env, jclass class, jlong worker,
						jint job, jint group, jstring failure)
{
	(void)class;
	return event_container_failed(worker_at(worker), env, (uint32_t)job,
				      (uint32_t)group, failure);
}

static void JNICALL native_trace(JNIEnv *env, jclass class, jlong worker, jint job, jint unit,
				 jbyteArray trace)
{
	(void)class;
	event_trace(worker_at(worker), env, (uint32_t)job, (uint32_t)unit, trace);
}

static void JNICALL native_last_points(JNIEnv *env, jclass class, jlong worker, jint job,
				       jintArray hits)
{
	(void)class;
	event_last_points(worker_at(worker), env, (uint32_t)job, hits);
}

static void JNICALL native_out_of_memory(JNIEnv *env, jclass class, jlong worker, jint job)
{
	(void)env;
	(void)class;
	event_out_of_memory(worker_at(worker), (uint32_t)job);
}

static void JNICALL native_over_budget(JNIEnv *env, jclass class, jlong worker, jint job)
{
	(void)env;
	(void)class;
	event_over_budget(worker_at(worker), (uint32_t)job);
}

/* --- threads left behind --- */

static void JNICALL native_stop(JNIEnv *env, jclass class, jlong worker, jthread thread,
				jobject loader, jboolean only_inside)
{
	(void)class;
	agent_stop(worker_at(worker), env, thread, loader, only_inside ? STOP_INSIDE : STOP_ANYWHERE);
}

static void JNICALL native_stop_task(JNIEnv *env, jclass class, jlong worker, jthread thread,
				     jobject loader)
{
	(void)class;
	agent_stop(worker_at(worker), env, thread, loader, STOP_TASK);
}

static jboolean JNICALL native_end_sockets(JNIEnv *env, jclass class, jlong worker, jint job,
					    jboolean left_threads)
{
	(void)env;
	(void)class;
	return job_end_sockets(worker_at(worker), (uint32_t)job, left_threads);
}

static jboolean JNICALL native_runs(JNIEnv *env, jclass class, jlong worker, jthread thread,
				    jobject loader)
{
	(void)class;
	return agent_runs(worker_at(worker), env, thread, loader);
}

/* The field's value, or NULL where there is no such field: these are private
 * fields of the JDK, whose names change. */
static jobject field(JNIEnv *env, jobject object, const char *name, const char *type)
{
	jclass class = (*env)->GetObjectClass(env, object);
	jfieldID id = (*env)->GetFieldID(env, class, name, type);
	jobject value = NULL;

	if (!call_failed(env))
		value = (*env)->GetObjectField(env, object, id);
	(*env)->DeleteLocalRef(env, class);
	return value;
}

static jobject JNICALL native_task(JNIEnv *env, jclass class, jthread thread)
{
	jobject holder = field(env, thread, "holder", "Ljava/lang/Thread$FieldHolder;");

	(void)class;
	if (holder)	/* since JDK 19 */
		return field(env, holder, "task", "Ljava/lang/Runnable;");
	return field(env, thread, "target", "Ljava/lang/Runnable;");
}

static jobject JNICALL native_pool(JNIEnv *env, jclass class, jobject task)
{
	(void)class;
	if (!task)
		return NULL;
	return field(env, task, "this$0", "Ljava/util/concurrent/ThreadPoolExecutor;");
}

static jboolean JNICALL native_is_in_static(JNIEnv *env, jclass class, jlong worker, jobject object)
{
	(void)class;
	return statics_hold(worker_at(worker), env, object);
}

static jobject JNICALL native_delays(JNIEnv *env, jclass class, jobject pool)
{
	(void)class;
	return field(env, pool, "delayScheduler", "Ljava/util/concurrent/DelayScheduler;");
}

static void JNICALL native_forget_inherited(JNIEnv *env, jclass class, jthread thread)
{
	static const char *const names[][2] = {
		{ "inheritedAccessControlContext", "Ljava/security/AccessControlContext;" },	/* until JDK 23 */
		{ "inheritableThreadLocals", "Ljava/lang/ThreadLocal$ThreadLocalMap;" },
		{ "threadLocals", "Ljava/lang/ThreadLocal$ThreadLocalMap;" },
	};
	jclass owner = (*env)->FindClass(env, "java/lang/Thread");

	(void)class;
	for (unsigned i = 0; owner && i < sizeof(names) / sizeof(names[0]); i++) {
		jfieldID id = (*env)->GetFieldID(env, owner, names[i][0], names[i][1]);

		if (!call_failed(env))
			(*env)->SetObjectField(env, thread, id, NULL);
	}
	(*env)->DeleteLocalRef(env, owner);
}

static jobject JNICALL native_shutdown_hooks(JNIEnv *env, jclass class)
{
	jclass owner = (*env)->FindClass(env, "java/lang/ApplicationShutdownHooks");
	jfieldID id = owner ? (*env)->GetStaticFieldID(env, owner, "hooks",
						       "Ljava/util/IdentityHashMap;") : NULL;

	(void)class;
	return call_failed(env) || !id ? NULL : (*env)->GetStaticObjectField(env, owner, id);
}

/* --- defaults of the class library --- */

static jboolean JNICALL native_is_initialised(JNIEnv *env, jclass class, jlong worker, jint which)
{
	(void)env;
	(void)class;
	return defaults_is_initialised(worker_at(worker), (enum defaults_class)which);
}

static jboolean JNICALL native_is_class_initialised(JNIEnv *env, jclass class, jlong worker, jclass type)
{
	(void)env;
	(void)class;
	return agent_is_initialised(worker_at(worker), type);
}

static void JNICALL native_put_back_providers(JNIEnv *env, jclass class, jlong worker)
{
	(void)class;
	defaults_put_back_providers(worker_at(worker), env);
}

static jobject JNICALL native_new_proxy_selector(JNIEnv *env, jclass class)
{
	(void)class;
	return defaults_new_proxy_selector(env);
}

/* --- standard streams --- */

/* The JVM never closes descriptors 0 to 2 themselves, it only forgets them. */
static void JNICALL native_reopen_streams(JNIEnv *env, jclass class)
{
	static const char *const names[] = { "in", "out", "err" };
	jclass owner = (*env)->FindClass(env, "java/io/FileDescriptor");
	jfieldID fd = owner ? (*env)->GetFieldID(env, owner, "fd", "I") : NULL;
	jfieldID closed = fd ? (*env)->GetFieldID(env, owner, "closed", "Z") : NULL;

	(void)class;
	for (jint i = 0; closed && i < 3; i++) {
		jfieldID id = (*env)->GetStaticFieldID(env, owner, names[i], "Ljava/io/FileDescriptor;");
		jobject stream = id ? (*env)->GetStaticObjectField(env, owner, id) : NULL;

		if (!stream)
			break;
		(*env)->SetIntField(env, stream, fd, i);
		(*env)->SetBooleanField(env, stream, closed, JNI_FALSE);
		(*env)->DeleteLocalRef(env, stream);
	}
	call_failed(env);
}

/* --- agents --- */

/* Whatever may redefine classes comes with the JDK's library for agents. */
static jboolean JNICALL native_is_instrumented(JNIEnv *env, jclass class)
{
	void *library = dlopen("libinstrument.so", RTLD_LAZY | RTLD_NOLOAD);

	(void)env;
	(void)class;
	if (library)
		dlclose(library);
	return library != NULL;
}

static jboolean JNICALL native_tells_fields(JNIEnv *env, jclass class)
{
	(void)env;
	(void)class;
	return watch_tells_fields();
}

/* --- the system class loader --- */

static jboolean JNICALL native_set_system_loader(JNIEnv *env, jclass class, jobject loader)
{
	(void)class;
	return system_loader_set(env, loader);
}

static jboolean JNICALL native_share_services(JNIEnv *env, jclass class, jobject from, jobject to)
{
	(void)class;
	return system_loader_share_services(env, from, to);
}

static void JNICALL native_collect_garbage(JNIEnv *env, jclass class, jlong worker)
{
	(void)env;
	(void)class;
	agent_collect_garbage(worker_at(worker));
}

/* --- methods of tests --- */

/* Not by reflection: that has every method of the class made an object first. */
static jobject JNICALL native_make(JNIEnv *env, jclass class, jclass type)
{
	jmethodID constructor = (*env)->GetMethodID(env, type, "<init>", "()V");

	(void)class;
	return constructor ? (*env)->NewObject(env, type, constructor) : NULL;
}

static void JNICALL native_call(JNIEnv *env, jclass class, jclass type, jobject on, jstring name)
{
	const char *text = (*env)->GetStringUTFChars(env, name, NULL);
	jmethodID method;

	(void)class;
	if (!text)
		return;	/* OutOfMemoryError is pending */
	method = on ? (*env)->GetMethodID(env, type, text, "()V")
		    : (*env)->GetStaticMethodID(env, type, text, "()V");
	(*env)->ReleaseStringUTFChars(env, name, text);
	if (!method)
		return;	/* an Error is pending: of the class's initialiser, or NoSuchMethodError */
	if (on)
		(*env)->CallVoidMethod(env, on, method);
	else
		(*env)->CallStaticVoidMethod(env, type, method);
}

/* --- System.exit --- */

static void JNICALL native_before_halt(JNIEnv *env, jclass class)
{
	jclass error = (*env)->FindClass(env, "java/lang/Error");

	(void)class;
	if (error)
		(*env)->ThrowNew(env, error, "System.exit or Runtime.halt was called");
}

#define TEXT "Ljava/lang/String;"
#define THREAD "Ljava/lang/Thread;"
#define LOADER "Ljava/lang/ClassLoader;"
#define METHOD(name, signature, function) { (char *)(name), (char *)(signature), (void *)(function) }

static const JNINativeMethod methods[] = {
	METHOD("find", "(J" TEXT ")I", native_find),
	METHOD("bytes", "(JIZZ)[B", native_bytes),
	METHOD("isTest", "(JI)Z", native_is_test),
	METHOD("root", "(JI)I", native_root),
	METHOD("unit", "(J" TEXT TEXT TEXT TEXT ")V", native_unit),
	METHOD("problem", "(J" TEXT TEXT ")V", native_problem),
	METHOD("work", "(JILvaryharness/Run;)V", native_work),
	METHOD("endsAtFailure", "(JI)Z", native_ends_at_failure),
	METHOD("started", "(JII[I)Z", native_started),
	METHOD("finished", "(JIII" TEXT "[I)Z", native_finished),
	METHOD("containerFailed", "(JII" TEXT ")Z", native_container_failed),
	METHOD("trace", "(JII[B)V", native_trace),
	METHOD("lastPoints", "(JI[I)V", native_last_points),
	METHOD("outOfMemory", "(JI)V", native_out_of_memory),
	METHOD("overBudget", "(JI)V", native_over_budget),
	METHOD("stop", "(J" THREAD "Ljava/lang/ClassLoader;Z)V", native_stop),
	METHOD("stopTask", "(J" THREAD LOADER ")V", native_stop_task),
	METHOD("endSockets", "(JIZ)Z", native_end_sockets),
	METHOD("runs", "(J" THREAD "Ljava/lang/ClassLoader;)Z", native_runs),
	METHOD("shutdownHooks", "()Ljava/util/Map;", native_shutdown_hooks),
	METHOD("reopenStreams", "()V", native_reopen_streams),
	METHOD("isInitialised", "(JI)Z", native_is_initialised),
	METHOD("isInitialised", "(JLjava/lang/Class;)Z", native_is_class_initialised),
	METHOD("putBackProviders", "(J)V", native_put_back_providers),
	METHOD("newProxySelector", "()Ljava/net/ProxySelector;", native_new_proxy_selector),
	METHOD("isInstrumented", "()Z", native_is_instrumented),
	METHOD("tellsFields", "()Z", native_tells_fields),
	METHOD("task", "(" THREAD ")Ljava/lang/Object;", native_task),
	METHOD("isInStatic", "(JLjava/lang/Object;)Z", native_is_in_static),
	METHOD("delays", "(Ljava/util/concurrent/ForkJoinPool;)" THREAD, native_delays),
	METHOD("forgetInherited", "(" THREAD ")V", native_forget_inherited),
	METHOD("setSystemLoader", "(" LOADER ")Z", native_set_system_loader),
	METHOD("shareServices", "(" LOADER LOADER ")Z", native_share_services),
	METHOD("collectGarbage", "(J)V", native_collect_garbage),
	METHOD("make", "(Ljava/lang/Class;)Ljava/lang/Object;", native_make),
	METHOD("call", "(Ljava/lang/Class;Ljava/lang/Object;" TEXT ")V", native_call),
	METHOD("pool", "(Ljava/lang/Object;)Ljava/lang/Object;", native_pool),
};

static const JNINativeMethod halt_methods[] = {
	METHOD("beforeHalt", "()V", native_before_halt),
};

static enum err_code register_for(JNIEnv *env, const char *name, const JNINativeMethod *list,
				  unsigned n, struct err *err)
{
	jclass class = (*env)->FindClass(env, name);

	TRY(call_check(env, name, err));
	(*env)->RegisterNatives(env, class, list, (jint)n);
	TRY(call_check(env, name, err));
	(*env)->DeleteLocalRef(env, class);
	return ERR_OK;
}

enum err_code natives_register(JNIEnv *env, struct err *err)
{
	struct err ignored = ERR_INIT;

	TRY(register_for(env, "varyharness/Native", methods,
			 sizeof(methods) / sizeof(methods[0]), err));
	TRY(fields_register(env, err));
	/* A JDK without it still has the JVM's exit hook (vm.c), which costs
	 * the worker. */
	(void)register_for(env, "java/lang/Shutdown", halt_methods, 1, &ignored);
	return ERR_OK;
}
