#include "runner/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "runner/spending.h"
#include "runner/counts.h"
#include "runner/task.h"
#include "runner/touched.h"
#include "util/die.h"

/* What running each test alone may cost in all: this much and three times the
 * suite. Beyond, classes fall back to being charged as a whole. */
#define ALONE_BUDGET_NS (60ull * 1000000000)
#define ALONE_BUDGET_FACTOR 3

/* A test that takes so long runs alone only where that can show something new. */
#define ALONE_DEAR_NS (200ull * 1000000)

/* Few tests do, and those by far: so it hardly ever differs from run to run. */
#define LONG_NS (500ull * 1000000)

#define HEAVY_FACTOR 8		/* times the mean */

enum trial { TRIAL_NONE, TRIAL_PASSED, TRIAL_FAILED, TRIAL_SKIPPED };

struct record {			/* of a unit */
	enum trial with_class;	/* in its class, with probes */
	enum trial plain;	/* the same without probes, where that failed or is in doubt */
	enum trial alone;	/* alone in its loader, with probes */
	bool came_first;	/* in its class: as good as alone, all that follows is later */
	struct counts counts;
};

struct again {			/* of a container: what its tests touched, each alone */
	const uint64_t *touched;
	uint32_t n_touched;
	bool took_place;
};

struct baseline {
	struct run *run;
	struct record *records;		/* [run->n_units] */
	bool *charge_whole;		/* [run->n_containers] */
	bool *reaches;			/* [run->n_containers] any mutation point at all */
	struct again *again;		/* [run->n_containers] */
	uint32_t next, done, total;	/* jobs; `total` is known better with each phase */
	uint32_t later;			/* jobs that later phases will take, by a guess */
	uint64_t suite_ns, alone_ns;
	uint8_t flags;			/* of the phase under way */
	void (*take)(struct baseline *baseline, const struct task *task);
	bool (*wants)(const struct baseline *baseline, uint32_t subject);
	bool by_unit;			/* the phase's subjects are units, not containers */
	uint32_t *order;		/* [n] those subjects that want a job, longest first */
	uint32_t n;
};

/* ---- what a job showed ---- */

static void note_counts(const struct baseline *baseline, struct record *record,
			enum counts_run which, const struct pool_count *counts, uint32_t n)
{
	counts_note(&record->counts, which, baseline->run->plan.n_points,
		    baseline->run->plan.n_bodies, counts, n);
}

static const char *end_says(const struct pool_job *job)
{
	switch (job->end) {
	case JOB_TIMED_OUT:
		return "does not come to an end";
	case JOB_MEMORY:
		return "runs out of memory; give the JVM more with --jvm-arg -Xmx4g";
	default:
		return *job->detail ? job->detail : "the JVM died";
	}
}

static enum trial trial_of(const struct pool_job *job, uint32_t i)
{
	const struct pool_result *result = &job->results[i];

	if (!result->is_there) {
		if (job->end != JOB_RAN)	/* only the one at work is to blame */
			return i == job->running ? TRIAL_FAILED : TRIAL_NONE;
		return TRIAL_FAILED;		/* its class failed around it */
	}
	if (job->container_failure)
		return TRIAL_FAILED;
	switch (result->result) {
	case WIRE_PASSED:
		return TRIAL_PASSED;
	case WIRE_SKIPPED:
		return TRIAL_SKIPPED;
	default:
		return TRIAL_FAILED;
	}
}

static const char *failure_of(const struct pool_job *job, uint32_t i)
{
	const struct pool_result *result = &job->results[i];

	if (result->is_there && result->result == WIRE_FAILED_TEST)
		return result->failure;
	if (job->container_failure)
		return job->container_failure;
	if (result->is_there && result->result == WIRE_MISSING)
		return "the test engine does not find it a second time";
	return end_says(job);
}

static enum trial note_trial(struct baseline *baseline, const struct task *task, uint32_t i)
{
	struct unit *unit = &baseline->run->units[task->units[i]];
	enum trial trial = trial_of(&task->job, i);

