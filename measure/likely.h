/* Which tests are most likely to notice a mutant.
 *
 *	likely = likely_new(run);
 *	n = likely_choose(likely, mutant, units, n_units, chosen);
 *	...
 *	likely_killed(likely, mutant, unit)         as verdicts come in
 *	likely_free(likely);
 *
 * First those that killed its neighbours: mutants of the same class, the nearest
 * in the plan's order first. Where none is known yet, those that reach the fewest
 * mutation points, as they are about this code and little else.
 */
#ifndef MEASURE_LIKELY_H
#define MEASURE_LIKELY_H

#include "run/run.h"

#define LIKELY_MAX 3

struct likely;

struct likely *likely_new(const struct run *run);
void likely_free(struct likely *likely);

/* Of `units` [n_units], ascending, at most LIKELY_MAX in *ret, ascending; 0
 * where the choice would be little smaller than the whole. */
uint32_t likely_choose(const struct likely *likely, uint32_t mutant, const uint32_t *units,
		       uint32_t n_units, uint32_t ret[LIKELY_MAX]);

void likely_killed(struct likely *likely, uint32_t mutant, uint32_t unit);

#endif
