/* How build tools lay out a project: where classes, tests and sources lie. */
#ifndef PROJECT_LAYOUT_H
#define PROJECT_LAYOUT_H

#include <stdbool.h>

#include "util/arena.h"
#include "util/err.h"

struct poms;	/* project/pom.h */

struct layout_root {
	const char *path;	/* absolute directory */
	bool is_test;
	bool is_mixed;		/* tests may lie among the rest */
};

struct layout {
	const char *name;	/* "maven", "gradle" ...; NULL where none fits */
	struct layout_root *roots;	/* [n_roots] that exist, tests first */
	unsigned n_roots;
	const char **source_roots;	/* [n_source_roots] that exist, main and test */
	unsigned n_source_roots;
};

/* The nearest directory from `path` (absolute) upwards that looks like a
 * project's root: a build file or compiled classes where a build tool puts
 * them. NULL where there is none below the file system's root, the repository
 * (.git) or a directory that everybody may write to. */
const char *layout_find_base(struct arena *arena, const char *path);

/* The project that names the one in `base` as a module of it; NULL for none. */
const char *layout_find_enclosing(struct arena *arena, const char *base);

/* What lies in `base` and in the modules below it: in the usual places, and where a pom.xml says. */
void layout_read(struct poms *poms, const char *base, struct layout *ret);

/* Whether the source root is one of tests: src/test/..., or test or tests in
 * the project's own directory `base`. */
bool layout_is_test_source(const char *source_root, const char *base);

#endif
