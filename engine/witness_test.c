#include "engine/witness.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/bytes.h"
#include "util/test.h"

/* A plan of one class with one static method. */
struct sample {
	struct arena arena;
	struct plan plan;
	struct build build;
};

static void make(struct sample *s, const char *descriptor, const uint8_t *code, size_t len)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;

	build_method(&s->build, "m", descriptor, (struct build_code){ .bytes = { code, len } });
	plan_init(&s->plan, &s->arena, &settings);
	EXPECT(plan_class(&s->plan, build_finish(&s->build), "Test", &err) == ERR_OK);
	plan_finish(&s->plan);
}

static void begin(struct sample *s)
{
	memset(s, 0, sizeof(*s));
	build_start(&s->build, &s->arena, 49);		/* before stack maps were needed */
}

/* What is told of the first mutant of a kind: "compares(III)V 9c9d", the constant that is
 * pushed before the last call in hexadecimal; "" for nothing. */
static const char *told(struct sample *s, const char *kind)
{
	const char *text = "";
	struct err err = ERR_INIT;
	struct span bytes;
	struct class *class;
	struct code *code;
	uint32_t number = 0;

	while (number < s->plan.n_mutants && strcmp(s->plan.mutants[number].operator->name, kind))
		number++;
	EXPECT(number < s->plan.n_mutants);
	if (number == s->plan.n_mutants || !witness_class(&s->plan, &s->plan.mutants[number], &s->arena, &bytes))
		return text;
	EXPECT(class_parse(&s->arena, bytes, "Test", &class, &err) == ERR_OK);
	EXPECT(code_parse(&s->arena, class, &class->methods[0], &code, &err) == ERR_OK);
	for (uint32_t i = 1; i < code->n_insns; i++) {
		const struct insn *push = &code->insns[i - 1];
		struct member_ref ref;

		if (code->insns[i].opcode == OPC_invokestatic &&
		    class_member_ref_at(class, code->insns[i].index, &ref) && !strcmp(ref.owner, WITNESS_CLASS))
			text = arena_strfmt(&s->arena, "%s%s %x", ref.name, ref.descriptor,
					    push->opcode == OPC_ldc ? bytes_u4(class->constants[push->index].bytes.bytes)
								    : (uint32_t)push->value);
	}
	return text;
}

TEST(a_condition_is_told_as_the_source_reads_it)
{
	static const uint8_t code[] = {		/* if (a < b) ; */
		OPC_iload_0, OPC_iload_1, OPC_if_icmpge, 0, 4, OPC_nop, OPC_return,
	};
	struct sample s;

	begin(&s);
	make(&s, "(II)V", code, sizeof(code));
	/* if_icmplt, if_icmple of ints */
	EXPECT_STR(told(&s, "COND_BOUNDARY"), "compares(III)V 49a4a1");
	EXPECT_STR(told(&s, "COND_NEGATE"), "compares(III)V 49a2a1");
	arena_release(&s.arena);
}

TEST(what_a_comparison_compares_is_told_not_its_result)
{
	static const uint8_t code[] = {		/* if (a < b) ; */
		OPC_dload_0, OPC_dload_2, OPC_dcmpg, OPC_ifge, 0, 4, OPC_nop, OPC_return,
	};
	struct sample s;

	begin(&s);
	make(&s, "(DD)V", code, sizeof(code));
	EXPECT_STR(told(&s, "COND_NEGATE"), "compares(DDI)V 989c9b");
	arena_release(&s.arena);
}

/* With one that may come from elsewhere, too, it is not known what was compared. */
TEST(nothing_is_told_of_a_comparison_made_in_two_places)
{
	static const uint8_t both[] = {
		OPC_iconst_1, OPC_iload_0, OPC_ifeq, 0, 7,	/* to 9, with what is there */
		OPC_pop, OPC_lload_1, OPC_lload_1, OPC_lcmp,
		OPC_ifge, 0, 4, OPC_nop, OPC_return,
	};
	struct sample s;

	begin(&s);
	make(&s, "(IJ)V", both, sizeof(both));
	EXPECT_STR(told(&s, "COND_BOUNDARY"), "");
	arena_release(&s.arena);
}

TEST(a_call_is_told_with_arguments_and_what_replaces_its_result)
{
	struct sample s;
	uint8_t code[] = { OPC_lload_0, OPC_invokestatic, 0, 0, OPC_dreturn };
	uint16_t call;

	begin(&s);
	call = build_ref(&s.build, CONSTANT_METHODREF, "Other", "of", "(J)D");
	code[2] = (uint8_t)(call >> 8);
	code[3] = (uint8_t)call;
	make(&s, "(J)D", code, sizeof(code));
	EXPECT_STR(told(&s, "CALL_REMOVED"), "called(DDLjava/lang/String;I)V 44");
	arena_release(&s.arena);
}

TEST(nothing_is_told_of_a_call_that_nobody_waits_for)
{
	struct sample s;
	uint8_t code[] = { OPC_lload_0, OPC_invokestatic, 0, 0, OPC_pop2, OPC_return };
	uint16_t call;

	begin(&s);
	call = build_ref(&s.build, CONSTANT_METHODREF, "Other", "of", "(J)D");
	code[2] = (uint8_t)(call >> 8);
	code[3] = (uint8_t)call;
	make(&s, "(J)V", code, sizeof(code));
	EXPECT_STR(told(&s, "CALL_REMOVED"), "");
	arena_release(&s.arena);
}
