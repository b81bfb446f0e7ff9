#include "engine/infect.h"

#include <string.h>

#include "classfile/build_test.h"
#include "engine/probe.h"
#include "engine/probe_call.h"
#include "util/test.h"

TEST(every_arithmetic_replacement_is_tried_out)
{
	struct buf out;

	buf_init(&out, 10000);
	EXPECT_LONG(infect_check_table(&out), 0);
	EXPECT_LONG(out.len, 0);
	buf_release(&out);
}

/* A plan of one class with one static method, and its probed bytes. */
struct sample {
	struct arena arena;
	struct plan plan;
	struct class *probed;
	struct code *code;		/* of the probed method */
	bool *unprobed;			/* [plan.n_points] */
};

static void make(struct sample *s, const char *descriptor, struct span code)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;
	struct span bytes;
	struct build b;

	memset(s, 0, sizeof(*s));
	build_start(&b, &s->arena, 49);		/* before stack maps were needed */
	build_method(&b, "m", descriptor, (struct build_code){ .bytes = code });
	plan_init(&s->plan, &s->arena, &settings);
	EXPECT(plan_class(&s->plan, build_finish(&b), "Test", &err) == ERR_OK);
	plan_finish(&s->plan);
	s->unprobed = ARENA_NEW_N(&s->arena, bool, s->plan.n_points);
	EXPECT(probe_class(&s->plan, 0, &s->arena, s->unprobed, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&s->arena, bytes, "Test", &s->probed, &err) == ERR_OK);
	EXPECT(code_parse(&s->arena, s->probed, &s->probed->methods[0], &s->code, &err) == ERR_OK);
}

static const struct mutant *mutant_of(const struct sample *s, const char *kind)
{
	for (uint32_t i = 0; i < s->plan.n_mutants; i++)
		if (!strcmp(s->plan.mutants[i].operator->name, kind))
			return &s->plan.mutants[i];
	EXPECT(!"no such mutant");
	return &s->plan.mutants[0];
}

/* How often the method calls Reach.`name` with this descriptor. */
static unsigned calls(const struct sample *s, const char *name, const char *descriptor)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < s->code->n_insns; i++) {
		struct member_ref ref;

		n += s->code->insns[i].opcode == OPC_invokestatic &&
		     class_member_ref_at(s->probed, s->code->insns[i].index, &ref) &&
		     !strcmp(ref.owner, PROBE_CLASS) && !strcmp(ref.name, name) &&
		     !strcmp(ref.descriptor, descriptor);
	}
	return n;
}

TEST(a_sum_is_tried_out_as_a_difference)
{
	static const uint8_t code[] = { OPC_iload_0, OPC_iload_1, OPC_iadd, OPC_istore_0, OPC_return };
	struct sample s;
	const struct mutant *mutant;

	make(&s, "(II)V", (struct span){ code, sizeof(code) });
	mutant = mutant_of(&s, "ARITH_ADD_TO_SUB");
	EXPECT_LONG(mutant->infection, mutant->point + 1);
	EXPECT_LONG(s.plan.n_points, 2);
	EXPECT_LONG(calls(&s, "addSub", "(III)V"), 1);
	arena_release(&s.arena);
}

/* No instruction copies four slots: they go through variables the method does not have. */
TEST(longs_are_copied_through_free_variables)
{
	static const uint8_t code[] = {
		OPC_lload_0, OPC_lload_2, OPC_lmul, OPC_lstore_0,
		OPC_lload_0, OPC_iload_2, OPC_lshl, OPC_lstore_0, OPC_return,
	};
	struct sample s;
	unsigned beyond = 0;

	make(&s, "(JJ)V", (struct span){ code, sizeof(code) });
	EXPECT_LONG(calls(&s, "mulDiv", "(JJI)V"), 1);
	EXPECT_LONG(calls(&s, "shlShr", "(JII)V"), 1);
	EXPECT_LONG(s.code->max_locals, 10 + 4);
	for (uint32_t i = 0; i < s.code->n_insns; i++)
		beyond += opcode_is_store(s.code->insns[i].opcode) && s.code->insns[i].index >= 10;
	EXPECT_LONG(beyond, 4);
	arena_release(&s.arena);
}

