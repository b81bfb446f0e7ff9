/* Tests that the build itself does not run: neither do we.
 *
 * mvn test passes by integration tests (*IT) and whatever else pom.xml does not
 * include. They may need servers, or take minutes.
 */
#ifndef PROJECT_AS_BUILD_H
#define PROJECT_AS_BUILD_H

#include "project/roots.h"
#include "project/test_jvm.h"

/* When it is decided which classes are tests: sets is_left_out of those below a
 * Maven module's test directory that surefire would not run (surefire.h), with a
 * line in roots->looked_at. None where it would run none of a directory: then its
 * names mean nothing. Sets choice of the others where surefire chooses by groups, and both of
 * those below a Gradle module's where that chooses (gradle_tests.h).
 * `is_named`: [n classes] those that --tests names stay, with all their tests. */
void as_build_leave_out(struct roots *roots, const bool *is_named);

/* What the builds of all modules give the JVM of their tests (surefire.h, gradle_jvm.h). */
void as_build_jvm(struct roots *roots, struct test_jvm *ret);

#endif
