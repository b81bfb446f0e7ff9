#include "classfile/code.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

/* The only method of the class. */
static enum err_code parse_only(struct arena *arena, struct build *b,
				struct build_code body, struct code **ret,
				struct err *err)
{
	struct class *class;

	build_method(b, "m", "()V", body);
	class = build_parsed(b);
	return code_parse(arena, class, &class->methods[0], ret, err);
}

TEST(instructions_are_decoded_with_their_operands)
{
	static const struct { uint32_t pc, length; enum opcode opcode;
			      uint16_t index; int32_t value; } want[] = {
		{ 0, 1, OPC_iconst_m1, 0, -1 },
		{ 1, 2, OPC_bipush, 0, -128 },
		{ 3, 3, OPC_sipush, 0, -2 },
		{ 6, 1, OPC_lload_2, 2, 0 },
		{ 7, 1, OPC_astore_3, 3, 0 },
		{ 8, 2, OPC_iload, 200, 0 },
		{ 10, 3, OPC_iinc, 5, -1 },
		{ 13, 4, OPC_aload, 0x1234, 0 },
		{ 17, 6, OPC_iinc, 0x0102, -3 },
		{ 23, 2, OPC_newarray, 0, 10 },
		{ 25, 1, OPC_return, 0, 0 },
	};
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct code *code;
	struct build b;

	build_start(&b, &arena, 52);
	EXPECT(parse_only(&arena, &b, (struct build_code){ .bytes = BYTES(
		0x02, 0x10, 0x80, 0x11, 0xff, 0xfe, 0x20, 0x4e, 0x15, 200,
		0x84, 5, 0xff, 0xc4, 0x19, 0x12, 0x34,
		0xc4, 0x84, 0x01, 0x02, 0xff, 0xfd, 0xbc, 10, 0xb1) },
		&code, &err) == ERR_OK);
	EXPECT_LONG(code->n_insns, sizeof(want) / sizeof(*want));
	for (uint32_t i = 0; i < code->n_insns; i++) {
		EXPECT_LONG(code->insns[i].pc, want[i].pc);
		EXPECT_LONG(code->insns[i].length, want[i].length);
		EXPECT_LONG(code->insns[i].opcode, want[i].opcode);
		EXPECT_LONG(code->insns[i].index, want[i].index);
		EXPECT_LONG(code->insns[i].value, want[i].value);
		EXPECT_LONG(code->insn_at[want[i].pc], i);
	}
	EXPECT(code->insns[7].wide && !code->insns[5].wide);
	EXPECT_LONG(code->insn_at[2], INSN_NONE);
	arena_release(&arena);
}

TEST(jumps_and_switches_know_their_targets)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct code *code;
	struct build b;

	build_start(&b, &arena, 52);
	EXPECT(parse_only(&arena, &b, (struct build_code){ .bytes = BYTES(
		0x03,					/*  0 iconst_0 */
		0xaa, 0, 0, 0, 0, 0, 43,		/*  1 tableswitch, default 44 */
		0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0,	/*    -1 to 0 */
		0, 0, 0, 23, 0, 0, 0, 43,		/*    24, 44 */
		0x03,					/* 24 iconst_0 */
		0xab, 0, 0, 0, 0, 0, 19,		/* 25 lookupswitch, 44 */
		0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xe7,			/*    max: 0 */
		0xb1) },				/* 44 return */
		&code, &err) == ERR_OK);
	EXPECT_LONG(code->n_insns, 5);
	EXPECT_LONG(code->insns[1].table->default_pc, 44);
	EXPECT_LONG(code->insns[1].table->n, 2);
	EXPECT_LONG(code->insns[1].table->keys[0], -1);
	EXPECT_LONG(code->insns[1].table->targets[0], 24);
	EXPECT_LONG(code->insns[3].table->keys[0], INT32_MAX);
	EXPECT_LONG(code->insns[3].table->targets[0], 0);
	EXPECT(code->is_target[0] && !code->is_target[1] && code->is_target[2]);
	arena_release(&arena);
}

