#include "explain/originals.h"

#include <stdlib.h>
#include <string.h>

#include "measure/task.h"
#include "run/unit_set.h"
#include "util/die.h"

#define EVENTS_MAX 3000000u	/* kept over all tests: some 100 MB */

enum stage { STAGE_NONE, STAGE_WANTED, STAGE_DONE, STAGE_DOUBTED, STAGE_CERTAIN };

enum pass { PASS_FIRST, PASS_SECOND, PASS_THIRD };

struct original {		/* of a unit */
	enum stage stage;
	bool is_traced;		/* the first time */
	struct trace trace;	/* of that, until both are known */
	struct compare *compare;
};

struct originals {
	struct run *run;
	struct arena arena;
	struct original *units;	/* [run->n_units] */
	uint32_t *chosen;	/* [run->n_units] room for one job's */
	uint32_t n_events;	/* kept so far */
	enum pass pass;		/* under way */
	uint32_t next;		/* container in the first pass and of those bound, else unit */
};

struct originals *originals_new(struct run *run)
{
	struct originals *originals = calloc(1, sizeof(*originals));

	if (!originals)
		die_out_of_memory();
	originals->run = run;
	originals->units = ARENA_NEW_N(&originals->arena, struct original, run->n_units);
	originals->chosen = ARENA_NEW_N(&originals->arena, uint32_t, run->n_units);
	return originals;
}

void originals_free(struct originals *originals)
{
	arena_release(&originals->arena);
	free(originals);
}

bool originals_is_bound(const struct run *run, uint32_t container)
{
	const struct container *of = &run->containers[container];

	for (uint32_t u = of->first_unit; u < of->first_unit + of->n_units; u++)
		if (run->units[u].needs_company && run->units[u].state == UNIT_PASSED)
			return true;
	return false;
}

void originals_want(struct originals *originals, uint32_t unit)
{
	if (originals->units[unit].stage == STAGE_NONE)
		originals->units[unit].stage = STAGE_WANTED;
}

void originals_doubt(struct originals *originals, uint32_t unit)
{
	if (originals->units[unit].stage == STAGE_DONE)
		originals->units[unit].stage = STAGE_DOUBTED;
}

const struct compare *originals_find(const struct originals *originals, uint32_t unit)
{
	return originals->units[unit].compare;
}

/* ---- keeping a trace: its texts are shared by many events ---- */

struct copies {
	const char **from, **to;	/* [size] by address */
	uint32_t size;			/* a power of two */
};

static const char *copy_once(struct copies *copies, struct arena *arena, const char *text)
{
	uint32_t at = (uint32_t)((uintptr_t)text * 0x9e3779b97f4a7c15u >> 32) & (copies->size - 1);

	while (copies->from[at] && copies->from[at] != text)
		at = (at + 1) & (copies->size - 1);
	if (!copies->from[at]) {
		copies->from[at] = text;
		copies->to[at] = arena_strdup(arena, text);
	}
	return copies->to[at];
}

static struct trace keep(struct arena *arena, const struct trace *trace)
{
	struct trace_event *events = arena_memdup(arena, trace->events,
						  trace->n * sizeof(*trace->events));
	struct arena scratch = ARENA_INIT;
	struct copies copies = { NULL, NULL, 4 };

	while (copies.size / 2 <= trace->n)
		copies.size *= 2;
	copies.from = ARENA_NEW_N(&scratch, const char *, copies.size);
	copies.to = ARENA_NEW_N(&scratch, const char *, copies.size);
	for (uint32_t i = 0; i < trace->n; i++)
		events[i].text = copy_once(&copies, arena, events[i].text);
	arena_release(&scratch);
	return (struct trace){ events, trace->n };
}

/* ---- what came of a job ---- */

static bool has_room(const struct originals *originals, const struct trace *trace)
{
	return trace->n <= EVENTS_MAX - originals->n_events;
}

/* Whether the pass is about this unit. */
static bool is_wanted(const struct originals *originals, uint32_t number)
{
	const struct original *unit = &originals->units[number];

	switch (originals->pass) {
	case PASS_FIRST:
		return unit->stage == STAGE_WANTED;
	case PASS_SECOND:
		return unit->stage == STAGE_WANTED && unit->is_traced;
	case PASS_THIRD:
		return unit->stage == STAGE_DOUBTED && unit->compare;
	}
	return false;
}