	if (trial == TRIAL_PASSED)
		spending_test(unit, task->job.results[i].cpu_ns);
	if (trial == TRIAL_FAILED && !unit->failure)
		unit->failure = arena_strdup(&baseline->run->arena, failure_of(&task->job, i));
	return trial;
}

/* ---- first: each class as a whole ---- */

/* The first test that a class starts has its loader to itself, as if it were alone.
 * A second run would tell whether it is flaky (later, each test's first kill does)
 * and what it touches: the class's set does not say which of them does. */
static void note_first(struct baseline *baseline, const struct task *task)
{
	uint32_t first = task->job.first_started;
	struct record *record;

	if (task->job.end != JOB_RAN || first == UINT32_MAX || task->job.n_touched)
		return;
	record = &baseline->records[task->units[first]];
	record->came_first = record->with_class == TRIAL_PASSED &&
			     task->job.results[first].cpu_ns > ALONE_DEAR_NS;
}

static void take_class(struct baseline *baseline, const struct task *task)
{
	struct container *container = &baseline->run->containers[task->subject];

	for (uint32_t i = 0; i < task->job.n_units; i++) {
		const struct pool_result *result = &task->job.results[i];
		struct unit *unit = &baseline->run->units[task->units[i]];
		struct record *record = &baseline->records[task->units[i]];

		record->with_class = note_trial(baseline, task, i);
		unit->wall_ns = result->wall_ns;
		note_counts(baseline, record, COUNTS_WITH_CLASS, result->counts, result->n_counts);
		/* Class-level set-up and tear-down belong to all of them. */
		note_counts(baseline, record, COUNTS_WITH_CLASS, task->job.counts, task->job.n_counts);
		baseline->reaches[task->subject] |= record->counts.points.n > 0;
	}
	note_first(baseline, task);
	/* Not told by unit: class-level set-up counts, too. */
	touched_add(&baseline->run->arena, &container->touched, &container->n_touched,
		    task->job.touched, task->job.n_touched);
	container->wall_ns = task->job.wall_ns;
	container->is_measured = true;
	baseline->suite_ns += task->job.wall_ns;
}

/* ---- then, where something failed: was it the probes? ---- */

static bool has_failures(const struct baseline *baseline, uint32_t number)
{
	const struct container *container = &baseline->run->containers[number];

	for (uint32_t i = 0; i < container->n_units; i++)
		if (baseline->records[container->first_unit + i].with_class == TRIAL_FAILED)
			return true;
	return false;
}

static void take_plain(struct baseline *baseline, const struct task *task)
{
	for (uint32_t i = 0; i < task->job.n_units; i++)
		baseline->records[task->units[i]].plain = note_trial(baseline, task, i);
}

/* ---- last: each test alone ---- */

static bool is_candidate(const struct record *record)
{
	return record->with_class != TRIAL_SKIPPED &&
	       (record->with_class != TRIAL_FAILED || record->plain == TRIAL_PASSED);
}

/* Where a whole class reaches nothing, none of its tests does alone. */
static bool runs_alone(const struct baseline *baseline, uint32_t number)
{
	const struct record *record = &baseline->records[number];
	uint32_t container = baseline->run->units[number].container_number;

	return is_candidate(record) && !record->came_first && !baseline->charge_whole[container] &&
	       (baseline->reaches[container] || record->with_class == TRIAL_NONE ||
		record->plain == TRIAL_PASSED);
}

static void take_alone(struct baseline *baseline, const struct task *task)
{
	const struct unit *unit = &baseline->run->units[task->subject];
	struct record *record = &baseline->records[task->subject];
	struct again *again = &baseline->again[unit->container_number];

	record->alone = note_trial(baseline, task, 0);
	note_counts(baseline, record, COUNTS_ALONE, task->job.results[0].counts,
		    task->job.results[0].n_counts);
	note_counts(baseline, record, COUNTS_ALONE, task->job.counts, task->job.n_counts);
	again->took_place = true;
	touched_add(&baseline->run->arena, &again->touched, &again->n_touched,
		    task->job.touched, task->job.n_touched);
	baseline->alone_ns += task->job.wall_ns;
	if (baseline->alone_ns > ALONE_BUDGET_NS + ALONE_BUDGET_FACTOR * baseline->suite_ns)
		baseline->charge_whole[unit->container_number] = true;
}

