#include "measure/hearing.h"

#include <string.h>

#include "util/test.h"

/* A suite of two classes, A with tests 0 to 2 and B with 3 and 4. What each test
 * does to the mutant is a letter: passes, fails, loops out of its budget, is late
 * in a search only (m) or always (l), fills the heap (h), fails the first time it
 * runs (x), only after another test in the same job (t), without the mutant
 * too (e, and then as if by the network), so in the first worker only (v), so
 * everywhere (w), or in the first worker and on the mutant (z). */

#define WORKER 7	/* where everything runs but what asks for another */

struct court {
	struct run run;
	struct container containers[2];
	struct unit units[5];
	const char *does;
	uint32_t jobs, confirmations, originals, n_killers, killers[5];
	uint32_t runs[5];
	uint32_t worker, turns, anew, killed_in, polluted;
};

static void court_open(struct court *court, const char *does)
{
	memset(court, 0, sizeof(*court));
	court->containers[0] = (struct container){ .name = "A", .n_units = 3 };
	court->containers[1] = (struct container){ .name = "B", .first_unit = 3, .n_units = 2 };
	for (uint32_t i = 0; i < 5; i++) {
		court->units[i].container_number = i > 2;
		court->units[i].state = UNIT_PASSED;
		court->units[i].id = "";
		court->units[i].has_killed = true;	/* no appeals */
	}
	court->run.containers = court->containers;
	court->run.n_containers = 2;
	court->run.units = court->units;
	court->run.n_units = 5;
	court->run.heavy_work = 1000;
	court->does = does;
	court->worker = WORKER;
}

static bool fails(struct court *court, const struct task *task, uint32_t i, bool is_original)
{
	uint32_t unit = task->units[i];

	court->runs[unit]++;
	switch (court->does[unit]) {
	case 'f':
		return !is_original;
	case 'x':
		return court->runs[unit] == 1;
	case 't':
		return i > 0 && !is_original;
	case 'e':
		return true;
	case 'v':
		return task->job.ran_in == WORKER;
	case 'w':
		return true;
	case 'z':
		return !is_original || task->job.ran_in == WORKER;
	default:
		return false;
	}
}

static enum job_end end_of(struct task *task, char does, bool confirms)
{
	switch (does) {
	case 'o':
		return JOB_TIMED_OUT;
	case 'l':
		task->job.timeouts = 1;
		return JOB_TIMED_OUT;
	case 'm':
		task->job.timeouts = !confirms;
		return confirms ? JOB_RAN : JOB_TIMED_OUT;
	case 'h':
		return JOB_MEMORY;
	default:
		return JOB_RAN;
	}
}

/* As a worker would: in the job's order, up to the first failure or bad end. */
static void run_task(struct court *court, struct task *task, bool confirms, bool is_original)
{
	struct pool_job *job = &task->job;

	job->results = ARENA_NEW_N(&job->arena, struct pool_result, job->n_units);
	job->first_failed = job->running = UINT32_MAX;
	job->detail = "";
	job->end = JOB_RAN;
	for (uint32_t i = 0; i < job->n_units &&
			     (!(job->flags & WIRE_RUN_FAIL_FAST) || job->first_failed == UINT32_MAX); i++) {
		char does = court->does[task->units[i]];

		job->running = i;
		job->end = end_of(task, does, confirms);
		if (job->end != JOB_RAN)
			return;
		job->results[i] = (struct pool_result){ .is_there = true, .failure = "",
							.result = WIRE_PASSED };
		if (fails(court, task, i, is_original)) {
			job->results[i].result = WIRE_FAILED_TEST;
			job->results[i].failure = does == 'e' ? "java.net.BindException" : "AssertionError";
			if (job->first_failed == UINT32_MAX)
				job->first_failed = i;
		}
	}
}

/* The verdict on a mutant that all tests meet, beginning with `likely`. */
static struct verdict heard(struct court *court, const uint32_t *likely, uint32_t n_likely)
{
	static const uint32_t all[] = { 0, 1, 2, 3, 4 };
	struct hearing *hearing = hearing_new(&court->run, 0, all, 5);
	struct verdict verdict;

