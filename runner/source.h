/* Source files: which are, and what package they declare. */
#ifndef RUNNER_SOURCE_H
#define RUNNER_SOURCE_H

#include <stdbool.h>

#include "util/arena.h"
#include "util/err.h"

/* A source file of a language that compiles to class files, by its suffix. */
bool source_is(const char *path);

/* The package declared in a source file, with dots; "" for none. Read from the
 * first `package` line outside comments. */
enum err_code source_package(struct arena *arena, const char *path,
			     const char **ret, struct err *err) MUST_CHECK;

#endif
