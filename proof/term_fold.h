/* What is known of a computation before it runs: the rules of term.h. */
#ifndef PROOF_TERM_FOLD_H
#define PROOF_TERM_FOLD_H

#include "proof/term.h"

/* Constants to the right, other operands of + * & | ^ in one order; x - 3 is
 * x + -3. Changes the opcode and the two operands. */
void term_fold_order(enum opcode *opcode, const struct term **args, struct terms *terms);

/* A simpler term of the same value, or NULL. Operands are in order. */
const struct term *term_fold_binary(struct terms *terms, enum opcode opcode,
				    const struct term *a, const struct term *b);
const struct term *term_fold_unary(struct terms *terms, enum opcode opcode,
				   const struct term *a);

/* What i2b, i2c, i2s leave; other opcodes: `range` as it was. */
void term_fold_narrow_range(enum opcode opcode, int64_t range[2]);

#endif
