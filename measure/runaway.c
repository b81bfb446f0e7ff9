#include "measure/runaway.h"

#include "engine/budget.h"
#include "engine/mutate.h"

#define MS 1000000ull

/* A test's loops may take this many times what they took unmutated, and this many
 * rounds on top: a mutant that only loops longer must not pass for endless. A
 * search may be wrong about that, so it need not wait as long: where every test
 * of many loops for ever, what each of them costs adds up. */
#define LOOP_FACTOR 10
#define LOOP_FACTOR_SEARCH 2
#define LOOP_ALLOWANCE 1000000
#define LOOP_ALLOWANCE_SEARCH 1000

/* A loop that waits, for another thread or for the clock, and has lost its pause: it
 * takes no longer, but makes as many rounds in that time as it can, at most so many
 * a nanosecond. */
#define ROUNDS_PER_NS 2

/* A test that did nothing for less than this does not wait. */
#define WAIT_NS MS

/* What a round that only gives way to others (Thread.yield, Thread.onSpinWait) takes,
 * in rounds without that. */
#define SPIN_FACTOR 1000

/* Of the time allowed beyond a multiple of the test's own, a search gets one
 * part in so many. */
#define SEARCH_PART 10

/* The rounds of one body in a test unmutated. */
static uint64_t loops_in(const struct unit *unit, uint32_t body)
{
	uint32_t low = 0, high = unit->n_loops;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (unit->loops[middle].body < body)
			low = middle + 1;
		else
			high = middle;
	}
	return low < unit->n_loops && unit->loops[low].body == body ? unit->loops[low].count : 0;
}

/* The rounds by which a loop that takes `count` of them may come to wait busily in a test.
 * One that spins in the baseline already does not do so as often the second time. */
static uint64_t rounds_of_waiting(const struct unit *unit, uint64_t count)
{
	uint64_t spun = count * SPIN_FACTOR, fitting = unit->wall_ns * ROUNDS_PER_NS;

	if (unit->waited_ns > WAIT_NS)
		return unit->waited_ns * ROUNDS_PER_NS;
	if (!unit->is_erratic)
		return 0;
	return spun < fitting ? spun : fitting;
}

/* Sets the budget of each test: for the loops of one body, or of all. Not where
 * nobody counted: a test that fails with probes. */
static void set_budgets(const struct run *run, const struct mutant *mutant,
			struct runaway_how how, struct task *task)
{
	uint64_t allowance = how.confirms ? LOOP_ALLOWANCE : LOOP_ALLOWANCE_SEARCH;
	uint64_t factor = how.confirms ? LOOP_FACTOR : LOOP_FACTOR_SEARCH;
	const uint32_t *number = task->units;

	for (uint32_t g = 0; g < task->job.n_groups; g++) {
		for (uint32_t i = 0; i < task->job.groups[g].n_units; i++) {
			const struct unit *unit = &run->units[*number++];

			uint64_t count = how.all_loops ? unit->work
						       : loops_in(unit, mutant->body);
			uint64_t waiting = how.confirms ? rounds_of_waiting(unit, count) : 0;

			task->job.groups[g].units[i].budget =
				unit->is_uncounted ? 0 : count * factor + allowance + waiting;
		}
	}
}

static enum err_code count_mutant(const struct run *run, const struct mutant *mutant,
				  struct task *task, struct err *err)
{
	const struct plan *plan = &run->plan;
	struct pool_class *class = ARENA_NEW(&task->arena, struct pool_class);

	TRY(mutate_class(plan, mutant, &task->arena, &class->bytes, err));
	class->name = plan->classes[mutant->class_number].display_name;
	task->job.classes = class;
	task->job.n_classes = 1;
	return budget_class(plan, mutant->class_number, mutant->method, class->bytes,
			    &task->arena, &class->bytes, err);
}

/* ---- all loops ---- */

/* The classes in which a test of the task loops, and that of the mutant. */
static bool *classes_at_work(const struct run *run, struct task *task, const struct mutant *mutant)
{
	const struct plan *plan = &run->plan;
	bool *bodies = ARENA_NEW_N(&task->arena, bool, plan->n_bodies);
	bool *classes = ARENA_NEW_N(&task->arena, bool, plan->n_classes);

	for (uint32_t i = 0; i < task->job.n_units; i++) {
		const struct unit *unit = &run->units[task->units[i]];

		for (uint32_t k = 0; k < unit->n_loops; k++)
			bodies[unit->loops[k].body] = true;
	}
	for (uint32_t c = 0; c < plan->n_classes; c++)
		for (uint32_t i = 0; i < plan->classes[c].n_bodies; i++)
			classes[c] |= bodies[plan->classes[c].first_body + i];
	classes[mutant->class_number] = true;
	return classes;
}

static enum err_code count_classes(const struct run *run, const struct mutant *mutant,
				   struct task *task, struct err *err)
{
	const struct plan *plan = &run->plan;
	const bool *at_work = classes_at_work(run, task, mutant);
	struct pool_class *classes = ARENA_NEW_N(&task->arena, struct pool_class, plan->n_classes);
	uint32_t n = 0;

	for (uint32_t c = 0; c < plan->n_classes; c++) {
		struct span bytes = plan->classes[c].class->bytes;

		if (!at_work[c])
			continue;
		if (c == mutant->class_number)
			TRY(mutate_class(plan, mutant, &task->arena, &bytes, err));
		TRY(budget_class(plan, c, BUDGET_BODIES, bytes, &task->arena, &bytes, err));
		classes[n++] = (struct pool_class){ plan->classes[c].display_name, bytes };
	}
	task->job.classes = classes;
	task->job.n_classes = n;
	return ERR_OK;
}

enum err_code runaway_limit(const struct run *run, const struct mutant *mutant,
			    struct runaway_how how, struct task *task, struct err *err)
{
	struct err ignored = ERR_INIT;

	if (!how.confirms)
		task->job.grace_ns = run->settings.timeout_ms * MS * (SEARCH_PART - 1) / SEARCH_PART;
	how.all_loops = how.all_loops && count_classes(run, mutant, task, &ignored) == ERR_OK;
	if (!how.all_loops)
		TRY(count_mutant(run, mutant, task, err));
	set_budgets(run, mutant, how, task);
	return ERR_OK;
}
