/* Loop budgets: a mutant that loops for ever ends in the same way on a slow
 * machine as on a fast one.
 *
 * At the entry of a method and before each of its backward jumps goes
 *	invokestatic varyharness/Reach.spend()V
 * in the mutated class, which counts down and throws when nothing is left. The
 * same places are counted on unmutated code (engine/probe.h), so the budget is a
 * multiple of what the tests needed there. Only the mutated method pays, unless a
 * test is late: then the loop may be one around it, and all are counted.
 */
#ifndef ENGINE_BUDGET_H
#define ENGINE_BUDGET_H

#include "engine/plan.h"

struct rewrite;

#define BUDGET_BODIES UINT16_MAX

#define BUDGET_METHOD "spend"

/* Whether there is a backward jump. */
bool budget_loops(const struct code *code);

/* Plans `inserted`, which must leave the stack alone, at the entry and before
 * each backward jump of method number `method`. `extra_stack`: what it needs. */
void budget_weave(struct rewrite *rewrite, uint16_t method, const struct code *code,
		  struct span inserted, uint16_t extra_stack);

/* `bytes`, those of class number `class_number` or what mutate_class() made of
 * them, with method number `method` under a budget, or with BUDGET_BODIES every
 * method of plan->bodies. Methods that have no room for that stay as they are. */
enum err_code budget_class(const struct plan *plan, uint32_t class_number, uint16_t method,
			   struct span bytes, struct arena *arena, struct span *ret,
			   struct err *err) MUST_CHECK;

#endif
