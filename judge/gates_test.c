#include "judge/gates.h"

#include "run/metrics.h"
#include "util/test.h"

#define N 100

/* A hundred mutants, none is without a verdict: 79 killed, 12 survived (5 of them a
 * weak oracle, 7 unobserved), 9 not covered. */
static void run_init_by_hand(struct run *run, bool explained)
{
	*run = (struct run){ .arena = ARENA_INIT };
	run->project.directory = "/proc/self/fdinfo";	/* where nobody keeps runs */
	run->plan.mutants = ARENA_NEW_N(&run->arena, struct mutant, N);
	run->plan.n_mutants = run->n_sampled_from = N;
	run->verdicts = ARENA_NEW_N(&run->arena, struct verdict, N);
	if (explained)
		run->explanations = ARENA_NEW_N(&run->arena, struct explanation, N);
	for (uint32_t i = 0; i < N; i++) {
		run->verdicts[i].status = i < 79 ? STATUS_KILLED : i < 91 ? STATUS_SURVIVED
							       : STATUS_NO_COVERAGE;
		if (explained && i >= 79)
			run->explanations[i].class = i < 84 ? SURVIVOR_WEAK_ORACLE
						   : i < 91 ? SURVIVOR_UNOBSERVED : SURVIVOR_NOT_COVERED;
	}
}

static const struct gate_settings none = { .max_survivors = GATES_NO_LIMIT,
					   .max_unobserved = GATES_NO_LIMIT };

TEST(a_gate_that_holds_says_nothing)
{
	struct gate_settings settings = { .min_score = 79, .min_observability = 84, .max_survivors = 12,
					  .max_unobserved = 7 };
	struct run run;

	run_init_by_hand(&run, true);
	gates_check(&run, &none);
	EXPECT_LONG(run.n_gates, 0);
	gates_check(&run, &settings);
	EXPECT_LONG(run.n_gates, 4);
	EXPECT_LONG(gates_violated(&run), 0);
	for (uint32_t i = 0; i < run.n_gates; i++)
		EXPECT(!run.gates[i].says);
	arena_release(&run.arena);
}

TEST(a_gate_says_by_how_much_it_was_missed)
{
	struct gate_settings settings = { .min_score = 79.01, .min_observability = 90,
					  .max_survivors = 0, .max_unobserved = 6 };
	struct run run;

	run_init_by_hand(&run, true);
	gates_check(&run, &settings);
	EXPECT_LONG(gates_violated(&run), 4);
	EXPECT_STR(run.gates[0].says, "gate min_score: 79.00% killed, 0.01 points below 79.01%");
	EXPECT_STR(run.gates[1].says, "gate max_survivors: 12 survived, 12 more than 0");
	EXPECT_STR(run.gates[2].says, "gate min_observability: 84.00% observed, 6.00 points below 90%");
	EXPECT_STR(run.gates[3].says, "gate max_unobserved_survivors: 7 survived unobserved, 1 more than 6");
	arena_release(&run.arena);
}

TEST(a_figure_that_is_not_known_violates_its_gate)
{
	struct gate_settings settings = { .min_observability = 1, .max_survivors = GATES_NO_LIMIT,
					  .max_unobserved = 100 };
	struct run run;

	run_init_by_hand(&run, false);
	gates_check(&run, &settings);
	EXPECT_LONG(gates_violated(&run), 2);
	EXPECT_STR(run.gates[0].says, "gate min_observability: not known, as survivors were not looked into");
	arena_release(&run.arena);
}

TEST(chosen_mutants_are_under_no_gate)
{
	struct gate_settings settings = { .min_score = 100 };
	struct run run;

	run_init_by_hand(&run, true);
	run.settings.only_mutants = "x";
	gates_check(&run, &settings);
	EXPECT_LONG(run.n_gates, 0);
	EXPECT(!gates_killed_nothing(&run));
	arena_release(&run.arena);
}

TEST(without_an_earlier_run_nothing_has_decreased)
{
	struct gate_settings settings = none;
	struct run run;

	run_init_by_hand(&run, true);
	settings.fail_on_decrease = true;
	gates_check(&run, &settings);
	EXPECT_LONG(run.n_gates, 1);
	EXPECT(!run.gates[0].is_violated && !run.gates[0].has_limit && run.gates[0].says);
	arena_release(&run.arena);
}

TEST(a_run_that_detected_nothing_is_seen)
{
	struct run run;

	run_init_by_hand(&run, true);
	EXPECT(!gates_killed_nothing(&run));
	for (uint32_t i = 0; i < N; i++)
		run.verdicts[i].status = STATUS_SURVIVED;
	EXPECT(gates_killed_nothing(&run));
	run.verdicts[7].status = STATUS_TIMED_OUT;
	EXPECT(!gates_killed_nothing(&run));
	arena_release(&run.arena);
}
