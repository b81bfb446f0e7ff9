/* Which tests Gradle's task `test` runs: read from build.gradle or build.gradle.kts,
 * without Gradle.
 *
 * A build file is a program. Taken is what stands there plainly (gradle_blocks.h):
 * useJUnitPlatform { includeTags, excludeTags }, useJUnit { includeCategories,
 * excludeCategories }, filter { includeTestsMatching, excludeTestsMatching }, include and
 * exclude, each with strings alone.
 */
#ifndef PROJECT_GRADLE_TESTS_H
#define PROJECT_GRADLE_TESTS_H

#include "project/project.h"
#include "project/test_names.h"

struct gradle_tests {
	struct test_choice choice;
	bool chooses;			/* by that */
	struct test_names names;	/* of classes, by their paths */
	bool has_paths;			/* chooses by those */
};

/* Of the module in `base`. False: that cannot be told, as where one of these stands
 * below a condition or has something else than strings (a line in `looked_at`). */
bool gradle_tests_read(struct arena *arena, const char *base, struct gradle_tests *ret,
		       struct text_list *looked_at);

#endif
