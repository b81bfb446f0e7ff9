/* The group `pit`: which change is which default mutator of PIT. */
#ifndef OPERATORS_PIT_H
#define OPERATORS_PIT_H

#include "operators/operator.h"

/* PIT's name ("MATH") of what `row` does to an instruction of the method, one
 * that it looks for; NULL if none of PIT's default mutators does that. */
const char *pit_mutator(const struct operator *row, const struct class *class,
			const struct member *method, const struct insn *insn);

/* Checks pit.def as operator_check_table() does operators.def. */
unsigned pit_check_table(struct buf *out);

#endif
