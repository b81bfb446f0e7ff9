/* What Maven's surefire plugin gives the JVM that runs the tests: read from
 * pom.xml, without Maven.
 *
 *	surefire_read(&poms, base, &jvm, &looked_at)
 *
 * Looked at: the pom.xml in `base`, its parents (where <relativePath> says, else
 * in the local repository) and those of its modules, with the profiles that
 * hold (pom_next_part()). Taken: argLine (also as a property), systemPropertyVariables,
 * systemProperties, systemPropertiesFile, environmentVariables and
 * excludedEnvironmentVariables of surefire, and failsafe's where that has none;
 * the nearest setting wins, as it does in Maven.
 */
#ifndef PROJECT_SUREFIRE_H
#define PROJECT_SUREFIRE_H

#include "project/pom.h"
#include "project/project.h"
#include "project/test_jvm.h"
#include "project/test_names.h"

/* Adds to `ret` what is given. A line in `looked_at` tells what was taken; one
 * that begins with "skipped" what was not: an argument that refers to what is known
 * only in a build, or to modules of the project. */
void surefire_read(struct poms *poms, const char *base, struct test_jvm *ret, struct text_list *looked_at);

/* Which classes of the module in `base` surefire runs as tests: <includes> and
 * <excludes>, its own where there are none. False where that cannot be told: no
 * pom.xml, TestNG's suite files, an execution with patterns of its own, a pattern
 * that is not understood (a line in `looked_at`). */
bool surefire_test_names(struct poms *poms, const char *base, struct test_names *ret,
			 struct text_list *looked_at);

/* <groups> and <excludedGroups>, or the properties of these names. NULL: there are
 * none, or that cannot be told, as above (a line in `looked_at`). */
const struct test_choice *surefire_test_choice(struct poms *poms, const char *base,
					       struct text_list *looked_at);

#endif
