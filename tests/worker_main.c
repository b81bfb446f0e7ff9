/* Plays supervisor to a real worker:
 *
 *	worker JVM CLASSPATH SOURCES [ONLY]
 *	worker --bench JVM CLASSPATH SOURCES [ONLY]
 *
 * JVM is a JDK's home, CLASSPATH holds JUnit and the compiled harness, SOURCES
 * is tests/worker. Prints what failed, then `N passed, N failed`; with --bench
 * what a run costs.
 */
#include <errno.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "jni/worker.h"
#include "oracle/observe.h"
#include "project/jvm.h"
#include "runner/traces.h"
#include "util/test.h"
#include "wire/wire.h"

#define UNITS_MAX 64
#define CLASSES_MAX 64
#define POINTS 4
#define PATIENCE 20000	/* ms: no answer takes so long */

struct compiled { const char *name; struct span bytes; };

struct unit { const char *driver, *container, *id, *method; };

/* What the tests share: made once, then constant. */
struct setting {
	struct arena arena;
	const char *libjvm, *classpath, *sources;
	struct compiled classes[CLASSES_MAX];
	uint32_t n_classes;
	struct span mutant, probed;	/* faults.Target */
	struct unit units[UNITS_MAX];
	uint32_t n_units;
};

static struct setting setting;

/* One worker. */
struct host {
	struct wire wire;
	struct arena arena;
	struct err err;
	pid_t pid;
	uint64_t budget;	/* of loops, for each unit it is sent */
};

/* What came back of one run. */
struct outcome {
	uint32_t job;
	bool done;
	enum wire_end end;
	uint32_t n_started, n[4], n_containers, left;
	uint64_t cpu;	/* ns, of the run's thread */
	const char *failure, *detail;
	bool reached[POINTS], outside[POINTS];
	uint32_t n_touched;	/* ports, files, the JVM */
	bool touched_jvm;
	struct trace trace;	/* of the last unit that had one */
};

/* --- one worker --- */

