/* Which way the source reads a conditional jump.
 *
 * javac compiles `if (a < b) body` to "if a >= b, skip the body": most jumps
 * are taken when the source's condition is false. Others are taken when it is
 * true: the first operands of ||, the end of a do-while, an assert. */
#ifndef ENGINE_POLARITY_H
#define ENGINE_POLARITY_H

#include "classfile/code.h"

/* Fills an array of n_insns: of each conditional jump whether it is taken
 * when the source's condition holds. */
void polarity_find(struct arena *arena, const struct class *class,
		   const struct code *code, bool *ret_if_true);

#endif
