#include "classfile/opcode.h"

#include <classfile_constants.h>
#include <string.h>

#include "util/test.h"

TEST(opcodes_def_agrees_with_the_jdk)
{
#define OPCODE(code, name, operand, pops, pushes) \
	EXPECT_LONG(code, JVM_OPC_##name);
#include "classfile/opcodes.def"
#undef OPCODE
}

TEST(every_opcode_up_to_the_last_has_a_row_and_none_after)
{
	for (int i = 0; i < 256; i++)
		EXPECT(!opcode_info[i].name == (i > JVM_OPC_MAX));
}

TEST(stack_columns_use_only_known_letters)
{
	for (int i = 0; i <= JVM_OPC_MAX; i++) {
		EXPECT(strspn(opcode_info[i].pops, "ILFDAx?") ==
		       strlen(opcode_info[i].pops));
		EXPECT(strspn(opcode_info[i].pushes, "ILFDAx?") ==
		       strlen(opcode_info[i].pushes));
	}
}

TEST(mnemonics_are_found_by_name_and_length)
{
	EXPECT(opcode_find("iadd", 4) == OPC_iadd);
	EXPECT(opcode_find("iadd isub", 4) == OPC_iadd);
	EXPECT(opcode_find("goto", 4) == OPC_goto);
	EXPECT(opcode_find("goto_w", 6) == OPC_goto_w);
	EXPECT(opcode_find("iad", 3) == OPC_NONE);
	EXPECT(opcode_find("", 0) == OPC_NONE);
}

TEST(instruction_groups_hold_what_their_names_say)
{
	EXPECT(opcode_is_conditional_jump(OPC_ifnull));
	EXPECT(!opcode_is_conditional_jump(OPC_goto));
	EXPECT(opcode_is_jump(OPC_jsr_w) && opcode_is_jump(OPC_if_icmplt));
	EXPECT(!opcode_is_jump(OPC_ret));
	EXPECT(opcode_is_load(OPC_aload_3) && !opcode_is_load(OPC_iaload));
	EXPECT(opcode_is_store(OPC_istore) && !opcode_is_store(OPC_iastore));
	EXPECT(opcode_ends_block(OPC_athrow) && opcode_ends_block(OPC_goto_w));
	EXPECT(!opcode_ends_block(OPC_jsr) && !opcode_ends_block(OPC_ifeq));
}
