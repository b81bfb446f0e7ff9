/* Results that nobody looks at.
 *
 * A returned value that the caller pops at once makes no difference, so a mutant
 * that returns another infects only through other callers. Only the test knows
 * who called, so both ends are woven. With body b of plan->bodies:
 *
 *	before each return   Reach.returns(b, counter, n)      the n counters that follow
 *	before the call      Reach.drops()
 *	before the pop       Reach.dropped(b)                  takes back what the return counted
 *
 * Between the return and the pop of one call no other code runs on that thread;
 * where more than one thread returns from such methods nothing is taken back. Who
 * calls by reflection or through a method handle drops nothing. Only calls that
 * can lead to one method alone are woven: static, private, final, of a super class.
 */
#ifndef ENGINE_DROPPED_H
#define ENGINE_DROPPED_H

#include "engine/plan.h"

struct rewrite;

struct dropped_call {		/* in plan->dropped_calls, until plan_finish() */
	uint32_t class_number;	/* of the caller */
	enum opcode opcode;
	struct member_ref callee;
};

/* Whether instruction number `i` is a call whose result the next one drops: of what. */
bool dropped_at(const struct class *class, const struct code *code, uint32_t i,
		struct member_ref *ret);

/* When all classes are known: plan->is_dropped. */
void dropped_settle(struct plan *plan);

/* Plans the edits of the calls in method number `method` of a class. */
void dropped_weave_calls(const struct plan *plan, uint32_t class_number, uint16_t method,
			 const struct code *code, struct rewrite *rewrite);

/* What goes before a return of body number `body`, with `n` counters from
 * `counter` up; needs 3 slots of the stack. */
void dropped_write_return(uint32_t body, uint32_t counter, uint32_t n,
			  struct rewrite *rewrite, struct buf *buf);

#endif