/* ---- where a test alone disagrees with its class: does it agree with itself? ---- */

static bool is_in_doubt(const struct record *record)
{
	return record->with_class == TRIAL_PASSED &&
	       (record->alone == TRIAL_FAILED || record->alone == TRIAL_SKIPPED);
}

static bool has_doubts(const struct baseline *baseline, uint32_t number)
{
	const struct container *container = &baseline->run->containers[number];

	for (uint32_t i = 0; i < container->n_units; i++)
		if (is_in_doubt(&baseline->records[container->first_unit + i]))
			return true;
	return false;
}

static void take_again(struct baseline *baseline, const struct task *task)
{
	for (uint32_t i = 0; i < task->job.n_units; i++) {
		struct record *record = &baseline->records[task->units[i]];

		if (is_in_doubt(record) && record->plain != TRIAL_FAILED)
			record->plain = note_trial(baseline, task, i);
	}
}

/* ---- a phase: one job for each container or unit that wants it ---- */

/* What is done may change that: a class that turned out too dear is charged as a whole. */
static bool is_wanted(const struct baseline *baseline, uint32_t subject)
{
	return !baseline->wants || baseline->wants(baseline, subject);
}

/* Longest first, so that no worker idles at the end while another has much to do.
 * Before anything was measured, many tests stand for a long time. */
static int longest_container_first(const void *a, const void *b, void *context)
{
	const struct run *run = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct container *x = &run->containers[i], *y = &run->containers[j];

	if (x->wall_ns != y->wall_ns)
		return x->wall_ns > y->wall_ns ? -1 : 1;
	if (x->n_units != y->n_units)
		return x->n_units > y->n_units ? -1 : 1;
	return i < j ? -1 : 1;
}

/* The short ones in their order: where the time for all is not granted, those that
 * have had theirs make whole classes. */
static int longest_unit_first(const void *a, const void *b, void *context)
{
	const struct run *run = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	uint64_t x = run->units[i].wall_ns, y = run->units[j].wall_ns;

	if (x != y && (x > ALONE_DEAR_NS || y > ALONE_DEAR_NS))
		return x > y ? -1 : 1;
	return i < j ? -1 : 1;
}

static void phase_order(struct baseline *baseline, bool by_unit)
{
	struct run *run = baseline->run;
	uint32_t n = by_unit ? run->n_units : run->n_containers;

	baseline->order = ARENA_NEW_N(&run->arena, uint32_t, n);
	baseline->n = baseline->next = 0;
	for (uint32_t i = 0; i < n; i++)
		if (is_wanted(baseline, i))
			baseline->order[baseline->n++] = i;
	qsort_r(baseline->order, baseline->n, sizeof(*baseline->order),
		by_unit ? longest_unit_first : longest_container_first, run);
}

static struct pool_job *phase_next(void *context)
{
	struct baseline *baseline = context;
	const struct run *run = baseline->run;

	while (baseline->next < baseline->n && !is_wanted(baseline, baseline->order[baseline->next]))
		baseline->next++;
	if (baseline->next == baseline->n)
		return NULL;

	uint32_t subject = baseline->order[baseline->next++];
	uint32_t first = baseline->by_unit ? subject : run->containers[subject].first_unit;
	uint32_t n_units = baseline->by_unit ? 1 : run->containers[subject].n_units;
	uint32_t *units = malloc(n_units * sizeof(*units));
	struct task *task;

	if (!units)
		die_out_of_memory();
	for (uint32_t i = 0; i < n_units; i++)
		units[i] = first + i;
	task = task_new(run, units, n_units, baseline->flags, false);
	free(units);
	task->subject = subject;
	return &task->job;
}

static void phase_done(void *context, struct pool_job *job)
{
	struct baseline *baseline = context;
	struct run *run = baseline->run;
	struct task *task = (struct task *)job;

	if (job->end != JOB_ABANDONED)
		baseline->take(baseline, task);
	task_free(task);
	baseline->done++;
	if (run->events.step)
		run->events.step(run->events.context, run, baseline->done, baseline->total);
}

