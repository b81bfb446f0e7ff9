#include "jni/class_path.h"

#include "jni/call.h"

#define TEXT "Ljava/lang/String;"
#define URL_PATH "jdk/internal/loader/URLClassPath"

static enum err_code find_class(JNIEnv *env, const char *name, jclass *ret, struct err *err)
{
	*ret = (*env)->FindClass(env, name);
	return call_check(env, name, err);
}

static enum err_code set_property(JNIEnv *env, const char *path, jstring *ret, struct err *err)
{
	jclass system;
	jmethodID set;
	jstring key;

	TRY(find_class(env, "java/lang/System", &system, err));
	TRY(call_static_method(env, system, "setProperty", "(" TEXT TEXT ")" TEXT, &set, err));
	TRY(call_string(env, "java.class.path", &key, err));
	TRY(call_string(env, path, ret, err));
	(*env)->CallStaticObjectMethod(env, system, set, key, *ret);
	return call_check(env, "System.setProperty", err);
}

static enum err_code system_loader(JNIEnv *env, jobject *ret, struct err *err)
{
	jmethodID get;
	jclass class;

	TRY(find_class(env, "java/lang/ClassLoader", &class, err));
	TRY(call_static_method(env, class, "getSystemClassLoader", "()Ljava/lang/ClassLoader;",
			       &get, err));
	*ret = (*env)->CallStaticObjectMethod(env, class, get);
	return call_check(env, "getSystemClassLoader", err);
}

enum err_code class_path_replace(JNIEnv *env, const char *path, struct err *err)
{
	jclass built_in, url_path;
	jobject loader, urls;
	jmethodID init;
	jfieldID field;
	jstring text;

	TRY(set_property(env, path, &text, err));
	TRY(system_loader(env, &loader, err));
	TRY(find_class(env, "jdk/internal/loader/BuiltinClassLoader", &built_in, err));
	if (!(*env)->IsInstanceOf(env, loader, built_in))
		return err_set(err, ERR_WORKER, "the system class loader is not the JDK's own");
	field = (*env)->GetFieldID(env, built_in, "ucp", "L" URL_PATH ";");
	TRY(call_check(env, "the class path's field", err));
	TRY(find_class(env, URL_PATH, &url_path, err));
	TRY(call_method(env, url_path, "<init>", "(" TEXT "Z)V", &init, err));
	urls = (*env)->NewObject(env, url_path, init, text, JNI_FALSE);
	TRY(call_check(env, "the class path", err));
	(*env)->SetObjectField(env, loader, field, urls);
	return call_check(env, "the class path's field", err);
}
