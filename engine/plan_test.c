#include "engine/plan.h"

#include <string.h>

#include "classfile/build_test.h"
#include "engine/mutate.h"
#include "engine/probe.h"
#include "util/test.h"

/* static int m(int a, int b) { int c = a + b; return a < b ? c : -c; }
 * twice, as m and as n, and a method that cannot be read. */
static struct span sample(struct arena *arena)
{
	static const uint8_t code[] = {
		OPC_iload_0, OPC_iload_1, OPC_iadd, OPC_istore_2,
		OPC_iload_0, OPC_iload_1, OPC_if_icmpge, 0, 7,
		OPC_iload_2, OPC_goto, 0, 5, OPC_iload_2, OPC_ineg, OPC_ireturn,
	};
	static const uint8_t broken[] = { OPC_goto, 0x70, 0 };
	struct build b;

	build_start(&b, arena, 49);
	build_method(&b, "m", "(II)I",
		     (struct build_code){ .bytes = { code, sizeof(code) } });
	build_method(&b, "n", "(II)I",
		     (struct build_code){ .bytes = { code, sizeof(code) } });
	build_method(&b, "broken", "()V",
		     (struct build_code){ .bytes = { broken, sizeof(broken) } });
	return build_finish(&b);
}

static void plan_sample(struct plan *plan, struct arena *arena)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;

	plan_init(plan, arena, &settings);
	EXPECT(plan_class(plan, sample(arena), "Sample", &err) == ERR_OK);
	plan_finish(plan);
}

TEST(mutants_come_by_class_method_pc_and_row)
{
	struct arena arena = ARENA_INIT;
	struct plan plan;

	plan_sample(&plan, &arena);
	EXPECT_LONG(plan.n_mutants, 16);
	EXPECT_LONG(plan.n_points, 22);	/* 8, and where their results would differ: 14 */
	for (uint32_t i = 1; i < plan.n_mutants; i++) {
		const struct mutant *a = &plan.mutants[i - 1];
		const struct mutant *b = &plan.mutants[i];

		EXPECT(a->method < b->method ||
		       (a->method == b->method &&
			(a->pcs[0] < b->pcs[0] ||
			 (a->pcs[0] == b->pcs[0] && a->operator < b->operator))));
		EXPECT((a->point == b->point) ==
		       (a->method == b->method && a->pcs[0] == b->pcs[0]));
	}
	arena_release(&arena);
}

TEST(a_method_that_cannot_be_read_is_a_skip)
{
	struct arena arena = ARENA_INIT;
	struct plan plan;

	plan_sample(&plan, &arena);
	EXPECT_LONG(plan.n_skips, 1);
	EXPECT_STR(plan.skips[0].method, "broken()V");
	EXPECT(*plan.skips[0].reason != '\0');
	arena_release(&arena);
}

TEST(ids_are_unique_and_the_same_every_time)
{
	struct arena arena = ARENA_INIT;
	struct plan plan, again;

	plan_sample(&plan, &arena);
	plan_sample(&again, &arena);
	for (uint32_t i = 0; i < plan.n_mutants; i++) {
		EXPECT_STR(plan.mutants[i].id, again.mutants[i].id);
		for (uint32_t k = 0; k < i; k++)
			EXPECT(strcmp(plan.mutants[i].id, plan.mutants[k].id) != 0);
	}
	EXPECT(!strncmp(plan.mutants[0].id, "m:ARITH_ADD_TO_SUB:", 19));
	EXPECT_LONG(strlen(plan.mutants[0].id), 25);
	arena_release(&arena);
}

TEST(the_same_class_twice_still_has_unique_ids)
{
	struct plan_settings settings = plan_default_settings();
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan plan;

	plan_init(&plan, &arena, &settings);
	EXPECT(plan_class(&plan, sample(&arena), "A", &err) == ERR_OK);
	EXPECT(plan_class(&plan, sample(&arena), "B", &err) == ERR_OK);
	plan_finish(&plan);
	EXPECT(strcmp(plan.mutants[0].id, plan.mutants[16].id) != 0);
	arena_release(&arena);
}

