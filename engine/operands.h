/* What an instruction finds on the operand stack, copied and handed to a method of
 * the harness, by what is woven in before it (engine/infect.h, engine/witness.h).
 *
 * `types` are letters of opcodes.def, deepest first: I, L (long), F, D, A.
 */
#ifndef ENGINE_OPERANDS_H
#define ENGINE_OPERANDS_H

#include "classfile/opcode.h"
#include "classfile/rewrite.h"

unsigned operands_slots(const char *types);

/* Appends a second copy of what is on top of the stack. `max_locals`: of the method;
 * local variables from there up are free for it. Raises edit->max_locals. False, and
 * nothing appended, where there is no room. */
bool operands_copy(struct buf *buf, const char *types, uint16_t max_locals, struct edit *edit);

/* Appends a load or store of a value of type `letter`; `of_int`: OPC_iload or OPC_istore. */
void operands_local(struct buf *buf, enum opcode of_int, char letter, unsigned local);

/* Appends stores of all operands into the variables from `local` up, or loads of them. */
void operands_store(struct buf *buf, const char *types, unsigned local);
void operands_load(struct buf *buf, const char *types, unsigned local);

/* Appends `last` as one argument more, and the call of owner.method(types, int), which
 * returns nothing. */
void operands_call(struct buf *buf, struct rewrite *rewrite, const char *owner,
		   const char *method, const char *types, int32_t last);

#endif
