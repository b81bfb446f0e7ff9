#include "measure/canary.h"

#include <string.h>

#include "engine/budget.h"
#include "measure/task.h"
#include "run/unit_set.h"

/* The least there is. What is woven twice spends two at the first entry. */
#define LEAST_BUDGET 1

/* ---- which method, which tests ---- */

/* One whose counts will be the same next time and that needs no other. */
static bool is_fit(const struct unit *unit)
{
	return unit->state == UNIT_PASSED && !unit->is_uncounted && !unit->is_erratic &&
	       !unit->needs_company;
}

static bool enters(const struct unit *unit, uint32_t body)
{
	for (uint32_t i = 0; i < unit->n_loops; i++)
		if (unit->loops[i].body == body)
			return unit->loops[i].count > 0;
	return false;
}

/* What most tests enter: hardly all of them will come to do something else. */
static uint32_t commonest_body(const struct run *run)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *tests = ARENA_NEW_N(&scratch, uint32_t, run->plan.n_bodies), best = 0;

	for (uint32_t u = 0; u < run->n_units; u++)
		for (uint32_t i = 0; is_fit(&run->units[u]) && i < run->units[u].n_loops; i++)
			tests[run->units[u].loops[i].body] += run->units[u].loops[i].count > 0;
	for (uint32_t b = 1; b < run->plan.n_bodies; b++)
		if (tests[b] > tests[best])
			best = b;
	arena_release(&scratch);
	return best;
}

static bool is_lighter(const struct unit *a, const struct unit *b)
{
	return a->takes_long != b->takes_long ? b->takes_long : a->work < b->work;
}

/* Keeps the lightest, in the order of their weight. */
static void offer(const struct run *run, struct canary_place *place, uint32_t unit)
{
	uint32_t at = place->n_units;

	while (at && is_lighter(&run->units[unit], &run->units[place->units[at - 1]]))
		at--;
	if (at == CANARY_TESTS_MAX)
		return;
	if (place->n_units < CANARY_TESTS_MAX)
		place->n_units++;
	memmove(&place->units[at + 1], &place->units[at],
		(place->n_units - at - 1) * sizeof(*place->units));
	place->units[at] = unit;
}

static uint32_t class_of(const struct plan *plan, uint32_t body)
{
	uint32_t number = 0;

	while (body >= plan->classes[number].first_body + plan->classes[number].n_bodies)
		number++;
	return number;
}

bool canary_choose(const struct run *run, struct canary_place *ret)
{
	struct canary_place place = { .body = commonest_body(run) };

	for (uint32_t u = 0; u < run->n_units; u++)
		if (is_fit(&run->units[u]) && enters(&run->units[u], place.body))
			offer(run, &place, u);
	if (!place.n_units)
		return false;
	place.class_number = class_of(&run->plan, place.body);
	place.lightest = place.units[0];
	unit_set_sort(place.units, place.n_units);
	*ret = place;
	return true;
}

/* ---- its bytes ---- */

static bool differ(const struct member *a, const struct member *b)
{
	struct span left = a->code->bytes, right = b->code->bytes;

	return left.len != right.len || memcmp(left.bytes, right.bytes, left.len) != 0;
}

/* False where the method has no room for both calls. */
static bool weave(const struct plan *plan, const struct canary_place *place,
		  struct arena *arena, struct pool_class *ret)
{
	const struct plan_class *class = &plan->classes[place->class_number];
	uint16_t method = plan->bodies[place->body];
	struct err ignored = ERR_INIT;
	struct span once, twice;
	struct class *a, *b;

	if (budget_class(plan, place->class_number, method, class->class->bytes, arena, &once,
			 &ignored) != ERR_OK ||
	    budget_class(plan, place->class_number, method, once, arena, &twice, &ignored) != ERR_OK ||
	    class_parse(arena, once, class->display_name, &a, &ignored) != ERR_OK ||
	    class_parse(arena, twice, class->display_name, &b, &ignored) != ERR_OK)
		return false;
	*ret = (struct pool_class){ class->display_name, twice };
	return differ(&class->class->methods[method], &a->methods[method]) &&
	       differ(&a->methods[method], &b->methods[method]);
}

/* ---- its jobs ---- */

struct flight {
	const struct run *run;
	struct pool_class *changed;	/* NULL: the probed original */
	const uint32_t *units;		/* [n_units] ascending */
	uint32_t n_units;
	uint32_t counter;		/* of the method, where probed */
	bool is_out;			/* its job was handed out */
	bool is_entered;		/* the counter says so */
	enum canary_fate fate;
};

enum canary_fate canary_judge(const struct pool_job *job)
{
	bool passed = false;

