/* Loop budgets: a mutant that loops for ever ends in the same way on a slow
 * machine as on a fast one.
 *
 * At the entry of a method and before each of its backward jumps goes
 *	invokestatic varyharness/Reach.spend()V
 * in the mutated class, which counts down and throws when nothing is left. The
 * same places are counted on unmutated code (engine/probe.h), so the budget is a
 * multiple of what the tests needed there. Only the mutated method pays.
 */
#ifndef ENGINE_BUDGET_H
#define ENGINE_BUDGET_H

#include "engine/plan.h"

struct rewrite;

#define BUDGET_METHOD "spend"

/* Plans `inserted`, which must leave the stack alone, at the entry and before
 * each backward jump of method number `method`. `extra_stack`: what it needs. */
void budget_weave(struct rewrite *rewrite, uint16_t method, const struct code *code,
		  struct span inserted, uint16_t extra_stack);

/* `mutated`, the bytes that mutate_class() gave for the mutant, with its method
 * under a budget. A method that has no room for that keeps *ret == mutated. */
enum err_code budget_class(const struct mutant *mutant, struct span mutated,
			   struct arena *arena, struct span *ret,
			   struct err *err) MUST_CHECK;

#endif
