#include "judge/lies.h"

#include <string.h>

#include "judge/bodies.h"
#include "util/test.h"

/* Three tests and the mutants of shop.Till: 0 returns another value from total(),
 * 1 is arithmetic in it, 2 returns another value from note(). */
enum { MUTANTS = 3, UNITS = 3 };

struct scene {
	struct run run;
	struct member methods[2];
	struct class class;
	struct plan_class plan_class;
	struct mutant mutants[MUTANTS];
	struct verdict verdicts[MUTANTS];
	struct unit units[UNITS];
	struct oracle_test oracles[UNITS];
	uint32_t reach_start[MUTANTS + 1], reach[MUTANTS * UNITS];
};

static void add_mutant(struct scene *scene, uint32_t n, const char *kind, uint16_t method)
{
	static const uint32_t pcs[] = { 0 };

	scene->mutants[n] = (struct mutant){
		.id = "id", .operator = operator_find(kind), .method = method, .line = n + 1,
		.description = "changed", .pcs = pcs, .n_pcs = 1, .point = n, .infection = n, .propagation = n,
		.body = UINT32_MAX,
	};
	scene->verdicts[n] = (struct verdict){ .status = STATUS_SURVIVED,
					       .killing_unit = UNIT_NONE };
}

/* Every test meets every mutant, and all survive. */
static void set(struct scene *scene)
{
	memset(scene, 0, sizeof(*scene));
	scene->methods[0] = (struct member){ .name = "total", .descriptor = "()I" };
	scene->methods[1] = (struct member){ .name = "note", .descriptor = "()I" };
	scene->class = (struct class){ .name = "shop/Till", .methods = scene->methods,
				       .n_methods = 2 };
	scene->plan_class = (struct plan_class){ .class = &scene->class,
						 .display_name = "shop.Till" };
	add_mutant(scene, 0, "POISON_MINUS_ONE", 0);
	add_mutant(scene, 1, "ARITH_ADD_TO_SUB", 0);
	add_mutant(scene, 2, "RETURN_ZERO", 1);
	for (uint32_t p = 0; p < MUTANTS; p++)
		for (uint32_t u = 0; u < UNITS; u++)
			scene->reach[p * UNITS + u] = u;
	for (uint32_t p = 0; p <= MUTANTS; p++)
		scene->reach_start[p] = p * UNITS;
	for (uint32_t u = 0; u < UNITS; u++) {
		scene->units[u].state = UNIT_PASSED;
		scene->oracles[u] = (struct oracle_test){ .strength = STRENGTH_STRONG, .says = "" };
	}
	scene->run.plan = (struct plan){ .classes = &scene->plan_class, .n_classes = 1,
					 .mutants = scene->mutants, .n_mutants = MUTANTS,
					 .n_points = MUTANTS };
	scene->run.verdicts = scene->verdicts;
	scene->run.units = scene->units;
	scene->run.n_units = UNITS;
	scene->run.reach_start = scene->reach_start;
	scene->run.reach = scene->reach;
	scene->run.oracles = scene->oracles;
	scene->run.oracle = oracle_new(&scene->run.arena);
}

static enum bucket bucket_of(const struct lies *lies, uint32_t unit)
{
	for (uint32_t i = 0; i < lies->n; i++)
		if (lies->tests[i].unit == unit)
			return lies->tests[i].bucket;
	return N_BUCKETS;
}

static void kill_by(struct scene *scene, uint32_t mutant, const uint32_t *unit)
{
	scene->verdicts[mutant].status = STATUS_KILLED;
	scene->verdicts[mutant].killers = unit;
	scene->verdicts[mutant].n_killers = 1;
}

TEST(a_test_that_asserts_nothing_is_a_placebo_whatever_it_kills)
{
	static const uint32_t one = 1;
	struct scene scene;
	struct lies lies;

	set(&scene);
	kill_by(&scene, 0, &one);
	scene.oracles[1].strength = STRENGTH_NONE;
	lies_sort(&scene.run, &scene.run.arena, &lies);
	EXPECT(bucket_of(&lies, 1) == BUCKET_PLACEBO);
	EXPECT_LONG(lies.tests[0].unit, 1);
	EXPECT_LONG(lies.tests[0].n_killed, 1);
	run_release(&scene.run);
}

TEST(a_survivor_is_a_gap_of_whoever_runs_into_it)
{
	static const uint32_t zero = 0;
	struct scene scene;
	struct lies lies;

	set(&scene);
	kill_by(&scene, 0, &zero);
	kill_by(&scene, 1, &zero);
	lies_sort(&scene.run, &scene.run.arena, &lies);
	EXPECT(bucket_of(&lies, 0) == BUCKET_GAP);
	EXPECT_LONG(lies.tests[0].mutant, 2);
	kill_by(&scene, 2, &zero);
	lies_sort(&scene.run, &scene.run.arena, &lies);
	EXPECT(bucket_of(&lies, 0) == BUCKET_OK);
	EXPECT(bucket_of(&lies, 1) == BUCKET_OK);	/* another test notices them */
	run_release(&scene.run);
}

TEST(an_assertion_that_was_seen_to_hold_for_another_value_is_a_lie)
{
	struct explanation explanations[MUTANTS];
	struct scene scene;
	struct lies lies;

	set(&scene);
	memset(explanations, 0, sizeof(explanations));
	explanations[1].class = SURVIVOR_WEAK_ORACLE;
	explanations[1].crossing_unit = 2;
	explanations[1].asserted.class_name = "shop.TillTest";
	scene.run.explanations = explanations;
	lies_sort(&scene.run, &scene.run.arena, &lies);
	EXPECT(bucket_of(&lies, 2) == BUCKET_LIE);
	EXPECT(bucket_of(&lies, 1) == BUCKET_GAP);
	explanations[1].class = SURVIVOR_EQUIVALENT_LIKELY;
	lies_sort(&scene.run, &scene.run.arena, &lies);
	EXPECT(bucket_of(&lies, 2) == BUCKET_GAP);
	run_release(&scene.run);
}

TEST(a_test_in_which_nothing_differs_is_not_judged)
{
	struct scene scene;
	struct lies lies;

	set(&scene);
	memset(scene.reach_start, 0, sizeof(scene.reach_start));
	lies_sort(&scene.run, &scene.run.arena, &lies);
	EXPECT_LONG(lies.by_bucket[BUCKET_UNJUDGED], UNITS);
	run_release(&scene.run);
}

TEST(a_method_is_pseudo_tested_only_if_nothing_in_it_is_noticed)
{
	static const uint32_t zero = 0;
	struct scene scene;
	struct body *bodies;

	set(&scene);
	add_mutant(&scene, 0, "RETURN_ZERO", 0);
	EXPECT_LONG(bodies_judge(&scene.run, &scene.run.arena, &bodies), 2);
	EXPECT(bodies[0].state == BODY_PSEUDO);
	EXPECT(bodies[1].state == BODY_PSEUDO);
	EXPECT_LONG(bodies[0].n_tests, UNITS);
	kill_by(&scene, 1, &zero);
	EXPECT_LONG(bodies_judge(&scene.run, &scene.run.arena, &bodies), 2);
	EXPECT(bodies[0].state == BODY_PSEUDO);
	EXPECT_LONG(bodies[0].method, 1);
	EXPECT(bodies[1].state == BODY_PARTIAL);
	kill_by(&scene, 2, &zero);
	bodies_judge(&scene.run, &scene.run.arena, &bodies);
	EXPECT(bodies[1].state == BODY_TESTED);
	run_release(&scene.run);
}
