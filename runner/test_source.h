/* Where the Java source of a test class is. */
#ifndef RUNNER_TEST_SOURCE_H
#define RUNNER_TEST_SOURCE_H

#include "runner/run.h"

/* `class_name` with dots. NULL where there is none, and *ret_why in words. */
const char *test_source_find(struct arena *arena, const struct run *run, const char *class_name,
			     const char **ret_why);

#endif
