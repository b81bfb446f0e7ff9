/* Source files: which are, what package they declare, what belongs to them. */
#ifndef PROJECT_SOURCE_H
#define PROJECT_SOURCE_H

#include <stdbool.h>

#include "project/libraries.h"
#include "util/arena.h"
#include "util/err.h"

/* A source file of a language that compiles to class files, by its suffix. */
bool source_is(const char *path);
bool source_is_java(const char *path);

/* The package declared in a source file, with dots; "" for none. Read from the
 * first `package` line outside comments. NULL where there is no such line and
 * the language may say it otherwise: then only its directory can tell. */
enum err_code source_package(struct arena *arena, const char *path,
			     const char **ret, struct err *err) MUST_CHECK;

/* Whether a class of `package` may come from the source at `path`, whose
 * source_package() is `declared`. */
bool source_fits_package(const char *path, const char *declared, const char *package);

/* The directory that the package of a source or class file starts in: "/x" for
 * /x/a/B.java of package a; NULL where the file lies elsewhere. */
const char *source_root(struct arena *arena, const char *path, const char *package);

/* Whether a directory or jar holds a class made from that source: in the folder
 * of its package, or anywhere where that is not known. */
bool source_has_classes_in(const char *path, const char *declared, const char *place);

/* The Java sources to be compiled together: for a file those of its package's
 * top folder ("com" of com.shop), or those beside it where it has no package,
 * and for one below src/ those of test/ and tests/ beside src/ too; for a
 * directory all below it. May add a source that is there already. */
enum err_code source_add_company(struct arena *arena, const char *path,
				 struct text_list *ret, struct err *err) MUST_CHECK;

/* In order of names, each once. */
void source_settle(struct text_list *sources);

#endif
