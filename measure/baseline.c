#include "measure/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "crew/touched.h"
#include "measure/counts.h"
#include "measure/reach.h"
#include "measure/second_copies.h"
#include "measure/spending.h"
#include "measure/task.h"
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

/* What no test is heavy for: where most do not count a thing, any other is many times the mean. */
#define HEAVY_LEAST 1000u

enum trial { TRIAL_NONE, TRIAL_PASSED, TRIAL_FAILED, TRIAL_SKIPPED };

struct record {			/* of a unit */
	enum trial with_class;	/* in its class, with probes */
	enum trial plain;	/* the same without probes, where that failed or is in doubt */
	enum trial alone;	/* alone in its loader, with probes */
	bool released;		/* to run alone, before its class had ended */
	uint64_t heard_ns;	/* of its run with its class, while that is under way */
	bool came_first;	/* in its class: as good as alone, all that follows is later */
	struct counts counts;
};

struct baseline;

struct again {			/* of a container: what its tests touched, each alone */
	const uint64_t *touched;
	uint32_t n_touched;
	bool took_place;
};

/* One job for each container, or unit, that wants it. */
struct step {
	bool by_unit;
	uint8_t flags;		/* enum wire_run */
	bool (*wants)(const struct baseline *baseline, uint32_t subject);
	void (*take)(struct baseline *baseline, const struct task *task);
};

struct queue {			/* of units */
	uint32_t *items;	/* [run->n_units], of the cheap ones twice that */
	uint32_t next, n;
};

struct baseline {
	struct run *run;
	struct record *records;		/* [run->n_units] */
	bool *charge_whole;		/* [run->n_containers] */
	bool *reaches;			/* [run->n_containers] any mutation point at all */
	struct again *again;		/* [run->n_containers] */
	uint32_t done, total;		/* jobs; `total` is known better as they are done */
	uint64_t suite_ns, alone_ns;
	const struct step *step;	/* under way */
	uint32_t *order;		/* [n] its subjects that want a job, longest first */
	uint32_t next, n;
	struct queue dear, cheap;	/* to run alone, now that their classes have run */
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

/* What a busy machine makes a test wait for is not the same in every run. */
static void note_waiting(struct unit *unit, const struct pool_result *result)
{
	uint64_t waited = result->wall_ns > 2 * result->cpu_ns ? result->wall_ns - result->cpu_ns : 0;

	if (!unit->least_cpu_ns || waited < unit->waited_ns)
		unit->waited_ns = waited;
}

static enum trial note_trial(struct baseline *baseline, const struct task *task, uint32_t i)
{
	struct unit *unit = &baseline->run->units[task->units[i]];
	enum trial trial = trial_of(&task->job, i);

	if (trial == TRIAL_PASSED) {
		note_waiting(unit, &task->job.results[i]);
		spending_test(unit, task->job.results[i].cpu_ns);
	}
	if (trial == TRIAL_FAILED && !unit->failure)
		unit->failure = arena_strdup(&baseline->run->arena, failure_of(&task->job, i));
	return trial;
}

/* ---- each test alone ---- */

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

	return record->alone == TRIAL_NONE && is_candidate(record) && !record->came_first &&
	       !baseline->charge_whole[container] &&
	       (baseline->reaches[container] || record->with_class == TRIAL_NONE ||
		record->plain == TRIAL_PASSED);
}

/* Where a test passes in its class and not alone, it may be for want of the engine:
 * then it has another turn, with that, and so have all tests of the class from now on. */
static bool needs_engine(struct baseline *baseline, const struct task *task)
{
	struct container *container = &baseline->run->containers[
		baseline->run->units[task->subject].container_number];

	if (!(task->job.flags & WIRE_RUN_DIRECT) || trial_of(&task->job, 0) == TRIAL_PASSED ||
	    baseline->records[task->subject].with_class != TRIAL_PASSED)
		return false;
	container->needs_engine = true;
	baseline->cheap.items[baseline->cheap.n++] = task->subject;
	baseline->total++;
	return true;
}

