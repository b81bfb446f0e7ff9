#include "runner/narrow.h"

#include <stdlib.h>
#include <string.h>

#include "util/fnv.h"

static void keep_marked(struct plan *plan, const bool *keep)
{
	uint32_t n = 0;

	for (uint32_t c = 0; c < plan->n_classes; c++) {
		struct plan_class *class = &plan->classes[c];
		uint32_t first = n;

		for (uint32_t i = 0; i < class->n_mutants; i++)
			if (keep[class->first_mutant + i])
				plan->mutants[n++] = plan->mutants[class->first_mutant + i];
		class->first_mutant = first;
		class->n_mutants = n - first;
	}
	plan->n_mutants = n;
}

static enum err_code keep_named(struct run *run, struct err *err)
{
	struct plan *plan = &run->plan;
	bool *keep = ARENA_NEW_N(&run->arena, bool, plan->n_mutants);
	char *ids = arena_strdup(&run->arena, run->settings.only_mutants);
	char *rest = NULL;

	for (char *id = strtok_r(ids, ", ", &rest); id; id = strtok_r(NULL, ", ", &rest)) {
		const struct mutant *found;

		if (!plan_find(plan, id, &found))
			return err_set(err, ERR_USAGE, "no mutant is called %s; see vary list", id);
		for (uint32_t i = 0; i < plan->n_mutants; i++)
			keep[i] |= &plan->mutants[i] == found ||
				   !strncmp(plan->mutants[i].id, id, strlen(id));
	}
	keep_marked(plan, keep);
	return ERR_OK;
}

/* ---- the sample: those whose lots are lowest ---- */

struct lot {
	uint64_t value;
	uint32_t mutant;
};

static uint64_t draw(const struct run *run, uint32_t number)
{
	const struct mutant *mutant = &run->plan.mutants[number];
	const char *class = run->plan.classes[mutant->class_number].display_name;
	const unsigned char seed[] = {
		run->settings.seed & 0xff, run->settings.seed >> 8 & 0xff,
		run->settings.seed >> 16 & 0xff, run->settings.seed >> 24,
	};
	uint64_t hash = fnv_bytes(FNV_BASIS, seed, sizeof(seed));

	hash = fnv_text(hash, class);
	hash = fnv_bytes(hash, mutant->id, strlen(mutant->id));
	/* FNV's last bytes move its low bits only. */
	hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdu;
	return hash ^ hash >> 33;
}

static int by_value(const void *a, const void *b)
{
	const struct lot *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	return left->mutant < right->mutant ? -1 : left->mutant > right->mutant;
}

static void keep_sample(struct run *run)
{
	struct plan *plan = &run->plan;
	struct lot *lots = ARENA_NEW_N(&run->arena, struct lot, plan->n_mutants);
	bool *keep = ARENA_NEW_N(&run->arena, bool, plan->n_mutants);

	for (uint32_t i = 0; i < plan->n_mutants; i++)
		lots[i] = (struct lot){ draw(run, i), i };
	qsort(lots, plan->n_mutants, sizeof(*lots), by_value);
	for (uint32_t i = 0; i < run->settings.sample; i++)
		keep[lots[i].mutant] = true;
	keep_marked(plan, keep);
}

enum err_code narrow_plan(struct run *run, struct err *err)
{
	if (run->settings.only_mutants)
		TRY(keep_named(run, err));
	run->n_sampled_from = run->plan.n_mutants;
	if (run->settings.sample && run->settings.sample < run->plan.n_mutants)
		keep_sample(run);
	return ERR_OK;
}
