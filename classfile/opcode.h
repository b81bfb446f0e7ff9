/* The instruction set (JVMS 6.5), derived from opcodes.def. */
#ifndef CLASSFILE_OPCODE_H
#define CLASSFILE_OPCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum operand {			/* what follows the opcode byte */
	OPERAND_NONE,
	OPERAND_BYTE,		/* bipush: s1 */
	OPERAND_SHORT,		/* sipush: s2 */
	OPERAND_LOCAL,		/* u1 local variable; u2 when wide */
	OPERAND_IINC,		/* u1 local, s1 amount; u2, s2 when wide */
	OPERAND_JUMP2,		/* s2 offset */
	OPERAND_JUMP4,		/* s4 offset */
	OPERAND_CONST1,		/* u1 constant: ldc */
	OPERAND_CONST2,		/* u2 constant: ldc_w, ldc2_w */
	OPERAND_FIELD,		/* u2 Fieldref */
	OPERAND_METHOD,		/* u2 Methodref or InterfaceMethodref */
	OPERAND_INTERFACE,	/* u2 InterfaceMethodref, u1 count, u1 zero */
	OPERAND_DYNAMIC,	/* u2 InvokeDynamic, u2 zero */
	OPERAND_CLASS,		/* u2 Class */
	OPERAND_NEWARRAY,	/* u1 element type */
	OPERAND_MULTIARRAY,	/* u2 Class, u1 dimensions */
	OPERAND_TABLESWITCH,
	OPERAND_LOOKUPSWITCH,
	OPERAND_WIDE,		/* the prefix itself */
};

enum opcode {
#define OPCODE(code, name, operand, pops, pushes) OPC_##name = code,
#include "classfile/opcodes.def"
#undef OPCODE
	OPC_NONE = 256,
};

struct opcode_info {
	const char *name;	/* NULL: no such instruction */
	enum operand operand;
	const char *pops, *pushes;	/* as the columns of opcodes.def */
};

extern const struct opcode_info opcode_info[256];

/* By mnemonic of length `len`; OPC_NONE if there is none. */
enum opcode opcode_find(const char *name, size_t len);

bool opcode_is_conditional_jump(enum opcode opcode);	/* if..., ifnull, ifnonnull */
bool opcode_is_jump(enum opcode opcode);		/* also goto, jsr, their wide forms */
bool opcode_is_switch(enum opcode opcode);
bool opcode_is_load(enum opcode opcode);	/* xload, xload_n of a local variable */
bool opcode_is_store(enum opcode opcode);	/* xstore, xstore_n */
bool opcode_is_return(enum opcode opcode);		/* xreturn, return */
bool opcode_is_invoke(enum opcode opcode);		/* with invokedynamic */
bool opcode_ends_block(enum opcode opcode);		/* control never falls through */

#endif
