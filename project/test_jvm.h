/* What a build tool gives the JVM of the tests: arguments, and variables of the environment. */
#ifndef PROJECT_TEST_JVM_H
#define PROJECT_TEST_JVM_H

#include <stdbool.h>

#include "project/libraries.h"

struct test_jvm {
	struct text_list arguments;
	struct text_list environment;	/* "NAME=value", or "NAME": not to be there; no name twice */
};

/* No text twice. "--add-opens" and "java.base/java.lang=ALL-UNNAMED" after it become one. Returns NULL,
 * or what is not taken, because it speaks of modules, of which there are none here. */
const char *test_jvm_add_argument(struct arena *arena, struct test_jvm *jvm, const char *argument);

/* `value` NULL: it is not to be there. False, and nothing changes, where the name is none (empty, or
 * with '='), the value is longer than the system lets it be, or the name has another value. */
bool test_jvm_set_variable(struct arena *arena, struct test_jvm *jvm, const char *name, const char *value);

#endif
