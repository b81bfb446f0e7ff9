#include "explain/seen.h"

#include "engine/witness.h"
#include "explain/copy.h"

#define TESTS_MAX 3u	/* tried for one survivor */

enum place { PLACE_OPERANDS, PLACE_ORIGINAL, PLACE_MUTATED };	/* as Notes.witness() numbers them */

/* The lightest tests in which the change makes a difference; returns how many. */
static uint32_t choose(const struct run *run, const struct mutant *mutant, uint32_t *ret)
{
	uint32_t n = 0;

	for (uint32_t i = run->reach_start[mutant->infection]; i < run->reach_start[mutant->infection + 1]; i++) {
		const struct unit *unit = &run->units[run->reach[i]];
		uint32_t at;

		if (unit->state != UNIT_PASSED || unit->needs_company)
			continue;
		if (n == TESTS_MAX && run->units[ret[n - 1]].work <= unit->work)
			continue;
		n += n < TESTS_MAX;
		for (at = n - 1; at > 0 && run->units[ret[at - 1]].work > unit->work; at--)
			ret[at] = ret[at - 1];
		ret[at] = run->reach[i];
	}
	return n;
}

static bool take(struct arena *arena, const char *told, struct explanation *explanation)
{
	const struct note *operands, *original, *mutated;
	struct notes notes;

	notes_parse(arena, told, &notes);
	operands = notes_find(&notes, PLACE_OPERANDS);
	original = notes_find(&notes, PLACE_ORIGINAL);
	mutated = notes_find(&notes, PLACE_MUTATED);
	if (!operands || !original || !mutated)
		return false;
	explanation->operands = operands->text;
	explanation->original = original->text;
	explanation->mutated = mutated->text;
	return true;
}

static enum err_code see(struct copies *copies, uint32_t number, struct err *err)
{
	struct run *run = copies->run;
	const struct mutant *mutant = &run->plan.mutants[number];
	struct pool_class woven = { .name = run->plan.classes[mutant->class_number].display_name };
	uint32_t units[TESTS_MAX], n = choose(run, mutant, units);

	if (!n || !witness_class(&run->plan, mutant, &run->arena, &woven.bytes))
		return ERR_OK;
	for (uint32_t i = 0; i < n; i++) {
		struct copy_outcome outcome;

		TRY(copies_run(copies, &units[i], 1, &woven, 1, COPIES_NOTES_NS, &outcome, err));
		if (outcome.passed && take(&run->arena, outcome.text, &run->explanations[number]))
			break;
	}
	return ERR_OK;
}

enum err_code seen_run(struct run *run, struct crew *crew, struct err *err)
{
	struct copies copies = { .run = run, .crew = crew };

	for (uint32_t i = 0; run->explanations && i < run->plan.n_mutants; i++)
		if (run->verdicts[i].status == STATUS_SURVIVED)
			TRY(see(&copies, i, err));
	return ERR_OK;
}
