#include "measure/likely.h"

#include <string.h>

#include "util/test.h"

#define MUTANTS 10
#define UNITS 8

/* Ten mutants of one class, eight tests; test number u moves u + 1 counters. */
struct scene {
	struct run run;
	struct mutant mutants[MUTANTS];
	struct plan_class class;
	struct unit units[UNITS];
	uint32_t reach_start[UNITS + 1], reach[UNITS * UNITS], all[UNITS];
};

static void begin(struct scene *scene)
{
	uint32_t n = 0;

	memset(scene, 0, sizeof(*scene));
	scene->class.n_mutants = MUTANTS;
	for (uint32_t p = 0; p < UNITS; p++) {
		scene->reach_start[p] = n;
		for (uint32_t u = p; u < UNITS; u++)
			scene->reach[n++] = u;
		scene->units[p].work = 100;
		scene->all[p] = p;
	}
	scene->reach_start[UNITS] = n;
	scene->run.plan.classes = &scene->class;
	scene->run.plan.n_classes = 1;
	scene->run.plan.mutants = scene->mutants;
	scene->run.plan.n_mutants = MUTANTS;
	scene->run.plan.n_points = UNITS;
	scene->run.units = scene->units;
	scene->run.n_units = UNITS;
	scene->run.reach_start = scene->reach_start;
	scene->run.reach = scene->reach;
}

TEST(a_mutant_meets_the_killers_of_its_nearest_neighbours_first)
{
	uint32_t chosen[LIKELY_MAX];
	struct likely *likely;
	struct scene scene;

	begin(&scene);
	likely = likely_new(&scene.run);
	likely_killed(likely, 0, 7);
	likely_killed(likely, 2, 5);
	likely_killed(likely, 3, 5);
	likely_killed(likely, 6, 1);
	likely_killed(likely, 7, 3);
	EXPECT_LONG(likely_choose(likely, 4, scene.all, UNITS, chosen), 3);
	EXPECT_LONG(chosen[0], 1);
	EXPECT_LONG(chosen[1], 3);
	EXPECT_LONG(chosen[2], 5);
	likely_free(likely);
}

TEST(a_neighbours_killer_that_does_not_meet_the_mutant_or_does_far_more_than_others_is_passed_over)
{
	static const uint32_t but_five[] = { 0, 1, 2, 3, 4, 6, 7 };
	uint32_t chosen[LIKELY_MAX];
	struct likely *likely;
	struct scene scene;

	begin(&scene);
	scene.units[6].work = 100000;
	likely = likely_new(&scene.run);
	likely_killed(likely, 3, 5);
	likely_killed(likely, 5, 6);
	likely_killed(likely, 6, 2);
	EXPECT_LONG(likely_choose(likely, 4, but_five, 7, chosen), 1);
	EXPECT_LONG(chosen[0], 2);
	likely_free(likely);
}

TEST(without_known_killers_the_test_that_moves_the_fewest_counters_comes_first)
{
	static const uint32_t some[] = { 1, 2, 3, 4, 5, 6 };
	uint32_t chosen[LIKELY_MAX];
	struct likely *likely;
	struct scene scene;

	begin(&scene);
	likely = likely_new(&scene.run);
	EXPECT_LONG(likely_choose(likely, 4, some, 6, chosen), 1);
	EXPECT_LONG(chosen[0], 1);
	EXPECT_LONG(likely_choose(likely, 4, some, 2, chosen), 0);	/* both at once */
	likely_free(likely);
}
