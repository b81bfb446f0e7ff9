#include "cli/gates.h"

#include "util/test.h"

/* Both lines, for a score of 79.999 and 12 survivors. */
static struct gates gates_of(double min_score, uint32_t max_survivors, const char *mutants)
{
	struct options options = { .min_score = min_score, .max_survivors = max_survivors,
				   .mutants = mutants };
	struct run_counts counts = { .score = 79.999 };
	struct gates gates;

	counts.by_status[STATUS_SURVIVED] = 12;
	counts.by_status[STATUS_NO_COVERAGE] = 100;
	gates_check(&options, counts, &gates);
	return gates;
}

TEST(a_gate_that_holds_says_nothing)
{
	EXPECT_LONG(gates_of(0, OPTIONS_NO_LIMIT, "x").n, 0);
	EXPECT_LONG(gates_of(79.999, 12, NULL).n, 0);
}

TEST(a_gate_says_by_how_much_it_was_missed)
{
	struct gates gates = gates_of(80, 0, NULL);

	EXPECT_LONG(gates.n_violated, 2);
	EXPECT_STR(gates.lines[0], "gate min_score: 79.99% killed, 0.01 points below 80%");
	EXPECT_STR(gates.lines[1], "gate max_survivors: 12 survived, 12 more than 0");
	EXPECT_LONG(gates_of(0, 11, NULL).n_violated, 1);
}

TEST(chosen_mutants_are_under_no_gate)
{
	struct gates gates = gates_of(80, 0, "x");

	EXPECT_LONG(gates.n_violated, 0);
	EXPECT_STR(gates.lines[0], "gates are not checked: --mutants chose among the changes");
}
