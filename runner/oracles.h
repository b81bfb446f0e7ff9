/* What the assertions of each test depend on (oracle/oracle.h), for a run. */
#ifndef RUNNER_ORACLES_H
#define RUNNER_ORACLES_H

#include "runner/run.h"

/* Fills run->oracle and run->oracles from the project's classes, after the
 * tests are known. Runs nothing. */
void oracles_read(struct run *run);

#endif
