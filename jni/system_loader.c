#include "jni/system_loader.h"

#include "jni/call.h"
#include "jni/table.h"

#define LOADER "Ljava/lang/ClassLoader;"
#define OBJECT "Ljava/lang/Object;"
#define VALUES "jdk/internal/loader/ClassLoaderValue"

bool system_loader_set(JNIEnv *env, jobject loader)
{
	jclass class = (*env)->FindClass(env, "java/lang/ClassLoader");
	jfieldID field = class ? (*env)->GetStaticFieldID(env, class, "scl", LOADER) : NULL;

	if (field)
		(*env)->SetStaticObjectField(env, class, field, loader);
	(*env)->DeleteLocalRef(env, class);
	return !call_failed(env) && field;
}

/* What the class keeps for one loader, if anything, it keeps for the other, too. */
static bool share(JNIEnv *env, const char *owner, jobject from, jobject to)
{
	jclass class = (*env)->FindClass(env, owner);
	jclass values = class ? (*env)->FindClass(env, VALUES) : NULL;
	jfieldID field = values ? (*env)->GetStaticFieldID(env, class, "CLV", "L" VALUES ";") : NULL;
	jmethodID get = field ? (*env)->GetMethodID(env, values, "get", "(" LOADER ")" OBJECT) : NULL;
	jmethodID put = get ? (*env)->GetMethodID(env, values, "putIfAbsent", "(" LOADER OBJECT ")" OBJECT) : NULL;
	jobject all = put ? (*env)->GetStaticObjectField(env, class, field) : NULL;
	jobject value = all ? (*env)->CallObjectMethod(env, all, get, from) : NULL;

	if (value && !(*env)->ExceptionCheck(env))
		(*env)->CallObjectMethod(env, all, put, to, value);
	(*env)->DeleteLocalRef(env, value);
	(*env)->DeleteLocalRef(env, all);
	(*env)->DeleteLocalRef(env, values);
	(*env)->DeleteLocalRef(env, class);
	return !call_failed(env) && all;
}

bool system_loader_share_services(JNIEnv *env, jobject from, jobject to)
{
	return share(env, "java/lang/ModuleLayer", from, to) &&
	       share(env, "jdk/internal/module/ServicesCatalog", from, to);
}

/* All classes that the JVM's own loader has defined, a list that only grows; NULL in a
 * JDK that keeps it elsewhere. */
static jobject own_classes(struct worker *worker, JNIEnv *env)
{
	static const char *const types[] = { "Ljava/util/ArrayList;", "Ljava/util/Vector;" };	/* till JDK 15 */
	jclass class = (*env)->FindClass(env, "java/lang/ClassLoader");
	jobject loader = NULL, list = NULL;

	(void)(*worker->jvmti)->GetClassLoader(worker->jvmti, worker->harness_class, &loader);
	for (int i = 0; i < 2 && class && loader && !list; i++) {
		jfieldID field = (*env)->GetFieldID(env, class, "classes", types[i]);

		if (!call_failed(env))
			list = (*env)->GetObjectField(env, loader, field);
	}
	(*env)->DeleteLocalRef(env, loader);
	(*env)->DeleteLocalRef(env, class);
	return list;
}

static const char *name_of(JNIEnv *env, jobject class, jmethodID get_name, struct arena *arena)
{
	jstring text = class ? (*env)->CallObjectMethod(env, class, get_name) : NULL;
	const char *name = call_failed(env) ? "" : call_text(env, text, arena);

	(*env)->DeleteLocalRef(env, text);
	return name;
}

static uint32_t keep_copies(struct worker *worker, JNIEnv *env, jobject list, struct arena *arena,
			    const char **names, uint32_t first, uint32_t end)
{
	jclass list_class = (*env)->FindClass(env, "java/util/List");
	jclass class_class = (*env)->FindClass(env, "java/lang/Class");
	jmethodID get = list_class ? (*env)->GetMethodID(env, list_class, "get", "(I)" OBJECT) : NULL;
	jmethodID get_name = class_class && get
		? (*env)->GetMethodID(env, class_class, "getName", "()Ljava/lang/String;") : NULL;
	uint32_t n = 0;

	for (uint32_t i = first; get_name && i < end; i++) {
		jobject class = (*env)->CallObjectMethod(env, list, get, (jint)i);
		const char *name = call_failed(env) ? "" : name_of(env, class, get_name, arena);

		if (table_find(worker->table, name) >= 0)
			names[n++] = name;
		(*env)->DeleteLocalRef(env, class);
	}
	(*env)->DeleteLocalRef(env, class_class);
	(*env)->DeleteLocalRef(env, list_class);
	return call_failed(env) ? 0 : n;
}

const char **system_loader_copies(struct worker *worker, JNIEnv *env, struct arena *arena,
				  uint32_t *ret_n)
{
	jobject list = own_classes(worker, env);
	jclass class = list ? (*env)->GetObjectClass(env, list) : NULL;
	jmethodID size = class ? (*env)->GetMethodID(env, class, "size", "()I") : NULL;
	jint n = size ? (*env)->CallIntMethod(env, list, size) : 0;
	uint32_t end = call_failed(env) || n < 0 ? 0 : (uint32_t)n;
	uint32_t first = atomic_load(&worker->own_classes);
	const char **names = NULL;

	*ret_n = 0;
	if (end > first) {
		names = ARENA_NEW_N(arena, const char *, end - first);
		atomic_store(&worker->own_classes, end);
		*ret_n = keep_copies(worker, env, list, arena, names, first, end);
	}
	(*env)->DeleteLocalRef(env, class);
	(*env)->DeleteLocalRef(env, list);
	return names;
}