static enum err_code phase_run(struct baseline *baseline, struct crew *crew, bool by_unit,
			       uint8_t flags,
			       bool (*wants)(const struct baseline *, uint32_t),
			       void (*take)(struct baseline *, const struct task *),
			       struct err *err)
{
	const struct pool_client client = { .context = baseline, .next = phase_next, .done = phase_done };

	baseline->by_unit = by_unit;
	baseline->flags = flags;
	baseline->wants = wants;
	baseline->take = take;
	phase_order(baseline, by_unit);
	baseline->total = baseline->done + baseline->n + baseline->later;
	return pool_run(crew, &client, err);
}

/* ---- conclusions ---- */

static enum unit_state conclude(struct unit *unit, struct record *record, bool was_charged_whole)
{
	if (record->with_class == TRIAL_SKIPPED)
		return UNIT_SKIPPED;
	if (record->with_class == TRIAL_FAILED) {
		if (record->plain != TRIAL_PASSED)
			return record->alone == TRIAL_PASSED ? UNIT_FLAKY : UNIT_FAILED;
		unit->is_uncounted = true;	/* fails only because of the probes */
		return UNIT_PASSED;
	}
	if (record->with_class == TRIAL_NONE)	/* the class went down before its turn */
		return record->alone == TRIAL_PASSED ? UNIT_PASSED : UNIT_FAILED;
	if (record->plain == TRIAL_FAILED)	/* passed the first time */
		return UNIT_FLAKY;
	unit->needs_company = record->alone == TRIAL_FAILED ||
			      record->alone == TRIAL_SKIPPED;
	if (was_charged_whole && record->alone == TRIAL_NONE)
		unit->needs_company = false;
	return UNIT_PASSED;
}

/* All tests of the class get what any of them reached. */
static void charge_whole(struct baseline *baseline, const struct container *container)
{
	struct points all = { NULL, 0, 0 };

	for (uint32_t i = 0; i < container->n_units; i++) {
		struct points *points = &baseline->records[container->first_unit + i].counts.points;

		points_add(&all, points->items, points->n);
	}
	points_sort(&all);
	for (uint32_t i = 0; i < container->n_units; i++)
		points_add(&baseline->records[container->first_unit + i].counts.points, all.items, all.n);
	free(all.items);
}

static void keep_loops(struct run *run, struct unit *unit, struct counts *counts)
{
	unit->is_erratic = counts_are_erratic(counts);
	unit->loops = counts_loops(counts, &run->arena, &unit->n_loops);
	for (uint32_t i = 0; i < unit->n_loops; i++)
		unit->work += unit->loops[i].count;
}

static void conclude_container(struct baseline *baseline, uint32_t number)
{
	struct container *container = &baseline->run->containers[number];
	const struct again *again = &baseline->again[number];
	bool whole = baseline->charge_whole[number];

	for (uint32_t i = 0; i < container->n_units; i++) {
		struct unit *unit = &baseline->run->units[container->first_unit + i];
		struct record *record = &baseline->records[container->first_unit + i];

		unit->state = conclude(unit, record, whole);
		if (unit->state == UNIT_PASSED || unit->state == UNIT_SKIPPED)
			unit->failure = NULL;
		whole |= unit->needs_company;
	}
	if (whole)
		charge_whole(baseline, container);
	else if (again->took_place)
		touched_keep(&baseline->run->arena, &container->touched, &container->n_touched,
			     again->touched, again->n_touched);
}

/* Tells each point that test number `u` counts as reaching. `always`: those
 * that every test does. */
static void each_reached(const struct baseline *baseline, uint32_t u, const bool *unprobed,
			 const struct points *always,
			 void (*hear)(void *context, uint32_t point, uint32_t unit), void *context)
{
	const struct record *record = &baseline->records[u];

	if (baseline->run->units[u].state != UNIT_PASSED)
		return;
	if (baseline->run->units[u].is_uncounted) {
		for (uint32_t p = 0; p < baseline->run->plan.n_points; p++)
			hear(context, p, u);
		return;
	}
	for (uint32_t i = 0; i < record->counts.points.n; i++) {
		uint32_t p = record->counts.points.items[i];

		if (p < baseline->run->plan.n_points && !unprobed[p])
			hear(context, p, u);
	}
	for (uint32_t i = 0; i < always->n; i++)
		hear(context, always->items[i], u);
}