static void host_spawn(struct host *host)
{
	char fd[12];
	int fds[2];

	memset(host, 0, sizeof(*host));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		abort();
	snprintf(fd, sizeof(fd), "%d", fds[1]);
	host->pid = fork();
	if (host->pid == 0) {
		close(fds[0]);
		execl("/proc/self/exe", "worker", "--worker", fd, (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	wire_init(&host->wire, fds[0]);
}

static bool host_next(struct host *host, struct wire_message *message, int ms)
{
	struct pollfd fd = { host->wire.fd, POLLIN, 0 };

	while (!wire_next(&host->wire, message, &host->err)) {
		if (poll(&fd, 1, ms) <= 0)
			return false;
		if (wire_fill(&host->wire, &host->err) != ERR_OK)
			return false;
	}
	return true;
}

static void host_send(struct host *host)
{
	if (wire_send(&host->wire, &host->err) != ERR_OK)
		printf("send: %s\n", host->err.text);
}

static void send_start(struct host *host, const char *libjvm, const char *option)
{
	const char *options[] = {
		"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
		"-XX:SoftRefLRUPolicyMSPerMB=0", "-Duser.language=en", "-Duser.timezone=UTC",
		arena_strfmt(&host->arena, "-Djava.class.path=%s", setting.classpath), option,
	};
	uint32_t n = sizeof(options) / sizeof(options[0]) - (option ? 0 : 1);

	wire_begin(&host->wire, WIRE_START);
	wire_u4(&host->wire, WIRE_VERSION);
	wire_text(&host->wire, libjvm);
	wire_u4(&host->wire, n);
	for (uint32_t i = 0; i < n; i++)
		wire_text(&host->wire, options[i]);
	wire_text(&host->wire, "");
	wire_u1(&host->wire, 0);
	host_send(host);
}

static bool host_expect(struct host *host, enum wire_kind kind, struct wire_message *message)
{
	bool there = host_next(host, message, PATIENCE);

	EXPECT(there);
	if (!there)
		return false;
	EXPECT_LONG(message->kind, kind);
	if (message->kind == WIRE_FAILED && kind != WIRE_FAILED) {
		struct wire_reader in = wire_reader(message);

		printf("the worker says: %s\n", wire_get_text(&in, &host->arena));
	}
	return message->kind == kind;
}

static bool host_start(struct host *host)
{
	struct wire_message message;

	host_spawn(host);
	send_start(host, setting.libjvm, NULL);
	return host_expect(host, WIRE_READY, &message);
}

/* How the worker ended: its exit status, or minus the signal. */
static int host_wait(struct host *host)
{
	int status;

	if (waitpid(host->pid, &status, 0) != host->pid)
		return -1000;
	host->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void host_close(struct host *host)
{
	wire_close(&host->wire);	/* the worker leaves by itself */
	if (host->pid)
		EXPECT_LONG(host_wait(host), 1);
	arena_release(&host->arena);
}

static void send_table(struct host *host)
{
	wire_begin(&host->wire, WIRE_TABLE);
	wire_u4(&host->wire, 1);
	wire_text(&host->wire, "/tmp");
	wire_u4(&host->wire, setting.n_classes);
	for (uint32_t i = 0; i < setting.n_classes; i++) {
		wire_text(&host->wire, setting.classes[i].name);
		wire_u4(&host->wire, 0);
		wire_blob(&host->wire, setting.classes[i].bytes);
		wire_blob(&host->wire, strcmp(setting.classes[i].name, "faults.Target") ?
				       span_none : setting.probed);
	}
	wire_u4(&host->wire, POINTS);
	wire_u4(&host->wire, 0);
	host_send(host);
}

static bool host_ready(struct host *host)
{
	if (!host_start(host))
		return false;
	send_table(host);
	return true;
}

/* --- runs --- */

static bool is_chosen(const struct unit *unit, const char *container, const char *methods)
{
	size_t len = strlen(unit->method);

	if (strcmp(unit->container, container))
		return false;
	if (!*methods)
		return true;
	for (const char *at = methods; (at = strstr(at, unit->method)); at += len)
		if ((at == methods || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

/* `methods` with a space between; "" is all. `mutated`: "" or faults.Target. */
static void send_run(struct host *host, uint32_t job, uint8_t flags, const char *mutated,
		     const char *container, const char *methods)
{
	struct wire *wire = &host->wire;
	const char *driver = "";
	uint32_t n = 0;

	for (uint32_t i = 0; i < setting.n_units; i++) {
		if (is_chosen(&setting.units[i], container, methods)) {
			driver = setting.units[i].driver;
			n++;
		}
	}
	wire_begin(wire, WIRE_RUN);
	wire_u4(wire, job);
	wire_u1(wire, flags);
	wire_u4(wire, *mutated ? 1 : 0);
	if (*mutated) {
		wire_text(wire, mutated);
		wire_blob(wire, setting.mutant);
	}
	wire_u4(wire, 1);
	wire_text(wire, driver);
	wire_text(wire, container);
	wire_u1(wire, !*methods);
	wire_u4(wire, n);
	for (uint32_t i = 0; i < setting.n_units; i++)
		if (is_chosen(&setting.units[i], container, methods)) {
			wire_text(wire, setting.units[i].id);
			wire_u8(wire, host->budget);
		}
	host_send(host);
}

static void read_points(struct wire_reader *in, bool *points)
{
	uint32_t n = wire_get_count(in, 8);

	while (n--) {
		uint32_t point = wire_get_u4(in);

		EXPECT(wire_get_u4(in) > 0);
		EXPECT(point < POINTS);
		if (point < POINTS)
			points[point] = true;
	}
}

static void read_finished(struct host *host, struct wire_reader *in, struct outcome *outcome)
{
	uint8_t result;
	const char *failure;

	wire_get_u4(in);
	result = wire_get_u1(in);
	EXPECT(result <= WIRE_MISSING);
	outcome->n[result & 3]++;
	EXPECT(wire_get_u8(in) < 60000000000u);
	EXPECT(wire_get_u8(in) < 60000000000u);
	failure = wire_get_text(in, &host->arena);
	if (*failure)
		outcome->failure = failure;
	read_points(in, outcome->reached);
}

static void read_done(struct host *host, struct wire_reader *in, struct outcome *outcome)
{
	outcome->done = true;
	outcome->end = (enum wire_end)wire_get_u1(in);
	EXPECT(wire_get_u8(in) < 60000000000u);
	outcome->cpu = wire_get_u8(in);
	EXPECT(outcome->cpu < 60000000000u);
	outcome->left = wire_get_u4(in);
	outcome->detail = wire_get_text(in, &host->arena);
	read_points(in, outcome->outside);
	for (uint32_t n = wire_get_count(in, 8); n; n--) {
		outcome->touched_jvm |= wire_get_u8(in) == WIRE_TOUCHED_JVM;
		outcome->n_touched++;
	}
}

static void outcome_init(struct outcome *outcome, uint32_t job)
{
	memset(outcome, 0, sizeof(*outcome));
	outcome->job = job;
	outcome->failure = outcome->detail = "";
}

static void outcome_add(struct host *host, struct outcome *outcomes, unsigned n,
			const struct wire_message *message)
{
	struct wire_reader in = wire_reader(message);
	uint32_t job = wire_get_u4(&in);
	struct outcome *outcome = NULL;

	for (unsigned i = 0; i < n; i++)
		if (outcomes[i].job == job)
			outcome = &outcomes[i];
	EXPECT(outcome != NULL);
	if (!outcome)
		return;
	EXPECT(!outcome->done);
	switch (message->kind) {
	case WIRE_STARTED:
		wire_get_u4(&in);
		outcome->n_started++;
		break;
	case WIRE_FINISHED:
		read_finished(host, &in, outcome);
		break;
	case WIRE_TRACE:
		wire_get_u4(&in);
		outcome->trace = traces_read(&in, &host->arena);
		break;
	case WIRE_CONTAINER:
		wire_get_u4(&in);
		outcome->n_containers++;
		outcome->failure = wire_get_text(&in, &host->arena);
		break;
	case WIRE_DONE:
		read_done(host, &in, outcome);
		break;
	default:
		EXPECT_LONG(message->kind, WIRE_DONE);
		printf("%s\n", wire_get_text(&in, &host->arena));
	}
	EXPECT(wire_check(&in, &host->err) == ERR_OK);
}

/* Until all are done, the worker is gone, or it is silent for `ms`. */
static bool await(struct host *host, struct outcome *outcomes, unsigned n, int ms)
{
	struct wire_message message;

	for (;;) {
		bool all = true;

		for (unsigned i = 0; i < n; i++)
			all &= outcomes[i].done;
		if (all)
			return true;
		if (!host_next(host, &message, ms))
			return false;
		outcome_add(host, outcomes, n, &message);
	}
}

static struct outcome run(struct host *host, uint32_t job, uint8_t flags, const char *mutated,
			  const char *container, const char *methods)
{
	struct outcome outcome;

	outcome_init(&outcome, job);
	send_run(host, job, flags, mutated, container, methods);
	EXPECT(await(host, &outcome, 1, PATIENCE));
	return outcome;
}

static void send_stop(struct host *host, uint32_t job)
{
	wire_begin(&host->wire, WIRE_STOP);
	wire_u4(&host->wire, job);
	host_send(host);
}

/* A run that is stopped once its unit has started. */
static bool run_stopped(struct host *host, uint32_t job, const char *method,
			struct outcome *outcome)
{
	struct wire_message message;

	outcome_init(outcome, job);
	send_run(host, job, 0, "", "faults.Faults", method);
	while (!outcome->n_started && host_next(host, &message, PATIENCE))
		outcome_add(host, outcome, 1, &message);
	/* Not while it is still on its way into what it will do for ever. */
	while (host_next(host, &message, 200))
		outcome_add(host, outcome, 1, &message);
	send_stop(host, job);
	return await(host, outcome, 1, 2000);
}

/* --- tests --- */

TEST(a_worker_tells_what_jvm_and_which_engines_it_has)
{
	struct wire_message message;
	struct wire_reader in;
	struct host host;

	host_spawn(&host);
	send_start(&host, setting.libjvm, NULL);
	if (host_expect(&host, WIRE_READY, &message)) {
		in = wire_reader(&message);
		EXPECT(*wire_get_text(&in, &host.arena));
		EXPECT(strstr(wire_get_text(&in, &host.arena), "VM") != NULL);
		EXPECT(wire_get_u4(&in) > 0);
		EXPECT_STR(wire_get_text(&in, &host.arena), "junit-jupiter");
	}
	host_close(&host);
}

static void expect_failed(const char *libjvm, const char *option, const char *why)
{
	struct wire_message message;
	struct wire_reader in;
	struct host host;
	const char *text;

	host_spawn(&host);
	send_start(&host, libjvm, option);
	if (host_next(&host, &message, PATIENCE)) {
		EXPECT_LONG(message.kind, WIRE_FAILED);
		in = wire_reader(&message);
		text = wire_get_text(&in, &host.arena);
		if (!strstr(text, why))
			EXPECT_STR(text, why);
	} else {
		EXPECT_STR("nothing", why);
	}
	host_close(&host);
}

TEST(a_jvm_that_does_not_start_fails_in_its_own_words)
{
	expect_failed(setting.libjvm, "-XX:NoSuchOption=1",
		      "Unrecognized VM option 'NoSuchOption=1'");
}

TEST(a_heap_larger_than_the_machine_fails_in_the_jvm_s_words)
{
	expect_failed(setting.libjvm, "-Xms40000g", "heap");
}

TEST(a_library_that_is_no_jvm_fails)
{
	expect_failed("/nowhere/libjvm.so", NULL, "/nowhere/libjvm.so: cannot open");
}

static const char *compile_one(struct host *host, const char *source)
{
	struct wire_message message;
	struct wire_reader in;

	wire_begin(&host->wire, WIRE_COMPILE);
	wire_text(&host->wire, "");
	wire_u4(&host->wire, 1);
	wire_text(&host->wire, source);
	host_send(host);
	if (!host_expect(host, WIRE_COMPILED, &message))
		return "";
	in = wire_reader(&message);
	EXPECT_LONG(wire_get_u1(&in), 0);
	return wire_get_text(&in, &host->arena);
}

TEST(sources_that_do_not_compile_are_told_by_file_and_line)
{
	struct host host;
	const char *said;

	if (host_start(&host)) {
		said = compile_one(&host, "/nowhere/Gone.java");
		EXPECT(strstr(said, "/nowhere/Gone.java") != NULL);
		said = compile_one(&host, arena_strfmt(&host.arena, "%s/faults/Empty.java", setting.sources));
		EXPECT(strstr(said, "Empty.java:3: package org.junit.jupiter.api does not exist") != NULL);
	}
	host_close(&host);
}

TEST(a_jvm_without_a_compiler_says_so)
{
	struct wire_message message;
	struct host host;

	host_spawn(&host);
	send_start(&host, setting.libjvm, "--limit-modules=java.base,java.logging,jdk.unsupported");
	if (host_expect(&host, WIRE_READY, &message))
		EXPECT(strstr(compile_one(&host, "A.java"), "has no compiler") != NULL);
	host_close(&host);
}

TEST(units_run_in_order_and_are_judged_one_by_one)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = run(&host, 1, 0, "", "faults.Calm", "");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 3);
		EXPECT_LONG(outcome.n[WIRE_SKIPPED], 1);
		EXPECT_STR(outcome.failure, "");
		outcome = run(&host, 2, 0, "", "faults.Calm", "value");
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
		send_run(&host, 10, 0, "faults.Target", "faults.Calm", "");
		send_run(&host, 11, 0, "", "faults.Calm", "");
		EXPECT(await(&host, outcomes, 2, PATIENCE));
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
		outcome = run(&host, 1, WIRE_RUN_FAIL_FAST, "faults.Target", "faults.Calm", "value other");
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
		outcome = run(&host, 1, 0, "faults.Target", "faults.Calm", "value other");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
		EXPECT_LONG(outcome.n[WIRE_FAILED_TEST], 1);
		host.budget = 5;
		outcome = run(&host, 2, 0, "faults.Target", "faults.Calm", "value other");
		EXPECT_LONG(outcome.end, WIRE_END_BUDGET);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 0);
		host.budget = 0;	/* none */
		outcome = run(&host, 3, 0, "faults.Target", "faults.Calm", "other");
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
		outcome = run(&host, 1, WIRE_RUN_PROBED, "", "faults.Calm", "other");
		EXPECT(outcome.reached[0] && outcome.reached[2]);
		EXPECT(!outcome.reached[1] && !outcome.reached[3]);
		EXPECT(outcome.outside[3] && !outcome.outside[0] && !outcome.outside[2]);
	}
	host_close(&host);
}

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
	struct outcome outcome = run(host, job, WIRE_RUN_TRACED | WIRE_RUN_TEXTS, "", "faults.Traced", method);

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
		outcome = run(&host, 1, WIRE_RUN_TRACED, "", "faults.Traced", "prints");
		EXPECT_LONG(outcome.end, WIRE_END_ERROR);
		EXPECT_STR(outcome.detail, "a traced run before the woven classes");
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
		outcome = run(&host, 1, 0, "", "faults.Empty", "gone");
		setting.n_units--;
		/* A driver may also know that it is skipped. */
		EXPECT_LONG(outcome.n[WIRE_MISSING] + outcome.n[WIRE_SKIPPED], 1);
		EXPECT_LONG(outcome.n_containers, 0);
	}
	host_close(&host);
}

static void expect_stopped(struct host *host, uint32_t job, const char *method)
{
	struct outcome outcome;

	if (!run_stopped(host, job, method, &outcome))
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
		EXPECT_LONG(run(&host, 9, 0, "", "faults.Calm", "").n[WIRE_PASSED], 3);
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
			EXPECT(!run_stopped(&host, 1, methods[i], &outcome));
			if (outcome.done)
				EXPECT_STR(arena_strfmt(&host.arena, "end %d, %u left, %s %s", outcome.end,
					outcome.left, outcome.detail, outcome.failure), methods[i]);
			EXPECT_LONG(run(&host, 2, 0, "", "faults.Calm", "").n[WIRE_PASSED], 3);
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
			outcome = run(&host, i, 0, "", "faults.Faults", methods[i]);
			EXPECT_LONG(outcome.n[WIRE_FAILED_TEST], 1);
			EXPECT(strstr(outcome.failure, "System.exit or Runtime.halt was called") != NULL);
		}
		EXPECT_LONG(run(&host, 7, 0, "", "faults.Faults", "exitsElsewhere").n[WIRE_PASSED], 1);
	}
	host_close(&host);
}

