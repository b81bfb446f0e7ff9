#include "measure/likely.h"

#include <stdlib.h>

#include "run/unit_set.h"
#include "util/die.h"

#define NEIGHBOURS 40		/* how far a mutant looks for killers */
#define WORTHWHILE 2		/* times LIKELY_MAX: fewer tests are run at once */

struct likely {
	const struct run *run;
	uint32_t *killers;	/* [plan.n_mutants] or UNIT_NONE */
	uint32_t *points;	/* [run->n_units] how many counters a test moves */
};

struct likely *likely_new(const struct run *run)
{
	struct likely *likely = calloc(1, sizeof(*likely));

	if (!likely)
		die_out_of_memory();
	likely->run = run;
	likely->killers = malloc(((size_t)run->plan.n_mutants + 1) * sizeof(*likely->killers));
	likely->points = calloc((size_t)run->n_units + 1, sizeof(*likely->points));
	if (!likely->killers || !likely->points)
		die_out_of_memory();
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		likely->killers[i] = UNIT_NONE;
	for (uint32_t i = 0; i < run->reach_start[run->plan.n_points]; i++)
		likely->points[run->reach[i]]++;
	return likely;
}

void likely_free(struct likely *likely)
{
	free(likely->killers);
	free(likely->points);
	free(likely);
}

void likely_killed(struct likely *likely, uint32_t mutant, uint32_t unit)
{
	likely->killers[mutant] = unit;
}

/* Twice the mean of what the tests do: one that does more is no quick try. */
static uint64_t bearable_work(const struct likely *likely, const uint32_t *units, uint32_t n_units)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n_units; i++)
		sum += likely->run->units[units[i]].work;
	return 2 * (sum / n_units);
}

static uint32_t add_killers(const struct likely *likely, uint32_t mutant, const uint32_t *units,
			    uint32_t n_units, uint32_t ret[LIKELY_MAX])
{
	const struct plan *plan = &likely->run->plan;
	const struct plan_class *class = &plan->classes[plan->mutants[mutant].class_number];
	uint32_t end = class->first_mutant + class->n_mutants, n = 0;
	uint64_t bearable = bearable_work(likely, units, n_units);

	for (uint32_t away = 1; away <= NEIGHBOURS && n < LIKELY_MAX; away++) {
		const uint32_t near[] = { mutant - away, mutant + away };

		for (int i = 0; i < 2 && n < LIKELY_MAX; i++) {
			uint32_t killer;

			if (near[i] < class->first_mutant || near[i] >= end)	/* or below 0 */
				continue;
			killer = likely->killers[near[i]];
			if (killer != UNIT_NONE && unit_set_has(units, n_units, killer) &&
			    likely->run->units[killer].work <= bearable)
				n += unit_set_add(ret, n, killer);
		}
	}
	return n;
}

static uint32_t most_specific(const struct likely *likely, const uint32_t *units, uint32_t n_units)
{
	uint32_t best = units[0];

	for (uint32_t i = 1; i < n_units; i++)
		if (likely->points[units[i]] < likely->points[best] ||
		    (likely->points[units[i]] == likely->points[best] &&
		     likely->run->units[units[i]].work < likely->run->units[best].work))
			best = units[i];
	return best;
}

uint32_t likely_choose(const struct likely *likely, uint32_t mutant, const uint32_t *units,
		       uint32_t n_units, uint32_t ret[LIKELY_MAX])
{
	uint32_t n;

	if (n_units < WORTHWHILE * LIKELY_MAX)
		return 0;
	n = add_killers(likely, mutant, units, n_units, ret);
	if (!n)
		ret[n++] = most_specific(likely, units, n_units);
	return n;
}
