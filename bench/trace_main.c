/* What tracing costs, and what it records:
 *
 *	trace [--rounds N] [--events] [--only TEXT] [--jvm JVM] [--jvm-arg=ARG]... TARGET CLASSPATH
 *
 * Runs the tests of a project, class after class in one worker, each class in
 * turns as it is and traced, every run in a fresh loader. TARGET and CLASSPATH as
 * for vary mutate ("" for none). Prints, a line each:
 *
 *	CPU seconds of the threads that ran them, untraced and traced, and their ratio
 *	tests, events, tests whose two traces are not equal, tests that do not pass
 *	alike traced and not (named)
 *
 * --events: each test's trace, value by value. --only: test classes with TEXT in
 * their name. The exit status is 1 where a test does not pass alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/woven.h"
#include "jni/worker.h"
#include "measure/suite.h"
#include "measure/task.h"
#include "project/jvm.h"
#include "runner/jvm_options.h"
#include "runner/runner.h"
#include "util/die.h"

struct options {
	unsigned rounds;
	bool events;
	const char *only;
};

struct seen {			/* of one test */
	bool is_there[2];	/* untraced, traced */
	enum wire_result result[2];
	uint32_t n_events;
	uint64_t sum;		/* of the last trace */
	bool differs;		/* two traces of it are not equal */
};

struct bench {
	struct run run;
	struct options options;
	struct seen *seen;	/* [run.n_units] */
	uint32_t container;	/* next */
	unsigned round;
	bool traced;
	double cpu_s[2];
	uint64_t total_events;
};

static const char *joined(struct arena *arena, const struct project *project)
{
	const char *path = "";

	for (uint32_t i = 0; i < project->n_roots; i++)
		path = arena_strfmt(arena, "%s%s%s", path, i ? ":" : "", project->roots[i]);
	for (uint32_t i = 0; i < project->n_libraries; i++)
		path = arena_strfmt(arena, "%s:%s", path, project->libraries[i]);
	return path;
}

static void put_text(struct buf *table, const char *text)
{
	buf_u4(table, (uint32_t)strlen(text));
	buf_text(table, text);
}

static void set_table(const struct project *project, struct crew *crew)
{
	struct buf table;

	buf_init(&table, WIRE_PAYLOAD_MAX);
	buf_u4(&table, project->n_roots);
	for (uint32_t i = 0; i < project->n_roots; i++)
		put_text(&table, project->roots[i]);
	buf_u4(&table, project->n_classes);
	for (uint32_t i = 0; i < project->n_classes; i++) {
		put_text(&table, project->classes[i].name);
		buf_u4(&table, project->classes[i].root);
		buf_u4(&table, (uint32_t)project->classes[i].bytes.len);
		buf_span(&table, project->classes[i].bytes);
		buf_u4(&table, 0);
	}
	buf_u4(&table, 0);
	crew_set_table(crew, &table);
}

/* ---- one pass over all test classes ---- */

static struct pool_job *next(void *context)
{
	struct bench *bench = context;
	struct run *run = &bench->run;
	const struct container *container;
	uint32_t *units;
	struct task *task;

	while (bench->container < run->n_containers &&
	       !strstr(run->containers[bench->container].name, bench->options.only))
		bench->container++;
	if (bench->container == run->n_containers)
		return NULL;
	container = &run->containers[bench->container++];
	units = ARENA_NEW_N(&run->arena, uint32_t, container->n_units);
	for (uint32_t i = 0; i < container->n_units; i++)
		units[i] = container->first_unit + i;
	task = task_new(run, units, container->n_units,
			bench->traced ? WIRE_RUN_TRACED | (bench->options.events ? WIRE_RUN_TEXTS : 0) : 0, false);
	return &task->job;
}

static const char *const kinds[N_TRACE_KINDS] = {
	[TRACE_RESULT] = "result", [TRACE_THROWN] = "thrown", [TRACE_ASSERTED] = "asserted",
	[TRACE_CALLBACK] = "callback", [TRACE_PRINTED] = "printed", [TRACE_STATE] = "state",
};

static void print_trace(const struct bench *bench, uint32_t unit, const struct trace *trace)
{
	printf("%s\n", bench->run.units[unit].name);
	for (uint32_t i = 0; i < trace->n; i++) {
		const struct trace_event *event = &trace->events[i];
		static const struct trace_site none = { "", "", "", 0, "" };
		const struct trace_site *site = event->site < bench->run.n_sites ?
						&bench->run.sites[event->site] : &none;

		printf("\t%s %u  %s.%s:%u  %s  %s\n", kinds[event->kind], event->operand,
		       site->class_name, site->method_name, site->line, site->callee, event->text);
	}
}

static void take_trace(struct bench *bench, uint32_t unit, const struct trace *trace)
{
	struct seen *seen = &bench->seen[unit];
	uint64_t sum = trace->n;

	for (uint32_t i = 0; i < trace->n; i++) {
		const struct trace_event *event = &trace->events[i];

		sum = (sum ^ event->digest) * 0x100000001b3u;
		sum = (sum ^ event->site ^ (uint64_t)event->kind << 32 ^ (uint64_t)event->operand << 40) * 0x100000001b3u;
	}
	if (bench->round == 0 && bench->options.events)
		print_trace(bench, unit, trace);
	seen->differs |= bench->round && sum != seen->sum;
	seen->sum = sum;
	seen->n_events = trace->n;
	bench->total_events += trace->n;
}

