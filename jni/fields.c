#include "jni/fields.h"

#include <string.h>

#include "jni/call.h"

#define AT_ONCE 32	/* fields */

static jlong JNICALL fields_id(JNIEnv *env, jclass class, jobject field)
{
	(void)class;
	return (jlong)(intptr_t)(*env)->FromReflectedField(env, field);
}

static jlong bits_of_float(jfloat value)
{
	jint bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

static jlong bits_of_double(jdouble value)
{
	jlong bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

static jlong read_bits(JNIEnv *env, jobject object, jfieldID id, jbyte type)
{
	switch (type) {
	case 'Z':
		return (*env)->GetBooleanField(env, object, id);
	case 'B':
		return (*env)->GetByteField(env, object, id);
	case 'C':
		return (*env)->GetCharField(env, object, id);
	case 'S':
		return (*env)->GetShortField(env, object, id);
	case 'I':
		return (*env)->GetIntField(env, object, id);
	case 'J':
		return (*env)->GetLongField(env, object, id);
	case 'F':
		return bits_of_float((*env)->GetFloatField(env, object, id));
	default:
		return bits_of_double((*env)->GetDoubleField(env, object, id));
	}
}

static void read_reference(JNIEnv *env, jobject object, jfieldID id, jobjectArray to, jsize i)
{
	jobject value = (*env)->GetObjectField(env, object, id);

	if (!value)
		return;		/* as the array is */
	(*env)->SetObjectArrayElement(env, to, i, value);
	(*env)->DeleteLocalRef(env, value);
}

static void JNICALL fields_read(JNIEnv *env, jclass class, jobject object, jlongArray ids,
				jbyteArray types, jlongArray bits, jobjectArray references)
{
	jsize n = (*env)->GetArrayLength(env, ids);

	(void)class;
	for (jsize at = 0; at < n; at += AT_ONCE) {
		jsize count = n - at < AT_ONCE ? n - at : AT_ONCE;
		jlong id[AT_ONCE], value[AT_ONCE];
		jbyte type[AT_ONCE];

		(*env)->GetLongArrayRegion(env, ids, at, count, id);
		(*env)->GetByteArrayRegion(env, types, at, count, type);
		for (jsize i = 0; i < count; i++) {
			jfieldID field = (jfieldID)(intptr_t)id[i];

			value[i] = 0;
			if (type[i] == 'L')
				read_reference(env, object, field, references, at + i);
			else
				value[i] = read_bits(env, object, field, type[i]);
		}
		(*env)->SetLongArrayRegion(env, bits, at, count, value);
	}
}

static jobject of_throwable(JNIEnv *env, jobject thrown, const char *name, const char *type)
{
	jclass class = (*env)->FindClass(env, "java/lang/Throwable");
	jfieldID id = class ? (*env)->GetFieldID(env, class, name, type) : NULL;

	return call_failed(env) || !id ? NULL : (*env)->GetObjectField(env, thrown, id);
}

static jobject JNICALL fields_message(JNIEnv *env, jclass class, jobject thrown)
{
	(void)class;
	return of_throwable(env, thrown, "detailMessage", "Ljava/lang/String;");
}

static jobject JNICALL fields_cause(JNIEnv *env, jclass class, jobject thrown)
{
	(void)class;
	return of_throwable(env, thrown, "cause", "Ljava/lang/Throwable;");
}

/* Not the method of the object's own class: that is the project's code. */
static jobject JNICALL fields_entries(JNIEnv *env, jclass class, jobject map, jclass extended)
{
	jmethodID id = (*env)->GetMethodID(env, extended, "entrySet", "()Ljava/util/Set;");

	(void)class;
	return id ? (*env)->CallNonvirtualObjectMethod(env, map, extended, id) : NULL;
}

static jint JNICALL fields_size(JNIEnv *env, jclass class, jobject map, jclass extended)
{
	jmethodID id = (*env)->GetMethodID(env, extended, "size", "()I");

	(void)class;
	return id ? (*env)->CallNonvirtualIntMethod(env, map, extended, id) : 0;
}

#define METHOD(name, signature, function) { (char *)(name), (char *)(signature), (void *)(function) }

static const JNINativeMethod methods[] = {
	METHOD("id", "(Ljava/lang/reflect/Field;)J", fields_id),
	METHOD("read", "(Ljava/lang/Object;[J[B[J[Ljava/lang/Object;)V", fields_read),
	METHOD("message", "(Ljava/lang/Throwable;)Ljava/lang/Object;", fields_message),
	METHOD("cause", "(Ljava/lang/Throwable;)Ljava/lang/Object;", fields_cause),
	METHOD("entries", "(Ljava/lang/Object;Ljava/lang/Class;)Ljava/lang/Iterable;", fields_entries),
	METHOD("size", "(Ljava/lang/Object;Ljava/lang/Class;)I", fields_size),
};

enum err_code fields_register(JNIEnv *env, struct err *err)
{
	jclass class = (*env)->FindClass(env, "varyharness/Fields");

	TRY(call_check(env, "varyharness.Fields", err));
	(*env)->RegisterNatives(env, class, methods, sizeof(methods) / sizeof(methods[0]));
	TRY(call_check(env, "varyharness.Fields", err));
	(*env)->DeleteLocalRef(env, class);
	return ERR_OK;
}