TEST(code_that_is_not_code_is_refused_with_the_reason)
{
	const struct { const char *what; struct span bytes; const char *says; } cases[] = {
		{ "unknown opcode", BYTES(0xca), "no instruction at pc 0" },
		{ "operand cut off", BYTES(0x00, 0x11, 1), "no instruction at pc 1" },
		{ "wide of iadd", BYTES(0xc4, 0x60, 0, 0), "no instruction at pc 0" },
		{ "wide at the end", BYTES(0xc4), "no instruction at pc 0" },
		{ "jump into an operand", BYTES(0xa7, 0, 1), "a jump to no instruction at pc 0" },
		{ "jump outside", BYTES(0xa7, 0x7f, 0xff), "a jump to no instruction at pc 0" },
		{ "jump before", BYTES(0xa7, 0xff, 0xff), "a jump to no instruction at pc 0" },
		{ "table too large", BYTES(0xaa, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff),
		  "no instruction at pc 0" },
		{ "table one too large", BYTES(0xaa, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
		  "no instruction at pc 0" },
		{ "table backwards", BYTES(0xaa, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
		  "no instruction at pc 0" },
		{ "lookup too large", BYTES(0xab, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff),
		  "no instruction at pc 0" },
		{ "lookup unsorted", BYTES(0xab, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
		  0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0), "unsorted switch keys at pc 0" },
		{ "constant 0", BYTES(0x12, 0), "a constant of the wrong kind at pc 0" },
		{ "constant too large", BYTES(0x13, 0xff, 0xff), "a constant of the wrong kind at pc 0" },
		{ "array type", BYTES(0xbc, 3), "an array of unknown type at pc 0" },
		{ "no dimensions", BYTES(0xc5, 0, 1, 0), "an array of no dimensions at pc 0" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		struct err err = ERR_INIT;
		struct code *code;
		struct build b;

		build_start(&b, &arena, 52);
		EXPECT(parse_only(&arena, &b, (struct build_code){
			.bytes = cases[i].bytes }, &code, &err) == ERR_FORMAT);
		EXPECT(strstr(err.text, cases[i].says));
		arena_release(&arena);
	}
}

TEST(a_lookupswitch_without_cases_may_end_the_code)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct code *code;
	struct build b;

	build_start(&b, &arena, 52);
	EXPECT(parse_only(&arena, &b, (struct build_code){ .bytes = BYTES(
		0x03, 0xab, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0) },
		&code, &err) == ERR_OK);
	EXPECT_LONG(code->insns[1].table->default_pc, 0);
	arena_release(&arena);
}

TEST(handlers_must_lead_to_instructions_and_ranges_be_ranges)
{
	const struct { struct span entry; enum err_code code; } cases[] = {
		{ BYTES(0, 0, 0, 2, 0, 2, 0, 0), ERR_OK },
		{ BYTES(0, 0, 0, 3, 0, 2, 0, 0), ERR_OK },
		{ BYTES(0, 0, 0, 0, 0, 2, 0, 0), ERR_FORMAT },
		{ BYTES(0, 0, 0, 4, 0, 2, 0, 0), ERR_FORMAT },
		{ BYTES(0, 1, 0, 2, 0, 2, 0, 0), ERR_FORMAT },
		{ BYTES(0, 0, 0, 1, 0, 2, 0, 0), ERR_FORMAT },
		{ BYTES(0, 0, 0, 2, 0, 1, 0, 0), ERR_FORMAT },
		{ BYTES(0, 0, 0, 2, 0, 3, 0, 0), ERR_FORMAT },
		{ BYTES(0, 0, 0, 2, 0, 2, 0, 1), ERR_FORMAT },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		struct err err = ERR_INIT;
		struct code *code;
		struct build b;

		build_start(&b, &arena, 52);
		EXPECT(parse_only(&arena, &b, (struct build_code){
			.bytes = BYTES(0x10, 1, 0xb1),
			.exceptions = cases[i].entry }, &code, &err) == cases[i].code);
		arena_release(&arena);
	}
}

TEST(lines_are_sorted_and_those_outside_the_code_left_out)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct code *code;
	struct build b;

	build_start(&b, &arena, 52);
	EXPECT(parse_only(&arena, &b, (struct build_code){
		.bytes = BYTES(0, 0, 0, 0, 0xb1),
		.attributes = {
			{ "LineNumberTable", BYTES(0, 2, 0, 4, 0, 40, 0, 2, 0, 20) },
			{ "LineNumberTable", BYTES(0, 3, 0, 2, 0, 21, 0, 9, 0, 90,
						   0, 1, 0, 10) },
			{ "LineNumberTable", BYTES(0, 9, 0, 0, 0, 1) },
		} }, &code, &err) == ERR_OK);
	EXPECT_LONG(code->n_lines, 4);
	EXPECT_LONG(code_line(code, 0), 0);
	EXPECT_LONG(code_line(code, 1), 10);
	EXPECT_LONG(code_line(code, 2), 21);
	EXPECT_LONG(code_line(code, 3), 21);
	EXPECT_LONG(code_line(code, 4), 40);
	arena_release(&arena);
}

TEST(variables_that_lie_about_their_range_are_left_out)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct code *code;
	struct build b;
	uint8_t name, type;

	build_start(&b, &arena, 52);
	name = (uint8_t)build_utf8(&b, "count");
	type = (uint8_t)build_utf8(&b, "I");
	EXPECT(parse_only(&arena, &b, (struct build_code){
		.bytes = BYTES(0, 0, 0, 0xb1),
		.attributes = { { "LocalVariableTable", BYTES(0, 3,
			0, 1, 0, 2, 0, name, 0, type, 0, 3,
			0, 1, 0, 9, 0, name, 0, type, 0, 4,
			0, 1, 0, 2, 0, name, 0, name, 0, 5) } } },
		&code, &err) == ERR_OK);
	EXPECT_LONG(code->n_locals, 1);
	EXPECT(!code_local(code, 0, 3));
	EXPECT_STR(code_local(code, 1, 3)->name, "count");
	EXPECT(code_local(code, 2, 3));
	EXPECT(!code_local(code, 3, 3));
	EXPECT(!code_local(code, 1, 4));
	arena_release(&arena);
}

