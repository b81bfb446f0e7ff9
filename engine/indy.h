/* What an invokedynamic of a compiler's was in the source. */
#ifndef ENGINE_INDY_H
#define ENGINE_INDY_H

#include "engine/express.h"

/* The concatenation, lambda or (Groovy) call made by instruction `number`, which names `ref`
 * and takes `args`; EXPR_UNKNOWN for anything else. */
struct expr *indy_expression(struct express *express, uint32_t number,
			     const struct member_ref *ref, struct expr **args,
			     uint16_t n_args);

/* The methods that the bootstrap arguments of an invokedynamic refer to: fills
 * up to `max`, returns how many. */
uint16_t indy_handles(const struct class *class, const struct member_ref *indy,
		      struct member_ref *ret, uint16_t max);

#endif
