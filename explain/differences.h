/* Where copies of tests wrote down something else on the mutant: what an assertion
 * there could tell.
 *
 *	n = differences_find(arena, copy, ..., mutated, &list);
 *	n_again = differences_find(arena, copy, ..., of a second run, &again);
 *	n = differences_keep(list, n, again, n_again);
 *	differences_sort(list, n);
 */
#ifndef EXPLAIN_DIFFERENCES_H
#define EXPLAIN_DIFFERENCES_H

#include "explain/copy.h"

struct difference {
	uint32_t unit;
	const struct copy_place *place;
	const struct note *original, *mutated;
};

/* `mutated`: [n_units] what each unit's copy wrote on the mutant, whose container this
 * is; on the original copy->first and copy->second have it. By unit, then by place. */
uint32_t differences_find(struct arena *arena, const struct copy *copy, const struct container *container,
			  const uint32_t *units, uint32_t n_units, const struct notes *mutated,
			  struct difference **ret);

/* Keeps those that are in both lists, in both of which they are as found. One that is
 * not there a second time came of chance: a thread was late, say. */
uint32_t differences_keep(struct difference *list, uint32_t n,
			  const struct difference *again, uint32_t n_again);

/* What reads best comes first. */
void differences_sort(struct difference *list, uint32_t n);

#endif
