/* Which tests reach a point, from which points a test reaches. */
#ifndef MEASURE_REACH_H
#define MEASURE_REACH_H

#include "measure/counts.h"
#include "run/run.h"

/* Fills run->reach and run->reach_start. `points`: [run->n_units] of each test,
 * ascending; of one that fails with probes it does not matter, it counts as
 * reaching all. `unprobed`: as baseline_run() has it. */
void reach_index(struct run *run, const struct points *const *points, const bool *unprobed);

#endif
