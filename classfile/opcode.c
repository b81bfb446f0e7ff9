#include "classfile/opcode.h"

#include <string.h>

const struct opcode_info opcode_info[256] = {
#define OPCODE(code, name, operand, pops, pushes) \
	[code] = { #name, operand, pops, pushes },
#include "classfile/opcodes.def"
#undef OPCODE
};

enum opcode opcode_find(const char *name, size_t len)
{
	for (unsigned i = 0; i < 256; i++) {
		const char *known = opcode_info[i].name;

		if (known && len && *known == *name && strlen(known) == len &&
		    !memcmp(known, name, len))
			return (enum opcode)i;
	}
	return OPC_NONE;
}

bool opcode_is_conditional_jump(enum opcode opcode)
{
	return (opcode >= OPC_ifeq && opcode <= OPC_if_acmpne) ||
	       opcode == OPC_ifnull || opcode == OPC_ifnonnull;
}

bool opcode_is_jump(enum opcode opcode)
{
	return opcode_is_conditional_jump(opcode) ||
	       opcode == OPC_goto || opcode == OPC_goto_w ||
	       opcode == OPC_jsr || opcode == OPC_jsr_w;
}

bool opcode_is_switch(enum opcode opcode)
{
	return opcode == OPC_tableswitch || opcode == OPC_lookupswitch;
}

bool opcode_is_load(enum opcode opcode)
{
	return opcode >= OPC_iload && opcode <= OPC_aload_3;
}

bool opcode_is_store(enum opcode opcode)
{
	return opcode >= OPC_istore && opcode <= OPC_astore_3;
}

bool opcode_is_return(enum opcode opcode)
{
	return opcode >= OPC_ireturn && opcode <= OPC_return;
}

bool opcode_is_invoke(enum opcode opcode)
{
	return opcode >= OPC_invokevirtual && opcode <= OPC_invokedynamic;
}

bool opcode_ends_block(enum opcode opcode)
{
	return opcode_is_return(opcode) || opcode_is_switch(opcode) ||
	       opcode == OPC_athrow || opcode == OPC_ret ||
	       opcode == OPC_goto || opcode == OPC_goto_w;
}
