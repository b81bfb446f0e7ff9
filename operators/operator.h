/* What can be changed into what, derived from operators.def. */
#ifndef OPERATORS_OPERATOR_H
#define OPERATORS_OPERATOR_H

#include "classfile/code.h"

enum family {			/* what users switch on and off together */
	FAMILY_ARITHMETIC, FAMILY_CONDITIONAL, FAMILY_RETURN, FAMILY_NEGATION,
	FAMILY_CALL, FAMILY_POISON,
	N_FAMILIES,
};

extern const char *const family_names[N_FAMILIES];	/* "arithmetic", ... */

/* One row of operators.def; the columns are explained there. */
struct operator {
	const char *name;	/* the KIND in a mutant's id */
	enum family family;
	const char *looks_for;
	const char *becomes;
	const char *says;
};

enum operator_row {		/* index in operators[]: ROW_ARITH_ADD_TO_SUB, ... */
#define OPERATOR(name, family, looks_for, becomes, says) ROW_##name,
#include "operators/operators.def"
#undef OPERATOR
};

extern const struct operator operators[];
extern const unsigned n_operators;	/* at most 63: sets are bit masks by row */

/* In such a set: what PIT would change too (operators/pit.h), by its rules. */
#define OPERATORS_PIT (UINT64_C(1) << 63)

/* By name or NULL. */
const struct operator *operator_find(const char *name);

/* False, and *ret_mask untouched, if `name` is no family, no kind, nor "all"
 * (every kind) nor "pit"; names are matched without regard to case. */
bool operator_select(const char *name, uint64_t *ret_mask);

/* The instruction a plain row puts in place of `opcode`; OPC_NONE if the row
 * does not look for it or needs an edit. */
enum opcode operator_becomes(const struct operator *row, enum opcode opcode);

/* Fills an array of 256: by opcode, the rows that look for it. */
void operator_index(uint64_t *ret_rows);

/* Takes the lowest row out of a set; false where it is empty. */
bool operator_next_row(uint64_t *rows, unsigned *ret);

/* Checks every row (same shape of both instructions, known edits, sentences);
 * the number of bad rows, each described in `out`. For tests. */
unsigned operator_check_table(struct buf *out);

#endif
