#include "explain/differences.h"

#include <stdlib.h>

uint32_t differences_find(struct arena *arena, const struct copy *copy, const struct container *container,
			  const uint32_t *units, uint32_t n_units, const struct notes *mutated,
			  struct difference **ret)
{
	struct difference *list = ARENA_NEW_N(arena, struct difference, (size_t)n_units * copy->n_places);
	uint32_t n = 0;

	for (uint32_t u = 0; u < n_units; u++) {
		const struct notes *first = &copy->first[units[u] - container->first_unit];
		const struct notes *second = &copy->second[units[u] - container->first_unit];

		for (uint32_t p = 0; p < copy->n_places; p++) {
			const struct copy_place *place = &copy->places[p];
			struct difference one = { units[u], place, notes_find(first, place->number),
						  notes_find(&mutated[u], place->number) };

			if (notes_can_tell(one.original, notes_find(second, place->number), one.mutated))
				list[n++] = one;
		}
	}
	*ret = list;
	return n;
}

static int by_place(const struct difference *left, const struct difference *right)
{
	if (left->unit != right->unit)
		return left->unit < right->unit ? -1 : 1;
	if (left->place->number != right->place->number)
		return left->place->number < right->place->number ? -1 : 1;
	return 0;
}

uint32_t differences_keep(struct difference *list, uint32_t n,
			  const struct difference *again, uint32_t n_again)
{
	uint32_t kept = 0, a = 0;

	for (uint32_t i = 0; i < n; i++) {
		while (a < n_again && by_place(&again[a], &list[i]) < 0)
			a++;
		if (a < n_again && !by_place(&again[a], &list[i]))
			list[kept++] = list[i];
	}
	return kept;
}

static int by_rank(const void *a, const void *b)
{
	const struct difference *left = a, *right = b;

	if (left->place->rank != right->place->rank)
		return left->place->rank < right->place->rank ? -1 : 1;
	if (left->place->number != right->place->number)
		return left->place->number < right->place->number ? -1 : 1;
	return left->unit < right->unit ? -1 : left->unit > right->unit;
}

void differences_sort(struct difference *list, uint32_t n)
{
	qsort(list, n, sizeof(*list), by_rank);
}
