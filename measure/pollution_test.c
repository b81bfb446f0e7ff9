#include "measure/pollution.h"

#include <string.h>

#include "util/test.h"

/* A suite of one class with tests 0 to 3, of which those in `fails` do so in the
 * worker that is asked, those in `fails_among` only where more than one runs. */

struct scene {
	struct run run;
	struct container container;
	struct unit units[4];
	struct pollution *pollution;
};

static void scene_open(struct scene *scene)
{
	memset(scene, 0, sizeof(*scene));
	scene->container = (struct container){ .name = "A", .driver = "d", .n_units = 4 };
	for (uint32_t i = 0; i < 4; i++)
		scene->units[i] = (struct unit){ .state = UNIT_PASSED, .id = "" };
	scene->run.containers = &scene->container;
	scene->run.n_containers = 1;
	scene->run.units = scene->units;
	scene->run.n_units = 4;
	scene->pollution = pollution_new(&scene->run);
}

static void scene_close(struct scene *scene)
{
	pollution_free(scene->pollution);
	arena_release(&scene->run.arena);
}

static bool answer(struct scene *scene, uint32_t worker, const struct pollution_ask *ask,
		   const char *fails, const char *fails_among)
{
	struct task *task = task_new(&scene->run, ask->units, ask->n, 0, false);
	struct pool_job *job = &task->job;
	bool polluted;

	task->subject = ask->subject;
	job->results = ARENA_NEW_N(&job->arena, struct pool_result, job->n_units);
	job->running = UINT32_MAX;
	job->end = JOB_RAN;
	for (uint32_t i = 0; i < job->n_units; i++) {
		char digit = (char)('0' + task->units[i]);
		bool failed = strchr(fails, digit) || (job->n_units > 1 && strchr(fails_among, digit));

		job->results[i] = (struct pool_result){ .is_there = true, .failure = "",
			.result = failed ? WIRE_FAILED_TEST : WIRE_PASSED };
	}
	polluted = pollution_take(scene->pollution, worker, task);
	arena_release(&job->arena);
	task_free(task);
	return polluted;
}

static void passes(struct scene *scene, uint32_t worker, uint32_t unit)
{
	struct task *task = task_new(&scene->run, &unit, 1, 0, false);

	task->job.ran_in = worker;
	task->job.results = ARENA_NEW_N(&task->job.arena, struct pool_result, 1);
	task->job.results[0] = (struct pool_result){ .is_there = true, .result = WIRE_PASSED,
						     .failure = "" };
	pollution_passed(scene->pollution, task);
	arena_release(&task->job.arena);
	task_free(task);
}

/* All that is asked of the worker; returns how many questions that was. */
static uint32_t ask_all(struct scene *scene, uint32_t worker, const char *fails,
			const char *fails_among, bool *ret_polluted)
{
	struct pollution_ask ask;
	uint32_t n = 0;

	*ret_polluted = false;
	while (n < 10 && pollution_ask(scene->pollution, worker, &ask)) {
		*ret_polluted |= answer(scene, worker, &ask, fails, fails_among);
		n++;
	}
	return n;
}

TEST(killers_that_pass_prove_their_kills)
{
	struct scene scene;
	struct pollution_ask ask;
	bool polluted;

	scene_open(&scene);
	EXPECT(!pollution_ask(scene.pollution, 1, &ask));
	pollution_killed(scene.pollution, 1, 100, 2);
	pollution_killed(scene.pollution, 1, 101, 0);
	pollution_killed(scene.pollution, 1, 102, 2);
	EXPECT(pollution_ask(scene.pollution, 1, &ask));
	EXPECT(ask.n == 2 && ask.units[0] == 0 && ask.units[1] == 2);
	EXPECT_LONG(ask_all(&scene, 1, "", "", &polluted), 1);
	EXPECT(!polluted);
	EXPECT(pollution_again(scene.pollution) == POLLUTION_NONE);
	EXPECT(!pollution_ask(scene.pollution, 1, &ask));
	scene_close(&scene);
}

