#include "jni/vm.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


struct start {
	bool started;
	char words[800];	/* what the JVM printed, line ends as "; " */
	size_t len;
	void (*dying)(void *arg, const char *words);
	void *arg;
};

/* The JVM calls its hooks without a context, and there is one JVM a process. */
static struct start start;

static void remember(const char *text)
{
	for (; *text && start.len < sizeof(start.words) - 3; text++) {
		if (*text != '\n') {
			start.words[start.len++] = *text;
		} else if (text[1] || start.len) {
			memcpy(start.words + start.len, "; ", 2);
			start.len += 2;
		}
	}
	start.words[start.len] = 0;
}

static const char *words(void)
{
	while (start.len && strchr("; .", start.words[start.len - 1]))
		start.words[--start.len] = 0;
	return start.words;
}

static jint JNICALL hook_print(FILE *to, const char *format, va_list args)
{
	char text[800];

	if (start.started)
		return vfprintf(to, format, args);
	vsnprintf(text, sizeof(text), format, args);
	remember(text);
	return (jint)strlen(text);
}

static void JNICALL hook_exit(jint status)
{
	char text[60];

	if (!start.started)
		start.dying(start.arg, words());
	snprintf(text, sizeof(text), "the JVM ended itself with status %d", (int)status);
	start.dying(start.arg, text);
}

static void JNICALL hook_abort(void)
{
	if (!start.started)
		start.dying(start.arg, words());
	/* A crash: without a core, the JVM would exit as if by its own will. */
	signal(SIGABRT, SIG_DFL);
	abort();
}

static const JavaVMOption own_options[] = {
	{ (char *)"vfprintf", (void *)hook_print },
	{ (char *)"exit", (void *)hook_exit },
	{ (char *)"abort", (void *)hook_abort },
	{ (char *)"-Xrs", NULL },	/* signals end us as they end any process */
	/* A crash is one verdict: no core, no report of seconds. */
	{ (char *)"-XX:-CreateCoredumpOnCrash", NULL },
	{ (char *)"-XX:+SuppressFatalErrorMessage", NULL },
	/* Our Shutdown.beforeHalt (natives.c), and a full heap, are no news. */
	{ (char *)"-Xlog:jni+resolve=off,jvmti=off", NULL },
};

#define N_OWN (sizeof(own_options) / sizeof(own_options[0]))

typedef jint (JNICALL *create_function)(JavaVM **, void **, void *);

static enum err_code create(create_function function, const char *const *options,
			    unsigned n_options, JavaVM **ret_vm, JNIEnv **ret_env,
			    struct err *err)
{
	struct arena arena = ARENA_INIT;
	JavaVMOption *all = ARENA_NEW_N(&arena, JavaVMOption, N_OWN + n_options);
	JavaVMInitArgs args = { JNI_VERSION_10, (jint)(N_OWN + n_options), all, JNI_FALSE };
	enum err_code code = ERR_OK;
	void *env;
	jint result;

	memcpy(all, own_options, sizeof(own_options));
	for (unsigned i = 0; i < n_options; i++)
		all[N_OWN + i].optionString = arena_strdup(&arena, options[i]);
	result = function(ret_vm, &env, &args);
	if (result != JNI_OK)
		code = err_set(err, ERR_WORKER, "%s",
			       *words() ? words() : "the JVM gave no reason");
	*ret_env = env;
	arena_release(&arena);
	return code;
}

enum err_code vm_open(const char *libjvm, const char *const *options,
		       unsigned n_options, void (*dying)(void *arg, const char *words),
		       void *arg, JavaVM **ret_vm, JNIEnv **ret_env,
		       struct err *err)
{
	create_function function;
	void *library, *symbol;

	start.dying = dying;
	start.arg = arg;
	library = dlopen(libjvm, RTLD_NOW | RTLD_GLOBAL);
	if (!library)
		return err_set(err, ERR_MISSING, "%s", dlerror());
	symbol = dlsym(library, "JNI_CreateJavaVM");
	if (!symbol)
		return err_set(err, ERR_MISSING, "%s is not a JVM: %s", libjvm, dlerror());
	memcpy(&function, &symbol, sizeof(function));	/* ISO C has no cast for it */
	TRY(create(function, options, n_options, ret_vm, ret_env, err));
	start.started = true;
	return ERR_OK;
}
