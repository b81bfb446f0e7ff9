#include "engine/operands.h"

#include <string.h>

#include "operators/edit.h"

static unsigned slots_of(char type)
{
	return type == 'L' || type == 'D' ? 2 : 1;
}

unsigned operands_slots(const char *types)
{
	unsigned slots = 0;

	for (; *types; types++)
		slots += slots_of(*types);
	return slots;
}

/* In the order of the codes of xload and xstore. */
void operands_local(struct buf *buf, enum opcode of_int, char letter, unsigned local)
{
	enum opcode opcode = of_int + (enum opcode)(strchr("ILFDA", letter) - "ILFDA");

	if (local > UINT8_MAX) {
		buf_u1(buf, OPC_wide);
		buf_u1(buf, (uint8_t)opcode);
		buf_u2(buf, (uint16_t)local);
	} else {
		buf_u1(buf, (uint8_t)opcode);
		buf_u1(buf, (uint8_t)local);
	}
}

void operands_store(struct buf *buf, const char *types, unsigned local)
{
	local += operands_slots(types);
	for (size_t i = strlen(types); i-- > 0; ) {
		local -= slots_of(types[i]);
		operands_local(buf, OPC_istore, types[i], local);
	}
}

void operands_load(struct buf *buf, const char *types, unsigned local)
{
	for (; *types; types++) {
		operands_local(buf, OPC_iload, *types, local);
		local += slots_of(*types);
	}
}

/* No instruction copies more than two slots: out into free variables, and back twice. */
bool operands_copy(struct buf *buf, const char *types, uint16_t max_locals, struct edit *edit)
{
	unsigned slots = operands_slots(types);

	if (slots <= 2) {
		buf_u1(buf, slots == 1 ? OPC_dup : OPC_dup2);
		return true;
	}
	if (max_locals + slots > UINT16_MAX)
		return false;
	operands_store(buf, types, max_locals);
	operands_load(buf, types, max_locals);
	operands_load(buf, types, max_locals);
	if (edit->max_locals < max_locals + slots)
		edit->max_locals = (uint16_t)(max_locals + slots);
	return true;
}

void operands_call(struct buf *buf, struct rewrite *rewrite, const char *owner,
		   const char *method, const char *types, int32_t last)
{
	struct buf descriptor;

	buf_init(&descriptor, 100);
	buf_u1(&descriptor, '(');
	for (; *types; types++)
		buf_text(&descriptor, *types == 'A' ? "Ljava/lang/Object;" :
				      *types == 'L' ? "J" : (char[]){ *types, 0 });
	buf_text(&descriptor, "I)V");
	buf_u1(&descriptor, 0);
	edit_push_int(buf, rewrite, last);
	buf_u1(buf, OPC_invokestatic);
	buf_u2(buf, rewrite_methodref(rewrite, owner, method,
				      (const char *)descriptor.bytes, false));
	buf_release(&descriptor);
}