	hearing_begin_with(hearing, likely, n_likely);
	while (hearing->verdict.status == STATUS_PENDING && court->jobs < 20) {
		struct hearing_ask ask;
		struct task *task;

		hearing_next(hearing, &ask);
		task = task_new(&court->run, ask.units, ask.n, hearing_flags(hearing), !ask.how.confirms);
		court->jobs++;
		court->confirmations += ask.how.confirms;
		court->originals += ask.is_original;
		court->anew += ask.anew;
		EXPECT(!ask.only_in || ask.only_in == court->worker);
		court->turns = ask.anew ? 1 : court->turns + 1;
		court->worker += ask.anew;
		task->job.ran_in = court->worker;
		task->job.turn = court->turns;
		run_task(court, task, ask.how.confirms, ask.is_original);
		hearing_take(hearing, task);
		court->polluted += hearing->polluted == WORKER;
		arena_release(&task->job.arena);
		task_free(task);
	}
	verdict = hearing->verdict;
	verdict.detail = NULL;
	court->killed_in = hearing->killed_in;
	court->n_killers = hearing->n_killers;
	memcpy(court->killers, hearing->killers, hearing->n_killers * sizeof(*hearing->killers));
	hearing_free(hearing);
	return verdict;
}

static enum status verdict_on(const char *does)
{
	struct court court;

	court_open(&court, does);
	return heard(&court, NULL, 0).status;
}

TEST(a_mutant_is_killed_if_any_test_fails_whatever_else_loops)
{
	EXPECT(verdict_on("ppppf") == STATUS_KILLED);
	EXPECT(verdict_on("fpppp") == STATUS_KILLED);
	EXPECT(verdict_on("oooof") == STATUS_KILLED);
	EXPECT(verdict_on("lhlpf") == STATUS_KILLED);
	EXPECT(verdict_on("foooo") == STATUS_KILLED);
}

TEST(the_verdict_does_not_depend_on_which_test_runs_first)
{
	static const char letters[] = "pfolmh";

	for (uint32_t number = 0; number < 6 * 6 * 6 * 6 * 6; number += 7) {
		struct court court;
		char does[6] = "";
		enum status first = STATUS_PENDING;
		uint32_t late = 0;

		for (uint32_t i = 0, rest = number; i < 5; i++, rest /= 6) {
			does[i] = letters[rest % 6];
			late += strchr("lmh", does[i]) != NULL;
		}
		for (uint32_t likely = 0; likely < 5; likely++) {
			enum status status;

			court_open(&court, does);
			/* Which class comes first is changed too. */
			court.units[likely].work = 1000;
			status = heard(&court, &likely, likely % 2).status;
			EXPECT(status != STATUS_PENDING);
			if (likely == 0)
				first = status;
			if (late < HEARING_LATE_MAX)
				EXPECT_LONG(status, first);
		}
	}
}

TEST(without_a_failure_the_first_doubt_in_the_suites_order_decides)
{
	EXPECT(verdict_on("ppppp") == STATUS_SURVIVED);
	EXPECT(verdict_on("pphpo") == STATUS_MEMORY_ERROR);
	EXPECT(verdict_on("popph") == STATUS_TIMED_OUT);
	EXPECT(verdict_on("pmpph") == STATUS_MEMORY_ERROR);
	EXPECT(verdict_on("pmppp") == STATUS_SURVIVED);
}

TEST(too_many_late_tests_are_looked_into_before_the_others_run)
{
	struct court court;

	court_open(&court, "llllf");
	EXPECT(heard(&court, NULL, 0).status == STATUS_TIMED_OUT ||
	       court.confirmations == 0);
	EXPECT(court.jobs <= HEARING_LATE_MAX + 1);
}

TEST(the_likely_tests_run_first_and_the_others_only_if_they_pass)
{
	static const uint32_t likely[] = { 1, 4 };
	struct court court;
	struct verdict verdict;

	court_open(&court, "ffppf");
	verdict = heard(&court, likely, 2);
	EXPECT(verdict.status == STATUS_KILLED);
	EXPECT(verdict.killing_unit == 1 || verdict.killing_unit == 4);
	EXPECT_LONG(verdict.tests_run, 1);
	court_open(&court, "ppppp");
	verdict = heard(&court, likely, 2);
	EXPECT_LONG(court.jobs, 2);
	EXPECT_LONG(verdict.tests_run, 5);
}

