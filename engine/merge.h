/* Conditional expressions and the short-circuit operators, from jumps. */
#ifndef ENGINE_MERGE_H
#define ENGINE_MERGE_H

#include "engine/express.h"

/* At instruction `here` two values meet: `jumped` came with the goto that is
 * instruction `from`, `fell` by falling through. The choice between them as
 * EXPR_CHOICE, or NULL where it is no conditional expression. */
struct expr *merge_choice(struct express *express, struct expr *jumped,
			  struct expr *fell, uint32_t from, uint32_t here);

#endif
