#include "jni/call.h"

#include <string.h>

/* --- text --- */

/* The next code unit sequence of lenient UTF-8 as a code point. Class names
 * come from class files, where surrogates are encoded one by one. */
static uint32_t decode(const uint8_t **at)
{
	const uint8_t *p = *at;
	unsigned more = p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : p[0] >= 0xc0 ? 1 : 0;
	uint32_t point = more == 3 ? p[0] & 7u : more == 2 ? p[0] & 15u :
			 more == 1 ? p[0] & 31u : p[0] < 0x80 ? p[0] : 0xfffdu;

	for (p++; more && (*p & 0xc0) == 0x80; more--)
		point = point << 6 | (*p++ & 0x3fu);
	*at = p;
	return more || point > 0x10ffff ? 0xfffd : point;
}

enum err_code call_string(JNIEnv *env, const char *text, jstring *ret, struct err *err)
{
	const uint8_t *at = (const uint8_t *)text;
	struct arena arena = ARENA_INIT;
	jchar *units = ARENA_NEW_N(&arena, jchar, strlen(text) + 1);
	jsize n = 0;

	while (*at) {
		uint32_t point = decode(&at);

		if (point >= 0x10000) {
			units[n++] = (jchar)(0xd7c0 + (point >> 10));
			units[n++] = (jchar)(0xdc00 | (point & 0x3ff));
		} else {
			units[n++] = (jchar)point;
		}
	}
	*ret = (*env)->NewString(env, units, n);
	arena_release(&arena);
	return call_check(env, "NewString", err);
}

