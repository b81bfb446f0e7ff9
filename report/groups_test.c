#include "report/groups.h"

#include "report/sample_test.h"
#include "util/test.h"

TEST(survivors_are_grouped_by_method_and_sorted_by_line)
{
	struct groups groups;
	struct run run;

	sample_test_run(&run);
	groups = groups_make(&run.arena, &run, STATUS_SURVIVED, GROUPS_BY_PLACE);
	EXPECT_LONG(groups.n, 1);
	EXPECT_LONG(groups.n_mutants, 2);
	EXPECT_STR(groups.items[0].method, "total");
	EXPECT_LONG(groups.items[0].mutants[0], 1);
	EXPECT_LONG(groups.items[0].mutants[1], 0);
	run_release(&run);
}

TEST(groups_come_in_the_order_of_the_plan_or_by_size)
{
	struct groups groups;
	struct run run;

	sample_test_run(&run);
	groups = groups_make(&run.arena, &run, N_STATUSES, GROUPS_BY_PLACE);
	EXPECT_LONG(groups.n, 3);
	EXPECT_STR(groups.items[0].method, "total");
	EXPECT_STR(groups.items[1].method, "count");
	EXPECT_STR(groups.items[2].method, "negate");
	run.verdicts[4].status = STATUS_SURVIVED;
	run.verdicts[1].status = STATUS_KILLED;
	run.plan.mutants[3].class_number = 1;
	run.plan.mutants[3].method_name = "negate";
	run.verdicts[3].status = STATUS_SURVIVED;
	groups = groups_make(&run.arena, &run, STATUS_SURVIVED, GROUPS_BY_SIZE);
	EXPECT_LONG(groups.n, 2);
	EXPECT_STR(groups.items[0].method, "negate");
	EXPECT_LONG(groups.items[0].n, 2);
	run_release(&run);
}

TEST(without_verdicts_nothing_has_survived)
{
	struct run run;

	sample_test_run(&run);
	run.verdicts = NULL;
	EXPECT_LONG(groups_make(&run.arena, &run, STATUS_SURVIVED, GROUPS_BY_PLACE).n, 0);
	run_release(&run);
}

TEST(classes_go_by_their_simple_name_unless_two_share_it)
{
	const char **labels;
	struct run run;

	sample_test_run(&run);
	labels = groups_class_labels(&run.arena, &run.plan);
	EXPECT_STR(labels[0], "Cart");
	run.plan.classes[1].display_name = "old.Cart";
	labels = groups_class_labels(&run.arena, &run.plan);
	EXPECT_STR(labels[0], "shop.Cart");
	EXPECT_STR(labels[1], "old.Cart");
	run_release(&run);
}