TEST(a_deep_recursion_fails_the_test)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = run(&host, 1, 0, "", "faults.Faults", "recurses");
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
			outcome = run(&host, i, 0, "", "faults.Faults", "fillsHeap");
			EXPECT_LONG(outcome.end, WIRE_END_MEMORY);
		}
		outcome = run(&host, 5, 0, "", "faults.Faults", "arrayTooLarge");
		EXPECT_LONG(outcome.end, WIRE_END_RAN);
		EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
	}
	host_close(&host);
}

TEST(threads_left_behind_are_ended)
{
	static const char *const methods[] = {
		"leavesThread", "leavesDaemonThatIgnoresInterrupts", "leavesPool", "leavesCommonPool",
	};
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		for (uint32_t i = 0; i < 4; i++) {
			outcome = run(&host, i, 0, "", "faults.Faults", methods[i]);
			EXPECT_LONG(outcome.n[WIRE_PASSED], 1);
			if (outcome.left)
				EXPECT_STR("left", methods[i]);
		}
		outcome = run(&host, 9, 0, "", "faults.Faults", "leavesUnstoppable");
		EXPECT_LONG(outcome.left, 1);
	}
	host_close(&host);
}

TEST(what_the_jvm_has_once_is_put_back_after_a_run)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		EXPECT_LONG(run(&host, 1, 0, "", "faults.Faults", "changesAll").n[WIRE_PASSED], 1);
		outcome = run(&host, 2, 0, "", "faults.Faults", "nothingChanged");
		EXPECT_STR(outcome.failure, "");
		EXPECT_LONG(run(&host, 3, 0, "", "faults.Faults", "resetsLogging").n[WIRE_PASSED], 1);
		outcome = run(&host, 4, 0, "", "faults.Faults", "nothingChanged");
		EXPECT_STR(outcome.failure, "");
	}
	host_close(&host);
}

