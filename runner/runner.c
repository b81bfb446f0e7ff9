#include "runner/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "crew/archive.h"
#include "crew/ask.h"
#include "engine/field_reads.h"
#include "engine/freeze.h"
#include "engine/probe.h"
#include "explain/explain.h"
#include "explain/fix.h"
#include "explain/replay.h"
#include "explain/seen.h"
#include "measure/baseline.h"
#include "measure/canary.h"
#include "measure/execute.h"
#include "measure/library_patches.h"
#include "measure/spending.h"
#include "measure/suite.h"
#include "project/jvm.h"
#include "runner/jvm_options.h"
#include "runner/narrow.h"
#include "runner/oracles.h"
#include "runner/quarantine.h"
#include "runner/remedy.h"
#include "store/discards.h"
#include "store/store.h"
#include "util/die.h"

#define ARCHIVES_SINCE 13	/* the first Java that writes one at the end of a run */
#define WORKER_MEMORY_SLACK (512ull << 20)	/* RSS a worker may have beyond its heap */

/* ---- time ---- */

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double cpu_now(void)
{
	struct rusage self, children;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	return seconds(self.ru_utime) + seconds(self.ru_stime) +
	       seconds(children.ru_utime) + seconds(children.ru_stime);
}

/* Since it became this program: getrusage() counts what was there before. */
static double peak_mb(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	unsigned long kb = 0;
	char line[256];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmHWM: %lu", &kb) == 1)
			break;
	if (file)
		fclose(file);
	return (double)kb * 1024 / 1e6;
}

static void end_phase(struct run *run)
{
	double now = run_now() - run->start_s;

	if (run->n_phases)
		run->phases[run->n_phases - 1].wall_s = now - run->wall_s;
	run->wall_s = now;
}

static void begin_phase(struct run *run, const char *name, uint32_t total)
{
	end_phase(run);
	if (run->n_phases == RUN_PHASES_MAX)
		BUG("more than %d phases", RUN_PHASES_MAX);
	run->phases[run->n_phases++].name = name;
	if (run->events.phase)
		run->events.phase(run->events.context, name, total);
}

static void note(struct run *run, const char *text)
{
	if (run->events.note)
		run->events.note(run->events.context, text);
}

/* ---- resolve ---- */

/* Of the JVM to come, 0 where it cannot be known before it runs. */
static unsigned java_feature(struct run *run)
{
	const char *libjvm, *home;
	struct err none = ERR_INIT;

	if (jvm_find(&run->arena, run->settings.jvm, &libjvm, &home, &none) != ERR_OK || !home)
		return 0;
	return jvm_feature(&run->arena, home);
}

enum err_code runner_resolve(struct run *run, struct err *err)
{
	if (run->project.directory)
		return ERR_OK;
	begin_phase(run, "resolving", 0);
	run->settings.request.java = java_feature(run);
	TRY(project_resolve(&run->arena, &run->settings.request, &run->project, err));
	for (uint32_t i = 0; i < run->project.n_looked_at; i++) {
		const char *line = run->project.looked_at[i];

		if (!strncmp(line, "skipped", 7) || !strncmp(line, "stale", 5))
			note(run, line);
	}
	return ERR_OK;
}

static const char *joined_classpath(struct run *run)
{
	const struct project *project = &run->project;
	struct buf path;
	const char *text;

	buf_init(&path, 16u << 20);
	for (uint32_t i = 0; i < project->n_roots + project->n_libraries; i++) {
		if (i)
			buf_u1(&path, ':');
		buf_text(&path, i < project->n_roots ? project->roots[i]
						     : project->libraries[i - project->n_roots]);
	}
	text = arena_strndup(&run->arena, (const char *)path.bytes, path.len);
	buf_release(&path);
	return text;
}

/* ---- workers ---- */

static enum err_code start_crew(struct run *run, struct archive *archive, struct crew **ret,
				struct err *err)
{
	const struct project *project = &run->project;
	struct crew_settings settings = { .interrupt_fd = run->settings.interrupt_fd };
	uint64_t heap;