TEST(a_boundary_moves_where_both_are_equal_and_a_negation_always)
{
	static const uint8_t code[] = {
		OPC_iload_0, OPC_iload_1, OPC_if_icmplt, 0, 4, OPC_nop, OPC_iload_0, OPC_ifle, 0, 4,
		OPC_nop, OPC_return,
	};
	struct sample s;
	const struct mutant *boundary, *negated;

	make(&s, "(II)V", (struct span){ code, sizeof(code) });
	EXPECT_LONG(s.plan.n_mutants, 4);
	boundary = mutant_of(&s, "COND_BOUNDARY");
	negated = mutant_of(&s, "COND_NEGATE");
	EXPECT_LONG(boundary->point, negated->point);
	EXPECT_LONG(boundary->infection, boundary->point + 1);
	EXPECT_LONG(negated->infection, negated->point);
	EXPECT_LONG(s.plan.n_points, 4);
	EXPECT_LONG(calls(&s, "equal", "(III)V"), 2);
	arena_release(&s.arena);
}

TEST(a_result_is_compared_with_each_value_that_is_not_made_afresh)
{
	static const uint8_t returned[] = { OPC_aload_0, OPC_areturn };
	static const uint8_t number[] = { OPC_dload_0, OPC_dreturn };
	struct sample s;

	make(&s, "(Ljava/lang/String;)Ljava/lang/String;", (struct span){ returned, sizeof(returned) });
	EXPECT_LONG(s.plan.n_mutants, 2);	/* null, "" */
	EXPECT_LONG(calls(&s, "other", "(Ljava/lang/Object;Ljava/lang/Object;I)V"), 2);
	EXPECT(mutant_of(&s, "RETURN_NULL")->infection !=
	       mutant_of(&s, "POISON_EMPTY_STRING")->infection);
	arena_release(&s.arena);
	make(&s, "([I)[I", (struct span){ returned, sizeof(returned) });
	EXPECT_LONG(calls(&s, "other", "(Ljava/lang/Object;Ljava/lang/Object;I)V"), 1);
	EXPECT_LONG(mutant_of(&s, "POISON_EMPTY_ARRAY")->infection,
		    mutant_of(&s, "POISON_EMPTY_ARRAY")->point);
	arena_release(&s.arena);
	make(&s, "(D)D", (struct span){ number, sizeof(number) });
	EXPECT_LONG(calls(&s, "other", "(DDI)V"), s.plan.n_mutants);
	arena_release(&s.arena);
}

TEST(what_has_effects_or_always_differs_is_not_tried_out)
{
	static const uint8_t code[] = { OPC_iinc, 0, 1, OPC_aload_1, OPC_ifnull, 0, 4, OPC_nop, OPC_return };
	struct sample s;

	make(&s, "(ILjava/lang/Object;)V", (struct span){ code, sizeof(code) });
	EXPECT(s.plan.n_mutants >= 2);
	for (uint32_t i = 0; i < s.plan.n_mutants; i++) {
		EXPECT_LONG(s.plan.mutants[i].infection, s.plan.mutants[i].point);
		EXPECT_LONG(infect_span(&s.plan.mutants[i]), 1);
	}
	arena_release(&s.arena);
}

#define LONG_POINTS 2500
#define LONG_BYTES 40000

/* So long that only the plain probes fit: one call for all of a point's counters. */
TEST(a_method_too_long_to_try_anything_out_counts_reach_as_infection)
{
	static const uint8_t add[] = { OPC_lload_0, OPC_lload_2, OPC_ladd, OPC_lstore_0 };
	static uint8_t code[LONG_BYTES];
	struct sample s;
	uint32_t at = 0;

	for (; at < LONG_POINTS * sizeof(add); at += sizeof(add))
		memcpy(code + at, add, sizeof(add));
	while (at < LONG_BYTES - 1)
		code[at++] = OPC_nop;
	code[at++] = OPC_return;
	make(&s, "(JJ)V", (struct span){ code, at });
	EXPECT_LONG(s.plan.n_points, 2 * LONG_POINTS);
	EXPECT_LONG(calls(&s, PROBE_METHOD, "(II)V"), LONG_POINTS);
	EXPECT_LONG(calls(&s, "addSub", "(JJI)V"), 0);
	EXPECT(!s.unprobed[0] && !s.unprobed[1]);
	arena_release(&s.arena);
}
