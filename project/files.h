/* Files and trees of them, read with bounds. */
#ifndef PROJECT_FILES_H
#define PROJECT_FILES_H

#include <stdbool.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

bool file_exists(const char *path);
bool file_is_directory(const char *path);
bool file_is_regular(const char *path);	/* or a link to one */
/* Everybody may leave files there, as in /tmp: what is found may be somebody else's. */
bool file_is_shared(const char *directory);
bool file_has_suffix(const char *path, const char *suffix);

/* The last part of a path: "b.c" of "a/b.c". */
const char *file_name(const char *path);

/* Without the last part: "a" of "a/b.c", "/" of "/b". For absolute paths. */
char *file_parent(struct arena *arena, const char *path);

/* Absolute, without links, "." and "..". ERR_MISSING where there is nothing. */
enum err_code file_absolute(struct arena *arena, const char *path,
			    const char **ret, struct err *err) MUST_CHECK;

/* The regular file `name` in the nearest directory at or above `from` (or the one that
 * a file lies in) that has one; NULL where there is none. The search ends at a directory with
 * .git, and looks into none that file_is_shared(). */
const char *file_find_above(struct arena *arena, const char *from, const char *name);

/* `path` below the directory `top` (both absolute): the rest after "top/", ""
 * for top itself; NULL where it is elsewhere. */
const char *file_below(const char *path, const char *top);

/* `key` (util/fnv.h) with the path, size and time of change of a file added: what is
 * not there has neither. */
uint64_t file_key(uint64_t key, const char *path);

/* The whole file, at most `max` bytes. */
enum err_code file_read(struct arena *arena, const char *path, size_t max,
			struct span *ret, struct err *err) MUST_CHECK;

/* Tells each regular file below `top`, in order of names, links followed but
 * never in a circle; hidden directories and those that may not be read are
 * passed over. `hear` returns false to end the walk. ERR_LIMIT for a tree
 * larger than any project's. */
enum err_code files_walk(const char *top,
			 bool (*hear)(void *context, const char *path),
			 void *context, struct err *err) MUST_CHECK;

/* The same for the files directly in `top`. */
enum err_code files_walk_flat(const char *top,
			      bool (*hear)(void *context, const char *path),
			      void *context, struct err *err) MUST_CHECK;

#endif
