/* Asking the build tool for the class path of the tests. Never builds. */
#ifndef PROJECT_BUILD_TOOL_H
#define PROJECT_BUILD_TOOL_H

#include "project/libraries.h"
#include "project/pom.h"

/* The test class path that Maven or Gradle tells for the project in `base` and
 * the modules below it, joined by colons, offline and within a deadline; NULL
 * where there is no such tool, or it does not answer. What went wrong, also for
 * a module alone, gets a line in `looked_at`. The entries may not all exist. */
const char *build_tool_classpath(struct poms *poms, const char *base,
				 struct text_list *looked_at);

#endif
