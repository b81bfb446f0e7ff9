#include "report/json.h"

#include <string.h>

#include "report/sample_test.h"
#include "util/test.h"

static const char *reported(struct run *run, const struct err *failure, int status)
{
	const char *text;
	struct buf out;

	buf_init(&out, 1 << 20);
	json_report(run, failure, status, &out);
	text = sample_test_text(run, &out);
	buf_release(&out);
	return text;
}

static bool holds(struct run *run, const char *part)
{
	return strstr(reported(run, NULL, 0), part);
}

TEST(a_json_report_has_score_mutants_and_tests)
{
	struct run run;

	sample_test_run(&run);
	EXPECT(holds(&run, "{\"schema\":\"vary-report/1\",\n\"tool\":{\"name\":\"vary\""));
	EXPECT(holds(&run, "\"outcome\":{\"exit_status\":0,\"complete\":true,\"interrupted\":false,\"error\":null}"));
	EXPECT(holds(&run, "\"score\":{\"mutants\":5,\"counted\":5,\"detected\":2,\"score\":40,\"pending\":0,\"killed\":1,\"survived\":2"));
	EXPECT(holds(&run, "{\"id\":\"total:RETURN_ZERO:123456\",\"class\":\"shop.Cart\",\"method\":\"total\","
			   "\"descriptor\":\"(II)I\",\"written_in\":\"total\",\"source_file\":\"Cart.java\","
			   "\"line\":15,\"family\":\"return\",\"kind\":\"RETURN_ZERO\",\"pit_mutator\":null,"
			   "\"description\":\"returned 0 instead of the result\",\"status\":\"killed\","
			   "\"killing_test\":\"shop.CartTest.total\",\"killing_test_number\":0,"
			   "\"tests_run\":1,\"ms\":0,\"cpu_ms\":0,"
			   "\"detail\":\"expected: <3> but was: <0>\",\"survivor_class\":null,\"covering_tests\":1}"));
	EXPECT(holds(&run, "{\"name\":\"shop.CartTest.broken\",\"class\":\"shop.CartTest\",\"id\":\"cart-3\","
			   "\"driver\":\"junit-jupiter\",\"state\":\"failed\",\"strength\":null,\"ms\":0,\"least_cpu_ms\":0,\"is_victim\":false,"
			   "\"failure\":\"expected: <1> but was: <2>\\u001b[31m\"}"));
	EXPECT(holds(&run, "\"logging\":3"));
	run_release(&run);
}

TEST(the_parts_of_the_cpu_time_are_there_and_make_up_the_whole)
{
	struct run run;

	sample_test_run(&run);
	EXPECT(holds(&run, "\"cpu_s\":2.5,"));
	EXPECT(holds(&run, "\"cpu_parts_s\":{\"start\":0.3,\"discovery\":0.08,\"baseline\":0.5,"
			   "\"classes\":0.35,\"tests\":1,\"runaways\":0,\"jvm\":0.25,\"explain\":0,\"supervisor\":0.02},"
			   "\"passed_before_kill_s\":0.125,\"supervisor_peak_mb\":12.5,\"idle_s\":0,\"floor_s\":0.75,\"efficiency\":0.3}"));
	run.n_decided = 0;
	EXPECT(holds(&run, "\"efficiency\":null}"));
	run_release(&run);
}

TEST(an_empty_run_has_no_score)
{
	struct err failure = { ERR_EMPTY, "no tests found" };
	const char *text;
	struct run run;

	memset(&run, 0, sizeof(run));
	text = reported(&run, &failure, 3);
	EXPECT(strstr(text, "\"score\":null"));
	EXPECT(strstr(text, "\"exit_status\":3,\"complete\":false,\"interrupted\":false,\"error\":\"no tests found\""));
	EXPECT(strstr(text, "\"mutants\":[]"));
	EXPECT(strstr(text, "\"directory\":null"));
	run_release(&run);
}

TEST(mutants_without_a_verdict_are_pending)
{
	struct run run;

	sample_test_run(&run);
	run.verdicts = NULL;
	EXPECT(holds(&run, "\"status\":\"pending\",\"killing_test\":null,\"killing_test_number\":null"));
	EXPECT(holds(&run, "\"score\":null,\"pending\":5,"));
	run_release(&run);
}

TEST(names_that_are_no_utf8_still_make_valid_json)
{
	struct run run;

	sample_test_run(&run);
	run.plan.classes[0].display_name = "a\xff\"\n";
	EXPECT(holds(&run, "\"class\":\"a\xef\xbf\xbd\\\"\\n\""));
	run_release(&run);
}

TEST(a_json_list_has_the_plan_alone)
{
	const char *text;
	struct buf out;
	struct run run;

	sample_test_run(&run);
	buf_init(&out, 1 << 20);
	json_list(&run, &out);
	text = sample_test_text(&run, &out);
	EXPECT(strstr(text, "{\"schema\":\"vary-list/1\""));
	EXPECT(strstr(text, "\"count\":5"));
	EXPECT(strstr(text, "total:RETURN_ZERO:123456"));
	EXPECT(!strstr(text, "status"));
	buf_release(&out);
	run_release(&run);
}