TEST(stack_effects_follow_the_constant)
{
	static const struct { enum constant_tag tag; const char *descriptor;
			      enum opcode opcode; unsigned pops, pushes; } cases[] = {
		{ CONSTANT_FIELDREF, "J", OPC_getstatic, 0, 2 },
		{ CONSTANT_FIELDREF, "I", OPC_getstatic, 0, 1 },
		{ CONSTANT_FIELDREF, "D", OPC_putstatic, 2, 0 },
		{ CONSTANT_FIELDREF, "J", OPC_getfield, 1, 2 },
		{ CONSTANT_FIELDREF, "La/B;", OPC_putfield, 2, 0 },
		{ CONSTANT_FIELDREF, "J", OPC_putfield, 3, 0 },
		{ CONSTANT_METHODREF, "(IJ)D", OPC_invokevirtual, 4, 2 },
		{ CONSTANT_METHODREF, "(IJ)V", OPC_invokestatic, 3, 0 },
		{ CONSTANT_INTERFACE_METHODREF, "()I", OPC_invokeinterface, 1, 1 },
		{ CONSTANT_INVOKE_DYNAMIC, "(DD)La/B;", OPC_invokedynamic, 4, 1 },
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct insn insn = { .opcode = cases[i].opcode };
		struct class *class;
		struct build b;
		unsigned pops, pushes;

		build_start(&b, &arena, 52);
		insn.index = build_ref(&b, cases[i].tag, "a/B", "m",
				       cases[i].descriptor);
		class = build_parsed(&b);
		code_stack_effect(class, &insn, &pops, &pushes);
		EXPECT_LONG(pops, cases[i].pops);
		EXPECT_LONG(pushes, cases[i].pushes);
	}
	arena_release(&arena);
}

TEST(stack_effects_count_long_and_double_twice)
{
	static const struct { enum opcode opcode; unsigned pops, pushes; } cases[] = {
		{ OPC_ladd, 4, 2 }, { OPC_lcmp, 4, 1 }, { OPC_lshl, 3, 2 },
		{ OPC_dup2_x1, 3, 5 }, { OPC_ldc2_w, 0, 2 }, { OPC_ldc, 0, 1 },
		{ OPC_dastore, 4, 0 }, { OPC_pop2, 2, 0 }, { OPC_jsr, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct insn insn = { .opcode = cases[i].opcode };
		unsigned pops, pushes;

		code_stack_effect(NULL, &insn, &pops, &pushes);
		EXPECT_LONG(pops, cases[i].pops);
		EXPECT_LONG(pushes, cases[i].pushes);
	}
}