TEST(ports_files_and_streams_that_a_probed_run_uses_are_told)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome = run(&host, 1, WIRE_RUN_PROBED, "", "faults.Faults", "usesPort");
		EXPECT_STR(outcome.failure, "");
		EXPECT_LONG(outcome.n_touched, 1);
		outcome = run(&host, 2, WIRE_RUN_PROBED, "", "faults.Faults", "writesFile");
		EXPECT_STR(outcome.failure, "");
		EXPECT_LONG(outcome.n_touched, 3);
		EXPECT(!outcome.touched_jvm);
		outcome = run(&host, 3, WIRE_RUN_PROBED, "", "faults.Faults", "readsFile");
		EXPECT_LONG(outcome.n_touched, 0);
		outcome = run(&host, 4, WIRE_RUN_PROBED, "", "faults.Faults", "changesAll");
		EXPECT(outcome.touched_jvm);
		EXPECT_LONG(run(&host, 5, 0, "", "faults.Faults", "writesFile").n_touched, 0);
	}
	host_close(&host);
}

TEST(a_crash_of_the_vm_ends_the_worker_by_its_signal)
{
	struct outcome outcome;
	struct host host;

	if (host_ready(&host)) {
		outcome_init(&outcome, 1);
		send_run(&host, 1, 0, "", "faults.Faults", "crashes");
		EXPECT(!await(&host, &outcome, 1, PATIENCE));
		EXPECT_LONG(outcome.n_started, 1);
		EXPECT_LONG(host_wait(&host), -SIGABRT);
	}
	host_close(&host);
}

