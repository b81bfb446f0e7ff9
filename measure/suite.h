/* The tests: what the project's own engines find, class by class. */
#ifndef MEASURE_SUITE_H
#define MEASURE_SUITE_H

#include "crew/crew.h"
#include "run/run.h"

/* Fills run->containers and run->units in the order in which the engines would
 * run them, the units of a container together; run->problems, run->drivers,
 * run->java_version. The crew must have the class table. ERR_EMPTY where there
 * is no test, with what was looked at. */
enum err_code suite_discover(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

#endif
