/* The group `pit`: what PIT's default mutators and default filters leave of one
 * method. Which change is which mutator: operators/pit.h. The filters are PIT's
 * (docs/pit.md), each switched by our name of the same purpose. */
#ifndef ENGINE_PIT_BODY_H
#define ENGINE_PIT_BODY_H

#include "engine/body.h"
#include "engine/filtered.h"
#include "engine/pit_class.h"

struct pit_merge {		/* one mutant in all copies of a finally block */
	unsigned row;
	const uint32_t *numbers;	/* [n] instructions, ascending */
	uint16_t n;
};

struct pit_body {
	uint64_t *rows;		/* [n_insns] rows of operators.def to try there */
	const struct pit_merge *merges;	/* those of numbers[0] and row are in `rows` */
	uint32_t n_merges;
};

/* Sets ret->rows to what the mutators find; false if nothing. `rows_for`: of
 * operator_index(); `without`: rows that are not asked for. */
bool pit_body_find(const struct pit_class *pit, uint16_t method, const struct body *body,
		   const uint64_t *rows_for, uint64_t without, struct pit_body *ret);

/* Takes away what the filters drop, and notes it. */
void pit_body_filter(const struct pit_class *pit, const struct filtered_at *at,
		     struct pit_body *found);

/* The instructions that row `row` changes together with number `number`, or NULL. */
const struct pit_merge *pit_body_merged(const struct pit_body *found, uint32_t number,
					unsigned row);

#endif