	begin_phase(run, "starting", 0);
	TRY(jvm_find(&run->arena, run->settings.jvm, &settings.libjvm, &run->java_home, err));
	heap = jvm_options(run, joined_classpath(run), &settings.plain.options,
			   &settings.plain.n_options);
	if (!run->settings.no_cds && (!run->settings.request.java || run->settings.request.java >= ARCHIVES_SINCE))
		archive_find(&run->arena, settings.libjvm, &settings.plain, project->roots,
			     project->n_roots, project->libraries, project->n_libraries, archive);
	settings.archived = archive->jvm;
	settings.recorder = archive->recorder;
	settings.place.directory = project->directory;
	settings.place.environment = project->environment;
	settings.place.n_environment = project->n_environment;
	settings.slots = run->settings.slots;
	settings.workers = (run->settings.jobs + settings.slots - 1) / settings.slots;
	settings.memory_limit = heap ? heap + WORKER_MEMORY_SLACK : 0;
	return crew_start(&run->arena, &settings, ret, err);
}

static void add_compiled(void *context, const char *name, struct span bytes)
{
	struct run *run = context;

	project_add_compiled(&run->arena, &run->project, &run->settings.request, name, bytes);
}

static enum err_code compile(struct run *run, struct crew *crew, struct err *err)
{
	if (!run->project.n_sources)
		return ERR_OK;
	begin_phase(run, "compiling", 0);
	return ask_compile(crew, joined_classpath(run), run->project.sources,
			    run->project.n_sources, add_compiled, run, err);
}

/* ---- plan ---- */

static enum err_code make_plan(struct run *run, struct err *err)
{
	const struct project *project = &run->project;
	uint32_t targets = 0;

	begin_phase(run, "planning", 0);
	plan_init(&run->plan, &run->arena, &run->settings.plan);
	for (uint32_t i = 0; i < project->n_classes; i++)
		run->plan.settings.has_private_lookups |= field_reads_looks_up(project->classes[i].bytes);
	for (uint32_t i = 0; i < project->n_classes; i++) {
		if (!project->classes[i].is_target)
			continue;
		targets++;
		TRY(plan_class(&run->plan, project->classes[i].bytes, project->classes[i].what, err));
	}
	plan_finish(&run->plan);
	quarantine_note_stale(run);
	TRY(narrow_plan(run, err));
	quarantine_mark(run);
	run->plan_digest = freeze_plan(&run->plan);
	if (!targets)
		return err_set(err, ERR_EMPTY, "nothing to mutate: no class of the project is covered by the target");
	if (!run->plan.n_mutants)
		return err_set(err, ERR_EMPTY, "nothing to mutate: %u class%s, but no instruction in them that an operator fits",
			       targets, targets == 1 ? "" : "es");
	return ERR_OK;
}

/* ---- the class table every worker gets ---- */

static void put_text(struct buf *table, const char *text)
{
	buf_u4(table, (uint32_t)strlen(text));
	buf_text(table, text);
}

static void put_blob(struct buf *table, struct span bytes)
{
	buf_u4(table, (uint32_t)bytes.len);
	buf_span(table, bytes);
}

static enum err_code make_table(struct run *run, struct buf *table, bool *unprobed, struct err *err)
{
	const struct project *project = &run->project;
	struct arena scratch = ARENA_INIT;
	enum err_code code = ERR_OK;
	uint32_t target = 0;	/* the plan holds the targets in the project's order */

