#include "engine/plan.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

#define U2(n) (uint8_t)((n) >> 8), (uint8_t)(n)

/* The group's mutants of a class, as "KIND@pc,pc KIND@pc"; "," joins copies. */
static void plan_words(struct arena *arena, struct build *b, uint32_t filters,
		       struct buf *out)
{
	struct plan_settings settings = { .operators = OPERATORS_PIT, .filters = filters };
	struct err err = ERR_INIT;
	struct plan plan;

	plan_init(&plan, arena, &settings);
	EXPECT(plan_class(&plan, build_finish(b), "Sample", &err) == ERR_OK);
	plan_finish(&plan);
	for (uint32_t i = 0; i < plan.n_mutants; i++) {
		const struct mutant *mutant = &plan.mutants[i];

		buf_fmt(out, "%s%s@", i ? " " : "", mutant->operator->name);
		for (uint16_t k = 0; k < mutant->n_pcs; k++)
			buf_fmt(out, "%s%u", k ? "," : "", mutant->pcs[k]);
	}
	buf_u1(out, 0);
}

static void expect_plan(struct arena *arena, struct build *b, uint32_t filters,
			const char *words)
{
	struct buf out;

	buf_init(&out, 10000);
	plan_words(arena, b, filters, &out);
	EXPECT_STR((const char *)out.bytes, words);
	buf_release(&out);
	arena_release(arena);
}

static uint32_t all_filters(void)
{
	return plan_default_settings().filters;
}

/* LineNumberTable of one entry: all is on line 7. */
static const uint8_t one_line[] = { 0, 1, 0, 0, 0, 7 };

/* try { a(); } finally { b(); } in a static void method, with the handler's
 * catch type as given. */
static void build_finally(struct build *b, struct arena *arena, bool any)
{
	uint16_t body, last, type;

	build_start(b, arena, 49);
	body = build_ref(b, CONSTANT_METHODREF, "T", "a", "()V");
	last = build_ref(b, CONSTANT_METHODREF, "T", "b", "()V");
	type = any ? 0 : build_class(b, "java/lang/Throwable");
	build_method(b, "m", "()V", (struct build_code){
		.bytes = BYTES(OPC_invokestatic, U2(body), OPC_invokestatic, U2(last),
			       OPC_return,
			       OPC_astore_0, OPC_invokestatic, U2(last),
			       OPC_aload_0, OPC_athrow),
		.exceptions = BYTES(0, 0, 0, 3, 0, 7, U2(type)),
		.attributes = { { "LineNumberTable", { one_line, sizeof(one_line) } } } });
}

TEST(a_call_in_a_finally_block_and_its_copy_are_one_mutant)
{
	struct arena arena = ARENA_INIT;
	struct build b;

	build_finally(&b, &arena, true);
	expect_plan(&arena, &b, all_filters(), "CALL_REMOVED@0 CALL_REMOVED@3,8");
}

/* The same with close() instead of b(), and a handler of Throwable between. */
static void build_close(struct build *b, struct arena *arena)
{
	uint16_t close, type;

	build_start(b, arena, 55);
	close = build_ref(b, CONSTANT_METHODREF, "T", "close", "()V");
	type = build_class(b, "java/lang/Throwable");
	build_method(b, "m", "(LT;)V", (struct build_code){
		.bytes = BYTES(OPC_nop, OPC_aload_0, OPC_invokevirtual, U2(close), OPC_return,
			       OPC_astore_1, OPC_aload_1, OPC_athrow,
			       OPC_astore_2, OPC_aload_0, OPC_invokevirtual, U2(close),
			       OPC_aload_2, OPC_athrow),
		.exceptions = BYTES(0, 0, 0, 1, 0, 6, U2(type), 0, 0, 0, 9, 0, 9, 0, 0),
		.attributes = { { "LineNumberTable", { one_line, sizeof(one_line) } } } });
}

TEST(a_close_before_a_handler_of_throwable_is_dropped_before_copies_are_sought)
{
	struct arena arena = ARENA_INIT;
	struct build b;

	build_close(&b, &arena);
	expect_plan(&arena, &b, 1u << FILTER_finally_copies, "CALL_REMOVED@2,11");
	build_close(&b, &arena);
	expect_plan(&arena, &b, all_filters(), "CALL_REMOVED@11");
}

TEST(copies_stay_apart_where_a_catch_names_its_type_or_the_filter_is_off)
{
	struct arena arena = ARENA_INIT;
	struct build b;

	build_finally(&b, &arena, false);
	expect_plan(&arena, &b, all_filters(),
		    "CALL_REMOVED@0 CALL_REMOVED@3 CALL_REMOVED@8");
	build_finally(&b, &arena, true);
	expect_plan(&arena, &b, all_filters() & ~(1u << FILTER_finally_copies),
		    "CALL_REMOVED@0 CALL_REMOVED@3 CALL_REMOVED@8");
}

/* static int m(int a) { return a - 1; } and a static initialiser that calls nothing. */
static void build_difference(struct build *b, struct arena *arena, const char *name,
			     const char *descriptor)
{
	build_start(b, arena, 49);
	build_method(b, name, descriptor, (struct build_code)
		     { .bytes = BYTES(OPC_iload_0, OPC_iconst_1, OPC_isub, OPC_ireturn) });
}

