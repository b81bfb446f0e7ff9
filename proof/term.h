/* Values of a method as terms: what they are computed from, not where they are kept.
 *
 * Equal terms are one object (hash-consing), so whether two computations must
 * have the same result is a comparison of pointers. Making a term folds it: constants,
 * x + 0, x * 1, the order of operands of + and so on, as Java computes (overflow wraps,
 * -0.0 and NaN are told apart from their neighbours).
 *
 * What a method does besides computing (calls, stores, what may throw) is a chain of
 * events, each a term too: its first argument is the event before it.
 */
#ifndef PROOF_TERM_H
#define PROOF_TERM_H

#include "classfile/code.h"

enum term_op {			/* beyond enum opcode, which stands for what it computes */
	TERM_CONST = 300,	/* bits; of references: 0 is null, else a constant's index */
	TERM_SYMBOL,		/* bits: a number of its own; nothing is known of it */
	TERM_START,		/* of a chain of events; bits as of a symbol */
	TERM_EVENT,		/* bits: what happens; args: the event before it, operands */
	TERM_RESULT,		/* of an event, its only argument */
	TERM_LOAD,		/* of a field or array element; args: the last event that may
				   have changed it, object, index */
	TERM_PURE,		/* of a method that only computes; bits: its constant */
	TERM_HANDLERS,		/* who catches what an event throws, and with which variables */
};

struct term {
	uint16_t op;		/* enum opcode or enum term_op */
	char type;		/* I L F D A as in opcodes.def; 'E' events */
	bool nonnull;		/* of references: certainly */
	uint16_t n_args;
	uint32_t id;		/* in the order they were made */
	uint64_t bits;
	int64_t lo, hi;		/* of I and L: what it can be */
	const struct term *next;	/* in the table of its pool */
	const struct term *const *args;
};

struct terms {			/* the pool */
	struct arena *arena;
	const struct term **slots;
	uint32_t n, n_slots;
	uint64_t n_symbols;
};

void term_init(struct terms *terms, struct arena *arena);

/* Constants; `bits` of an int are sign-extended, of a float its 32. */
const struct term *term_const(struct terms *terms, char type, uint64_t bits);
const struct term *term_null(struct terms *terms);

/* Something of which only the type is known, or its range too. */
const struct term *term_symbol(struct terms *terms, char type);
const struct term *term_symbol_in(struct terms *terms, char type, int64_t lo, int64_t hi);

/* Anything: found or made, not folded. `nonnull`, `lo` and `hi` only count when it is made. */
const struct term *term_make(struct terms *terms, const struct term *like,
			     const struct term *const *args);

/* What an instruction that only computes makes of one or two operands, folded. */
const struct term *term_unary(struct terms *terms, enum opcode opcode, const struct term *a);
const struct term *term_binary(struct terms *terms, enum opcode opcode,
			       const struct term *a, const struct term *b);

bool term_is_const(const struct term *term);	/* a number */
int64_t term_min(char type);
int64_t term_max(char type);

/* The range of a + b, a - b ... from ranges of ints or longs: everything where it may wrap. */
void term_range(enum opcode opcode, char type, const int64_t a[2], const int64_t b[2],
		int64_t ret[2]);

#endif
