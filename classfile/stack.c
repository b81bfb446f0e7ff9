#include "classfile/code.h"

/* Slots of a column of opcodes.def that has no "?". */
static unsigned column_slots(const char *column)
{
	unsigned slots = 0;

	for (; *column; column++)
		slots += *column == 'L' || *column == 'D' ? 2 : 1;
	return slots;
}

void code_stack_effect(const struct class *class, const struct insn *insn,
		       unsigned *ret_pops, unsigned *ret_pushes)
{
	const struct opcode_info *info = &opcode_info[insn->opcode];
	bool has_receiver = insn->opcode != OPC_invokestatic &&
			    insn->opcode != OPC_invokedynamic;
	struct member_ref ref;
	unsigned value;

	*ret_pops = column_slots(info->pops);
	*ret_pushes = column_slots(info->pushes);
	switch (info->operand) {
	case OPERAND_CONST2:
		*ret_pushes = insn->opcode == OPC_ldc2_w ? 2 : 1;
		break;
	case OPERAND_MULTIARRAY:
		*ret_pops = (unsigned)insn->value;
		break;
	case OPERAND_FIELD:
		if (!class_member_ref_at(class, insn->index, &ref))
			break;
		value = *ref.descriptor == 'J' || *ref.descriptor == 'D' ? 2 : 1;
		*ret_pops += *info->pushes ? 0 : value - 1;
		*ret_pushes += *info->pushes ? value - 1 : 0;
		break;
	case OPERAND_METHOD:
	case OPERAND_INTERFACE:
	case OPERAND_DYNAMIC:
		if (!class_member_ref_at(class, insn->index, &ref))
			break;
		*ret_pops = descriptor_argument_slots(ref.descriptor) +
			    has_receiver;
		*ret_pushes = descriptor_return(ref.descriptor).slots;
		break;
	default:
		break;
	}
}
