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

/* [n_roots] whether a root holds tests and nothing to be mutated: then all of it
 * is test code, also classes that --include-tests leaves out. */
static const bool *test_roots(const struct run *run, struct arena *arena)
{
	const struct project *project = &run->project;
	bool *has_tests = ARENA_NEW_N(arena, bool, project->n_roots + 1u);

	for (uint32_t i = 0; i < project->n_classes; i++)
		if (project->classes[i].is_test && project->classes[i].root < project->n_roots)
			has_tests[project->classes[i].root] = true;
	for (uint32_t i = 0; i < project->n_classes; i++)
		if (project->classes[i].is_target && project->classes[i].root < project->n_roots)
			has_tests[project->classes[i].root] = false;
	return has_tests;
}

static struct oracle *read_classes(const struct run *run, struct arena *arena)
{
	const bool *is_test_root = test_roots(run, arena);
	struct oracle *oracle = oracle_new(arena);

	for (uint32_t i = 0; i < run->project.n_classes; i++) {
		const struct project_class *class = &run->project.classes[i];

		oracle_add(oracle, class->bytes,
			   class->is_test || (class->root < run->project.n_roots &&
					      is_test_root[class->root]));
	}
	oracle_finish(oracle);
	return oracle;
}

void oracles_read(struct run *run)
{
	struct oracle_test *tests = ARENA_NEW_N(&run->arena, struct oracle_test, run->n_units);
	struct arena local = ARENA_INIT;
	struct oracle *oracle = read_classes(run, run->settings.keep_oracle ? &run->arena : &local);

	for (uint32_t i = 0; i < run->n_units; i++) {
		const struct container *container =
			&run->containers[run->units[i].container_number];
		const char *method = method_of(&run->units[i], container);

		tests[i].says = "";
		if (method)
			oracle_test(oracle,
				    class_of(&run->arena, &run->units[i], container), method,
				    &tests[i]);
		if (!run->settings.keep_oracle) {
			tests[i].says = arena_strdup(&run->arena, tests[i].says);
			tests[i].loose = NULL;
			tests[i].n_loose = 0;
		}
	}
	run->oracle = run->settings.keep_oracle ? oracle : NULL;
	run->oracles = tests;
	arena_release(&local);
}
