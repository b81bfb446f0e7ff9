/* Defaults of the class library that tests replace; the harness's Defaults puts
 * them back and asks here for what Java may not see. */
#ifndef JNI_DEFAULTS_H
#define JNI_DEFAULTS_H

#include <jni.h>
#include <stdbool.h>

struct worker;

/* By their numbers in the harness's Defaults. */
enum defaults_class {
	DEFAULTS_COOKIES, DEFAULTS_AUTHENTICATOR, DEFAULTS_CACHE, DEFAULTS_PROXIES,
	DEFAULTS_LOGGING,
	DEFAULTS_PROVIDERS,	/* ours alone */
	N_DEFAULTS_CLASSES
};

struct defaults {			/* global references; NULL where this JDK has none */
	jclass classes[N_DEFAULTS_CLASSES];
	bool initialised[N_DEFAULTS_CLASSES];	/* it stays so */
	jobject providers;		/* the list as configured, once there is one */
};

/* Finds the classes without initialising any; called before the first run. */
void defaults_open(struct worker *worker, JNIEnv *env);

/* Whether anybody has initialised the class. */
bool defaults_is_initialised(struct worker *worker, enum defaults_class which);

/* The list of security providers as the JVM's configuration has it. One run at a
 * time calls it. */
void defaults_put_back_providers(struct worker *worker, JNIEnv *env);

/* Another of the kind that the JVM starts with; a local reference or NULL. */
jobject defaults_new_proxy_selector(JNIEnv *env);

#endif
