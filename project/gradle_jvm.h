/* What Gradle's task `test` gives the JVM that runs the tests: read from build.gradle or
 * build.gradle.kts, without Gradle.
 *
 * Taken is what stands there plainly (gradle_blocks.h), with strings, whole numbers, true and false alone: jvmArgs,
 * systemProperty, systemProperties, environment, minHeapSize, maxHeapSize.
 */
#ifndef PROJECT_GRADLE_JVM_H
#define PROJECT_GRADLE_JVM_H

#include "project/test_jvm.h"

/* Adds what the module in `base` is given. A line in `looked_at` tells what was taken; one that begins
 * with "skipped" what only a build knows. */
void gradle_jvm_read(struct arena *arena, const char *base, struct test_jvm *ret, struct text_list *looked_at);

#endif
