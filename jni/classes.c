#include "jni/classes.h"

#include <string.h>

#include "jni/call.h"
#include "jni/natives.h"

/* Made by the Makefile from the compiled harness: for each class file a u4
 * length (of this machine) and its bytes, then a zero length. */
extern const uint8_t harness_classes[];
extern const uint8_t fixer_classes[];	/* the same of jni/harness/fix */

#define CLASSES_MAX 256

struct embedded {
	struct span bytes[CLASSES_MAX];
	bool defined[CLASSES_MAX];
	unsigned n;
	struct span reach, trace;	/* the classes Reach and Trace, of which loaders have their own */
};

static void list_embedded(const uint8_t *at, struct embedded *all)
{
	uint32_t len;

	for (;;) {
		memcpy(&len, at, sizeof(len));
		if (!len || all->n == CLASSES_MAX)
			break;
		at += sizeof(len);
		all->bytes[all->n++] = (struct span){ at, len };
		at += len;
	}
}

static enum err_code system_loader(JNIEnv *env, jobject *ret, struct err *err)
{
	jclass class = (*env)->FindClass(env, "java/lang/ClassLoader");
	jmethodID method;

	TRY(call_check(env, "ClassLoader", err));
	TRY(call_static_method(env, class, "getSystemClassLoader",
			       "()Ljava/lang/ClassLoader;", &method, err));
	*ret = (*env)->CallStaticObjectMethod(env, class, method);
	TRY(call_check(env, "getSystemClassLoader", err));
	(*env)->DeleteLocalRef(env, class);
	return ERR_OK;
}

static bool has_name(JNIEnv *env, jclass class, const char *name)
{
	struct arena arena = ARENA_INIT;
	jclass meta = (*env)->GetObjectClass(env, class);
	jmethodID method = (*env)->GetMethodID(env, meta, "getName", "()Ljava/lang/String;");
	jstring found = method ? (*env)->CallObjectMethod(env, class, method) : NULL;
	bool same = !call_failed(env) && !strcmp(call_text(env, found, &arena), name);

	(*env)->DeleteLocalRef(env, meta);
	(*env)->DeleteLocalRef(env, found);
	arena_release(&arena);
	return same;
}

/* One round; how many classes could be defined in it. */
static unsigned define_some(JNIEnv *env, jobject loader, struct embedded *all)
{
	unsigned n = 0;

	for (unsigned i = 0; i < all->n; i++) {
		jclass class;

		if (all->defined[i])
			continue;
		class = (*env)->DefineClass(env, NULL, loader, (const jbyte *)all->bytes[i].bytes,
					    (jsize)all->bytes[i].len);
		if (call_failed(env) || !class)
			continue;	/* its super class may come later */
		all->defined[i] = true;
		n++;
		if (!all->reach.len && has_name(env, class, "varyharness.Reach"))
			all->reach = all->bytes[i];
		if (!all->trace.len && has_name(env, class, "varyharness.Trace"))
			all->trace = all->bytes[i];
		(*env)->DeleteLocalRef(env, class);
	}
	return n;
}

static enum err_code find_classes(struct worker *worker, JNIEnv *env, struct err *err)
{
	TRY(call_class(env, "varyharness/Harness", &worker->harness_class, err));
	TRY(call_class(env, "varyharness/Run$Group", &worker->group_class, err));
	TRY(call_class(env, "varyharness/Loader", &worker->loader_class, err));
	return call_class(env, "varyharness/Driver$Stop", &worker->stop_class, err);
}

#define TEXT "Ljava/lang/String;"

static enum err_code find_methods(struct worker *worker, JNIEnv *env, struct err *err)
{
	const struct {
		const char *class, *name, *signature;
		jmethodID *to;
	} methods[] = {
		{ "varyharness/Harness", "table", "(J[" TEXT "I)V", &worker->table_method },
		{ "varyharness/Harness", "discover", "([" TEXT TEXT TEXT TEXT TEXT ")V", &worker->discover_method },
		{ "varyharness/Harness", "group", "(" TEXT TEXT "Z[" TEXT "[J)Lvaryharness/Run$Group;",
		  &worker->group_method },
		{ "varyharness/Harness", "run", "(II[" TEXT "[[B[Lvaryharness/Run$Group;)Ljava/lang/Thread;",
		  &worker->run_method },
		{ "varyharness/Harness", "settle", "()V", &worker->settle_method },
		{ "varyharness/Run", "execute", "()V", &worker->execute_method },
		{ "varyharness/Run", "cleanUp", "()I", &worker->clean_up_method },
		{ "java/lang/Thread", "start", "()V", &worker->start_method },
	};

	for (unsigned i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		jclass class = (*env)->FindClass(env, methods[i].class);

		TRY(call_check(env, methods[i].class, err));
		TRY(call_method(env, class, methods[i].name, methods[i].signature,
				methods[i].to, err));
		(*env)->DeleteLocalRef(env, class);
	}
	TRY(call_static_method(env, worker->loader_class, "showsFields", "(Ljava/lang/Class;)V",
			       &worker->shows_fields_method, err));
	return call_static_method(env, worker->harness_class, "drain", "()V",
				  &worker->drain_method, err);
}

static enum err_code find_fields(struct worker *worker, JNIEnv *env, struct err *err)
{
	jclass run = (*env)->FindClass(env, "varyharness/Run");

	TRY(call_check(env, "varyharness/Run", err));
	worker->run_loader = (*env)->GetFieldID(env, run, "loader", "Lvaryharness/Loader;");
	(*env)->DeleteLocalRef(env, run);
	return call_check(env, "Run.loader", err);
}

static enum err_code make_harness(struct worker *worker, JNIEnv *env, const struct embedded *all,
				  struct err *err)
{
	jmethodID init_harness, init_stop;
	jobject harness, stop;
	jbyteArray reach, trace;

	TRY(call_method(env, worker->stop_class, "<init>", "()V", &init_stop, err));
	stop = (*env)->NewObject(env, worker->stop_class, init_stop);
	TRY(call_check(env, "Stop", err));
	worker->stop = (*env)->NewGlobalRef(env, stop);
	TRY(call_method(env, worker->harness_class, "<init>", "(J[B[B)V", &init_harness, err));
	TRY(call_bytes(env, all->reach, &reach, err));
	TRY(call_bytes(env, all->trace, &trace, err));
	harness = (*env)->NewObject(env, worker->harness_class, init_harness,
				    (jlong)(intptr_t)worker, reach, trace);
	TRY(call_check(env, "Harness", err));
	worker->harness = (*env)->NewGlobalRef(env, harness);
	return ERR_OK;
}

enum err_code classes_open(struct worker *worker, JNIEnv *env, struct err *err)
{
	struct embedded all = { .n = 0 };
	jobject loader;

	TRY(system_loader(env, &loader, err));
	list_embedded(harness_classes, &all);
	while (define_some(env, loader, &all))
		;
	TRY(find_classes(worker, env, err));
	TRY(find_methods(worker, env, err));
	TRY(find_fields(worker, env, err));
	TRY(natives_register(env, err));
	return make_harness(worker, env, &all, err);
}

enum err_code classes_add_fixer(JNIEnv *env, struct err *err)
{
	struct embedded all = { .n = 0 };
	jobject loader;

	if ((*env)->FindClass(env, "varyharness/Fixer"))
		return ERR_OK;
	call_failed(env);
	TRY(system_loader(env, &loader, err));
	list_embedded(fixer_classes, &all);
	while (define_some(env, loader, &all))
		;
	return ERR_OK;
}