TEST(what_a_victim_killed_is_heard_again_and_nothing_else)
{
	struct scene scene;
	bool polluted;

	scene_open(&scene);
	pollution_killed(scene.pollution, 1, 100, 2);
	pollution_killed(scene.pollution, 1, 101, 0);
	EXPECT_LONG(ask_all(&scene, 1, "2", "", &polluted), 2);
	EXPECT(polluted);
	EXPECT(scene.units[2].is_victim && !scene.units[0].is_victim);
	EXPECT_LONG(pollution_again(scene.pollution), 100);
	EXPECT(pollution_again(scene.pollution) == POLLUTION_NONE);
	EXPECT_LONG(scene.run.pollution.victims, 1);
	EXPECT_LONG(scene.run.pollution.heard_again, 1);
	scene_close(&scene);
}

TEST(one_that_fails_only_among_others_is_no_victim)
{
	struct scene scene;
	bool polluted;

	scene_open(&scene);
	pollution_killed(scene.pollution, 1, 100, 2);
	pollution_killed(scene.pollution, 1, 101, 0);
	EXPECT_LONG(ask_all(&scene, 1, "", "02", &polluted), 3);
	EXPECT(!polluted);
	EXPECT(pollution_again(scene.pollution) == POLLUTION_NONE);
	scene_close(&scene);
}

TEST(kills_in_a_lost_worker_are_believed_until_their_killer_is_a_victim_elsewhere)
{
	struct scene scene;
	bool polluted;

	scene_open(&scene);
	pollution_killed(scene.pollution, 1, 100, 2);	/* which is never asked */
	pollution_killed(scene.pollution, 1, 101, 3);
	pollution_killed(scene.pollution, 2, 102, 2);
	EXPECT(pollution_again(scene.pollution) == POLLUTION_NONE);
	ask_all(&scene, 2, "2", "", &polluted);
	EXPECT_LONG(pollution_again(scene.pollution) + pollution_again(scene.pollution), 202);
	EXPECT(pollution_again(scene.pollution) == POLLUTION_NONE);
	scene_close(&scene);
}

TEST(a_pass_proves_what_the_test_killed_in_that_worker_before)
{
	struct scene scene;
	struct pollution_ask ask;
	bool polluted;

	scene_open(&scene);
	pollution_killed(scene.pollution, 1, 100, 2);
	pollution_killed(scene.pollution, 2, 101, 2);
	passes(&scene, 1, 2);
	pollution_killed(scene.pollution, 1, 102, 2);
	EXPECT(pollution_ask(scene.pollution, 2, &ask));
	ask_all(&scene, 1, "2", "", &polluted);
	EXPECT(polluted);
	EXPECT_LONG(pollution_again(scene.pollution) + pollution_again(scene.pollution), 101 + 102);
	EXPECT(pollution_again(scene.pollution) == POLLUTION_NONE);
	scene_close(&scene);
}

TEST(what_a_known_victim_kills_unproven_is_heard_again_at_once)
{
	struct scene scene;

	scene_open(&scene);
	scene.units[1].is_victim = true;
	pollution_killed(scene.pollution, 1, 100, 1);
	EXPECT_LONG(pollution_again(scene.pollution), 100);
	scene_close(&scene);
}

TEST(a_kill_doubted_for_another_reason_is_heard_again_once_and_not_charged_to_leavings)
{
	struct scene scene;

	scene_open(&scene);
	pollution_doubt(scene.pollution, 5);
	pollution_doubt(scene.pollution, 5);
	EXPECT_LONG(pollution_again(scene.pollution), 5);
	EXPECT_LONG(pollution_again(scene.pollution), POLLUTION_NONE);
	EXPECT_LONG(scene.run.pollution.heard_again, 0);
	scene_close(&scene);
}

TEST(a_test_that_needs_company_is_asked_with_it)
{
	struct scene scene;
	struct pollution_ask ask;

	scene_open(&scene);
	scene.units[3].needs_company = true;
	pollution_killed(scene.pollution, 1, 100, 3);
	EXPECT(pollution_ask(scene.pollution, 1, &ask));
	EXPECT_LONG(ask.n, 4);
	scene_close(&scene);
}
