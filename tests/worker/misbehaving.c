/* Tests that do not end, or take something down with them. */
#include <signal.h>
#include <string.h>

#include "tests/worker/outcome.h"
#include "util/test.h"

static void expect_stopped(struct host *host, uint32_t job, const char *method)
{
	struct outcome outcome;

	if (!outcome_of_stopped(host, job, method, &outcome))
		EXPECT_STR("nothing", method);
	if (outcome.end != WIRE_END_STOPPED || outcome.left || outcome.n[WIRE_FAILED_TEST])
		EXPECT_STR(arena_strfmt(&host->arena, "end %d, %u left, %s %s", outcome.end,
					outcome.left, outcome.detail, outcome.failure), method);
}

TEST(loops_sleeps_and_waits_can_be_stopped_and_the_worker_goes_on)
{
	static const char *const methods[] = { "endless", "endlessTwice", "sleeps", "waits", "locks" };
	struct host host;

	if (host_ready(&host)) {
		for (uint32_t i = 0; i < 5; i++)
			expect_stopped(&host, i, methods[i]);
		EXPECT_LONG(outcome_of(&host, 9, 0, "", "faults.Calm", "").n[WIRE_PASSED], 3);
	}
	host_close(&host);
}

TEST(what_cannot_be_stopped_is_not_reported_as_done_and_others_go_on)
{
	static const char *const methods[] = { "catchesAll", "deadlocks" };
	struct outcome outcome;
	struct host host;

	for (int i = 0; i < 2; i++) {
		if (host_ready(&host)) {
			EXPECT(!outcome_of_stopped(&host, 1, methods[i], &outcome));
			if (outcome.done)
				EXPECT_STR(arena_strfmt(&host.arena, "end %d, %u left, %s %s", outcome.end,
					outcome.left, outcome.detail, outcome.failure), methods[i]);
			EXPECT_LONG(outcome_of(&host, 2, 0, "", "faults.Calm", "").n[WIRE_PASSED], 3);
		}
		host_close(&host);
	}
}

TEST(exit_and_halt_fail_the_test_and_nothing_else)
{
	static const char *const methods[] = { "exits", "halts" };
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		for (uint32_t i = 0; i < 2; i++) {
			outcome = outcome_of(&host, i, 0, "", "faults.Faults", methods[i]);
			EXPECT_LONG(outcome.n[WIRE_FAILED_TEST], 1);
			EXPECT(strstr(outcome.failure, "System.exit or Runtime.halt was called") != NULL);
		}
		EXPECT_LONG(outcome_of(&host, 7, 0, "", "faults.Faults", "exitsElsewhere").n[WIRE_PASSED], 1);
	}
	host_close(&host);
}

TEST(a_deep_recursion_fails_the_test)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = outcome_of(&host, 1, 0, "", "faults.Faults", "recurses");
		EXPECT(!strncmp(outcome.failure, "java.lang.StackOverflowError (faults.Faults.depth", 49));
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
	}
	host_close(&host);
}

TEST(a_full_heap_is_told_apart_and_given_back)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		for (uint32_t i = 0; i < 3; i++) {
			outcome = outcome_of(&host, i, 0, "", "faults.Faults", "fillsHeap");
			EXPECT_LONG(outcome.end, WIRE_END_MEMORY);
		}
		outcome = outcome_of(&host, 5, 0, "", "faults.Faults", "arrayTooLarge");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
	}
	host_close(&host);
}

TEST(threads_left_behind_are_ended)
{
	static const char *const methods[] = {
		"leavesThread", "leavesDaemonThatIgnoresInterrupts", "leavesPool", "leavesCommonPool",
		"leavesServer", "leavesServer",
	};
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		for (uint32_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
			outcome = outcome_of(&host, i, 0, "", "faults.Faults", methods[i]);
			EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
			if (outcome.left)
				EXPECT_STR(arena_strfmt(&host.arena, "%u left, %s", outcome.left, outcome.detail), methods[i]);
		}
		outcome = outcome_of(&host, 9, 0, "", "faults.Faults", "leavesUnstoppable");
		EXPECT_LONG(outcome.left, 2);
	}
	host_close(&host);
}

TEST(a_crash_of_the_vm_ends_the_worker_by_its_signal)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome_init(&outcome, 1);
		outcome_send(&host, 1, 0, "", "faults.Faults", "crashes");
		EXPECT(!outcome_await(&host, &outcome, 1, HOST_PATIENCE));
		EXPECT_LONG(outcome.n_started, 1);
		EXPECT_LONG(host_wait(&host), -SIGABRT);
	}
	host_close(&host);
}
