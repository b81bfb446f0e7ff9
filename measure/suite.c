#include "measure/suite.h"

#include <stdlib.h>
#include <string.h>

#include "crew/ask.h"
#include "project/test_engine.h"
#include "util/die.h"

struct discovered {
	struct run *run;
	struct found_unit {
		const char *driver, *container, *id, *method;
		uint32_t number, container_rank;
		bool is_filtered;
	} *units;
	uint32_t n, size;
	const struct test_choice *choice;		/* what is asked for now */
	uint32_t n_before, n_problems_before;	/* from earlier questions */
};

static void discovery_start(void *context)
{
	struct discovered *discovered = context;

	discovered->n = discovered->n_before;
	discovered->run->n_problems = discovered->n_problems_before;
}

static void discovery_unit(void *context, const char *driver, const char *container,
			   const char *id, const char *method)
{
	struct discovered *discovered = context;

	if (discovered->n == discovered->size) {
		discovered->size = discovered->size ? discovered->size * 2 : 256;
		discovered->units = realloc(discovered->units,
					    discovered->size * sizeof(*discovered->units));
		if (!discovered->units)
			die_out_of_memory();
	}
	discovered->units[discovered->n] = (struct found_unit){ driver, container, id, method,
								discovered->n, 0, discovered->choice };
	discovered->n++;
}

static void discovery_problem(void *context, const char *container, const char *why)
{
	struct run *run = ((struct discovered *)context)->run;
	size_t len = strlen(container);

	for (uint32_t i = 0; i < run->n_problems; i++)	/* each engine tells its own */
		if (!strncmp(run->problems[i], container, len) && run->problems[i][len] == ':')
			return;
	run->problems = arena_room(&run->arena, run->problems, run->n_problems, sizeof(*run->problems));
	run->problems[run->n_problems++] =
		arena_strfmt(&run->arena, "%s: %s", container, why);
}

static int by_container(const void *a, const void *b)
{
	const struct found_unit *left = a, *right = b;
	int order = strcmp(left->container, right->container);

	return order ? order : strcmp(left->driver, right->driver);
}

static int by_container_then_number(const void *a, const void *b)
{
	const struct found_unit *left = a, *right = b;
	int order = by_container(a, b);

	return order ? order : left->number < right->number ? -1 : 1;
}

static int by_rank(const void *a, const void *b)
{
	const struct found_unit *left = a, *right = b;

	if (left->container_rank != right->container_rank)
		return left->container_rank < right->container_rank ? -1 : 1;
	return left->number < right->number ? -1 : left->number > right->number;
}

/* Units of one container together, containers in order of first appearance. */
static void group_by_container(struct discovered *discovered)
{
	struct found_unit *units = discovered->units;

	if (!discovered->n)
		return;
	qsort(units, discovered->n, sizeof(*units), by_container_then_number);
	for (uint32_t i = 0; i < discovered->n; i++)
		units[i].container_rank = i && !by_container(&units[i - 1], &units[i])
					  ? units[i - 1].container_rank : units[i].number;
	qsort(units, discovered->n, sizeof(*units), by_rank);
}

static void keep_units(struct run *run, struct discovered *discovered)
{
	group_by_container(discovered);
	run->n_units = discovered->n;
	run->units = ARENA_NEW_N(&run->arena, struct unit, discovered->n);
	run->containers = ARENA_NEW_N(&run->arena, struct container, discovered->n);
	for (uint32_t i = 0; i < discovered->n; i++) {
		const struct found_unit *found = &discovered->units[i];
		struct unit *unit = &run->units[i];

		if (!i || by_container(found - 1, found))
			run->containers[run->n_containers++] = (struct container){
				.driver = found->driver, .name = found->container,
				.first_unit = i, .is_filtered = found->is_filtered,
			};
		unit->container_number = run->n_containers - 1;
		run->containers[unit->container_number].n_units++;
		unit->id = found->id;
		unit->name = *found->method
			? arena_strfmt(&run->arena, "%s.%s", found->container, found->method)
			: found->container;
	}
}

static enum err_code no_tests(struct run *run, const struct crew *crew, uint32_t n_names,
			      struct err *err)
{
	const char *looked_at = "";