struct index {
	uint32_t *at;		/* [n_points]: how many, then where the next goes */
	uint32_t *reach;
};

static void count_one(void *context, uint32_t point, uint32_t unit)
{
	struct index *index = context;

	(void)unit;
	index->at[point]++;
}

static void put_one(void *context, uint32_t point, uint32_t unit)
{
	struct index *index = context;

	index->reach[index->at[point]++] = unit;
}

/* Turns "unit reaches points" round: run->reach. */
static void index_reach(struct baseline *baseline, const bool *unprobed)
{
	struct run *run = baseline->run;
	uint32_t n_points = run->plan.n_points, total = 0;
	struct points always = { NULL, 0, 0 };
	struct index index;

	for (uint32_t p = 0; p < n_points; p++)
		if (unprobed[p])
			points_add(&always, &p, 1);
	run->reach_start = ARENA_NEW_N(&run->arena, uint32_t, (size_t)n_points + 1);
	index.at = calloc((size_t)n_points + 1, sizeof(*index.at));
	if (!index.at)
		die_out_of_memory();
	for (uint32_t u = 0; u < run->n_units; u++)
		each_reached(baseline, u, unprobed, &always, count_one, &index);
	for (uint32_t p = 0; p < n_points; p++) {
		run->reach_start[p] = total;
		total += index.at[p];
		index.at[p] = run->reach_start[p];
	}
	run->reach_start[n_points] = total;
	run->reach = index.reach = ARENA_NEW_N(&run->arena, uint32_t, total);
	for (uint32_t u = 0; u < run->n_units; u++)
		each_reached(baseline, u, unprobed, &always, put_one, &index);
	free(index.at);
	free(always.items);
}

static uint64_t mean_work(const struct run *run)
{
	uint64_t sum = 0, n = 0;

	for (uint32_t i = 0; i < run->n_units; i++) {
		if (run->units[i].state != UNIT_PASSED)
			continue;
		sum += run->units[i].work;
		n++;
	}
	return n ? sum / n : 0;
}

enum err_code baseline_run(struct run *run, struct crew *crew, const bool *unprobed,
			   struct err *err)
{
	struct baseline baseline = { .run = run };
	enum err_code code;

	baseline.records = ARENA_NEW_N(&run->arena, struct record, run->n_units);
	baseline.charge_whole = ARENA_NEW_N(&run->arena, bool, run->n_containers);
	baseline.again = ARENA_NEW_N(&run->arena, struct again, run->n_containers);
	baseline.reaches = ARENA_NEW_N(&run->arena, bool, run->n_containers);
	baseline.later = run->n_units;
	code = phase_run(&baseline, crew, false, WIRE_RUN_PROBED, NULL, take_class, err);
	if (code != ERR_OK)
		goto out;
	run->suite_s = (double)baseline.suite_ns / 1e9;
	code = phase_run(&baseline, crew, false, 0, has_failures, take_plain, err);
	if (code != ERR_OK)
		goto out;
	baseline.later = 0;
	code = phase_run(&baseline, crew, true, WIRE_RUN_PROBED, runs_alone, take_alone, err);
	if (code != ERR_OK)
		goto out;
	code = phase_run(&baseline, crew, false, 0, has_doubts, take_again, err);
	if (code != ERR_OK)
		goto out;
	for (uint32_t i = 0; i < run->n_containers; i++)
		conclude_container(&baseline, i);
	for (uint32_t i = 0; i < run->n_units; i++) {
		points_sort(&baseline.records[i].counts.points);
		keep_loops(run, &run->units[i], &baseline.records[i].counts);
		run->units[i].takes_long = run->units[i].least_cpu_ns > LONG_NS;
	}
	run->heavy_work = HEAVY_FACTOR * mean_work(run);
	index_reach(&baseline, unprobed);
out:
	for (uint32_t i = 0; i < run->n_units; i++)
		counts_release(&baseline.records[i].counts);
	return code;
}
