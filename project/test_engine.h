/* Tests of engines that are no part of JUnit or TestNG, and what lets them run as such. */
#ifndef PROJECT_TEST_ENGINE_H
#define PROJECT_TEST_ENGINE_H

#include "project/project.h"

/* For a test class that no engine on the class path took: why, and what to add, in one
 * clause ("written for ScalaTest: ..."). NULL where no such engine is known by what the
 * class extends or implements, itself or by way of other classes of the project; and of
 * what is abstract. */
const char *test_engine_missing(const struct project *project, const struct project_class *class);

#endif