TEST(methods_are_found_by_name_and_descriptor_or_by_name_alone)
{
	struct arena arena = ARENA_INIT;
	const struct plan_class *planned;
	struct plan plan;

	plan_sample(&plan, &arena);
	planned = plan_class_named(&plan, plan.classes[0].class->name);
	EXPECT(planned == &plan.classes[0]);
	for (uint16_t i = 0; i < planned->class->n_methods; i++) {
		const struct member *method = &planned->class->methods[i];

		EXPECT_LONG(plan_method_named(planned, method->name, method->descriptor), i);
		EXPECT_LONG(plan_method_named(planned, method->name, NULL), i);
		EXPECT(plan_method_named(planned, method->name, "(J)J") == PLAN_NO_METHOD);
	}
	EXPECT(plan_method_named(planned, "z", NULL) == PLAN_NO_METHOD);
	EXPECT(plan_method_named(planned, "", NULL) == PLAN_NO_METHOD);
	arena_release(&arena);
}

TEST(mutants_are_found_by_id_by_id_without_hash_and_by_beginning)
{
	const struct mutant *found = NULL;
	struct arena arena = ARENA_INIT;
	struct plan plan;

	plan_sample(&plan, &arena);
	EXPECT(plan_find(&plan, plan.mutants[3].id, &found) == 1);
	EXPECT(found == &plan.mutants[3]);
	EXPECT(plan_find(&plan, "n:NEGATION_REMOVED", &found) == 1);
	EXPECT_STR(found->operator->name, "NEGATION_REMOVED");
	EXPECT(plan_find(&plan, "m", &found) == 8);
	EXPECT(plan_find(&plan, "n:COND", &found) == 2);
	EXPECT(plan_find(&plan, "x", &found) == 0);
	arena_release(&arena);
}

TEST(switched_off_operators_give_no_mutants)
{
	struct plan_settings settings = plan_default_settings();
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan plan;

	EXPECT(operator_select("negation", &settings.operators));
	plan_init(&plan, &arena, &settings);
	EXPECT(plan_class(&plan, sample(&arena), "Sample", &err) == ERR_OK);
	plan_finish(&plan);
	EXPECT_LONG(plan.n_mutants, 2);
	arena_release(&arena);
}

TEST(what_is_no_class_is_an_error)
{
	struct plan_settings settings = plan_default_settings();
	static const uint8_t bytes[] = { 0xca, 0xfe, 0xba };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan plan;

	plan_init(&plan, &arena, &settings);
	EXPECT(plan_class(&plan, (struct span){ bytes, 3 }, "x.class", &err) == ERR_FORMAT);
	EXPECT_LONG(plan.n_classes, 0);
	arena_release(&arena);
}

TEST(every_mutant_differs_from_the_original_and_from_the_others)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span made[16];
	struct plan plan;

	plan_sample(&plan, &arena);
	for (uint32_t i = 0; i < plan.n_mutants && i < 16; i++) {
		EXPECT(mutate_class(&plan, &plan.mutants[i], &arena, &made[i],
				    &err) == ERR_OK);
		EXPECT(!span_equal(made[i], plan.classes[0].class->bytes));
		for (uint32_t k = 0; k < i; k++)
			EXPECT(!span_equal(made[i], made[k]));
	}
	arena_release(&arena);
}

TEST(a_plain_mutant_differs_in_one_byte)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span made, original;
	unsigned different = 0;
	struct plan plan;

	plan_sample(&plan, &arena);
	original = plan.classes[0].class->bytes;
	EXPECT(mutate_class(&plan, &plan.mutants[0], &arena, &made, &err) == ERR_OK);
	EXPECT(made.len == original.len);
	for (size_t i = 0; i < made.len; i++)
		different += made.bytes[i] != original.bytes[i];
	EXPECT_LONG(different, 1);
	arena_release(&arena);
}

TEST(probes_add_calls_and_no_members)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span probed;
	struct class *class;
	bool unprobed[22] = { false };
	struct code *code;
	struct plan plan;
	unsigned calls = 0;

	plan_sample(&plan, &arena);
	EXPECT(probe_class(&plan, 0, &arena, unprobed, &probed, &err) == ERR_OK);
	EXPECT(class_parse(&arena, probed, "probed", &class, &err) == ERR_OK);
	EXPECT_LONG(class->n_methods, 3);
	EXPECT_LONG(class->n_fields, 0);
	EXPECT(code_parse(&arena, class, &class->methods[0], &code, &err) == ERR_OK);
	for (uint32_t i = 0; i < code->n_insns; i++)
		calls += code->insns[i].opcode == OPC_invokestatic;
	/* four points; what is tried out there (+, the boundary, -, four results);
	 * the entry of the method */
	EXPECT_LONG(calls, 4 + 7 + 1);
	for (unsigned i = 0; i < 22; i++)
		EXPECT(!unprobed[i]);
	arena_release(&arena);
}
