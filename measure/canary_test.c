#include "measure/canary.h"

#include "util/test.h"

/* ---- which method, which tests ---- */

/* Methods 0 and 1 of class 0, 2 of class 1; test 9 runs none of them. */
struct aviary {
	struct run run;
	struct plan_class classes[2];
	struct loop_count loops[10][2];
	struct unit units[10];
};

static void aviary_open(struct aviary *aviary)
{
	*aviary = (struct aviary){ .classes = { { .first_body = 0, .n_bodies = 2 },
						{ .first_body = 2, .n_bodies = 1 } } };
	for (uint32_t i = 0; i < 9; i++) {
		aviary->loops[i][0] = (struct loop_count){ i == 0, 5 };
		aviary->loops[i][1] = (struct loop_count){ 2, 1 };
		aviary->units[i] = (struct unit){ .state = UNIT_PASSED, .loops = aviary->loops[i],
						  .n_loops = 2, .work = 100 - i };
	}
	aviary->units[9].state = UNIT_PASSED;
	aviary->run.plan.classes = aviary->classes;
	aviary->run.plan.n_classes = 2;
	aviary->run.plan.n_bodies = 3;
	aviary->run.units = aviary->units;
	aviary->run.n_units = 10;
}

TEST(canary_is_in_what_most_tests_enter_for_the_lightest_of_them)
{
	struct canary_place place;
	struct aviary aviary;

	aviary_open(&aviary);
	EXPECT(canary_choose(&aviary.run, &place));
	EXPECT_LONG(place.body, 2);
	EXPECT_LONG(place.class_number, 1);
	EXPECT_LONG(place.n_units, CANARY_TESTS_MAX);
	EXPECT_LONG(place.lightest, 8);
	for (uint32_t i = 0; i < place.n_units; i++)
		EXPECT_LONG(place.units[i], i + 1);	/* test 0 is the heaviest */
	aviary.units[8].takes_long = true;
	EXPECT(canary_choose(&aviary.run, &place));
	EXPECT_LONG(place.lightest, 7);
	EXPECT_LONG(place.units[0], 0);
}

TEST(canary_leaves_out_tests_that_may_do_something_else_next_time)
{
	struct canary_place place;
	struct aviary aviary;

	aviary_open(&aviary);
	aviary.units[1].is_erratic = true;
	aviary.units[2].needs_company = true;
	aviary.units[3].is_uncounted = true;
	aviary.units[4].state = UNIT_FLAKY;
	aviary.units[5].state = UNIT_FAILED;
	aviary.loops[6][0].body = 1;
	aviary.loops[6][1].count = 0;
	EXPECT(canary_choose(&aviary.run, &place));
	EXPECT_LONG(place.n_units, 3);
	EXPECT_LONG(place.units[0], 0);
	EXPECT_LONG(place.units[1], 7);
	EXPECT_LONG(place.units[2], 8);
	for (uint32_t i = 0; i < 10; i++)
		aviary.units[i].is_erratic = true;
	EXPECT(!canary_choose(&aviary.run, &place));
}

TEST(canary_needs_a_test_that_enters_something)
{
	struct canary_place place;
	struct aviary aviary;

	aviary_open(&aviary);
	for (uint32_t i = 0; i < 10; i++)
		aviary.units[i].n_loops = 0;
	EXPECT(!canary_choose(&aviary.run, &place));
	aviary.run.plan.n_bodies = aviary.run.plan.n_classes = 0;
	EXPECT(!canary_choose(&aviary.run, &place));
}

/* ---- what became of it ---- */

static struct pool_job job_of(enum job_end end, struct pool_result *results, uint32_t n)
{
	return (struct pool_job){ .end = end, .results = results, .n_units = n,
				  .first_failed = UINT32_MAX };
}

TEST(canary_dies_of_its_budget_alone)
{
	struct pool_job job = job_of(JOB_TIMED_OUT, NULL, 0);

	EXPECT(canary_judge(&job) == CANARY_DIED);
	job.timeouts = 1;	/* by the clock */
	EXPECT(canary_judge(&job) == CANARY_UNKNOWN);
}

TEST(canary_lives_where_a_test_passes)
{
	struct pool_result results[2] = { { .is_there = true, .result = WIRE_SKIPPED },
					  { .is_there = true, .result = WIRE_PASSED } };
	struct pool_job job = job_of(JOB_RAN, results, 2);

	EXPECT(canary_judge(&job) == CANARY_LIVED);
}

TEST(canary_is_not_judged_by_tests_that_did_not_run_or_failed)
{
	struct pool_result results[2] = { { .is_there = true, .result = WIRE_SKIPPED },
					  { .is_there = true, .result = WIRE_MISSING } };
	struct pool_job job = job_of(JOB_RAN, results, 2);

	EXPECT(canary_judge(&job) == CANARY_UNKNOWN);
	results[0].result = WIRE_PASSED;
	results[1].result = WIRE_FAILED_TEST;
	job.first_failed = 1;
	EXPECT(canary_judge(&job) == CANARY_UNKNOWN);
	job = job_of(JOB_RAN, results, 1);
	job.container_failure = "set-up failed";
	EXPECT(canary_judge(&job) == CANARY_UNKNOWN);
	job = job_of(JOB_CRASHED, results, 1);
	EXPECT(canary_judge(&job) == CANARY_UNKNOWN);
}
