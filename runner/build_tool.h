/* Asking the build tool for the class path of the tests. Never builds. */
#ifndef RUNNER_BUILD_TOOL_H
#define RUNNER_BUILD_TOOL_H

#include "runner/libraries.h"

/* The test class path that Maven or Gradle tells for the project in `base`,
 * offline and within a deadline; NULL where there is no such tool, or it does
 * not answer; `looked_at` then gets a line with the reason. */
const char *build_tool_classpath(struct arena *arena, const char *base,
				 struct text_list *looked_at);

#endif
