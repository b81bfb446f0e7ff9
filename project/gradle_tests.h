/* Which tests Gradle's task `test` runs: read from build.gradle or build.gradle.kts,
 * without Gradle.
 *
 * A build file is a program. Taken is what stands there plainly: in the block of the
 * task (test, tasks.test, tasks.named("test"), tasks.withType(Test), in tasks { } or
 * allprojects { } too) useJUnitPlatform { includeTags, excludeTags }, useJUnit {
 * includeCategories, excludeCategories } and filter { includeTestsMatching,
 * excludeTestsMatching }, each with strings alone.
 */
#ifndef PROJECT_GRADLE_TESTS_H
#define PROJECT_GRADLE_TESTS_H

#include "project/libraries.h"
#include "project/project.h"

/* Of the module in `base`. NULL: all, or that cannot be told, as where one of these stands
 * below a condition or has something else than strings (a line in `looked_at`). */
const struct test_choice *gradle_tests_choice(struct arena *arena, const char *base,
					      struct text_list *looked_at);

#endif
