/* What a mutant does, in one sentence in the source's own words where they
 * can be recovered: "replaced `a < b` with `a <= b`". Lower case, no final
 * stop, past tense. */
#ifndef ENGINE_SENTENCE_H
#define ENGINE_SENTENCE_H

#include "engine/body.h"
#include "operators/operator.h"

const char *sentence_of(struct arena *arena, const struct body *body,
			uint32_t number, const struct operator *row);

#endif
