/* Calls of pure methods: would it have made a difference to leave one out?
 *
 * A method that gives a result and does nothing else can be left out unnoticed
 * where it does not throw and its result is what the mutant has in its place
 * (0, false, null), or is dropped. The call is woven together with
 *
 *	before it    token = Reach.enter(counter), or
 *	             token = Reach.enter(counter, class), or
 *	             token = Reach.enter(receiver, counter)
 *	after it     Reach.left(result, token, counter)
 *
 * An infection is counted where the results differ; for each token that is never
 * left: the call threw; where the class, whose static method it calls, is not yet
 * initialised; and where the receiver is of a class of which nothing is known.
 *
 * Pure are the methods of pure.def, and those of planned classes that do nothing
 * but compute with their variables, read fields and arrays, make exceptions, and
 * call pure methods; where it is certain that the call runs that method, and that no
 * class is initialised by what the method does.
 */
#ifndef ENGINE_PURE_H
#define ENGINE_PURE_H

#include "engine/plan.h"
#include "operators/edit.h"

/* Whether a call may lead to one, for all that can be told from the calling class. */
bool pure_may_be(const struct class *class, const struct insn *insn);

/* Whether a method with this code may be one, for all that its instructions tell
 * without their operands. */
bool pure_may_have(const struct code *code);

/* Checks pure.def as operator_check_table() does operators.def. */
unsigned pure_check_table(struct buf *out);

/* When the plan has all its classes: removed calls of anything else lose their counters. */
void pure_settle(struct plan *plan);

/* Whether a removed call is tried out so. */
bool pure_is_tried(const struct mutant *mutant);

/* Appends the call `insn` of `mutant` and what goes around it, in the place of the
 * call; `is_dropped`: its result is. `max_locals`: of the method. Raises the needs of
 * `edit`, which then removes the call. */
void pure_write_call(const struct plan *plan, const struct mutant *mutant,
		     const struct insn *insn, bool is_dropped, uint16_t max_locals,
		     struct rewrite *rewrite, struct buf *buf, struct edit *edit);

#endif
