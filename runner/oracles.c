#include "runner/oracles.h"

#include <string.h>

/* The method's name as a unit's name ends with it; NULL where the unit is not a
 * method (a description, a dynamic test). */
static const char *method_of(const struct unit *unit, const struct container *container)
{
	size_t len = strlen(container->name);

	if (strncmp(unit->name, container->name, len) != 0 || unit->name[len] != '.')
		return NULL;
	return unit->name + len + 1;
}

void oracles_read(struct run *run)
{
	struct oracle_test *tests = ARENA_NEW_N(&run->arena, struct oracle_test, run->n_units);

	run->oracle = oracle_new(&run->arena);
	for (uint32_t i = 0; i < run->project.n_classes; i++)
		oracle_add(run->oracle, run->project.classes[i].bytes,
			   run->project.classes[i].is_test);
	oracle_finish(run->oracle);
	for (uint32_t i = 0; i < run->n_units; i++) {
		const struct container *container =
			&run->containers[run->units[i].container_number];
		const char *method = method_of(&run->units[i], container);

		tests[i].says = "";
		if (method)
			oracle_test(run->oracle, container->name, method, &tests[i]);
	}
	run->oracles = tests;
}