	if (job->end == JOB_TIMED_OUT && !job->timeouts)
		return CANARY_DIED;
	if (job->end != JOB_RAN || job->first_failed != UINT32_MAX || job->container_failure)
		return CANARY_UNKNOWN;
	for (uint32_t i = 0; i < job->n_units; i++)
		passed |= job->results[i].is_there && job->results[i].result == WIRE_PASSED;
	return passed ? CANARY_LIVED : CANARY_UNKNOWN;
}

static bool has_count(const struct pool_count *counts, uint32_t n, uint32_t counter)
{
	for (uint32_t i = 0; i < n; i++)
		if (counts[i].counter == counter && counts[i].count)
			return true;
	return false;
}

static struct pool_job *flight_next(void *context)
{
	struct flight *flight = context;
	struct task *task;

	if (flight->is_out)
		return NULL;
	flight->is_out = true;
	task = task_new(flight->run, flight->units, flight->n_units,
			flight->changed ? WIRE_RUN_FAIL_FAST : WIRE_RUN_PROBED, false);
	task->job.once = true;
	if (!flight->changed)
		return &task->job;
	task->job.classes = flight->changed;
	task->job.n_classes = 1;
	for (uint32_t g = 0; g < task->job.n_groups; g++)
		for (uint32_t i = 0; i < task->job.groups[g].n_units; i++)
			task->job.groups[g].units[i].budget = LEAST_BUDGET;
	return &task->job;
}

static void flight_done(void *context, struct pool_job *job)
{
	struct flight *flight = context;

	if (job->end != JOB_ABANDONED) {
		flight->fate = canary_judge(job);
		flight->is_entered = has_count(job->counts, job->n_counts, flight->counter);
		for (uint32_t i = 0; i < job->n_units; i++)
			flight->is_entered |= has_count(job->results[i].counts, job->results[i].n_counts,
							flight->counter);
	}
	task_free((struct task *)job);
}

static enum err_code fly(struct flight *flight, struct crew *crew, struct err *err)
{
	const struct pool_client client = { .context = flight, .next = flight_next, .done = flight_done };

	flight->is_out = flight->is_entered = false;
	flight->fate = CANARY_UNKNOWN;
	return pool_run(crew, &client, err);
}

static void take_whole_class(struct flight *flight, const struct canary_place *place, struct arena *arena)
{
	const struct run *run = flight->run;
	const struct container *container =
		&run->containers[run->units[place->lightest].container_number];
	uint32_t *units = ARENA_NEW_N(arena, uint32_t, container->n_units);

	flight->n_units = 0;
	for (uint32_t u = container->first_unit; u < container->first_unit + container->n_units; u++)
		if (run->units[u].state == UNIT_PASSED)
			units[flight->n_units++] = u;
	flight->units = units;
}

/* ---- all of it ---- */

static enum err_code find_fate(struct flight *flight, const struct canary_place *place,
			       struct crew *crew, struct arena *arena, struct err *err)
{
	TRY(fly(flight, crew, err));
	if (flight->fate != CANARY_LIVED)
		return ERR_OK;
	take_whole_class(flight, place, arena);
	TRY(fly(flight, crew, err));
	if (flight->fate != CANARY_LIVED)
		return ERR_OK;
	flight->changed = NULL;
	TRY(fly(flight, crew, err));
	flight->fate = flight->is_entered ? CANARY_LIVED : CANARY_UNKNOWN;
	return ERR_OK;
}

enum err_code canary_try(struct run *run, struct crew *crew, struct err *err)
{
	struct canary_place place;
	struct pool_class changed;
	struct flight flight = { .run = run, .changed = &changed, .fate = CANARY_UNKNOWN };
	const char *test;

	if (!canary_choose(run, &place)) {
		run->canary = "no canary: no test enters a method of the target in the same way each time";
		return ERR_OK;
	}
	if (!weave(&run->plan, &place, &run->arena, &changed)) {
		run->canary = "no canary: the method that most tests enter has no room for it";
		return ERR_OK;
	}
	flight.units = place.units;
	flight.n_units = place.n_units;
	flight.counter = run->plan.n_points + place.body;
	TRY(find_fate(&flight, &place, crew, &run->arena, err));
	test = run->units[place.lightest].name;
	if (flight.fate == CANARY_LIVED)
		return err_set(err, ERR_WORKER, "the canary lived: %s enters %s, but not what was changed in it, so no verdict could be trusted: leave such tests out (--exclude-tests)",
			       test, changed.name);
	run->canary = arena_strfmt(&run->arena, flight.fate == CANARY_DIED
				   ? "the canary died, as it must: a change of %s, tried with %s"
				   : "the canary proves nothing, its tests ended otherwise: a change of %s, tried with %s",
				   changed.name, test);
	return ERR_OK;
}
