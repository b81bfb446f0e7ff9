#include "measure/spending.h"

#include "util/test.h"

#define MS 1000000ull

static uint32_t reach_start[] = { 0, 3, 5 };	/* by reach, then by infection */
static uint32_t reach[] = { 0, 1, 2, 1, 2 };

struct scene {
	struct run run;
	struct unit units[3];
	struct mutant mutant;
	struct verdict verdict;
	struct pool_result results[3];
	uint32_t order[3];
	struct task task;
};

/* Three tests of 10, 20 and 30 ms ran on a mutant, the cheapest first; the
 * result differs in the last two. */
static void begin(struct scene *scene, enum status status)
{
	*scene = (struct scene){
		.mutant = { .point = 0, .infection = 1, .propagation = 1 },
		.verdict = { .status = status },
		.order = { 0, 1, 2 },
	};
	scene->run = (struct run){
		.plan = { .mutants = &scene->mutant, .n_mutants = 1 },
		.verdicts = &scene->verdict, .units = scene->units, .n_units = 3,
		.reach_start = reach_start, .reach = reach, .n_decided = 1, .cpu_s = 1,
	};
	for (uint32_t i = 0; i < 3; i++) {
		scene->units[i].state = UNIT_PASSED;
		spending_test(&scene->units[i], (i + 1) * 12 * MS);
		scene->results[i] = (struct pool_result){ .is_there = true, .result = WIRE_PASSED,
							  .cpu_ns = (i + 1) * 10 * MS };
	}
	scene->task = (struct task){
		.job = { .results = scene->results, .n_units = 3, .cpu_ns = 100 * MS,
			 .first_failed = UINT32_MAX },
		.units = scene->order,
	};
}

/* The floor in whole ms, after the scene's mutant. */
static long floor_ms(struct scene *scene)
{
	spending_job(&scene->run, &scene->task);
	spending_mutant(&scene->run, &scene->task, ledger_of_tests(&scene->task.job) -
			(scene->task.job.first_failed == 1 ? scene->results[1].cpu_ns : 0));
	spending_end(&scene->run, NULL, 1);
	return (long)(scene->run.spending.floor_s * 1000 + 0.5);
}

TEST(a_survivor_needs_the_tests_in_which_it_infects)
{
	struct scene scene;

	begin(&scene, STATUS_SURVIVED);
	EXPECT_LONG(floor_ms(&scene), 10 + 20 + 30 + 20 + 30);
}

static void kill_in(struct scene *scene, uint64_t ms)
{
	begin(scene, STATUS_KILLED);
	scene->verdict.killing_unit = 1;
	scene->results[1] = (struct pool_result){ .is_there = true, .result = WIRE_FAILED_TEST,
						  .cpu_ns = ms * MS };
	scene->results[2].is_there = false;
	scene->task.job.first_failed = 1;
}

TEST(a_killed_mutant_needs_its_killer_at_what_it_costs_when_it_passes)
{
	struct scene scene;

	kill_in(&scene, 50);	/* cold */
	EXPECT_LONG(floor_ms(&scene), 10 + 24 + 36 + 24);
	EXPECT_LONG((long)(scene.run.spending.passed_before_s * 1000 + 0.5), 10);
}

TEST(a_killer_that_fails_sooner_than_it_passes_needs_no_more_than_that)
{
	struct scene scene;

	kill_in(&scene, 1);
	EXPECT_LONG(floor_ms(&scene), 10 + 24 + 36 + 1);
}

TEST(a_runaway_needs_its_last_attempt_without_the_tests_that_passed)
{
	struct scene scene;

	begin(&scene, STATUS_TIMED_OUT);
	scene.results[2].is_there = false;
	scene.task.job.vain_cpu_ns = 500 * MS;
	EXPECT_LONG(floor_ms(&scene), 10 + 20 + 36 + 100 - 10 - 20);
}

TEST(what_is_not_counted_needs_nothing_but_shows_what_tests_take)
{
	struct scene scene;

	begin(&scene, STATUS_DISCARDED);
	EXPECT_LONG(floor_ms(&scene), 10 + 20 + 30);
}

TEST(without_workers_everything_was_spent_by_the_supervisor)
{
	struct spending_part parts[SPENDING_PARTS];
	struct run run = { .cpu_s = 2 };
	double sum = 0;

	spending_end(&run, NULL, 2);
	spending_parts(&run, parts);
	for (int i = 0; i < SPENDING_PARTS; i++)
		sum += parts[i].cpu_s;
	EXPECT(sum > 1.999 && sum < 2.001);
	EXPECT_STR(parts[SPENDING_PARTS - 1].name, "supervisor");
	EXPECT(parts[SPENDING_PARTS - 1].cpu_s > 1.999);
	EXPECT(spending_efficiency(&run) <= 0);
}
