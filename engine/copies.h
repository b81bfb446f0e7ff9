/* Instructions that a compiler wrote several times for one place in the
 * source: a finally block stands at every way out of its try. */
#ifndef ENGINE_COPIES_H
#define ENGINE_COPIES_H

#include "engine/body.h"

/* Fills an array of n_insns: of each instruction the number of the next copy
 * of the same place, in a ring; itself where there is none. */
void copies_find(const struct body *body, uint32_t *ret_next);

#endif
