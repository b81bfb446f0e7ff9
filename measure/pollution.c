#include "measure/pollution.h"

#include <stdlib.h>

#include "measure/company.h"
#include "run/unit_set.h"
#include "util/die.h"

#define ALL_KILLERS UINT32_MAX	/* the first question's subject; the others': a unit */

struct kills {			/* of one test, not proven yet */
	struct kill {
		uint32_t worker, mutant;	/* worker 0: nobody can be asked any more */
	} *items;
	uint32_t n, room;
};

struct suspect {
	uint32_t worker, unit;
};

struct pollution {
	struct run *run;
	struct arena arena;		/* of the last question */
	struct kills *kills;		/* [run->n_units] */
	struct suspect *suspects;	/* [n_suspects] failed among others, to be asked alone */
	uint32_t n_suspects, room_suspects;
	uint32_t *again;		/* [n_again] mutants */
	uint32_t n_again, room_again;
};

/* Room for one more. */
static void *grow(void *items, uint32_t n, uint32_t *room, size_t size)
{
	if (n < *room)
		return items;
	*room = *room ? *room * 2 : 64;
	items = realloc(items, *room * size);
	if (!items)
		die_out_of_memory();
	return items;
}

struct pollution *pollution_new(struct run *run)
{
	struct pollution *pollution = calloc(1, sizeof(*pollution));

	if (!pollution)
		die_out_of_memory();
	pollution->kills = calloc((size_t)run->n_units + 1, sizeof(*pollution->kills));
	if (!pollution->kills)
		die_out_of_memory();
	pollution->run = run;
	return pollution;
}

void pollution_free(struct pollution *pollution)
{
	if (!pollution)
		return;
	arena_release(&pollution->arena);
	for (uint32_t u = 0; u < pollution->run->n_units; u++)
		free(pollution->kills[u].items);
	free(pollution->kills);
	free(pollution->suspects);
	free(pollution->again);
	free(pollution);
}

/* False: it is to be already. */
static bool add_again(struct pollution *pollution, uint32_t mutant)
{
	for (uint32_t i = 0; i < pollution->n_again; i++)
		if (pollution->again[i] == mutant)
			return false;
	pollution->again = grow(pollution->again, pollution->n_again, &pollution->room_again,
				sizeof(*pollution->again));
	pollution->again[pollution->n_again++] = mutant;
	return true;
}

static void hear_again(struct pollution *pollution, uint32_t mutant)
{
	pollution->run->pollution.heard_again += add_again(pollution, mutant);
}

void pollution_doubt(struct pollution *pollution, uint32_t mutant)
{
	add_again(pollution, mutant);
}

void pollution_killed(struct pollution *pollution, uint32_t worker, uint32_t mutant, uint32_t unit)
{
	struct kills *kills = &pollution->kills[unit];

	if (pollution->run->units[unit].is_victim) {
		hear_again(pollution, mutant);
		return;
	}
	kills->items = grow(kills->items, kills->n, &kills->room, sizeof(*kills->items));
	kills->items[kills->n++] = (struct kill){ worker, mutant };
}

/* Its kills there: proven, or only what nobody can ask about any more. */
static void settle(struct pollution *pollution, uint32_t worker, uint32_t unit, bool is_proven)
{
	struct kills *kills = &pollution->kills[unit];
	uint32_t kept = 0;

	for (uint32_t i = 0; i < kills->n; i++) {
		struct kill kill = kills->items[i];

		if (kill.worker == worker && is_proven)
			continue;
		if (kill.worker == worker)
			kill.worker = 0;
		kills->items[kept++] = kill;
	}
	kills->n = kept;
}

void pollution_passed(struct pollution *pollution, const struct task *task)
{
	for (uint32_t i = 0; i < task->job.n_units; i++) {
		const struct pool_result *result = &task->job.results[i];

		if (result->is_there && result->result == WIRE_PASSED)
			settle(pollution, task->job.ran_in, task->units[i], true);
	}
}

