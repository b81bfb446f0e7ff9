#include "measure/reach.h"

#include <stdlib.h>

#include "util/die.h"

/* Tells each point that test number `u` counts as reaching. `always`: those
 * that every test does. */
static void each_reached(const struct run *run, const struct points *points, uint32_t u,
			 const bool *unprobed, const struct points *always,
			 void (*hear)(void *context, uint32_t point, uint32_t unit), void *context)
{
	if (run->units[u].state != UNIT_PASSED)
		return;
	if (run->units[u].is_uncounted) {
		for (uint32_t p = 0; p < run->plan.n_points; p++)
			hear(context, p, u);
		return;
	}
	for (uint32_t i = 0; i < points->n; i++) {
		uint32_t p = points->items[i];

		if (p < run->plan.n_points && !unprobed[p])
			hear(context, p, u);
	}
	for (uint32_t i = 0; i < always->n; i++)
		hear(context, always->items[i], u);
}

struct index {
	uint32_t *at;		/* [n_points]: how many, then where the next goes */
	uint32_t *reach;
};

static void count_one(void *context, uint32_t point, uint32_t unit)
{
	struct index *index = context;

	(void)unit;
	index->at[point]++;
}

static void put_one(void *context, uint32_t point, uint32_t unit)
{
	struct index *index = context;

	index->reach[index->at[point]++] = unit;
}

void reach_index(struct run *run, const struct points *const *points, const bool *unprobed)
{
	uint32_t n_points = run->plan.n_points, total = 0;
	struct points always = { NULL, 0, 0 };
	struct index index;

	for (uint32_t p = 0; p < n_points; p++)
		if (unprobed[p])
			points_add(&always, &p, 1);
	run->reach_start = ARENA_NEW_N(&run->arena, uint32_t, (size_t)n_points + 1);
	index.at = calloc((size_t)n_points + 1, sizeof(*index.at));
	if (!index.at)
		die_out_of_memory();
	for (uint32_t u = 0; u < run->n_units; u++)
		each_reached(run, points[u], u, unprobed, &always, count_one, &index);
	for (uint32_t p = 0; p < n_points; p++) {
		run->reach_start[p] = total;
		total += index.at[p];
		index.at[p] = run->reach_start[p];
	}
	run->reach_start[n_points] = total;
	run->reach = index.reach = ARENA_NEW_N(&run->arena, uint32_t, total);
	for (uint32_t u = 0; u < run->n_units; u++)
		each_reached(run, points[u], u, unprobed, &always, put_one, &index);
	free(index.at);
	free(always.items);
}