TEST(a_failure_is_one_line_even_where_its_class_misbehaves)
{
	struct host host;

	if (host_ready(&host))
		EXPECT_STR(run(&host, 1, 0, "", "faults.Faults", "oddFailure").failure,
			   "faults.Faults$1: two lines");
	host_close(&host);
}

TEST(a_worker_asked_to_quit_leaves_with_0)
{
	struct host host;

	if (host_ready(&host)) {
		wire_begin(&host.wire, WIRE_QUIT);
		host_send(&host);
		EXPECT_LONG(host_wait(&host), 0);
	}
	host_close(&host);
}

TEST(a_broken_message_ends_the_worker_with_a_reason)
{
	struct wire_message message;
	struct wire_reader in;
	struct host host;

	if (host_ready(&host)) {
		wire_begin(&host.wire, WIRE_STOP);
		host_send(&host);
		if (host_expect(&host, WIRE_FAILED, &message)) {
			in = wire_reader(&message);
			EXPECT_STR(wire_get_text(&in, &host.arena), "a message that ends early");
		}
		EXPECT_LONG(host_wait(&host), 1);
	}
	host_close(&host);
}

/* --- the setting --- */

static void send_compile(struct host *host, const char *pattern)
{
	glob_t found;

	if (glob(pattern, 0, NULL, &found)) {
		printf("%s: nothing there\n", pattern);
		exit(2);
	}
	wire_begin(&host->wire, WIRE_COMPILE);
	wire_text(&host->wire, setting.classpath);
	wire_u4(&host->wire, (uint32_t)found.gl_pathc);
	for (size_t i = 0; i < found.gl_pathc; i++)
		wire_text(&host->wire, found.gl_pathv[i]);
	host_send(host);
	globfree(&found);
}

