#include "engine/budget.h"

#include <string.h>

#include "classfile/build_test.h"
#include "engine/mutate.h"
#include "engine/probe.h"
#include "engine/probe_call.h"
#include "util/test.h"

/* int m(int n): while (n > 0) n--; return n;   as javac compiles it */
static const uint8_t countdown[] = {
	0x1a,			/*  0 iload_0 */
	0x9e, 0x00, 0x09,	/*  1 ifle 10 */
	0x84, 0x00, 0xff,	/*  4 iinc 0, -1 */
	0xa7, 0xff, 0xf9,	/*  7 goto 0 */
	0x1a,			/* 10 iload_0 */
	0xac,			/* 11 ireturn */
};

static void make_plan(struct plan *plan, struct arena *arena)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;
	struct build b;

	build_start(&b, arena, 49);	/* before stack maps were needed */
	build_method(&b, "m", "(I)I", (struct build_code){
		.bytes = { countdown, sizeof(countdown) } });
	plan_init(plan, arena, &settings);
	EXPECT(plan_class(plan, build_finish(&b), "Test", &err) == ERR_OK);
	plan_finish(plan);
}

/* How often the class's one method calls varyharness/Reach.`name`. */
static unsigned calls_of(struct arena *arena, struct span bytes, const char *name, uint32_t *ret_first)
{
	struct err err = ERR_INIT;
	struct class *class;
	struct code *code;
	unsigned n = 0;

	EXPECT(class_parse(arena, bytes, "Test", &class, &err) == ERR_OK);
	EXPECT(code_parse(arena, class, &class->methods[0], &code, &err) == ERR_OK);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		struct member_ref ref;

		if (code->insns[i].opcode != OPC_invokestatic ||
		    !class_member_ref_at(class, code->insns[i].index, &ref) ||
		    strcmp(ref.owner, PROBE_CLASS) || strcmp(ref.name, name))
			continue;
		if (!n++)
			*ret_first = code->insns[i].pc;
	}
	return n;
}

TEST(a_budget_is_spent_at_the_entry_and_before_each_backward_jump)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span mutated, budgeted;
	struct plan plan;
	uint32_t first = UINT32_MAX;

	make_plan(&plan, &arena);
	EXPECT(plan.n_mutants > 0);
	for (uint32_t i = 0; i < plan.n_mutants; i++) {
		EXPECT(mutate_class(&plan, &plan.mutants[i], &arena, &mutated, &err) == ERR_OK);
		EXPECT(budget_class(&plan, 0, plan.mutants[i].method, mutated, &arena,
				    &budgeted, &err) == ERR_OK);
		EXPECT_LONG(calls_of(&arena, mutated, BUDGET_METHOD, &first), 0);
		EXPECT_LONG(calls_of(&arena, budgeted, BUDGET_METHOD, &first), 2);
		EXPECT_LONG(first, 0);
	}
	arena_release(&arena);
}

TEST(probes_count_the_same_places_and_the_points)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span probed;
	struct plan plan;
	uint32_t first = UINT32_MAX, points = 0;
	bool unprobed[16] = { false };

	make_plan(&plan, &arena);
	EXPECT_LONG(plan.n_bodies, 1);
	EXPECT(plan.n_points <= 16);
	EXPECT_LONG(probe_counters(&plan), plan.n_points + 1);
	for (uint32_t i = 0; i < plan.n_mutants; i++)
		points += i == 0 || plan.mutants[i].point != plan.mutants[i - 1].point;
	EXPECT(probe_class(&plan, 0, &arena, unprobed, &probed, &err) == ERR_OK);
	EXPECT_LONG(calls_of(&arena, probed, PROBE_METHOD, &first), points + 2);
	for (uint32_t i = 0; i < plan.n_points; i++)
		EXPECT(!unprobed[i]);
	arena_release(&arena);
}
