/* Runs of tests that behave, and what is told of them. */
#include <string.h>

#include "tests/worker/outcome.h"
#include "tests/worker/setting.h"
#include "util/test.h"

TEST(units_run_in_order_and_are_judged_one_by_one)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = outcome_of(&host, 1, 0, "", "faults.Calm", "");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 3);
		EXPECT_LONG(outcome.n[WIRE_SKIPPED], 1);
		EXPECT_STR(outcome.failure, "");
		outcome = outcome_of(&host, 2, 0, "", "faults.Calm", "value");
		EXPECT_LONG(outcome.n_started, 1);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
	}
	host_close(&host);
}

TEST(a_mutant_is_seen_by_its_own_run_only_and_kills_with_a_reason)
{
	struct outcome outcomes[2];
	struct host host;

	if (host_ready(&host)) {
		outcome_init(&outcomes[0], 10);
		outcome_init(&outcomes[1], 11);
		outcome_send(&host, 10, 0, "faults.Target", "faults.Calm", "");
		outcome_send(&host, 11, 0, "", "faults.Calm", "");
		EXPECT(outcome_await(&host, outcomes, 2, HOST_PATIENCE));
		EXPECT_LONG(outcomes[0].n[WIRE_FAILED_TEST], 1);
		EXPECT_LONG(outcomes[0].n[WIRE_PASSED], 2);
		EXPECT(strstr(outcomes[0].failure, "expected: <1> but was: <7> (faults.Calm.value:") != NULL);
		EXPECT_LONG(outcomes[1].n[WIRE_PASSED], 3);
	}
	host_close(&host);
}

TEST(fail_fast_ends_a_run_after_its_first_failure)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = outcome_of(&host, 1, WIRE_RUN_FAIL_FAST, "faults.Target", "faults.Calm", "value other");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_FAILED_TEST], 1);
		EXPECT_LONG(outcome.n[WIRE_MISSING], 0);
	}
	host_close(&host);
}

/* value() and other() of the mutant go round ten times each. */
TEST(a_loop_budget_is_each_unit_s_own_and_ends_the_run_when_used_up)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		host.budget = 15;
		outcome = outcome_of(&host, 1, 0, "faults.Target", "faults.Calm", "value other");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
		EXPECT_LONG(outcome.n[WIRE_FAILED_TEST], 1);
		host.budget = 5;
		outcome = outcome_of(&host, 2, 0, "faults.Target", "faults.Calm", "value other");
		EXPECT_LONG(outcome.end, WIRE_END_BUDGET);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 0);
		host.budget = 0;	/* none */
		outcome = outcome_of(&host, 3, 0, "faults.Target", "faults.Calm", "other");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
	}
	host_close(&host);
}

TEST(probes_tell_what_each_unit_reached_and_what_none_did)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = outcome_of(&host, 1, WIRE_RUN_PROBED, "", "faults.Calm", "other");
		EXPECT(outcome.reached[0] && outcome.reached[2]);
		EXPECT(!outcome.reached[1] && !outcome.reached[3]);
		EXPECT(outcome.outside[3] && !outcome.outside[0] && !outcome.outside[2]);
	}
	host_close(&host);
}

TEST(a_unit_that_is_not_there_is_missing)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		setting.units[setting.n_units] = setting.units[0];
		setting.units[setting.n_units].container = "faults.Empty";
		setting.units[setting.n_units].method = "gone";
		setting.units[setting.n_units++].id = "[engine:junit-jupiter]/[class:faults.Empty]/[method:gone()]";
		outcome = outcome_of(&host, 1, 0, "", "faults.Empty", "gone");
		setting.n_units--;
		/* A driver may also know that it is skipped. */
		EXPECT_LONG(outcome.n[WIRE_MISSING] + outcome.n[WIRE_SKIPPED], 1);
		EXPECT_LONG(outcome.n_containers, 0);
	}
	host_close(&host);
}

TEST(what_the_jvm_has_once_is_put_back_after_a_run)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		EXPECT_LONG(outcome_of(&host, 1, 0, "", "faults.Faults", "changesAll").n[WIRE_PASSED], 1);
		outcome = outcome_of(&host, 2, 0, "", "faults.Faults", "nothingChanged");
		EXPECT_STR(outcome.failure, "");
		EXPECT_LONG(outcome_of(&host, 3, 0, "", "faults.Faults", "resetsLogging").n[WIRE_PASSED], 1);
		outcome = outcome_of(&host, 4, 0, "", "faults.Faults", "nothingChanged");
		EXPECT_STR(outcome.failure, "");
	}
	host_close(&host);
}

TEST(ports_files_and_streams_that_a_probed_run_uses_are_told)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = outcome_of(&host, 1, WIRE_RUN_PROBED, "", "faults.Faults", "usesPort");
		EXPECT_STR(outcome.failure, "");
		EXPECT_LONG(outcome.n_touched, 1);
		outcome = outcome_of(&host, 2, WIRE_RUN_PROBED, "", "faults.Faults", "writesFile");
		EXPECT_STR(outcome.failure, "");
		EXPECT_LONG(outcome.n_touched, 3);
		EXPECT(!outcome.touched_jvm);
		outcome = outcome_of(&host, 3, WIRE_RUN_PROBED, "", "faults.Faults", "readsFile");
		EXPECT_LONG(outcome.n_touched, 0);
		outcome = outcome_of(&host, 4, WIRE_RUN_PROBED, "", "faults.Faults", "changesAll");
		EXPECT(outcome.touched_jvm);
		EXPECT_LONG(outcome_of(&host, 5, 0, "", "faults.Faults", "writesFile").n_touched, 0);
	}
	host_close(&host);
}

TEST(a_failure_is_one_line_even_where_its_class_misbehaves)
{
	struct host host;

	if (host_ready(&host))
		EXPECT_STR(outcome_of(&host, 1, 0, "", "faults.Faults", "oddFailure").failure,
			   "faults.Faults$1: two lines");
	host_close(&host);
}
