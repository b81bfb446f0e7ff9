#include "project/as_build.h"

#include <string.h>

#include "project/class_table.h"
#include "project/files.h"
#include "project/surefire.h"

/* The classes below one root. False: surefire would run none. */
static bool leave_out(struct class_table *table, uint32_t root, const bool *is_named,
		      const struct test_names *names)
{
	bool any_stays = false;

	for (uint32_t i = 0; i < table->n; i++) {
		struct project_class *class = &table->classes[i];
		uint32_t outer = class_table_outermost(table, class->name);

		if (class->root != root || !class->is_test || is_named[i])
			continue;
		class->is_left_out =
			!test_names_match(names, outer == CLASS_NONE ? class->name : table->classes[outer].name);
		any_stays |= !class->is_left_out;
	}
	return any_stays;
}

static void take_back(struct class_table *table, uint32_t root)
{
	for (uint32_t i = 0; i < table->n; i++)
		if (table->classes[i].root == root)
			table->classes[i].is_left_out = false;
}

/* Of tests alone; most of the others help them. */
static bool is_worth_telling(const struct class_table *table, uint32_t number)
{
	const struct seen *seen = &table->seen[number];
	const struct project_class *class = &table->classes[number];

	return class->is_left_out && seen->looks_like_test && !seen->is_abstract && !strchr(class->name, '$');
}

static void tell(struct roots *roots, uint32_t root)
{
	const struct class_table *table = &roots->table;
	const char *example = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < table->n; i++) {
		if (table->classes[i].root != root || !is_worth_telling(table, i))
			continue;
		example = example ? example : table->classes[i].name;
		n++;
	}
	if (n)
		text_list_add(roots->arena, &roots->looked_at,
			      arena_strfmt(roots->arena, "skipped %u test class%s that surefire does not run by pom.xml (%s%s); --include-tests '*' takes all",
					   n, n == 1 ? "" : "es", example, n == 1 ? "" : " ..."));
}

/* Tests by their tags: only the engine sees those. */
static void choose(struct roots *roots, uint32_t root, const bool *is_named, const struct test_tags *tags)
{
	struct class_table *table = &roots->table;

	for (uint32_t i = 0; i < table->n; i++)
		if (table->classes[i].root == root && table->classes[i].is_test && !is_named[i])
			table->classes[i].tags = tags;
	text_list_add(roots->arena, &roots->looked_at,
		      arena_strfmt(roots->arena, "skipped tests that surefire does not run by their tags (%s%s%s%s%s); --include-tests '*' takes all",
				   *tags->groups ? "groups " : "", tags->groups,
				   *tags->groups && *tags->excluded ? ", " : "",
				   *tags->excluded ? "excludedGroups " : "", tags->excluded));
}

void as_build_leave_out(struct roots *roots, const bool *is_named, unsigned java)
{
	for (uint32_t i = 0; i < roots->table.n_roots; i++) {
		const struct root *root = &roots->table.roots[i];
		const char *base = file_parent(roots->arena, file_parent(roots->arena, root->path));
		const struct test_tags *tags;
		struct test_names names;

		if (!root->is_test)
			continue;
		if (surefire_test_names(roots->arena, base, java, &names, &roots->looked_at)) {
			if (leave_out(&roots->table, i, is_named, &names))
				tell(roots, i);
			else
				take_back(&roots->table, i);
		}
		tags = surefire_test_tags(roots->arena, base, java, &roots->looked_at);
		if (tags)
			choose(roots, i, is_named, tags);
	}
}