	buf_init(table, WIRE_PAYLOAD_MAX);
	buf_u4(table, project->n_roots);
	for (uint32_t i = 0; i < project->n_roots; i++)
		put_text(table, project->roots[i]);
	buf_u4(table, project->n_classes);
	for (uint32_t i = 0; i < project->n_classes && code == ERR_OK; i++) {
		const struct project_class *class = &project->classes[i];
		struct span probed = span_none;

		arena_clear(&scratch);
		if (class->is_target && probe_changes(&run->plan, target++))
			code = probe_class(&run->plan, target - 1, &scratch, unprobed, &probed, err);
		put_text(table, class->name);
		buf_u4(table, class->root);
		put_blob(table, class->bytes);
		put_blob(table, probed);
	}
	buf_u4(table, probe_counters(&run->plan));
	library_patches_put_own_loaders(run, table);
	arena_release(&scratch);
	if (code == ERR_OK && table->overflowed)
		code = err_set(err, ERR_LIMIT, "the classes of the project are more than %u MiB",
			       WIRE_PAYLOAD_MAX >> 20);
	return code;
}

/* ---- tests ---- */

static void note_remedy(struct run *run)
{
	uint32_t n;
	const char *options = remedy_for_run(run, &n);

	if (options)
		note(run, arena_strfmt(&run->arena, "%u test%s on something that the JDK keeps out: try %s", n,
				       n == 1 ? " fails" : "s fail", options));
}

static void note_modules(struct run *run)
{
	const char *module;
	uint32_t n = remedy_for_modules(run, &module);

	if (n)
		note(run, arena_strfmt(&run->arena, "%u test%s no file: here all run in %s; those of one module run in its own directory with vary mutate %s",
				       n, n == 1 ? " finds" : "s find", run->project.directory, module));
}

static enum err_code check_baseline(const struct run *run, struct err *err)
{
	uint32_t passed = 0, first_failed = UNIT_NONE;

	for (uint32_t i = 0; i < run->n_units; i++) {
		passed += run->units[i].state == UNIT_PASSED;
		if ((run->units[i].state == UNIT_FAILED || run->units[i].state == UNIT_FLAKY) &&
		    first_failed == UNIT_NONE)
			first_failed = i;
	}
	if (passed)
		return ERR_OK;
	if (first_failed == UNIT_NONE)
		return err_set(err, ERR_EMPTY, "all %u tests are disabled or skipped", run->n_units);
	return err_set(err, ERR_TESTS, "no test passes on the code as it is; the first failure: %s: %s",
		       run->units[first_failed].name, run->units[first_failed].failure);
}

static enum err_code check_reach(const struct run *run, struct err *err)
{
	if (run->reach_start[run->plan.n_points] || run->settings.fixes)
		return ERR_OK;	/* a test that reaches it can be proposed */
	return err_set(err, ERR_EMPTY, "no test reaches any of the %u mutants: the %u tests never run the target's code",
		       run->plan.n_mutants, run->n_units);
}

/* ---- mutants ---- */

static enum err_code execute_way(struct run *run, struct crew *crew, enum run_way way,
				 struct verdict **ret, struct err *err)
{
	double before = cpu_now() + (double)crew_cpu(crew) / 1e9;
	bool reference = way == RUN_REFERENCE;
	enum err_code code;

	*ret = ARENA_NEW_N(&run->arena, struct verdict, run->plan.n_mutants);
	begin_phase(run, reference ? "reference" : "mutants", run->plan.n_mutants);
	code = execute_run(run, crew, reference, *ret, err);
	run->ways_cpu_s[way] = cpu_now() + (double)crew_cpu(crew) / 1e9 - before;
	return code;
}

static enum err_code execute(struct run *run, struct crew *crew, struct err *err)
{
	if (run->settings.way != RUN_BOTH)
		return execute_way(run, crew, run->settings.way, &run->verdicts, err);
	TRY(execute_way(run, crew, RUN_FAST, &run->verdicts, err));
	return execute_way(run, crew, RUN_REFERENCE, &run->reference, err);
}

/* ---- survivors ---- */

static uint32_t count_survivors(const struct run *run)
{
	struct run_counts counts = run_count(run);

	return counts.counted - counts.detected;
}

static enum err_code explain(struct run *run, struct crew *crew, struct err *err)
{
	if (run->settings.no_explain || run->settings.way == RUN_BOTH)
		return ERR_OK;
	spending_begin(run, crew, RUN_PART_EXPLAIN);
	begin_phase(run, "explaining", count_survivors(run));
	return explain_run(run, crew, err);
}

