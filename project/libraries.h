/* The class path besides the project's own classes: jars of its dependencies. */
#ifndef PROJECT_LIBRARIES_H
#define PROJECT_LIBRARIES_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/err.h"

struct poms;	/* project/pom.h */

struct text_list {		/* growing, in an arena */
	const char **items;
	uint32_t n, size;
};

void text_list_add(struct arena *arena, struct text_list *list, const char *text);
bool text_list_has(const struct text_list *list, const char *text);

/* --classpath: colon-separated directories and jars; DIR/ followed by a star is
 * every jar in DIR. An entry that is not there is ERR_USAGE, naming it. */
enum err_code libraries_parse(struct arena *arena, const char *classpath,
			      struct text_list *ret, struct err *err) MUST_CHECK;

/* Without --classpath: what the build tool says (Maven and Gradle, offline), or
 * jars in lib/, libs/, target/dependency/ below `base`. `looked_at` gets a line
 * for each that was tried. */
void libraries_find(struct poms *poms, const char *base, struct text_list *ret,
		    struct text_list *looked_at);

/* Adds the test engine that goes with an engine's API in `list` but is not there,
 * as build tools do: from the same repository, else from Debian's packages in
 * /usr/share/java. Where `list` has no test framework at all, all of those. */
void libraries_add_engines(struct arena *arena, struct text_list *list,
			   struct text_list *looked_at);

#endif
