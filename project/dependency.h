/* What a pom.xml says its project needs: <dependencies>, with what <dependencyManagement> of it and
 * its parents and of imported poms adds to them.
 *
 *	for (n = 0; dependency_next(pom, &walk, &dependency);) ...
 */
#ifndef PROJECT_DEPENDENCY_H
#define PROJECT_DEPENDENCY_H

#include "project/pom.h"

struct dependency {
	struct artifact artifact;	/* version "": nobody says */
	const char *scope;		/* "" for none, which is compile */
	bool is_optional;
	bool is_on_class_path;		/* by its type: a pom or an archive is not */
	const char *path;		/* of scope system; else NULL */
	const struct xml *exclusions;	/* its <exclusions>, or NULL */
};

struct dependency_walk {		/* zeroed at the start */
	const struct pom *at;
	const struct xml *part, *next;
	bool has_begun;
};

/* The next one that the pom or a parent of it declares, nearest first; false at the end. */
bool dependency_next(const struct pom *pom, struct dependency_walk *walk, struct dependency *ret);

/* What <dependencyManagement> says of the artifact, whatever its version; false: nothing. */
bool dependency_managed(const struct pom *pom, const struct artifact *artifact, struct dependency *ret);

/* The same but for the version. */
bool dependency_is_same(const struct artifact *a, const struct artifact *b);

/* Whether the <exclusions> have the artifact. */
bool dependency_excludes(const struct pom *pom, const struct xml *exclusions, const struct artifact *artifact);

#endif
