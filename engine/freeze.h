/* A frozen plan in one number, so that a change is noticed: what is executed and
 * reported must be what was planned. No defence against anybody who wants a
 * certain number. */
#ifndef ENGINE_FREEZE_H
#define ENGINE_FREEZE_H

#include "engine/plan.h"

/* Of the classes' bytes and of everything that says what a mutant is. */
uint64_t freeze_plan(const struct plan *plan);

/* Of the bytes of one class. */
uint64_t freeze_bytes(struct span bytes);

#endif
