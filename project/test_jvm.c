#include "project/test_jvm.h"

#include <string.h>

#define VARIABLE_MAX ((size_t)100 << 10)	/* bytes; Linux takes 128 KiB for one */

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

/* Speaks of modules that are none here, where all classes are on the class path:
 * the JVM would not even start. */
static bool needs_modules(const char *argument)
{
	static const char *const options[] = {
		"--module-path=", "--patch-module=", "--add-reads=", "--limit-modules=",
	};
	const char *module = argument + strlen("--add-modules=");

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (starts_with(argument, options[i]))
			return true;
	if (!starts_with(argument, "--add-modules="))
		return false;
	for (;;) {
		if (!starts_with(module, "java.") && !starts_with(module, "jdk.") && !starts_with(module, "ALL-"))
			return true;
		module += strcspn(module, ",");
		if (!*module++)
			return false;
	}
}

const char *test_jvm_add_argument(struct arena *arena, struct test_jvm *jvm, const char *argument)
{
	struct text_list *list = &jvm->arguments;
	const char *last = list->n ? list->items[list->n - 1] : "";

	if (!strncmp(last, "--", 2) && !strchr(last, '=') && *argument != '-') {
		list->n--;
		argument = arena_strfmt(arena, "%s=%s", last, argument);
	}
	if (needs_modules(argument))
		return argument;
	if (!text_list_has(list, argument))
		text_list_add(arena, list, argument);
	return NULL;
}

bool test_jvm_set_variable(struct arena *arena, struct test_jvm *jvm, const char *name, const char *value)
{
	size_t len = strlen(name);
	const char *entry;

	if (!len || strchr(name, '=') || len + (value ? strlen(value) : 0) > VARIABLE_MAX)
		return false;
	entry = value ? arena_strfmt(arena, "%s=%s", name, value) : name;
	for (uint32_t i = 0; i < jvm->environment.n; i++) {
		const char *there = jvm->environment.items[i];

		if (!strncmp(there, name, len) && (!there[len] || there[len] == '='))
			return !strcmp(there, entry);
	}
	text_list_add(arena, &jvm->environment, entry);
	return true;
}
