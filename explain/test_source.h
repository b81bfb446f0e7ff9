/* Where the source of a test class is. */
#ifndef EXPLAIN_TEST_SOURCE_H
#define EXPLAIN_TEST_SOURCE_H

#include "run/run.h"

/* Of whatever language. `class_name` with dots. NULL where there is none, and *ret_why
 * in words. */
const char *test_source_any(struct arena *arena, const struct run *run, const char *class_name,
			    const char **ret_why);

/* The same, if it is Java. */
const char *test_source_find(struct arena *arena, const struct run *run, const char *class_name,
			     const char **ret_why);

#endif
