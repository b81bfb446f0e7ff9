/* What the assertions of each test depend on (oracle/oracle.h), for a run. */
#ifndef RUNNER_ORACLES_H
#define RUNNER_ORACLES_H

#include "run/run.h"

/* Fills run->oracles from the project's classes, after the tests are known; and
 * with settings.keep_oracle run->oracle, which takes several times the size of all
 * class files: else the tests lack what they are loose about. Runs nothing. */
void oracles_read(struct run *run);

#endif
