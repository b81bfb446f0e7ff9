#include "measure/task.h"

#include <stdlib.h>
#include <string.h>

#include "crew/touched.h"
#include "util/die.h"

#define MS 1000000ull
#define UNMEASURED_LIMIT (600ull * 1000 * MS)	/* a test whose time is not known yet */

struct stretch {		/* of the units given: one container */
	uint32_t first, n;
	uint64_t work;
};

/* In powers of four: tests on random data do a little more or less each time. */
static unsigned magnitude(uint64_t work)
{
	unsigned powers = 0;

	while (work >>= 2)
		powers++;
	return powers;
}

static int by_magnitude(const void *a, const void *b)
{
	const struct stretch *left = a, *right = b;
	unsigned of_left = magnitude(left->work), of_right = magnitude(right->work);

	if (of_left != of_right)
		return of_left < of_right ? -1 : 1;
	return left->first < right->first ? -1 : 1;
}

static uint64_t limit(const struct run *run, uint64_t wall_ns, bool is_measured)
{
	if (!is_measured)
		return UNMEASURED_LIMIT;
	return run->settings.timeout_ms * MS +
	       (uint64_t)(run->settings.timeout_factor * (double)wall_ns);
}

static uint32_t find_stretches(const struct run *run, const uint32_t *units, uint32_t n_units,
			       struct stretch *stretches)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < n_units; i++) {
		const struct unit *unit = &run->units[units[i]];

		if (!i || run->units[units[i - 1]].container_number != unit->container_number)
			stretches[n++] = (struct stretch){ i, 0, 0 };
		stretches[n - 1].n++;
		stretches[n - 1].work += unit->work;
	}
	return n;
}

static void fill_group(const struct run *run, struct task *task, const uint32_t *units,
		       const struct stretch *stretch, struct pool_group *group,
		       uint32_t *ret_units)
{
	const struct container *container =
		&run->containers[run->units[units[stretch->first]].container_number];
	struct pool_unit *asked = ARENA_NEW_N(&task->arena, struct pool_unit, stretch->n);

	for (uint32_t i = 0; i < stretch->n; i++) {
		const struct unit *unit = &run->units[units[stretch->first + i]];

		asked[i].id = unit->id;
		asked[i].limit_ns = limit(run, unit->wall_ns, container->is_measured);
		ret_units[i] = units[stretch->first + i];
	}
	group->driver = container->driver;
	group->container = container->name;
	group->whole = stretch->n == container->n_units && !container->is_filtered;
	group->units = asked;
	group->n_units = stretch->n;
	group->limit_ns = limit(run, container->wall_ns, container->is_measured);
}

/* The engines where one class needs its own. */
static uint8_t flags_for(const struct run *run, const uint32_t *units, uint32_t n_units, uint8_t flags)
{
	for (uint32_t i = 0; i < n_units; i++)
		if (run->containers[run->units[units[i]].container_number].needs_engine)
			return flags & (uint8_t)~WIRE_RUN_DIRECT;
	return flags;
}

/* Whatever any test of their classes was seen to touch. */
static void add_uses(const struct run *run, struct task *task)
{
	struct pool_job *job = &task->job;
	uint32_t last = UINT32_MAX;

	for (uint32_t i = 0; i < job->n_units; i++) {
		uint32_t number = run->units[task->units[i]].container_number;
		const struct container *container = &run->containers[number];

		if (number != last)
			touched_add(&task->arena, &job->uses, &job->n_uses, container->touched,
				    container->n_touched);
		last = number;
	}
}

struct task *task_new(const struct run *run, const uint32_t *units, uint32_t n_units,
		      uint8_t flags, bool by_work)
{
	struct task *task = calloc(1, sizeof(*task));
	struct stretch *stretches;
	struct pool_group *groups;
	uint32_t *order, n;

	if (!task)
		die_out_of_memory();
	stretches = ARENA_NEW_N(&task->arena, struct stretch, n_units);
	n = find_stretches(run, units, n_units, stretches);
	if (by_work)
		qsort(stretches, n, sizeof(*stretches), by_magnitude);
	groups = ARENA_NEW_N(&task->arena, struct pool_group, n);
	order = ARENA_NEW_N(&task->arena, uint32_t, n_units);
	task->units = order;
	for (uint32_t i = 0; i < n; i++) {
		fill_group(run, task, units, &stretches[i], &groups[i], order);
		order += stretches[i].n;
	}
	task->job.flags = flags_for(run, units, n_units, flags);
	task->job.groups = groups;
	task->job.n_groups = n;
	task->job.n_units = n_units;
	add_uses(run, task);
	return task;
}

void task_free(struct task *task)
{
	arena_release(&task->arena);
	free(task);
}

uint32_t task_first_of(const struct pool_job *job, uint32_t group)
{
	uint32_t unit = 0;

	for (uint32_t i = 0; i < group; i++)
		unit += job->groups[i].n_units;
	return unit;
}

bool task_failed_around(const struct pool_job *job, uint32_t unit)
{
	uint32_t first = task_first_of(job, job->container_group);

	return job->container_failure && unit >= first &&
	       unit < first + job->groups[job->container_group].n_units;
}