TEST(tests_that_need_company_run_with_their_whole_class_or_not_at_all)
{
	static const uint32_t likely = 1;
	struct court court;
	struct verdict verdict;

	court_open(&court, "ppfpp");
	court.units[0].needs_company = true;
	verdict = heard(&court, &likely, 1);
	EXPECT_LONG(court.jobs, 1);
	EXPECT_LONG(verdict.killing_unit, 2);
	/* Without test 1 the others could fail for lack of it: all are in doubt. */
	court_open(&court, "poppp");
	court.units[0].needs_company = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_TIMED_OUT);
	EXPECT_LONG(verdict.killing_unit, 1);
}

TEST(with_a_matrix_every_test_runs_and_all_that_fail_are_named)
{
	struct court court;
	struct verdict verdict;

	court_open(&court, "pfofp");
	court.run.settings.matrix = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_KILLED);
	EXPECT_LONG(court.n_killers, 2);
	EXPECT_LONG(court.killers[0], 1);
	EXPECT_LONG(court.killers[1], 3);
	EXPECT_LONG(verdict.tests_run, 4);
	EXPECT_LONG(court.confirmations, 0);
	court_open(&court, "ppopp");
	court.run.settings.matrix = true;
	EXPECT(heard(&court, NULL, 0).status == STATUS_TIMED_OUT);
	EXPECT_LONG(court.n_killers, 0);
	court_open(&court, "ppppp");
	court.run.settings.matrix = true;
	EXPECT(heard(&court, NULL, 0).status == STATUS_SURVIVED);
}

/* Nobody has killed before. */
static struct verdict heard_anew(struct court *court, const char *does)
{
	court_open(court, does);
	for (uint32_t i = 0; i < 5; i++)
		court->units[i].has_killed = false;
	return heard(court, NULL, 0);
}

TEST(a_first_kill_stands_if_the_test_fails_again_alone)
{
	struct court court;
	struct verdict verdict = heard_anew(&court, "ppfpp");

	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 2);
	EXPECT_LONG(court.runs[2], 2);
	EXPECT_LONG(court.runs[0], 1);
	EXPECT_LONG(verdict.tests_run, 3);
	EXPECT(court.units[2].has_killed);
	EXPECT_LONG(court.originals, 0);
}

TEST(or_again_after_the_tests_it_had_come_after)
{
	struct court court;
	struct verdict verdict = heard_anew(&court, "ptppp");

	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 1);
	EXPECT_LONG(court.jobs, 3);
	EXPECT(court.units[1].state == UNIT_PASSED);
}

TEST(a_killer_that_does_not_fail_again_is_set_aside_and_the_others_decide)
{
	struct court court;
	struct verdict verdict = heard_anew(&court, "pxppf");

	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 4);
	EXPECT(court.units[1].state == UNIT_PASSED);	/* the mutant may be to blame */
	verdict = heard_anew(&court, "pxppp");
	EXPECT(verdict.status == STATUS_FLAKY);
	EXPECT(verdict.killing_unit == UNIT_NONE);
}

TEST(one_that_was_not_steady_once_is_not_believed_at_once_any_more)
{
	struct court court;

	court_open(&court, "pxppp");	/* has killed before */
	court.units[1].unsteady = 1;
	EXPECT(heard(&court, NULL, 0).status == STATUS_FLAKY);
	court.does = "pfppp";
	EXPECT(heard(&court, NULL, 0).status == STATUS_KILLED);
	EXPECT_LONG(court.units[1].unsteady, 2);
	EXPECT(court.units[1].state == UNIT_PASSED);
}

TEST(a_test_that_is_not_steady_on_mutant_after_mutant_is_flaky)
{
	struct court court;

	court_open(&court, "pxppf");
	court.units[1].has_killed = false;
	for (uint32_t i = 0; i < APPEAL_UNSTEADY_MAX; i++) {
		EXPECT(court.units[1].state == UNIT_PASSED);
		court.runs[1] = 0;
		EXPECT(heard(&court, NULL, 0).status == STATUS_KILLED);
	}
	EXPECT(court.units[1].state == UNIT_FLAKY);
	EXPECT_STR(court.units[1].failure, "AssertionError");
	arena_release(&court.run.arena);
}

TEST(a_test_that_proved_flaky_meanwhile_does_not_kill)
{
	struct court court;

	court_open(&court, "pfppp");
	court.units[1].state = UNIT_FLAKY;
	court.units[1].unsteady = APPEAL_UNSTEADY_MAX;
	EXPECT(heard(&court, NULL, 0).status == STATUS_FLAKY);
	EXPECT_LONG(court.runs[1], 2);
}

