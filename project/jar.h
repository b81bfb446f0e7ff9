/* Jars. The only file that knows of libzip. */
#ifndef PROJECT_JAR_H
#define PROJECT_JAR_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

/* Reads the classes of a jar, those directly in `folder` ("a/b", "" for the
 * top) or all for NULL: `hear` gets the entry's name ("a/B.class") and its
 * bytes, which live in `arena`. Versioned classes (META-INF/versions) and
 * entries that climb out with ".." are passed over. ERR_FORMAT where the jar is
 * damaged, ERR_LIMIT where it unpacks to more than is sane. */
enum err_code jar_read_classes(struct arena *arena, const char *path, const char *folder,
			       void (*hear)(void *context, const char *name, struct span bytes),
			       void *context, struct err *err) MUST_CHECK;

/* The same for `n` entries by their names, those that the jar has. */
enum err_code jar_read_entries(struct arena *arena, const char *path, const char *const *names, uint32_t n,
			       void (*hear)(void *context, const char *name, struct span bytes),
			       void *context, struct err *err) MUST_CHECK;

#endif
