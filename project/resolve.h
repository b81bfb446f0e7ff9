/* The class path of a project's tests, by what its build file says and what was fetched before:
 * without network, and without running the build tool.
 *
 * As Maven does it: of each artifact the version that is nearest to the project, its own
 * <dependencyManagement> before what dependencies say, exclusions, optional ones left out, ranges of versions
 * by what is there.
 */
#ifndef PROJECT_RESOLVE_H
#define PROJECT_RESOLVE_H

#include "project/dependency.h"
#include "project/libraries.h"

struct resolved {
	struct text_list paths;		/* absolute: jars that are there, output directories of modules */
	struct text_list missing;	/* "group:name:version" of each that the repository lacks */
	bool is_unsure;			/* something else may decide: a parent that is not there, a range, settings */
};

/* For the tests of the Maven project in `base` and of the modules below it. False: there is no
 * pom.xml that could be read. */
bool resolve_maven(struct poms *poms, const char *base, struct resolved *ret);

#endif
