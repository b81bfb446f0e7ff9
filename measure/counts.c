#include "measure/counts.h"

#include <stdlib.h>
#include <string.h>

#include "util/die.h"

void points_add(struct points *points, const uint32_t *items, uint32_t n)
{
	if (!n)
		return;
	if (n > points->size - points->n) {
		uint32_t size = points->n + n;

		if (size < points->size * 2)
			size = points->size * 2;
		points->items = realloc(points->items, size * sizeof(*points->items));
		if (!points->items)
			die_out_of_memory();
		points->size = size;
	}
	memcpy(points->items + points->n, items, n * sizeof(*items));
	points->n += n;
}

static int by_number(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

void points_sort(struct points *points)
{
	uint32_t n = 0;

	if (points->n)
		qsort(points->items, points->n, sizeof(*points->items), by_number);
	for (uint32_t i = 0; i < points->n; i++)
		if (!n || points->items[i] != points->items[n - 1])
			points->items[n++] = points->items[i];
	points->n = n;
}

static void loops_add(struct loops *loops, uint32_t body, uint32_t count)
{
	if (loops->n == loops->size) {
		loops->size = loops->size ? 2 * loops->size : 16;
		loops->items = realloc(loops->items, loops->size * sizeof(*loops->items));
		if (!loops->items)
			die_out_of_memory();
	}
	loops->items[loops->n++] = (struct loop_count){ body, count };
}

void counts_note(struct counts *counts, enum counts_run which, uint32_t n_points, uint32_t n_bodies,
		 const struct pool_count *items, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (items[i].counter < n_points)
			points_add(&counts->points, &items[i].counter, 1);
		else if (items[i].counter - n_points < n_bodies)
			loops_add(&counts->loops[which], items[i].counter - n_points, items[i].count);
	}
}

static int by_body(const void *a, const void *b)
{
	const struct loop_count *left = a, *right = b;

	return left->body < right->body ? -1 : left->body > right->body;
}

/* Each body once, ascending. */
static void loops_sort(struct loops *loops)
{
	struct loop_count *items = loops->items;
	uint32_t n = 0;

	if (loops->n)
		qsort(items, loops->n, sizeof(*items), by_body);
	for (uint32_t i = 0; i < loops->n; i++) {
		if (n && items[n - 1].body == items[i].body)
			items[n - 1].count += items[i].count;
		else
			items[n++] = items[i];
	}
	loops->n = n;
}

struct loop_count *counts_loops(struct counts *counts, struct arena *arena, uint32_t *ret_n)
{
	struct loops *one = &counts->loops[COUNTS_WITH_CLASS];
	struct loops *other = &counts->loops[COUNTS_ALONE];
	struct loop_count *kept = ARENA_NEW_N(arena, struct loop_count, one->n + other->n);
	uint32_t a = 0, b = 0, n = 0;

	loops_sort(one);
	loops_sort(other);
	for (; a < one->n || b < other->n; n++) {
		bool of_one = a < one->n && (b == other->n || one->items[a].body <= other->items[b].body);
		bool of_other = b < other->n && (a == one->n || other->items[b].body <= one->items[a].body);

		if (of_one)
			kept[n] = one->items[a++];
		if (of_other && (!of_one || other->items[b].count > kept[n].count))
			kept[n] = other->items[b];
		b += of_other;
	}
	*ret_n = n;
	return kept;
}

bool counts_are_erratic(struct counts *counts)
{
	struct loops *one = &counts->loops[COUNTS_WITH_CLASS];
	struct loops *other = &counts->loops[COUNTS_ALONE];
	uint64_t all = 0, differing = 0;
	uint32_t a = 0, b = 0;

	loops_sort(one);
	loops_sort(other);
	while (a < one->n && b < other->n) {
		uint32_t of_one = one->items[a].body, of_other = other->items[b].body;

		if (of_one == of_other) {
			all += one->items[a].count;
			if (one->items[a].count != other->items[b].count)
				differing += one->items[a].count;
		}
		a += of_one <= of_other;
		b += of_other <= of_one;
	}
	return differing > all / 2;
}

void counts_release(struct counts *counts)
{
	free(counts->points.items);
	for (int i = 0; i < N_COUNTS_RUNS; i++)
		free(counts->loops[i].items);
}
