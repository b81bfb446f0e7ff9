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

/* The class that the test is in, which its container may only be around: told by
 * ids like [engine:x]/[class:shop.CartTest]/[nested-class:Full]/[method:total()]
 * and shop.CartTest#total. */
static const char *class_of(struct arena *arena, const struct unit *unit,
			    const struct container *container)
{
	static const char class_mark[] = "[class:", nested_mark[] = "[nested-class:";
	const char *at = strstr(unit->id, class_mark), *name;

	if (!at) {
		at = strchr(unit->id, '#');
		return at && *unit->id != '[' ? arena_strndup(arena, unit->id,
							      (size_t)(at - unit->id))
					      : container->name;
	}
	at += strlen(class_mark);
	name = arena_strndup(arena, at, strcspn(at, "]"));
	while ((at = strstr(at, nested_mark))) {
		at += strlen(nested_mark);
		name = arena_strfmt(arena, "%s$%.*s", name, (int)strcspn(at, "]"), at);
	}
	return name;
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
			oracle_test(run->oracle,
				    class_of(&run->arena, &run->units[i], container), method,
				    &tests[i]);
	}
	run->oracles = tests;
}