/* Into the table, or the one class into *ret. */
static void get_compiled(struct host *host, struct span *ret)
{
	struct wire_message message;
	struct wire_reader in;
	const char *said;
	uint32_t n;

	if (!host_expect(host, WIRE_COMPILED, &message))
		exit(2);
	in = wire_reader(&message);
	wire_get_u1(&in);
	said = wire_get_text(&in, &setting.arena);
	n = wire_get_count(&in, 8);
	for (uint32_t i = 0; i < n && setting.n_classes < CLASSES_MAX; i++) {
		const char *name = wire_get_text(&in, &setting.arena);
		struct span bytes = wire_get_blob(&in);

		bytes.bytes = arena_memdup(&setting.arena, bytes.bytes, bytes.len);
		if (ret)
			*ret = bytes;
		else
			setting.classes[setting.n_classes++] = (struct compiled){ name, bytes };
	}
	if (!n) {
		printf("%s\n", said);
		exit(2);
	}
}

static void discover(struct host *host)
{
	static const char *const names[] = { "faults.Calm", "faults.Empty", "faults.Faults", "faults.Leaky",
					     "faults.Traced" };
	struct wire_message message;

	wire_begin(&host->wire, WIRE_DISCOVER);
	wire_u4(&host->wire, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		wire_text(&host->wire, names[i]);
	host_send(host);
	while (host_next(host, &message, PATIENCE) && message.kind == WIRE_UNIT) {
		struct wire_reader in = wire_reader(&message);
		struct unit *unit = &setting.units[setting.n_units];

		unit->driver = wire_get_text(&in, &setting.arena);
		unit->container = wire_get_text(&in, &setting.arena);
		unit->id = wire_get_text(&in, &setting.arena);
		unit->method = wire_get_text(&in, &setting.arena);
		setting.n_units += setting.n_units < UNITS_MAX - 2;
	}
	if (message.kind != WIRE_DISCOVERED)
		printf("discovery ended with message %d\n", (int)message.kind);
}

static void make_setting(char **args)
{
	const char *home;
	struct err err = ERR_INIT;
	struct host host;

	if (jvm_find(&setting.arena, args[0], &setting.libjvm, &home, &err) != ERR_OK) {
		printf("%s\n", err.text);
		exit(2);
	}
	setting.classpath = args[1];
	setting.sources = args[2];
	if (!host_start(&host))
		exit(2);
	send_compile(&host, arena_strfmt(&setting.arena, "%s/faults/*.java", args[2]));
	get_compiled(&host, NULL);
	send_compile(&host, arena_strfmt(&setting.arena, "%s/mutant/*.java", args[2]));
	get_compiled(&host, &setting.mutant);
	send_compile(&host, arena_strfmt(&setting.arena, "%s/probed/*.java", args[2]));
	get_compiled(&host, &setting.probed);
	send_table(&host);
	discover(&host);
	host_close(&host);
}

/* --- what it costs --- */

static double seconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long resident_mb(struct host *host)
{
	char path[40], line[200];
	long rss = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)host->pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmRSS: %ld", &rss) == 1)
			break;
	if (file)
		fclose(file);
	return rss / 1024;
}

