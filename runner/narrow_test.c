#include "runner/narrow.h"

#include <string.h>

#include "util/test.h"

#define N 400

/* A plan of N mutants in two classes; `reversed`: the other way round in each. */
static void fill(struct run *run, bool reversed)
{
	memset(run, 0, sizeof(*run));
	run->plan.classes = ARENA_NEW_N(&run->arena, struct plan_class, 2);
	run->plan.classes[0] = (struct plan_class){ .display_name = "a.A", .n_mutants = N / 2 };
	run->plan.classes[1] = (struct plan_class){ .display_name = "a.B", .first_mutant = N / 2,
						    .n_mutants = N / 2 };
	run->plan.n_classes = 2;
	run->plan.mutants = ARENA_NEW_N(&run->arena, struct mutant, N);
	run->plan.n_mutants = N;
	for (uint32_t i = 0; i < N; i++) {
		uint32_t in_class = i % (N / 2);

		run->plan.mutants[i].class_number = i / (N / 2);
		run->plan.mutants[i].id = arena_strfmt(&run->arena, "m%u:RETURN_ZERO:000000",
						       reversed ? N / 2 - 1 - in_class : in_class);
	}
}

static bool narrow(struct run *run, uint32_t sample, uint32_t seed)
{
	struct err err = ERR_INIT;

	run->settings.sample = sample;
	run->settings.seed = seed;
	return narrow_plan(run, &err) == ERR_OK;
}

static bool holds(const struct run *run, const struct mutant *wanted)
{
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		if (run->plan.mutants[i].class_number == wanted->class_number &&
		    !strcmp(run->plan.mutants[i].id, wanted->id))
			return true;
	return false;
}

static uint32_t shared(const struct run *a, const struct run *b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->plan.n_mutants; i++)
		n += holds(b, &a->plan.mutants[i]);
	return n;
}

TEST(a_sample_is_as_large_as_asked_and_in_order)
{
	struct run run;

	fill(&run, false);
	EXPECT(narrow(&run, 100, 1));
	EXPECT_LONG(run.plan.n_mutants, 100);
	EXPECT_LONG(run.n_sampled_from, N);
	EXPECT_LONG(run.plan.classes[0].n_mutants + run.plan.classes[1].n_mutants, 100);
	EXPECT_LONG(run.plan.classes[1].first_mutant, run.plan.classes[0].n_mutants);
	EXPECT(run.plan.classes[0].n_mutants > 25 && run.plan.classes[1].n_mutants > 25);
	for (uint32_t i = 0; i < 100; i++)
		EXPECT_LONG(run.plan.mutants[i].class_number, i >= run.plan.classes[1].first_mutant);
	run_release(&run);
}

TEST(a_sample_depends_on_the_seed_and_not_on_the_order)
{
	struct run one, again, other;

	fill(&one, false);
	fill(&again, true);
	fill(&other, false);
	EXPECT(narrow(&one, 100, 7) && narrow(&again, 100, 7) && narrow(&other, 100, 8));
	EXPECT_LONG(shared(&one, &again), 100);
	EXPECT(shared(&one, &other) < 50);
	run_release(&one);
	run_release(&again);
	run_release(&other);
}

TEST(a_larger_sample_holds_the_smaller_one)
{
	struct run small, large;

	fill(&small, false);
	fill(&large, false);
	EXPECT(narrow(&small, 50, 1) && narrow(&large, 51, 1));
	EXPECT_LONG(shared(&small, &large), 50);
	run_release(&small);
	run_release(&large);
}

TEST(no_sample_and_too_large_a_one_keep_all)
{
	struct run run;

	fill(&run, false);
	EXPECT(narrow(&run, 0, 1));
	EXPECT_LONG(run.plan.n_mutants, N);
	EXPECT(narrow(&run, N + 1, 1));
	EXPECT_LONG(run.plan.n_mutants, N);
	run_release(&run);
}