static void take(struct originals *originals, uint32_t number, const struct pool_result *result)
{
	struct original *unit = &originals->units[number];

	if (!is_wanted(originals, number) || !result->is_there || result->result != WIRE_PASSED)
		return;
	switch (originals->pass) {
	case PASS_FIRST:
		if (!has_room(originals, &result->trace))
			return;
		unit->trace = keep(&originals->arena, &result->trace);
		unit->is_traced = true;
		originals->n_events += unit->trace.n;
		break;
	case PASS_SECOND:
		unit->compare = compare_new(&originals->arena, &unit->trace, &result->trace);
		break;
	case PASS_THIRD:
		compare_again(unit->compare, &originals->arena, &result->trace);
		break;
	}
}

static void originals_done(void *context, struct pool_job *job)
{
	struct originals *originals = context;
	struct task *task = (struct task *)job;

	if (job->end != JOB_ABANDONED)
		for (uint32_t i = 0; i < job->n_units; i++)
			take(originals, task->units[i], &job->results[i]);
	task_free(task);
}

/* ---- jobs: in the first pass one a class, later one a test ---- */

static struct pool_job *make_job(struct originals *originals, uint32_t n)
{
	struct task *task = task_new(originals->run, originals->chosen, n,
				     WIRE_RUN_TRACED | WIRE_RUN_TEXTS | WIRE_RUN_DIRECT, false);

	task->job.once = true;
	return &task->job;
}

/* Of a class: the tests wanted, or all where they need each other. */
static uint32_t choose_class(struct originals *originals, uint32_t number)
{
	const struct run *run = originals->run;
	const struct container *container = &run->containers[number];
	bool all = originals_is_bound(run, number);
	uint32_t n = 0, wanted = 0;

	for (uint32_t u = container->first_unit; u < container->first_unit + container->n_units; u++) {
		wanted += is_wanted(originals, u);
		if (all ? run->units[u].state == UNIT_PASSED : is_wanted(originals, u))
			originals->chosen[n++] = u;
	}
	return wanted ? n : 0;
}

static struct pool_job *next_class(void *context)
{
	struct originals *originals = context;

	while (originals->next < originals->run->n_containers) {
		uint32_t number = originals->next++, n;

		if (originals->pass != PASS_FIRST && !originals_is_bound(originals->run, number))
			continue;
		n = choose_class(originals, number);
		if (n)
			return make_job(originals, n);
	}
	return NULL;
}

static struct pool_job *next_alone(void *context)
{
	struct originals *originals = context;
	const struct run *run = originals->run;

	while (originals->next < run->n_units) {
		uint32_t number = originals->next++;

		if (!is_wanted(originals, number) ||
		    originals_is_bound(run, run->units[number].container_number))
			continue;
		originals->chosen[0] = number;
		return make_job(originals, 1);
	}
	return NULL;
}

static enum err_code run_pass(struct originals *originals, struct crew *crew,
			      struct pool_job *(*next)(void *context), struct err *err)
{
	const struct pool_client client = { .context = originals, .next = next,
					    .done = originals_done };

	originals->next = 0;
	return pool_run(crew, &client, err);
}

enum err_code originals_trace(struct originals *originals, struct crew *crew, struct err *err)
{
	originals->pass = PASS_FIRST;
	TRY(run_pass(originals, crew, next_class, err));
	for (originals->pass = PASS_SECOND; originals->pass <= PASS_THIRD; originals->pass++) {
		TRY(run_pass(originals, crew, next_class, err));
		TRY(run_pass(originals, crew, next_alone, err));
	}
	for (uint32_t u = 0; u < originals->run->n_units; u++) {
		if (originals->units[u].stage == STAGE_WANTED)
			originals->units[u].stage = STAGE_DONE;
		else if (originals->units[u].stage == STAGE_DOUBTED)
			originals->units[u].stage = STAGE_CERTAIN;
	}
	return ERR_OK;
}
