/* Infection: would the mutated result have been another one?
 *
 * Until a mutant's result first differs from the original's, both do the same
 * in every respect. So a test in which it never would have differed cannot tell
 * them apart, and need not meet the mutant. (Just, Ernst, Fraser, "Efficient
 * mutation analysis by propagating and partitioning infected execution states",
 * ISSTA 2014.) The original code evaluates the mutated result beside its own,
 * on copies of the same operands, and counts the differences:
 *
 *	arithmetic     a - b beside a + b           Reach.addSub(a, b, counter)
 *	minus sign     x beside -x                  Reach.minus(x, counter)
 *	boundary       whether a == b               Reach.equal(a, b, counter)
 *	returned value is it the very value of values.def, the same object
 *	                                            Reach.other(result, value, counter)
 *
 * The paper also lets mutants of one point that had the same results share a run.
 * Only a moved boundary and a negation of one condition can have the same, where
 * what is compared is always equal: 2 of 341 such pairs in three projects, and no
 * proof for what happens after the first difference. So they do not.
 *
 * A negated condition and a flipped step always differ, and a removed call cannot
 * be tried out without its effects: there reach counts as infection. Three kinds of
 * call are seen through: of setters (engine/setter.h), of methods that have no
 * effects (engine/pure.h), and those whose result is dropped (engine/dropped.h).
 */
#ifndef ENGINE_INFECT_H
#define ENGINE_INFECT_H

#include "engine/plan.h"
#include "operators/edit.h"

enum infect_call {	/* what may be known of a call that can be removed */
	INFECT_CALL_ANY,
	INFECT_CALL_SETTER,	/* engine/setter.h */
	INFECT_CALL_PURE,	/* engine/pure.h */
};

/* Numbers the counters of the `n` mutants of one point, an instruction `opcode`
 * in a method with this descriptor: sets their point, infection and propagation
 * from `first` up. `call`: what it may be a call of. Returns how many were taken, at least one: the point's own. */
uint32_t infect_number(struct mutant *mutants, uint32_t n, enum opcode opcode,
		       const char *method_descriptor, enum infect_call call, uint32_t first);

/* The counters of a mutant's point that it may need, counted from the point's own. */
uint32_t infect_span(const struct mutant *mutant);

/* Appends the evaluation of `mutant`, if it has one, to what is woven in before
 * the instruction `opcode`, one of those it changes. `max_locals`: of the method;
 * local variables from there up are free for it. Raises the needs of `edit`. */
void infect_write(const struct mutant *mutant, enum opcode opcode,
		  const char *method_descriptor, uint16_t max_locals,
		  struct rewrite *rewrite, struct buf *buf, struct edit *edit);

/* How many arithmetic replacements of operators.def are not tried out, each
 * described in `out`. For tests. */
unsigned infect_check_table(struct buf *out);

#endif