/* What was executed must be what was planned. */
static enum err_code check_plan(const struct run *run, struct err *err)
{
	if (freeze_plan(&run->plan) == run->plan_digest)
		return ERR_OK;
	return err_set(err, ERR_WORKER, "the plan changed while it was carried out: a defect of vary, its verdicts are not to be trusted");
}

/* ---- what would notice survivors ---- */

static enum err_code fix(struct run *run, struct crew *crew, struct err *err)
{
	if (!run->settings.fixes)
		return ERR_OK;
	begin_phase(run, "fixing", run->plan.n_mutants);
	TRY(seen_run(run, crew, err));
	return fix_run(run, crew, joined_classpath(run), err);
}

/* ---- the story ---- */

static enum err_code measure(struct run *run, struct crew *crew, struct err *err)
{
	struct buf table;
	bool *unprobed;

	TRY(compile(run, crew, err));
	TRY(make_plan(run, err));
	unprobed = ARENA_NEW_N(&run->arena, bool, run->plan.n_points);
	TRY(make_table(run, &table, unprobed, err));
	crew_set_table(crew, &table);
	begin_phase(run, "discovering", 0);
	TRY(suite_discover(run, crew, err));
	if (run->settings.read_oracles)
		oracles_read(run);
	spending_begin(run, crew, RUN_PART_BASELINE);
	begin_phase(run, "baseline", run->n_units + run->n_containers);
	TRY(baseline_run(run, crew, unprobed, err));
	note_remedy(run);
	note_modules(run);
	TRY(check_baseline(run, err));
	TRY(check_reach(run, err));
	if (!run->settings.replays)
		TRY(canary_try(run, crew, err));
	if (run->settings.way != RUN_BOTH && !run->settings.no_store && !run->settings.replays)
		run->store = store_begin(run);
	spending_begin(run, crew, RUN_PART_MUTANTS);
	if (run->settings.replays) {
		begin_phase(run, "replaying", 0);
		return replay_run(run, crew, err);
	}
	TRY(execute(run, crew, err));
	TRY(explain(run, crew, err));
	quarantine_equivalent(run);
	TRY(fix(run, crew, err));
	return check_plan(run, err);
}

enum err_code runner_mutate(struct run *run, struct err *err)
{
	struct archive archive = { .directory = NULL };
	struct crew *crew = NULL;
	enum err_code code;

	code = runner_resolve(run, err);
	if (code == ERR_OK)
		code = start_crew(run, &archive, &crew, err);
	if (code == ERR_OK)
		code = measure(run, crew, err);
	if (code == ERR_OK) {
		spending_begin(run, crew, RUN_PART_DISCOVERY);	/* for the next run's start */
		if (crew_let_recorder_leave(crew))
			archive_keep(&archive);
	}
	if (crew) {
		run->workers_started = crew->started;
		run->workers_lost = crew->lost;
	}
	crew_stop(crew);
	end_phase(run);
	run->cpu_s = cpu_now();
	spending_end(run, crew, run->cpu_s);
	run->peak_mb = peak_mb();
	run->interrupted = code == ERR_STOPPED;
	if (code == ERR_OK)
		store_finish(run->store);
	if (run->store)
		discards_write(run);
	return code;
}

enum err_code runner_plan(struct run *run, struct err *err)
{
	struct archive archive = { .directory = NULL };
	struct crew *crew = NULL;
	enum err_code code;

	code = runner_resolve(run, err);
	if (code == ERR_OK && run->project.n_sources) {
		code = start_crew(run, &archive, &crew, err);
		if (code == ERR_OK)
			code = compile(run, crew, err);
		crew_stop(crew);
	}
	if (code == ERR_OK)
		code = make_plan(run, err);
	end_phase(run);
	run->cpu_s = cpu_now();
	return code;
}

void runner_release(struct run *run)
{
	store_close(run->store);
	run_release(run);
}
