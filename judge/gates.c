#include "judge/gates.h"

#include <math.h>
#include <string.h>

#include "run/metrics.h"
#include "store/store.h"
#include "store/store_read.h"

#define GATES_MAX 5

/* Two decimals, never up to the figure that was missed. */
static double rounded_down(double percent)
{
	return floor(percent * 100) / 100;
}

static struct gate *add(struct run *run, const char *name, double limit, double reached)
{
	struct gate *gate = &run->gates[run->n_gates++];

	*gate = (struct gate){ .name = name, .limit = limit, .reached = reached, .has_limit = true };
	return gate;
}

static void check_least(struct run *run, const char *name, const char *what, double least,
			double reached, const char *where)
{
	struct gate *gate = add(run, name, least, reached);

	if (reached >= least)
		return;
	gate->is_violated = true;
	if (reached < 0)
		gate->says = arena_strfmt(&run->arena, "gate %s: not known, as survivors were not looked into", name);
	else
		gate->says = arena_strfmt(&run->arena, "gate %s: %.2f%% %s%s, %.2f points below %g%%", name,
					  rounded_down(reached), what, where, least - rounded_down(reached), least);
}

static void check_most(struct run *run, const char *name, const char *what, uint32_t most,
		       double reached, const char *where)
{
	struct gate *gate = add(run, name, most, reached);

	if (reached >= 0 && reached <= most)
		return;
	gate->is_violated = true;
	if (reached < 0)
		gate->says = arena_strfmt(&run->arena, "gate %s: not known, as survivors were not looked into", name);
	else
		gate->says = arena_strfmt(&run->arena, "gate %s: %.0f %s%s, %.0f more than %u", name, reached,
					  what, where, reached - most, most);
}

/* ---- the run before ---- */

static bool score_before(struct run *run, double *ret)
{
	struct store_reader *reader;
	struct err err = ERR_INIT;
	struct stored_run *before = NULL;

	if (store_read_open(&run->arena, run->project.directory, &reader, &err) != ERR_OK)
		return false;
	if (!strcmp(reader->directory, run->project.directory))
		before = store_read_before(reader, run);
	if (before && before->counted)
		*ret = 100.0 * before->detected / before->counted;
	else
		before = NULL;
	store_read_close(reader);
	return before != NULL;
}

static void check_decrease(struct run *run, double score)
{
	struct gate *gate = add(run, "fail_on_decrease", 0, score);
	double before = 0;

	gate->has_limit = score_before(run, &before);
	gate->limit = before;
	if (!gate->has_limit) {
		gate->says = "gate fail_on_decrease: no earlier run of the same target and operators is kept, so there is nothing to compare with";
		return;
	}
	gate->is_violated = score < before - GATES_TOLERANCE;
	if (gate->is_violated)
		gate->says = arena_strfmt(&run->arena, "gate fail_on_decrease: %.2f%% killed, %.2f points below the %.2f%% of the run before",
					  rounded_down(score), before - score, before);
}

/* ---- all ---- */

void gates_check(struct run *run, const struct gate_settings *settings)
{
	const char *where = run->settings.sample ? " in the sample" : "";
	struct metrics metrics = metrics_of(run);

	run->gates = ARENA_NEW_N(&run->arena, struct gate, GATES_MAX);
	run->n_gates = 0;
	if (run->settings.only_mutants)
		return;
	if (settings->min_score > 0)
		check_least(run, "min_score", "killed", settings->min_score, metrics.counts.score, where);
	if (settings->max_survivors != GATES_NO_LIMIT)
		check_most(run, "max_survivors", "survived", settings->max_survivors,
			   metrics.counts.by_status[STATUS_SURVIVED], where);
	if (settings->min_observability > 0)
		check_least(run, "min_observability", "observed", settings->min_observability,
			    metrics.is_complete ? metrics.observability : -1, where);
	if (settings->max_unobserved != GATES_NO_LIMIT)
		check_most(run, "max_unobserved_survivors", "survived unobserved", settings->max_unobserved,
			   metrics.is_complete ? (double)metrics.by_class[SURVIVOR_UNOBSERVED] : -1.0, where);
	if (settings->fail_on_decrease)
		check_decrease(run, metrics.counts.score);
}

uint32_t gates_violated(const struct run *run)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < run->n_gates; i++)
		n += run->gates[i].is_violated;
	return n;
}

bool gates_killed_nothing(const struct run *run)
{
	return !run->settings.only_mutants && !run_count(run).detected;
}
