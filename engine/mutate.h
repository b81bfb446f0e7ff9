/* A mutant as bytes. */
#ifndef ENGINE_MUTATE_H
#define ENGINE_MUTATE_H

#include "engine/plan.h"

/* The whole class with the one change, in `arena` (scratch: one mutant's).
 * ERR_LIMIT where it cannot be written (method too long ...) or where it comes
 * out equal to the original: the mutant is then `discarded` with that reason. */
enum err_code mutate_class(const struct plan *plan, const struct mutant *mutant,
			   struct arena *arena, struct span *ret,
			   struct err *err) MUST_CHECK;

#endif
