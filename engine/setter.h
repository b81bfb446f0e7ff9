/* Calls of setters: would it have made a difference to leave one out?
 *
 * A method that does nothing but give one field of its object a value changes
 * nothing where the field has that value already, so a mutant that removes such
 * a call infects only where they differ. Which method a call runs is known in
 * the test only. So both ends are woven:
 *
 *	before the call     Reach.calling(receiver, counter, signature)
 *	before the putfield Reach.setting(value, present, this, class, method, signature, field)
 *
 * The first counts an infection, the second takes it back if it is the call's
 * own method that runs and both values are the same. Where they are not, the
 * infection propagates once the field is read (engine/field_reads.h). A call that throws or runs
 * anything else (another class, an override, a mock) stays counted.
 */
#ifndef ENGINE_SETTER_H
#define ENGINE_SETTER_H

#include "engine/plan.h"
#include "operators/edit.h"

struct setter {
	uint32_t class_number;	/* in plan->classes */
	uint16_t method;	/* in class->methods */
	uint32_t signature;	/* the same for all of one name and descriptor, from 0 up;
				   set by setter_settle() */
	uint32_t putfield;	/* pc */
	struct member_ref field;
	uint32_t reads;		/* the counter of the field's reads where they are told, else
				   FIELD_READS_UNKNOWN (engine/field_reads.h) */
};

/* Whether the method is one: no static, synchronized, volatile or final; nothing
 * but variables, constants, jumps forward and a single store into a field of
 * `this`, always of what one instruction pushes. Fills *ret but for `signature`. */
bool setter_find(const struct class *class, uint16_t method, const struct code *code,
		 struct setter *ret);

/* Whether a call may be one of a setter, for all that can be told from the
 * calling class: what infect_number() is told. */
bool setter_may_be(const struct class *class, const struct insn *insn);

/* When all setters of plan->setters are known: gives them their signatures, and
 * calls that none of them can answer lose their counters. */
void setter_settle(struct plan *plan);

/* Whether a removed call has a counter of its own. */
bool setter_is_tried(const struct mutant *mutant);

/* Appends what goes before the call `insn` of `mutant`, tried out; `max_locals`:
 * of the method. Raises the needs of `edit`. */
void setter_write_call(const struct plan *plan, const struct mutant *mutant,
		       const struct insn *insn, uint16_t max_locals,
		       struct rewrite *rewrite, struct buf *buf, struct edit *edit);

/* Plans the edit of the setter itself. */
void setter_weave(const struct plan *plan, const struct setter *setter,
		  struct rewrite *rewrite);

#endif