/* Runs one after the other; what each costs the process, and its own thread. */
static void bench_runs(struct host *host, const char *what, const char *container,
		       const char *methods, unsigned rounds)
{
	clockid_t clock;

	clock_getcpuclockid(host->pid, &clock);
	for (unsigned round = 0; round < rounds; round++) {
		double cpu = seconds(clock), wall = seconds(CLOCK_MONOTONIC), own = 0;

		for (uint32_t i = 0; i < 1000; i++)
			own += (double)run(host, i, WIRE_RUN_FAIL_FAST, "faults.Target",
					   container, methods).cpu / 1e6;
		printf("%s  1000 runs  cpu %.3f ms each (%.3f on its thread)  wall %.3f ms  rss %ld MB\n",
		       what, seconds(clock) - cpu, own / 1000,
		       seconds(CLOCK_MONOTONIC) - wall, resident_mb(host));
		arena_clear(&host->arena);
	}
}

/* Two small sources, in a JVM just started. */
static void bench_compile(const char *sources)
{
	double wall = seconds(CLOCK_MONOTONIC);
	struct wire_message message;
	struct host host;
	clockid_t clock;

	if (!host_start(&host))
		return;
	clock_getcpuclockid(host.pid, &clock);
	send_compile(&host, arena_strfmt(&host.arena, "%s/faults/[TC]*.java", sources));
	host_expect(&host, WIRE_COMPILED, &message);
	printf("start and compile  cpu %.0f ms  wall %.0f ms\n", seconds(clock) * 1e3,
	       (seconds(CLOCK_MONOTONIC) - wall) * 1e3);
	host_close(&host);
}