static void take_alone(struct baseline *baseline, const struct task *task)
{
	const struct unit *unit = &baseline->run->units[task->subject];
	struct record *record = &baseline->records[task->subject];
	struct again *again = &baseline->again[unit->container_number];

	if (needs_engine(baseline, task))
		return;
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

/* Those of its tests that are to run alone can do so from now on. */
static void release_units(struct baseline *baseline, uint32_t number)
{
	const struct container *container = &baseline->run->containers[number];

	for (uint32_t u = container->first_unit; u < container->first_unit + container->n_units; u++) {
		struct queue *queue = baseline->run->units[u].wall_ns > ALONE_DEAR_NS ? &baseline->dear
										     : &baseline->cheap;

		if (baseline->records[u].released)
			continue;
		if (runs_alone(baseline, u))
			queue->items[queue->n++] = u;
		else
			baseline->total--;
	}
}

/* ... a dear one when it has ended itself: else others idle while a class of dear tests
 * is under way. Not the class's first (see note_first()), and not where the class
 * uses a port or file that the test alone would use at the same time. What a JVM has
 * once may be in use, too, so it is not put beside another (phase_next()). */
static void release_early(struct baseline *baseline, const struct task *task, uint32_t i)
{
	const struct pool_result *result = &task->job.results[i];
	struct unit *unit = &baseline->run->units[task->units[i]];
	struct record *record = &baseline->records[task->units[i]];

	baseline->suite_ns += result->wall_ns - record->heard_ns;
	record->heard_ns = result->wall_ns;
	if (record->released || result->result != WIRE_PASSED || result->wall_ns <= ALONE_DEAR_NS ||
	    result->touched_place || !result->n_counts || i == task->job.first_started ||
	    task->job.container_failure)
		return;
	record->released = true;
	record->with_class = TRIAL_PASSED;
	baseline->reaches[unit->container_number] = true;
	unit->wall_ns = result->wall_ns;
	baseline->dear.items[baseline->dear.n++] = task->units[i];
}

/* ---- where something failed: was it the probes? ---- */

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
	release_units(baseline, task->subject);
}

/* ---- each class as a whole ---- */

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
		baseline->suite_ns -= record->heard_ns;
		record->heard_ns = 0;
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
	if (!has_failures(baseline, task->subject))	/* else it is the probes perhaps */
		release_units(baseline, task->subject);
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

/* ---- a step's jobs, longest first: no worker idles while another has much to do ---- */

/* Before anything was measured, many tests stand for a long time. */
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

static void step_begin(struct baseline *baseline, const struct step *step)
{
	struct run *run = baseline->run;

	baseline->step = step;
	baseline->next = baseline->n = 0;
	for (uint32_t i = 0; i < run->n_containers; i++)
		if (!step->wants || step->wants(baseline, i))
			baseline->order[baseline->n++] = i;
	baseline->total += baseline->n;
	qsort_r(baseline->order, baseline->n, sizeof(*baseline->order), longest_container_first, run);
}

/* The cheap ones in their order: where the time for all is not granted, those that
 * have had theirs make whole classes. */
static bool next_released(struct baseline *baseline, uint32_t *ret)
{
	struct queue *dear = &baseline->dear, *cheap = &baseline->cheap;
	const struct unit *units = baseline->run->units;
	uint32_t longest = 0;

	if (!dear->n) {
		if (cheap->next == cheap->n)
			return false;
		*ret = cheap->items[cheap->next++];
		return true;
	}
	for (uint32_t i = 1; i < dear->n; i++)
		if (units[dear->items[i]].wall_ns > units[dear->items[longest]].wall_ns)
			longest = i;
	*ret = dear->items[longest];
	dear->items[longest] = dear->items[--dear->n];
	return true;
}

static const struct step each_class = { .flags = WIRE_RUN_PROBED, .take = take_class };
static const struct step without_probes = { .wants = has_failures, .take = take_plain };
static const struct step in_doubt = { .wants = has_doubts, .take = take_again };
static const struct step each_alone = { .by_unit = true, .flags = WIRE_RUN_PROBED | WIRE_RUN_DIRECT,
					.take = take_alone };
static const struct step *const steps[] = { &each_class, &without_probes, &in_doubt };

/* Tests that can run alone are no step of their own: they fill the time in which the
 * longest class is under way. What is done may show that one is to be charged with
 * its class after all. */
