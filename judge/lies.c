#include "judge/lies.h"

#include <stdlib.h>
#include <string.h>

#include "run/metrics.h"

const char *bucket_name(enum bucket bucket)
{
	static const char *const names[N_BUCKETS] = {
		[BUCKET_PLACEBO] = "placebo", [BUCKET_LIE] = "lie", [BUCKET_GAP] = "gap",
		[BUCKET_OK] = "ok", [BUCKET_UNJUDGED] = "unjudged",
	};

	return names[bucket];
}

struct sorting {
	const struct run *run;
	struct lie *lies;	/* [run->n_units] */
	uint32_t *survived;	/* [run->n_units] mutants met that no test kills */
	uint32_t *survivor;	/* [run->n_units] one of them */
};

static bool has_killed(const struct verdict *verdict, uint32_t unit)
{
	for (uint32_t i = 0; i < verdict->n_killers; i++)
		if (verdict->killers[i] == unit)
			return true;
	return false;
}

/* What a test that passes has accepted: another result of a method. */
static bool changes_result(const struct mutant *mutant)
{
	return mutant->operator->family == FAMILY_RETURN ||
	       mutant->operator->family == FAMILY_POISON;
}

static const struct oracle_loose *loose_about(const struct run *run, uint32_t unit,
					      const struct mutant *mutant)
{
	const struct class *class = run->plan.classes[mutant->class_number].class;
	const struct member *method = &class->methods[mutant->method];
	const struct oracle_test *test = &run->oracles[unit];

	for (uint32_t i = 0; i < test->n_loose; i++)
		if (!strcmp(test->loose[i].place.name, method->name) &&
		    !strcmp(test->loose[i].place.descriptor, method->descriptor) &&
		    oracle_is_kind(run->oracle, class->name, test->loose[i].place.owner))
			return &test->loose[i];
	return NULL;
}

/* What was recorded of the survivors' tests: an assertion of this one was
 * handed another value, and held. */
static const struct explanation *seen_to_pass(const struct run *run, uint32_t unit, uint32_t number)
{
	const struct explanation *explanation = run->explanations ? &run->explanations[number] : NULL;

	if (!explanation || explanation->class != SURVIVOR_WEAK_ORACLE ||
	    explanation->crossing_unit != unit || !explanation->asserted.class_name)
		return NULL;
	return explanation;
}

static void take_pass(struct sorting *s, uint32_t number, uint32_t unit)
{
	const struct run *run = s->run;
	const struct mutant *mutant = &run->plan.mutants[number];
	struct lie *lie = &s->lies[unit];
	const struct oracle_loose *loose;

	if (run->verdicts[number].status == STATUS_SURVIVED && !s->survived[unit]++)
		s->survivor[unit] = number;
	loose = changes_result(mutant) ? loose_about(run, unit, mutant) : NULL;
	if (!loose && !seen_to_pass(run, unit, number))
		return;
	if (!lie->n_evidence++) {
		lie->loose = loose;
		lie->mutant = number;
	}
}

/* A mutant that a test brought to no end was neither noticed nor accepted. */
static void take_mutant(struct sorting *s, uint32_t number)
{
	const struct run *run = s->run;
	const struct verdict *verdict = &run->verdicts[number];
	uint32_t point = run->plan.mutants[number].infection;

	if ((verdict->status != STATUS_KILLED && verdict->status != STATUS_SURVIVED) ||
	    metrics_class_of(run, number) == SURVIVOR_EQUIVALENT_LIKELY)
		return;
	for (uint32_t i = run->reach_start[point]; i < run->reach_start[point + 1]; i++) {
		uint32_t unit = run->reach[i];

		s->lies[unit].n_met++;
		if (has_killed(verdict, unit))
			s->lies[unit].n_killed++;
		else
			take_pass(s, number, unit);
	}
}

/* Whether the whole project was asked about, so that a test which runs none of
 * it is a finding. */
static bool is_whole(const struct run *run)
{
	for (uint32_t i = 0; i < run->project.n_classes; i++)
		if (!run->project.classes[i].is_test && !run->project.classes[i].is_target)
			return false;
	return run->plan.n_mutants >= run->n_sampled_from && !run->settings.only_mutants;
}

static void decide(struct sorting *s, uint32_t unit, bool concerns)
{
	struct lie *lie = &s->lies[unit];
	enum strength strength = s->run->oracles[unit].strength;

	if (strength == STRENGTH_NONE || strength == STRENGTH_CONSTANT) {
		lie->bucket = concerns ? BUCKET_PLACEBO : BUCKET_UNJUDGED;
		lie->loose = NULL;
		lie->mutant = MUTANT_NONE;
		lie->n_evidence = lie->n_met - lie->n_killed;
	} else if (!lie->n_met) {
		lie->bucket = BUCKET_UNJUDGED;
	} else if (lie->n_evidence) {
		lie->bucket = BUCKET_LIE;
	} else if (s->survived[unit]) {
		lie->bucket = BUCKET_GAP;
		lie->n_evidence = s->survived[unit];
		lie->mutant = s->survivor[unit];
	} else {
		lie->bucket = BUCKET_OK;
	}
}

static int worst_first(const void *a, const void *b)
{
	const struct lie *left = a, *right = b;

	if (left->bucket != right->bucket)
		return (int)left->bucket - (int)right->bucket;
	if (left->n_evidence != right->n_evidence)
		return left->n_evidence > right->n_evidence ? -1 : 1;
	return left->unit < right->unit ? -1 : left->unit > right->unit;
}

void lies_sort(const struct run *run, struct arena *arena, struct lies *ret)
{
	struct sorting s = {
		.run = run,
		.lies = ARENA_NEW_N(arena, struct lie, run->n_units),
		.survived = ARENA_NEW_N(arena, uint32_t, run->n_units),
		.survivor = ARENA_NEW_N(arena, uint32_t, run->n_units),
	};
	bool *reaches = ARENA_NEW_N(arena, bool, run->n_units), whole = is_whole(run);

	*ret = (struct lies){ .tests = s.lies };
	for (uint32_t i = 0; i < run->n_units; i++)
		s.lies[i] = (struct lie){ .unit = i, .mutant = MUTANT_NONE };
	for (uint32_t i = 0; i < run->reach_start[run->plan.n_points]; i++)
		reaches[run->reach[i]] = true;
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		take_mutant(&s, i);
	for (uint32_t i = 0; i < run->n_units; i++) {
		if (run->units[i].state != UNIT_PASSED)
			continue;
		decide(&s, i, whole || reaches[i]);
		ret->by_bucket[s.lies[i].bucket]++;
		s.lies[ret->n++] = s.lies[i];
	}
	if (ret->n)
		qsort(s.lies, ret->n, sizeof(*s.lies), worst_first);
}
