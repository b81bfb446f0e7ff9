/* What helps a test that fails although nothing was changed. */
#ifndef RUNNER_REMEDY_H
#define RUNNER_REMEDY_H

#include "run/run.h"

/* The option for the JVM that lets in what a failure says the JDK keeps out, as
 * in "--add-opens=java.base/java.util=ALL-UNNAMED"; NULL where it is another. */
const char *remedy_of(struct arena *arena, const char *failure);

/* The options that the failures of all tests call for, as they are typed for
 * vary, joined by blanks; NULL for none. `ret_n`: how many tests want one. */
const char *remedy_for_run(struct run *run, uint32_t *ret_n);

/* Tests of modules that miss a file: a build runs each module's in the module's own directory, and
 * here all run in the project's. How many there are, and in *ret_module one of the modules, as it
 * can be typed for vary in the project's directory. */
uint32_t remedy_for_modules(struct run *run, const char **ret_module);

#endif