static bool next_subject(struct baseline *baseline, const struct step **ret_step, uint32_t *ret)
{
	if (baseline->next < baseline->n) {
		*ret_step = baseline->step;
		*ret = baseline->order[baseline->next++];
		return true;
	}
	*ret_step = &each_alone;
	while (next_released(baseline, ret)) {
		if (runs_alone(baseline, *ret))
			return true;
		baseline->total--;
	}
	return false;
}

static struct pool_job *phase_next(void *context)
{
	struct baseline *baseline = context;
	const struct run *run = baseline->run;
	const struct step *step;
	uint32_t subject, first, n_units, *units;
	struct task *task;

	if (!next_subject(baseline, &step, &subject))
		return NULL;
	first = step->by_unit ? subject : run->containers[subject].first_unit;
	n_units = step->by_unit ? 1 : run->containers[subject].n_units;
	units = malloc(n_units * sizeof(*units));
	if (!units)
		die_out_of_memory();
	for (uint32_t i = 0; i < n_units; i++)
		units[i] = first + i;
	task = task_new(run, units, n_units, step->flags, false);
	free(units);
	task->subject = subject;
	task->job.context = (void *)step;
	task->job.alone = step->by_unit && baseline->records[subject].released;
	return &task->job;
}

static void phase_unit_done(void *context, const struct pool_job *job, uint32_t unit)
{
	if (job->context == &each_class)
		release_early(context, (const struct task *)job, unit);
}

static void phase_done(void *context, struct pool_job *job)
{
	struct baseline *baseline = context;
	const struct step *step = job->context;
	struct run *run = baseline->run;
	struct task *task = (struct task *)job;

	if (job->end != JOB_ABANDONED) {
		step->take(baseline, task);
		second_copies_note(run, task);
	}
	task_free(task);
	baseline->done++;
	if (run->events.step)
		run->events.step(run->events.context, run, baseline->done, baseline->total);
}

/* All jobs of a step, and those of tests that can run alone by then. */
static enum err_code phase_run(struct baseline *baseline, struct crew *crew, const struct step *step,
			       struct err *err)
{
	const struct pool_client client = { .context = baseline, .next = phase_next, .done = phase_done,
					    .unit_done = phase_unit_done };

	step_begin(baseline, step);
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
	const struct points **points = ARENA_NEW_N(&run->arena, const struct points *, run->n_units);
	enum err_code code;

	baseline.records = ARENA_NEW_N(&run->arena, struct record, run->n_units);
	baseline.charge_whole = ARENA_NEW_N(&run->arena, bool, run->n_containers);
	baseline.again = ARENA_NEW_N(&run->arena, struct again, run->n_containers);
	baseline.reaches = ARENA_NEW_N(&run->arena, bool, run->n_containers);
	baseline.dear.items = ARENA_NEW_N(&run->arena, uint32_t, run->n_units);
	baseline.cheap.items = ARENA_NEW_N(&run->arena, uint32_t, 2 * (size_t)run->n_units);
	baseline.order = ARENA_NEW_N(&run->arena, uint32_t, run->n_containers);
	baseline.total = run->n_units;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		code = phase_run(&baseline, crew, steps[i], err);
		if (code != ERR_OK)
			goto out;
	}
	run->suite_s = (double)baseline.suite_ns / 1e9;
	for (uint32_t i = 0; i < run->n_containers; i++)
		conclude_container(&baseline, i);
	for (uint32_t i = 0; i < run->n_units; i++) {
		points_sort(&baseline.records[i].counts.points);
		points[i] = &baseline.records[i].counts.points;
		keep_loops(run, &run->units[i], &baseline.records[i].counts);
		run->units[i].takes_long = run->units[i].least_cpu_ns > LONG_NS;
	}
	run->heavy_work = HEAVY_FACTOR * mean_work(run);
	if (run->heavy_work < HEAVY_LEAST)
		run->heavy_work = HEAVY_LEAST;
	reach_index(run, points, unprobed);
out:
	for (uint32_t i = 0; i < run->n_units; i++)
		counts_release(&baseline.records[i].counts);
	return code;
}