static char *encode(char *to, uint32_t point)
{
	if (point < 0x80) {
		*to++ = (char)point;
		return to;
	}
	if (point < 0x800) {
		*to++ = (char)(0xc0 | point >> 6);
	} else {
		if (point < 0x10000) {
			*to++ = (char)(0xe0 | point >> 12);
		} else {
			*to++ = (char)(0xf0 | point >> 18);
			*to++ = (char)(0x80 | (point >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (point >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (point & 0x3f));
	return to;
}

char *call_text(JNIEnv *env, jstring string, struct arena *arena)
{
	jsize n = string ? (*env)->GetStringLength(env, string) : 0;
	const jchar *units = n ? (*env)->GetStringCritical(env, string, NULL) : NULL;
	char *text = arena_alloc_n(arena, (size_t)n + 1, 3), *to = text;

	if (!units)
		return text;
	for (jsize i = 0; i < n; i++) {
		uint32_t unit = units[i];

		if ((unit & 0xfc00) == 0xd800 && i + 1 < n && (units[i + 1] & 0xfc00) == 0xdc00)
			unit = 0x10000 + ((unit & 0x3ff) << 10) + (units[++i] & 0x3ffu);
		else if ((unit & 0xf800) == 0xd800 || !unit)
			unit = '?';
		to = encode(to, unit);
	}
	(*env)->ReleaseStringCritical(env, string, units);
	*to = 0;
	return text;
}

/* --- exceptions --- */

bool call_failed(JNIEnv *env)
{
	if (!(*env)->ExceptionCheck(env))
		return false;
	(*env)->ExceptionClear(env);
	return true;
}

static char *describe_by(JNIEnv *env, jobject object, const char *method, struct arena *arena)
{
	jclass class = (*env)->GetObjectClass(env, object);
	jmethodID id = (*env)->GetMethodID(env, class, method, "()Ljava/lang/String;");
	jstring text;

	if (!id)
		return NULL;
	text = (*env)->CallObjectMethod(env, object, id);
	return (*env)->ExceptionCheck(env) || !text ? NULL : call_text(env, text, arena);
}

char *call_describe(JNIEnv *env, jthrowable thrown, struct arena *arena)
{
	char *text = describe_by(env, thrown, "toString", arena);

	if (call_failed(env) || !text)
		text = describe_by(env, (*env)->GetObjectClass(env, thrown), "getName", arena);
	if (call_failed(env) || !text)
		text = arena_strdup(arena, "an exception without a name");
	return text;
}

enum err_code call_check(JNIEnv *env, const char *what, struct err *err)
{
	struct arena arena = ARENA_INIT;
	jthrowable thrown;

	if (!(*env)->ExceptionCheck(env))
		return ERR_OK;
	thrown = (*env)->ExceptionOccurred(env);
	(*env)->ExceptionClear(env);
	err_set(err, ERR_WORKER, "%s: %s", what, call_describe(env, thrown, &arena));
	(*env)->DeleteLocalRef(env, thrown);
	arena_release(&arena);
	return ERR_WORKER;
}

/* --- objects --- */

enum err_code call_bytes(JNIEnv *env, struct span bytes, jbyteArray *ret, struct err *err)
{
	jbyteArray array = (*env)->NewByteArray(env, (jsize)bytes.len);

	TRY(call_check(env, "NewByteArray", err));
	(*env)->SetByteArrayRegion(env, array, 0, (jsize)bytes.len, (const jbyte *)bytes.bytes);
	*ret = array;
	return ERR_OK;
}

enum err_code call_strings(JNIEnv *env, const char *const *texts, uint32_t n,
			   jobjectArray *ret, struct err *err)
{
	jclass class = (*env)->FindClass(env, "java/lang/String");
	jobjectArray array;

	TRY(call_check(env, "String", err));
	array = (*env)->NewObjectArray(env, (jsize)n, class, NULL);
	TRY(call_check(env, "NewObjectArray", err));
	for (uint32_t i = 0; i < n; i++) {
		jstring string;

		TRY(call_string(env, texts[i], &string, err));
		(*env)->SetObjectArrayElement(env, array, (jsize)i, string);
		(*env)->DeleteLocalRef(env, string);
	}
	(*env)->DeleteLocalRef(env, class);
	*ret = array;
	return ERR_OK;
}

enum err_code call_longs(JNIEnv *env, const uint64_t *values, uint32_t n,
			 jlongArray *ret, struct err *err)
{
	jlongArray array = (*env)->NewLongArray(env, (jsize)n);

	TRY(call_check(env, "long[]", err));
	for (uint32_t i = 0; i < n; i++) {
		jlong value = values[i] > INT64_MAX ? INT64_MAX : (jlong)values[i];

		(*env)->SetLongArrayRegion(env, array, (jsize)i, 1, &value);
	}
	*ret = array;
	return ERR_OK;
}

enum err_code call_blobs(JNIEnv *env, const struct span *blobs, uint32_t n,
			 jobjectArray *ret, struct err *err)
{
	jclass class = (*env)->FindClass(env, "[B");
	jobjectArray array;

	TRY(call_check(env, "byte[]", err));
	array = (*env)->NewObjectArray(env, (jsize)n, class, NULL);
	TRY(call_check(env, "NewObjectArray", err));
	for (uint32_t i = 0; i < n; i++) {
		jbyteArray bytes;

		TRY(call_bytes(env, blobs[i], &bytes, err));
		(*env)->SetObjectArrayElement(env, array, (jsize)i, bytes);
		(*env)->DeleteLocalRef(env, bytes);
	}
	(*env)->DeleteLocalRef(env, class);
	*ret = array;
	return ERR_OK;
}

enum err_code call_class(JNIEnv *env, const char *name, jclass *ret, struct err *err)
{
	jclass local = (*env)->FindClass(env, name);

	TRY(call_check(env, name, err));
	*ret = (*env)->NewGlobalRef(env, local);
	(*env)->DeleteLocalRef(env, local);
	return ERR_OK;
}

enum err_code call_method(JNIEnv *env, jclass owner, const char *name,
			  const char *signature, jmethodID *ret, struct err *err)
{
	*ret = (*env)->GetMethodID(env, owner, name, signature);
	return call_check(env, name, err);
}

enum err_code call_static_method(JNIEnv *env, jclass owner, const char *name,
				 const char *signature, jmethodID *ret, struct err *err)
{
	*ret = (*env)->GetStaticMethodID(env, owner, name, signature);
	return call_check(env, name, err);
}

enum err_code call_ask_strings(JNIEnv *env, jobject object, const char *method,
				 jobjectArray *ret, struct err *err)
{
	jclass class = (*env)->GetObjectClass(env, object);
	jmethodID id;

	TRY(call_method(env, class, method, "()[Ljava/lang/String;", &id, err));
	*ret = (*env)->CallObjectMethod(env, object, id);
	TRY(call_check(env, method, err));
	(*env)->DeleteLocalRef(env, class);
	return ERR_OK;
}

enum err_code call_property(JNIEnv *env, const char *name, struct arena *arena,
			      const char **ret, struct err *err)
{
	jclass class = (*env)->FindClass(env, "java/lang/System");
	jstring key, value;
	jmethodID id;

	TRY(call_check(env, "System", err));
	TRY(call_static_method(env, class, "getProperty",
			       "(Ljava/lang/String;)Ljava/lang/String;", &id, err));
	TRY(call_string(env, name, &key, err));
	value = (*env)->CallStaticObjectMethod(env, class, id, key);
	TRY(call_check(env, name, err));
	*ret = call_text(env, value, arena);
	return ERR_OK;
}
