#include "report/leverage.h"

#include <string.h>

#include "report/sample_test.h"
#include "util/test.h"

/* Of the sample: two survivors in Cart#total, one not covered in Price#negate. */
static void explain(struct run *run)
{
	run->explanations = ARENA_NEW_N(&run->arena, struct explanation, run->plan.n_mutants);
	run->explanations[4].class = SURVIVOR_NOT_COVERED;
}

static const struct trace_site site = {
	.class_name = "shop.CartTest", .method_name = "total", .descriptor = "()V", .line = 14,
	.callee = "shop/Cart.total(I)I",
};

TEST(survivors_that_crossed_at_one_place_are_one_fix)
{
	struct leverage_fix *fixes;
	struct run run;

	sample_test_run(&run);
	explain(&run);
	for (int i = 0; i < 2; i++) {
		run.explanations[i].class = SURVIVOR_WEAK_ORACLE;
		run.explanations[i].crossing = site;
	}
	EXPECT_LONG(leverage_find(&run, &run.arena, &fixes), 2);
	EXPECT_STR(fixes[0].title, "assert what CartTest.total gets from Cart.total()");
	EXPECT_STR(fixes[0].location, "shop.CartTest:14");
	EXPECT_LONG(fixes[0].n, 2);
	EXPECT_LONG(fixes[0].projected, 80);	/* 2 of 5 were detected */
	EXPECT_LONG(fixes[0].points, 40);
	EXPECT_STR(fixes[1].title, "write a test that runs Price#negate");
	EXPECT_LONG(fixes[1].projected, 100);	/* with the first */
	run_release(&run);
}

TEST(an_assertion_that_saw_the_difference_is_to_be_tightened)
{
	struct leverage_fix *fixes;
	struct run run;

	sample_test_run(&run);
	explain(&run);
	run.explanations[0].class = SURVIVOR_WEAK_ORACLE;
	run.explanations[0].crossing = run.explanations[0].asserted = site;
	run.explanations[0].asserted.callee = "org/junit/Assert.assertNotNull(Ljava/lang/Object;)V";
	run.explanations[1].class = SURVIVOR_NOT_INFECTED;
	EXPECT_LONG(leverage_find(&run, &run.arena, &fixes), 3);
	EXPECT_STR(fixes[0].title, "assert more than assertNotNull in CartTest.total does");
	EXPECT_STR(fixes[1].title, "test Cart#total with inputs at the edges");
	EXPECT_STR(fixes[1].location, "Cart.java:12");
	run_release(&run);
}

TEST(what_no_input_can_tell_is_in_no_fix)
{
	struct leverage_fix *fixes;
	struct run run;

	sample_test_run(&run);
	explain(&run);
	run.explanations[0].class = SURVIVOR_EQUIVALENT_LIKELY;
	run.explanations[1].class = SURVIVOR_OTHER;
	EXPECT_LONG(leverage_find(&run, &run.arena, &fixes), 1);
	EXPECT(fixes[0].kind == LEVERAGE_CALL);
	run_release(&run);
}

TEST(without_explanations_the_methods_are_told)
{
	struct leverage_fix *fixes;
	struct run run;

	sample_test_run(&run);
	EXPECT_LONG(leverage_find(&run, &run.arena, &fixes), 2);
	EXPECT_STR(fixes[0].title, "assert the effect of Cart#total");
	EXPECT_LONG(fixes[0].n, 2);
	run_release(&run);
}
