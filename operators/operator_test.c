#include "operators/operator.h"

#include <stdio.h>
#include <string.h>

#include "util/test.h"

TEST(every_row_of_operators_def_is_sound)
{
	struct buf out;

	buf_init(&out, 10000);
	EXPECT(operator_check_table(&out) == 0);
	buf_u1(&out, 0);
	EXPECT_STR((const char *)out.bytes, "");
	buf_release(&out);
}

TEST(operators_are_found_by_their_whole_name)
{
	EXPECT(operator_find("ARITH_ADD_TO_SUB") == &operators[0]);
	EXPECT(!operator_find("ARITH_ADD"));
	EXPECT(!operator_find(""));
}

TEST(families_and_kinds_are_selected_without_regard_to_case)
{
	uint64_t mask = 7;

	EXPECT(operator_select("arith_add_to_sub", &mask));
	EXPECT(mask == 1);
	EXPECT(operator_select("Negation", &mask));
	EXPECT(mask == UINT64_C(1) << (operator_find("NEGATION_REMOVED") - operators));
	EXPECT(operator_select("all", &mask));
	EXPECT(mask == UINT64_MAX >> (64 - n_operators));
	mask = 7;
	EXPECT(!operator_select("nothing", &mask));
	EXPECT(mask == 7);
}

TEST(every_family_has_an_operator)
{
	for (unsigned family = 0; family < N_FAMILIES; family++) {
		uint64_t mask = 0;

		EXPECT(operator_select(family_names[family], &mask));
		EXPECT(mask != 0);
	}
}

TEST(a_plain_row_says_what_each_instruction_becomes)
{
	const struct operator *boundary = operator_find("COND_BOUNDARY");

	EXPECT(operator_becomes(boundary, OPC_iflt) == OPC_ifle);
	EXPECT(operator_becomes(boundary, OPC_if_icmpge) == OPC_if_icmpgt);
	EXPECT(operator_becomes(boundary, OPC_ifeq) == OPC_NONE);
	EXPECT(operator_becomes(operator_find("RETURN_ZERO"), OPC_ireturn) == OPC_NONE);
}

TEST(negating_twice_is_the_instruction_itself)
{
	const struct operator *row = operator_find("COND_NEGATE");

	for (int opcode = 0; opcode < 256; opcode++)
		if (opcode_is_conditional_jump((enum opcode)opcode))
			EXPECT(operator_becomes(row, operator_becomes(row,
				(enum opcode)opcode)) == (enum opcode)opcode);
}

TEST(docs_name_every_operator)
{
	static char text[20000];
	FILE *file = fopen("docs/operators.md", "r");
	size_t len;

	EXPECT(file != NULL);
	if (!file)
		return;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	for (unsigned i = 0; i < n_operators; i++)
		if (!strstr(text, operators[i].name))
			EXPECT_STR("missing in docs/operators.md", operators[i].name);
}