	if (run->n_problems)
		return err_set(err, ERR_EMPTY, "no tests that can be run: of %u test class%s, %u cannot, first %.600s",
			       n_names, n_names == 1 ? "" : "es", run->n_problems, run->problems[0]);
	for (uint32_t i = 0; i < run->project.n_looked_at; i++)
		looked_at = arena_strfmt(&run->arena, "%s%s%s", looked_at, i ? "; " : "",
					 run->project.looked_at[i]);
	return err_set(err, ERR_EMPTY, "no tests found: %u test class%s, test engines on the class path: %s; name tests with --tests, their libraries with --classpath; looked at: %.600s",
		       n_names, n_names == 1 ? "" : "es",
		       *crew->drivers ? crew->drivers : "none",
		       *looked_at ? looked_at : "nothing");
}

static int by_name(const void *key, const void *container)
{
	return strcmp(key, ((const struct found_unit *)container)->container);
}

static bool has_units(const struct discovered *sorted, const char *name)
{
	return sorted->n && bsearch(name, sorted->units, sorted->n, sizeof(*sorted->units), by_name);
}

/* Classes of tests that no engine here knows: what they test would seem to be tested by
 * nothing. */
static void tell_missing_engines(struct run *run, struct discovered *discovered)
{
	struct discovered sorted = *discovered;

	sorted.units = ARENA_NEW_N(&run->arena, struct found_unit, discovered->n);
	if (discovered->n) {
		memcpy(sorted.units, discovered->units, discovered->n * sizeof(*sorted.units));
		qsort(sorted.units, sorted.n, sizeof(*sorted.units), by_container);
	}
	for (uint32_t i = 0; i < run->project.n_classes; i++) {
		const struct project_class *class = &run->project.classes[i];
		const char *why;

		if (!class->is_test || class->is_left_out || class->choice || has_units(&sorted, class->name))
			continue;
		why = test_engine_missing(&run->project, class);
		if (why)
			discovery_problem(discovered, class->name, why);
	}
}

/* The classes from number `first` up that are chosen from in the same way; or none. */
static enum err_code discover(struct run *run, struct crew *crew, uint32_t first,
			      struct discovered *discovered, bool *is_asked, struct err *err)
{
	const struct ask_finder finder = { discovered, discovery_start, discovery_unit,
					   discovery_problem };
	const struct project *project = &run->project;
	const char **names = ARENA_NEW_N(&run->arena, const char *, project->n_classes);
	uint32_t n = 0;

	discovered->choice = first < project->n_classes ? project->classes[first].choice : NULL;
	discovered->n_before = discovered->n;
	discovered->n_problems_before = run->n_problems;
	for (uint32_t i = first; i < project->n_classes; i++)
		if (!is_asked[i] && project->classes[i].choice == discovered->choice) {
			names[n++] = project->classes[i].name;
			is_asked[i] = true;
		}
	return ask_discover(crew, names, n, discovered->choice, &finder, err);
}

enum err_code suite_discover(struct run *run, struct crew *crew, struct err *err)
{
	const struct project *project = &run->project;
	struct discovered discovered = { .run = run };
	bool *is_asked = ARENA_NEW_N(&run->arena, bool, project->n_classes);
	uint32_t n_names = 0;
	enum err_code code = ERR_OK;

	for (uint32_t i = 0; i < project->n_classes; i++) {
		is_asked[i] = !project->classes[i].is_test || project->classes[i].is_left_out;
		n_names += !is_asked[i];
	}
	for (uint32_t i = 0; i < project->n_classes && code == ERR_OK; i++)
		if (!is_asked[i])
			code = discover(run, crew, i, &discovered, is_asked, err);
	if (!n_names)	/* which engines there are is known then */
		code = discover(run, crew, project->n_classes, &discovered, is_asked, err);
	run->java_version = crew->java_version;
	run->drivers = crew->drivers;
	if (code == ERR_OK)
		tell_missing_engines(run, &discovered);
	if (code == ERR_OK && !discovered.n)
		code = no_tests(run, crew, n_names, err);
	if (code == ERR_OK)
		keep_units(run, &discovered);
	free(discovered.units);
	return code;
}
