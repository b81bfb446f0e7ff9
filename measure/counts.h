/* What probes counted in the runs of one test, while the baseline collects it.
 *
 *	counts_note(&counts, COUNTS_WITH_CLASS, n_points, n_bodies, result->counts, n)
 *	points_sort(&counts.points)
 *	unit->loops = counts_loops(&counts, &arena, &unit->n_loops)
 *	counts_release(&counts)
 */
#ifndef MEASURE_COUNTS_H
#define MEASURE_COUNTS_H

#include "crew/pool.h"
#include "run/run.h"

enum counts_run { COUNTS_WITH_CLASS, COUNTS_ALONE, N_COUNTS_RUNS };	/* which run of the test */

struct points {			/* hit in any run; a growing list that may hold duplicates */
	uint32_t *items;
	uint32_t n, size;
};

struct loops {			/* of one run; a growing list, may hold several of a body */
	struct loop_count *items;
	uint32_t n, size;
};

struct counts {
	struct points points;
	struct loops loops[N_COUNTS_RUNS];
};

void points_add(struct points *points, const uint32_t *items, uint32_t n);
void points_sort(struct points *points);	/* ascending, each once */

/* Counters below `n_points` are points, `n_bodies` more are bodies (engine/probe.h);
 * others are passed over. */
void counts_note(struct counts *counts, enum counts_run which, uint32_t n_points, uint32_t n_bodies,
		 const struct pool_count *items, uint32_t n);

/* The loops, each body once and ascending, in `arena`: of each body the most that
 * one run counted. */
struct loop_count *counts_loops(struct counts *counts, struct arena *arena, uint32_t *ret_n);

/* Whether the test did not do the same with its class and alone: bodies that do more
 * than half of its work counted something else. What only one run entered (what runs
 * once per loader) does not count. Before counts_loops(). */
bool counts_are_erratic(struct counts *counts);

void counts_release(struct counts *counts);

#endif