static void done(void *context, struct pool_job *job)
{
	struct bench *bench = context;
	struct task *task = (struct task *)job;

	if (bench->round)
		bench->cpu_s[bench->traced] += (double)job->cpu_ns / 1e9;
	if (job->end != JOB_RAN)
		printf("%s: end %d: %s\n", bench->run.containers[bench->run.units[task->units[0]].container_number].name,
		       job->end, job->detail);
	for (uint32_t i = 0; i < job->n_units && job->results; i++) {
		struct seen *seen = &bench->seen[task->units[i]];

		seen->is_there[bench->traced] = job->results[i].is_there;
		seen->result[bench->traced] = job->results[i].result;
		if (bench->traced)
			take_trace(bench, task->units[i], &job->results[i].trace);
	}
	task_free(task);
}

static enum err_code pass(struct bench *bench, struct crew *crew, bool traced, struct err *err)
{
	const struct pool_client client = { .context = bench, .next = next, .done = done };

	bench->container = 0;
	bench->traced = traced;
	return pool_run(crew, &client, err);
}

/* ---- all ---- */

static unsigned report(const struct bench *bench)
{
	unsigned differ = 0, unlike = 0, n = 0, quiet = 0;

	for (uint32_t i = 0; i < bench->run.n_units; i++) {
		const struct seen *seen = &bench->seen[i];

		if (!seen->is_there[0] && !seen->is_there[1])
			continue;
		n++;
		quiet += seen->result[0] == WIRE_PASSED && !seen->n_events;
		differ += seen->differs;
		if (seen->differs)
			printf("differs: %s\n", bench->run.units[i].name);
		if (seen->is_there[0] == seen->is_there[1] && seen->result[0] == seen->result[1])
			continue;
		unlike++;
		printf("unlike: %s: %d traced, %d not\n", bench->run.units[i].name, seen->result[1], seen->result[0]);
	}
	printf("CPU s untraced %.3f traced %.3f ratio %.2f\n", bench->cpu_s[0], bench->cpu_s[1],
	       bench->cpu_s[0] > 0 ? bench->cpu_s[1] / bench->cpu_s[0] : 0);
	printf("%u tests, %u without an event, %llu events a round, %u whose traces differ, %u not alike\n",
	       n, quiet, (unsigned long long)(bench->total_events / bench->options.rounds), differ, unlike);
	return unlike;
}

static enum err_code measure(struct bench *bench, struct crew **crew, struct err *err)
{
	struct run *run = &bench->run;
	struct crew_settings settings = { .workers = 1, .slots = 1, .interrupt_fd = -1 };

	TRY(runner_plan(run, err));
	TRY(jvm_find(&run->arena, run->settings.jvm, &settings.libjvm, &run->java_home, err));
	jvm_options(run, joined(&run->arena, &run->project), &settings.plain.options, &settings.plain.n_options);
	settings.directory = run->project.directory;
	TRY(crew_start(&run->arena, &settings, crew, err));
	set_table(&run->project, *crew);
	TRY(suite_discover(run, *crew, err));
	bench->seen = ARENA_NEW_N(&run->arena, struct seen, run->n_units);
	TRY(woven_prepare(run, *crew, err));
	for (bench->round = 0; bench->round < bench->options.rounds; bench->round++) {
		TRY(pass(bench, *crew, false, err));
		TRY(pass(bench, *crew, true, err));
	}
	return ERR_OK;
}

int main(int argc, char **argv)
{
	struct bench bench = { .options = { .rounds = 3, .only = "" } };
	struct run_settings settings = { .plan = plan_default_settings(), .interrupt_fd = -1 };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct crew *crew = NULL;
	const char **jvm_args;
	unsigned unlike = 0;
	int at = 1;

	if (argc == 3 && !strcmp(argv[1], "--worker"))
		return worker_main(atoi(argv[2]));
	jvm_args = ARENA_NEW_N(&arena, const char *, (size_t)argc);
	settings.jvm_args = jvm_args;
	for (; at < argc && !strncmp(argv[at], "--", 2); at++) {
		if (!strcmp(argv[at], "--events"))
			bench.options.events = true;
		else if (!strcmp(argv[at], "--rounds") && at + 1 < argc)
			bench.options.rounds = (unsigned)strtoul(argv[++at], NULL, 10);
		else if (!strcmp(argv[at], "--only") && at + 1 < argc)
			bench.options.only = argv[++at];
		else if (!strcmp(argv[at], "--jvm") && at + 1 < argc)
			settings.jvm = argv[++at];
		else if (!strncmp(argv[at], "--jvm-arg=", 10))
			jvm_args[settings.n_jvm_args++] = argv[at] + 10;
	}
	if (argc - at != 2 || !bench.options.rounds) {
		puts("usage: trace [--rounds N] [--events] [--only TEXT] [--jvm JVM] [--jvm-arg=ARG]... TARGET CLASSPATH");
		return 2;
	}
	settings.request.targets = (const char *const *)&argv[at];
	settings.request.n_targets = 1;
	settings.request.classpath = *argv[at + 1] ? argv[at + 1] : NULL;
	run_init(&bench.run, &settings, NULL);
	if (measure(&bench, &crew, &err) == ERR_OK)
		unlike = report(&bench);
	else
		printf("%s\n", err.text);
	crew_stop(crew);
	runner_release(&bench.run);
	arena_release(&arena);
	return err.code != ERR_OK || unlike ? 1 : 0;
}