TEST(pit_tries_no_static_initialiser)
{
	struct arena arena = ARENA_INIT;
	struct build b;

	for (int on = 0; on < 2; on++) {
		build_start(&b, &arena, 49);
		build_method(&b, "<clinit>", "()V", (struct build_code)
			     { .bytes = BYTES(OPC_iconst_1, OPC_ifeq, 0, 4, OPC_nop, OPC_return) });
		expect_plan(&arena, &b, on ? 1u << FILTER_static_init : 0,
			    on ? "" : "COND_NEGATE@1");
	}
}

TEST(what_two_groups_ask_for_is_tried_once_and_pit_knows_it)
{
	struct plan_settings settings = { .operators = OPERATORS_PIT };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan alone, both;
	uint64_t poison = 0, return_family = 0;
	struct build b;

	EXPECT(operator_select("poison", &poison) && operator_select("return", &return_family));
	plan_init(&alone, &arena, &settings);
	settings.operators |= poison | return_family;
	plan_init(&both, &arena, &settings);
	build_difference(&b, &arena, "m", "(I)I");
	EXPECT(plan_class(&alone, build_finish(&b), "Sample", &err) == ERR_OK);
	build_difference(&b, &arena, "m", "(I)I");
	EXPECT(plan_class(&both, build_finish(&b), "Sample", &err) == ERR_OK);
	plan_finish(&alone);
	plan_finish(&both);
	EXPECT_LONG(alone.n_mutants, 2);
	EXPECT_LONG(both.n_mutants, 5);
	EXPECT_STR(both.mutants[0].id, alone.mutants[0].id);
	EXPECT_STR(both.mutants[1].id, alone.mutants[1].id);
	EXPECT_STR(both.mutants[0].pit_mutator, "MATH");
	EXPECT_STR(both.mutants[1].pit_mutator, "PRIMITIVE_RETURNS");
	EXPECT_STR(both.mutants[2].operator->name, "POISON_MINUS_ONE");
	EXPECT(!both.mutants[2].pit_mutator);
	EXPECT(both.mutants[1].point == both.mutants[4].point);
	arena_release(&arena);
}

TEST(mutants_of_other_copies_have_another_point)
{
	uint64_t calls = 0;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct build b;
	struct plan plan;
	struct plan_settings settings = { .filters = 1u << FILTER_finally_copies };

	EXPECT(operator_select("call", &calls));
	settings.operators = OPERATORS_PIT | calls;
	settings.filters = 0;	/* of ours, every copy by itself */
	plan_init(&plan, &arena, &settings);
	build_finally(&b, &arena, true);
	EXPECT(plan_class(&plan, build_finish(&b), "Sample", &err) == ERR_OK);
	plan_finish(&plan);
	EXPECT_LONG(plan.n_mutants, 3);
	for (uint32_t i = 1; i < plan.n_mutants; i++)
		EXPECT(plan.mutants[i].point != plan.mutants[i - 1].point);
	arena_release(&arena);
}

TEST(kinds_can_be_taken_out_of_the_group)
{
	struct plan_settings settings = { .operators = OPERATORS_PIT,
					  .pit_without = UINT64_C(1) << ROW_RETURN_ZERO };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan plan;
	struct build b;

	plan_init(&plan, &arena, &settings);
	build_difference(&b, &arena, "m", "(I)I");
	EXPECT(plan_class(&plan, build_finish(&b), "Sample", &err) == ERR_OK);
	plan_finish(&plan);
	EXPECT_LONG(plan.n_mutants, 1);
	EXPECT_STR(plan.mutants[0].pit_mutator, "MATH");
	arena_release(&arena);
}

TEST(a_constant_that_arrives_by_a_jump_is_returned_already_for_pit)
{
	static const uint8_t code[] = { OPC_iload_0, OPC_ifeq, 0, 7, OPC_iconst_1, OPC_goto,
					0, 4, OPC_iconst_0, OPC_ireturn };
	struct arena arena = ARENA_INIT;
	struct build b;

	for (int on = 0; on < 2; on++) {
		build_start(&b, &arena, 49);
		build_method(&b, "m", "(I)Z",
			     (struct build_code){ .bytes = { code, sizeof(code) } });
		expect_plan(&arena, &b, on ? 1u << FILTER_equivalent : 0,
			    on ? "COND_NEGATE@1 RETURN_TRUE@9"
			       : "COND_NEGATE@1 RETURN_TRUE@9 RETURN_FALSE@9");
	}
}

/* S: iload_0; ifeq E; [line] iload_0; pop; iinc 0; goto S; E: return */
TEST(a_loops_counter_counts_only_where_its_body_is_on_a_line_of_its_own)
{
	static const uint8_t code[] = { OPC_iload_0, OPC_ifeq, 0, 11, OPC_iload_0, OPC_pop,
					OPC_iinc, 0, 1, OPC_goto, 0xff, 0xf7, OPC_return };
	static const uint8_t lines[] = { 0, 2, 0, 0, 0, 7, 0, 4, 0, 8 };
	struct arena arena = ARENA_INIT;
	struct build b;

	for (int apart = 0; apart < 2; apart++) {
		build_start(&b, &arena, 49);
		build_method(&b, "m", "(I)V", (struct build_code){
			.bytes = { code, sizeof(code) },
			.attributes = { { "LineNumberTable",
					  apart ? (struct span){ lines, sizeof(lines) }
						: (struct span){ one_line, sizeof(one_line) } } } });
		expect_plan(&arena, &b, 1u << FILTER_loop_counter,
			    apart ? "COND_NEGATE@1" : "COND_NEGATE@1 ARITH_INC_TO_DEC@6");
	}
}
