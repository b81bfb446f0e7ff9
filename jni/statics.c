#include "jni/statics.h"

#include <string.h>

#include "jni/call.h"

#define FIELD_TYPE "Ljava/util/concurrent/"
#define IS_STATIC 0x0008

/* Neither the JDK's own nor one of a run's; initialised, so that reading changes nothing. */
static bool is_shared(struct worker *worker, JNIEnv *env, jclass class)
{
	jvmtiEnv *jvmti = worker->jvmti;
	jobject loader = NULL;
	jint status = 0;
	bool shared;

	if ((*jvmti)->GetClassStatus(jvmti, class, &status) != JVMTI_ERROR_NONE ||
	    !(status & JVMTI_CLASS_STATUS_INITIALIZED) || status & JVMTI_CLASS_STATUS_ERROR)
		return false;
	(void)(*jvmti)->GetClassLoader(jvmti, class, &loader);
	shared = loader && !(*env)->IsInstanceOf(env, loader, worker->loader_class);
	(*env)->DeleteLocalRef(env, loader);
	return shared;
}

static bool field_holds(struct worker *worker, JNIEnv *env, jclass class, jfieldID field, jobject object)
{
	jvmtiEnv *jvmti = worker->jvmti;
	char *type = NULL;
	jint modifiers = 0;
	jobject value;
	bool same;

	if ((*jvmti)->GetFieldModifiers(jvmti, class, field, &modifiers) != JVMTI_ERROR_NONE ||
	    !(modifiers & IS_STATIC) ||
	    (*jvmti)->GetFieldName(jvmti, class, field, NULL, &type, NULL) != JVMTI_ERROR_NONE)
		return false;
	same = !strncmp(type, FIELD_TYPE, strlen(FIELD_TYPE));
	(void)(*jvmti)->Deallocate(jvmti, (unsigned char *)type);
	if (!same)
		return false;
	value = (*env)->GetStaticObjectField(env, class, field);
	same = value && (*env)->IsSameObject(env, value, object);
	(*env)->DeleteLocalRef(env, value);
	return same;
}

static bool class_holds(struct worker *worker, JNIEnv *env, jclass class, jobject object)
{
	jfieldID *fields = NULL;
	bool holds = false;
	jint n = 0;

	if (!is_shared(worker, env, class) ||
	    (*worker->jvmti)->GetClassFields(worker->jvmti, class, &n, &fields) != JVMTI_ERROR_NONE)
		return false;
	for (jint i = 0; i < n && !holds; i++)
		holds = field_holds(worker, env, class, fields[i], object);
	(void)(*worker->jvmti)->Deallocate(worker->jvmti, (unsigned char *)fields);
	return holds;
}

bool statics_hold(struct worker *worker, JNIEnv *env, jobject object)
{
	jclass *classes;
	bool found = false;
	jint n;

	if ((*worker->jvmti)->GetLoadedClasses(worker->jvmti, &n, &classes) != JVMTI_ERROR_NONE)
		return false;
	for (jint i = 0; i < n; i++) {
		found = found || class_holds(worker, env, classes[i], object);
		(*env)->DeleteLocalRef(env, classes[i]);
	}
	(void)(*worker->jvmti)->Deallocate(worker->jvmti, (unsigned char *)classes);
	return found;
}
