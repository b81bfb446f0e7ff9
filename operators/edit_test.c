#include "operators/edit.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

#define LAST UINT32_MAX

/* Whether `row` applies to an instruction of a static method. */
static bool applies_at(const char *row, const char *descriptor,
		       struct span code, uint32_t number)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct build b;
	struct class *class;
	struct code *parsed;
	bool ret = false;

	build_start(&b, &arena, 52);
	build_method(&b, "m", descriptor, (struct build_code){ .bytes = code });
	class = build_parsed(&b);
	EXPECT(code_parse(&arena, class, &class->methods[0], &parsed, &err) == ERR_OK);
	ret = edit_applies(operator_find(row), class, &class->methods[0],
			   parsed, number == LAST ? parsed->n_insns - 1 : number);
	arena_release(&arena);
	return ret;
}

static bool applies(const char *row, const char *descriptor, struct span code)
{
	return applies_at(row, descriptor, code, LAST);
}

#define CODE(...) ((struct span)BYTES(__VA_ARGS__))

TEST(what_is_returned_already_is_no_mutant)
{
	EXPECT(!applies("RETURN_ZERO", "()I", CODE(OPC_iconst_0, OPC_ireturn)));
	EXPECT(applies("RETURN_ZERO", "()I", CODE(OPC_iconst_1, OPC_ireturn)));
	EXPECT(!applies("RETURN_ZERO", "()D", CODE(OPC_dconst_0, OPC_dreturn)));
	EXPECT(!applies("POISON_MINUS_ONE", "()I", CODE(OPC_bipush, 0xff, OPC_ireturn)));
	EXPECT(!applies("RETURN_NULL", "()Ljava/lang/Object;",
			CODE(OPC_aconst_null, OPC_areturn)));
	EXPECT(!applies("RETURN_TRUE", "()Z", CODE(OPC_iconst_1, OPC_ireturn)));
	EXPECT(applies("RETURN_FALSE", "()Z", CODE(OPC_iconst_1, OPC_ireturn)));
	EXPECT(!applies("POISON_EMPTY_ARRAY", "()[I",
			CODE(OPC_iconst_0, OPC_newarray, 10, OPC_areturn)));
}

TEST(a_value_that_arrives_by_a_jump_may_be_another)
{
	/* iconst_1; ifeq 8; iconst_1; goto 9; 8: iconst_0; 9: ireturn */
	EXPECT(applies("RETURN_FALSE", "()Z",
		       CODE(OPC_iconst_1, OPC_ifeq, 0, 7, OPC_iconst_1, OPC_goto,
			    0, 4, OPC_iconst_0, OPC_ireturn)));
}

TEST(values_fit_the_declared_type)
{
	EXPECT(!applies("RETURN_ZERO", "()Z", CODE(OPC_iload_0, OPC_ireturn)));
	EXPECT(!applies("POISON_MINUS_ONE", "()C", CODE(OPC_iload_0, OPC_ireturn)));
	EXPECT(applies("POISON_MAX_VALUE", "()C", CODE(OPC_iload_0, OPC_ireturn)));
	EXPECT(!applies("POISON_EMPTY_STRING", "()Ljava/lang/Object;",
			CODE(OPC_aload_0, OPC_areturn)));
}

TEST(an_amount_whose_negation_does_not_fit_is_left_out)
{
	EXPECT(applies("ARITH_DEC_TO_INC", "()V", CODE(OPC_iinc, 0, 0x81)));
	EXPECT(!applies("ARITH_DEC_TO_INC", "()V", CODE(OPC_iinc, 0, 0x80)));
	EXPECT(applies("ARITH_DEC_TO_INC", "()V",
		       CODE(OPC_wide, OPC_iinc, 0, 0, 0xff, 0x80)));
	EXPECT(!applies("ARITH_DEC_TO_INC", "()V",
			CODE(OPC_wide, OPC_iinc, 0, 0, 0x80, 0)));
	EXPECT(!applies("ARITH_INC_TO_DEC", "()V", CODE(OPC_iinc, 0, 0)));
}

TEST(a_jump_to_the_next_instruction_decides_nothing)
{
	static const uint8_t next[] = { OPC_iload_0, OPC_ifeq, 0, 3, OPC_return };
	static const uint8_t loop[] = { OPC_iload_0, OPC_ifeq, 0xff, 0xff, OPC_return };

	EXPECT(!applies_at("COND_NEGATE", "(I)V", (struct span){ next, sizeof(next) }, 1));
	EXPECT(applies_at("COND_NEGATE", "(I)V", (struct span){ loop, sizeof(loop) }, 1));
}

TEST(in_place_edits_change_nothing_but_the_instruction)
{
	uint8_t narrow[] = { OPC_iinc, 3, 0x05 };
	uint8_t wide[] = { OPC_wide, OPC_iinc, 0, 3, 0x01, 0x00 };
	uint8_t minus[] = { OPC_dneg };

	edit_patch(operator_find("ARITH_INC_TO_DEC"), narrow);
	EXPECT(!memcmp(narrow, (uint8_t[]){ OPC_iinc, 3, 0xfb }, 3));
	edit_patch(operator_find("ARITH_INC_TO_DEC"), wide);
	EXPECT(!memcmp(wide, (uint8_t[]){ OPC_wide, OPC_iinc, 0, 3, 0xff, 0 }, 6));
	edit_patch(operator_find("NEGATION_REMOVED"), minus);
	EXPECT(minus[0] == OPC_nop);
}
