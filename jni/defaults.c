#include "jni/defaults.h"

#include <string.h>

#include "jni/agent.h"
#include "jni/call.h"
#include "jni/context.h"

#define LIST "sun/security/jca/ProviderList"

void defaults_open(struct worker *worker, JNIEnv *env)
{
	static const char *const names[N_DEFAULTS_CLASSES] = {
		[DEFAULTS_COOKIES] = "java/net/CookieHandler",
		[DEFAULTS_AUTHENTICATOR] = "java/net/Authenticator",
		[DEFAULTS_CACHE] = "java/net/ResponseCache",
		[DEFAULTS_PROXIES] = "java/net/ProxySelector",
		[DEFAULTS_LOGGING] = "java/util/logging/LogManager",
		[DEFAULTS_PROVIDERS] = "sun/security/jca/Providers",
	};

	for (int i = 0; i < N_DEFAULTS_CLASSES; i++) {
		jclass class = (*env)->FindClass(env, names[i]);

		if (call_failed(env) || !class)
			continue;
		worker->defaults.classes[i] = (*env)->NewGlobalRef(env, class);
		(*env)->DeleteLocalRef(env, class);
	}
}

bool defaults_is_initialised(struct worker *worker, enum defaults_class which)
{
	struct defaults *defaults = &worker->defaults;

	if (!defaults->initialised[which] && defaults->classes[which])
		defaults->initialised[which] = agent_is_initialised(worker, defaults->classes[which]);
	return defaults->initialised[which];
}

/* A new list from the configuration; none of its providers is loaded yet. */
static jobject configured_list(JNIEnv *env)
{
	jclass class = (*env)->FindClass(env, LIST);
	jmethodID method = class ? (*env)->GetStaticMethodID(env, class, "fromSecurityProperties",
							     "()L" LIST ";") : NULL;
	jobject list = method ? (*env)->CallStaticObjectMethod(env, class, method) : NULL;

	(*env)->DeleteLocalRef(env, class);
	return call_failed(env) ? NULL : list;
}

/* Their texts tell names and order of the providers. */
static bool is_same(JNIEnv *env, jobject one, jobject other)
{
	struct arena arena = ARENA_INIT;
	jobject both[] = { one, other };
	const char *texts[2] = { "", "" };
	bool same = true;

	for (int i = 0; i < 2; i++) {
		jclass class = (*env)->GetObjectClass(env, both[i]);
		jmethodID method = (*env)->GetMethodID(env, class, "toString", "()Ljava/lang/String;");
		jstring text = method ? (*env)->CallObjectMethod(env, both[i], method) : NULL;

		same &= !call_failed(env) && text;
		texts[i] = same ? call_text(env, text, &arena) : "";
		(*env)->DeleteLocalRef(env, text);
		(*env)->DeleteLocalRef(env, class);
	}
	same = same && !strcmp(texts[0], texts[1]);
	arena_release(&arena);
	return same;
}

void defaults_put_back_providers(struct worker *worker, JNIEnv *env)
{
	struct defaults *defaults = &worker->defaults;
	jclass class = defaults->classes[DEFAULTS_PROVIDERS];
	jfieldID field;
	jobject now, fresh;

	if (!defaults_is_initialised(worker, DEFAULTS_PROVIDERS))
		return;
	field = (*env)->GetStaticFieldID(env, class, "providerList", "L" LIST ";");
	now = field ? (*env)->GetStaticObjectField(env, class, field) : NULL;
	if (call_failed(env) || !now)
		return;		/* a JDK that keeps them elsewhere */
	if (!defaults->providers) {
		/* Where nobody has changed it yet, it keeps what it has loaded. */
		fresh = configured_list(env);
		if (fresh)
			defaults->providers = (*env)->NewGlobalRef(env, is_same(env, now, fresh) ? now : fresh);
		(*env)->DeleteLocalRef(env, fresh);
	}
	if (defaults->providers && !(*env)->IsSameObject(env, now, defaults->providers))
		(*env)->SetStaticObjectField(env, class, field, defaults->providers);
	(*env)->DeleteLocalRef(env, now);
}

jobject defaults_new_proxy_selector(JNIEnv *env)
{
	jclass class = (*env)->FindClass(env, "sun/net/spi/DefaultProxySelector");
	jmethodID init = class ? (*env)->GetMethodID(env, class, "<init>", "()V") : NULL;
	jobject made = init ? (*env)->NewObject(env, class, init) : NULL;

	(*env)->DeleteLocalRef(env, class);
	return call_failed(env) ? NULL : made;
}