TEST(what_speaks_of_the_world_outside_must_not_happen_without_the_mutant)
{
	struct court court;
	struct verdict verdict = heard_anew(&court, "pppep");

	EXPECT(verdict.status == STATUS_FLAKY);
	EXPECT_LONG(court.originals, 1);
	EXPECT(court.units[3].state == UNIT_FLAKY);
	arena_release(&court.run.arena);
	court_open(&court, "pppep");	/* nor may one that has killed before */
	EXPECT(heard(&court, NULL, 0).status == STATUS_FLAKY);
	arena_release(&court.run.arena);
}

TEST(a_victims_kill_stands_if_it_then_passes_without_the_mutant_in_the_same_worker)
{
	struct court court;
	struct verdict verdict;

	court_open(&court, "ppfpp");
	court.units[2].is_victim = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 2);
	EXPECT_LONG(court.jobs, 2);
	EXPECT_LONG(court.originals, 1);
	EXPECT_LONG(court.killed_in, 0);	/* proven */
}

TEST(else_the_worker_is_polluted_and_one_in_which_it_passes_tells)
{
	struct court court;
	struct verdict verdict;

	court_open(&court, "pvppp");
	court.units[1].is_victim = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_SURVIVED);
	EXPECT_LONG(court.polluted, 1);
	EXPECT_LONG(court.anew, 1);
	EXPECT_LONG(court.originals, 2);
	court_open(&court, "pvppf");
	court.units[1].is_victim = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 4);
}

TEST(what_it_kills_there_at_once_is_proven)
{
	struct court court;
	struct verdict verdict;

	court_open(&court, "ppzpp");
	court.units[2].is_victim = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 2);
	EXPECT_LONG(court.killed_in, 0);
	EXPECT_LONG(court.jobs, 4);	/* kill, here, elsewhere, kill */
}

TEST(a_victim_that_fails_in_a_new_worker_too_is_flaky)
{
	struct court court;
	struct verdict verdict;

	court_open(&court, "pwppf");
	court.units[1].is_victim = true;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 4);
	EXPECT(court.units[1].state == UNIT_FLAKY);
	EXPECT_LONG(court.polluted, 0);
	arena_release(&court.run.arena);
}

TEST(a_kill_is_to_be_proven_by_its_worker_unless_that_is_new)
{
	struct court court;
	static const uint32_t all[] = { 0, 1, 2, 3, 4 };
	struct hearing *hearing;
	struct hearing_ask ask;

	court_open(&court, "ppfpp");
	heard(&court, NULL, 0);
	EXPECT_LONG(court.killed_in, WORKER);
	heard_anew(&court, "ppfpp");	/* by an appeal */
	EXPECT_LONG(court.killed_in, WORKER);
	court_open(&court, "ppfpp");
	hearing = hearing_new(&court.run, 0, all, 5);
	hearing_begin_anew(hearing);
	hearing_next(hearing, &ask);
	EXPECT(ask.anew);
	hearing_free(hearing);
}

TEST(heavy_tests_come_last_and_not_after_one_that_loops)
{
	struct court court;
	struct verdict verdict;

	court_open(&court, "fpppp");
	court.units[0].work = 1001;
	verdict = heard(&court, NULL, 0);
	EXPECT(verdict.status == STATUS_KILLED && verdict.killing_unit == 0);
	EXPECT_LONG(verdict.tests_run, 5);
	court_open(&court, "fpppo");
	court.units[0].takes_long = true;	/* without any work that was counted */
	EXPECT(heard(&court, NULL, 0).status == STATUS_TIMED_OUT);
	EXPECT_LONG(court.runs[0], 0);
	court_open(&court, "fpppf");
	court.units[0].work = 1001;
	verdict = heard(&court, NULL, 0);
	EXPECT_LONG(verdict.killing_unit, 4);
	for (uint32_t i = 0; i < 5; i++)	/* nobody waits for anybody */
		court.units[i].work = 1001;
	court.does = "ppppp";
	court.jobs = 0;
	EXPECT(heard(&court, NULL, 0).status == STATUS_SURVIVED);
	EXPECT_LONG(court.jobs, 1);
}