static void bench(const char *only)
{
	static const struct {
		const char *what, *container, *methods;
		unsigned rounds;
	} rows[] = {
		{ "empty test", "faults.Empty", "nothing", 6 },
		{ "four tests", "faults.Calm", "surroundings other", 4 },
		{ "leaky test", "faults.Leaky", "leaks", 5 },
	};
	double wall = seconds(CLOCK_MONOTONIC);
	struct host host;
	clockid_t clock;

	if (!host_ready(&host))
		return;
	clock_getcpuclockid(host.pid, &clock);
	printf("start  cpu %.0f ms  wall %.0f ms\n", seconds(clock) * 1e3,
	       (seconds(CLOCK_MONOTONIC) - wall) * 1e3);
	run(&host, 0, 0, "", "faults.Empty", "");
	printf("start and first run  cpu %.0f ms  wall %.0f ms\n", seconds(clock) * 1e3,
	       (seconds(CLOCK_MONOTONIC) - wall) * 1e3);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strstr(rows[i].what, only))
			bench_runs(&host, rows[i].what, rows[i].container, rows[i].methods,
				   rows[i].rounds);
	host_close(&host);
}

static struct test *all_tests;
static unsigned failures_here;

void test_register(struct test *test)
{
	struct test **at = &all_tests;

	while (*at)
		at = &(*at)->next;
	*at = test;
}

void test_check(bool holds, const char *file, int line, const char *what)
{
	if (holds)
		return;
	failures_here++;
	printf("%s:%d: expected %s\n", file, line, what);
}

void test_check_str(const char *got, const char *want, const char *file, int line)
{
	if (!strcmp(got, want))
		return;
	failures_here++;
	printf("%s:%d: got \"%s\", not \"%s\"\n", file, line, got, want);
}

void test_check_long(long got, long want, const char *file, int line, const char *what)
{
	if (got == want)
		return;
	failures_here++;
	printf("%s:%d: %s is %ld, not %ld\n", file, line, what, got, want);
}

int main(int argc, char **argv)
{
	unsigned passed = 0, failed = 0;
	bool is_bench = argc > 1 && !strcmp(argv[1], "--bench");

	if (argc == 3 && !strcmp(argv[1], "--worker"))
		return worker_main(atoi(argv[2]));
	if (argc - is_bench < 4) {
		puts("usage: worker [--bench] JVM CLASSPATH SOURCES [ONLY]");
		return 2;
	}
	make_setting(argv + 1 + is_bench);
	if (is_bench) {
		bench_compile(argv[4]);
		bench(argc > 5 ? argv[5] : "");
		arena_release(&setting.arena);
		return failures_here != 0;
	}
	for (struct test *test = all_tests; test; test = test->next) {
		if (argc > 4 && !strstr(test->name, argv[4]))
			continue;
		failures_here = 0;
		test->run();
		fflush(stdout);
		if (failures_here)
			printf("FAILED %s\n", test->name);
		failures_here ? failed++ : passed++;
	}
	printf("%u passed, %u failed\n", passed, failed);
	arena_release(&setting.arena);
	return failed != 0;
}