uint32_t pollution_again(struct pollution *pollution)
{
	return pollution->n_again ? pollution->again[--pollution->n_again] : POLLUTION_NONE;
}

/* ---- questions ---- */

static void add_company(struct pollution *pollution, uint32_t unit, uint32_t *units, uint32_t *n)
{
	uint32_t n_company, *company = company_of(pollution->run, unit, &pollution->arena, &n_company);

	for (uint32_t i = 0; i < n_company; i++)
		*n += unit_set_add(units, *n, company[i]);
}

static bool ask_suspect(struct pollution *pollution, uint32_t worker, struct pollution_ask *ret)
{
	for (uint32_t i = pollution->n_suspects; i-- > 0;) {
		struct suspect suspect = pollution->suspects[i];

		if (suspect.worker != worker)
			continue;
		pollution->suspects[i] = pollution->suspects[--pollution->n_suspects];
		ret->units = company_of(pollution->run, suspect.unit, &pollution->arena, &ret->n);
		ret->subject = suspect.unit;
		if (ret->n)
			return true;
	}
	return false;
}

static bool has_killed_in(const struct kills *kills, uint32_t worker)
{
	for (uint32_t i = 0; i < kills->n; i++)
		if (kills->items[i].worker == worker)
			return true;
	return false;
}

bool pollution_ask(struct pollution *pollution, uint32_t worker, struct pollution_ask *ret)
{
	uint32_t *units, n = 0;

	arena_clear(&pollution->arena);
	if (ask_suspect(pollution, worker, ret))
		return true;
	units = ARENA_NEW_N(&pollution->arena, uint32_t, pollution->run->n_units);
	for (uint32_t u = 0; u < pollution->run->n_units; u++)
		if (has_killed_in(&pollution->kills[u], worker))
			add_company(pollution, u, units, &n);
	*ret = (struct pollution_ask){ units, n, ALL_KILLERS };
	return n > 0;
}

/* ---- answers ---- */

/* Whether the job's unit failed, or was at work when the job came to a bad end. */
static bool has_failed(const struct pool_job *job, uint32_t unit)
{
	if (job->results[unit].is_there)
		return job->results[unit].result == WIRE_FAILED_TEST;
	return (job->end != JOB_RAN && job->running == unit) ||
	       task_failed_around(job, unit);
}

static void suspect(struct pollution *pollution, uint32_t worker, uint32_t unit)
{
	pollution->suspects = grow(pollution->suspects, pollution->n_suspects, &pollution->room_suspects,
				   sizeof(*pollution->suspects));
	pollution->suspects[pollution->n_suspects++] = (struct suspect){ worker, unit };
	settle(pollution, worker, unit, false);
}

static void take_killers(struct pollution *pollution, uint32_t worker, const struct task *task)
{
	for (uint32_t i = 0; i < task->job.n_units; i++)
		if (has_failed(&task->job, i))
			suspect(pollution, worker, task->units[i]);
		else
			settle(pollution, worker, task->units[i], task->job.results[i].is_there);
}

/* Nothing it ever killed is believed but what is proven. */
static void take_victim(struct pollution *pollution, uint32_t unit)
{
	struct kills *kills = &pollution->kills[unit];

	pollution->run->units[unit].is_victim = true;
	pollution->run->pollution.victims++;
	for (uint32_t i = 0; i < kills->n; i++)
		hear_again(pollution, kills->items[i].mutant);
	kills->n = 0;
}

bool pollution_take(struct pollution *pollution, uint32_t worker, const struct task *task)
{
	if (task->subject == ALL_KILLERS) {
		take_killers(pollution, worker, task);
		return false;
	}
	for (uint32_t i = 0; i < task->job.n_units; i++)
		if (task->units[i] == task->subject && has_failed(&task->job, i)) {
			take_victim(pollution, task->subject);
			return true;
		}
	return false;
}
