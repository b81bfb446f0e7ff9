/* What traces hold. */
#include <string.h>

#include "oracle/observe.h"
#include "tests/worker/outcome.h"
#include "tests/worker/setting.h"
#include "util/test.h"

/* faults.Traced as test code, all others as code under test. */
static void send_woven(struct host *host)
{
	struct known *known = known_new(&host->arena);
	struct observe *observe = observe_new(&host->arena, known);
	struct span woven = span_none;

	for (uint32_t i = 0; i < setting.n_classes; i++) {
		bool is_test = !strcmp(setting.classes[i].name, "faults.Traced");
		struct class *class;

		EXPECT(class_parse(&host->arena, setting.classes[i].bytes, "a class", &class, &host->err) == ERR_OK);
		known_add(known, class, is_test);
	}
	for (uint32_t i = 0; i < setting.n_classes; i++) {
		struct class *class;

		if (strcmp(setting.classes[i].name, "faults.Traced") != 0)
			continue;
		EXPECT(class_parse(&host->arena, setting.classes[i].bytes, "a class", &class, &host->err) == ERR_OK);
		EXPECT(observe_class(observe, class, &host->arena, &woven, &host->err) == ERR_OK);
	}
	wire_begin(&host->wire, WIRE_WOVEN);
	wire_u4(&host->wire, 1);
	wire_text(&host->wire, "faults.Traced");
	wire_blob(&host->wire, woven);
	wire_u4(&host->wire, 0);
	host_send(host);
}

static struct trace run_traced(struct host *host, uint32_t job, const char *method)
{
	struct outcome outcome = outcome_of(host, job, WIRE_RUN_TRACED | WIRE_RUN_TEXTS, "", "faults.Traced", method);

	EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
	EXPECT_STR(outcome.failure, "");
	return outcome.trace;
}

static void expect_event(const struct trace *trace, uint32_t i, enum trace_kind kind, const char *text)
{
	EXPECT(i < trace->n);
	if (i >= trace->n)
		return;
	EXPECT_LONG(trace->events[i].kind, (long)kind);
	EXPECT_STR(trace->events[i].text, text);
}

TEST(equal_contents_have_equal_digests_in_two_loaders_and_no_code_of_theirs_is_called)
{
	struct trace first, second;
	struct host host;

	if (host_ready(&host)) {
		send_woven(&host);
		first = run_traced(&host, 1, "same");
		second = run_traced(&host, 2, "same");
		EXPECT_LONG(first.n, 5);
		EXPECT_LONG(second.n, 5);
		for (uint32_t i = 0; i < first.n && i < second.n; i++)
			if (first.events[i].digest != second.events[i].digest)
				EXPECT_STR(first.events[i].text, second.events[i].text);
		expect_event(&first, 4, TRACE_THROWN, "Subject.Failure{\"seven\"}");
	}
	host_close(&host);
}

TEST(a_million_objects_are_told_by_the_first_of_them)
{
	struct trace first, second;
	struct host host;

	if (host_ready(&host)) {
		send_woven(&host);
		first = run_traced(&host, 1, "huge");
		second = run_traced(&host, 2, "huge");
		EXPECT_LONG(first.n, 1);
		EXPECT(first.n && second.n && first.events[0].digest == second.events[0].digest);
	}
	host_close(&host);
}

TEST(values_that_differ_have_digests_that_differ)
{
	struct trace trace;
	struct host host;

	if (host_ready(&host)) {
		send_woven(&host);
		trace = run_traced(&host, 1, "different");
		EXPECT_LONG(trace.n, 40);
		for (uint32_t i = 0; i < trace.n; i++)
			for (uint32_t k = 0; k < i; k++)
				if (trace.events[i].digest == trace.events[k].digest)
					EXPECT_STR(trace.events[i].text, trace.events[k].text);
		expect_event(&trace, 2, TRACE_RESULT, "\"a\"");
		expect_event(&trace, 4, TRACE_RESULT, "1L");
		expect_event(&trace, 20, TRACE_RESULT, "Subject.Key{number=1}");
	}
	host_close(&host);
}

TEST(what_code_under_test_hands_to_test_code_is_told_and_not_what_the_test_does)
{
	struct trace trace;
	struct host host;

	if (host_ready(&host)) {
		send_woven(&host);
		trace = run_traced(&host, 1, "calledBack");
		EXPECT_LONG(trace.n, 2);
		expect_event(&trace, 0, TRACE_CALLBACK, "5");
		expect_event(&trace, 1, TRACE_RESULT, "6");
	}
	host_close(&host);
}

TEST(what_a_test_prints_is_told_once_for_each_stream)
{
	struct trace trace;
	struct host host;

	if (host_ready(&host)) {
		send_woven(&host);
		trace = run_traced(&host, 1, "prints");
		EXPECT_LONG(trace.n, 2);
		expect_event(&trace, 0, TRACE_PRINTED, "\"to out\\n\"");
		expect_event(&trace, 1, TRACE_PRINTED, "\"to err\\n\"");
		EXPECT(trace.n == 2 && trace.events[1].operand == 1);
	}
	host_close(&host);
}

TEST(what_happens_too_often_at_one_place_is_one_event_from_then_on)
{
	struct trace trace;
	struct host host;

	if (host_ready(&host)) {
		send_woven(&host);
		trace = run_traced(&host, 1, "many");
		EXPECT_LONG(trace.n, 2001);
	}
	host_close(&host);
}

TEST(a_traced_run_before_the_woven_classes_is_refused)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = outcome_of(&host, 1, WIRE_RUN_TRACED, "", "faults.Traced", "prints");
		EXPECT_LONG(outcome.end, WIRE_END_ERROR);
		EXPECT_STR(outcome.detail, "a traced run before the woven classes");
	}
	host_close(&host);
}
