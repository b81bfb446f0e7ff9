#include "project/as_build.h"

#include <string.h>

#include "project/class_table.h"
#include "project/files.h"
#include "project/gradle_jvm.h"
#include "project/gradle_tests.h"
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

/* A suite may well run classes that surefire alone would pass by. */
static void tell(struct roots *roots, uint32_t root, const char *who)
{
	const struct class_table *table = &roots->table;
	const char *example = NULL;
	bool has_suite = false;
	uint32_t n = 0;

	for (uint32_t i = 0; i < table->n; i++) {
		const struct project_class *class = &table->classes[i];

		has_suite |= class->root == root && class->is_test && !class->is_left_out && table->seen[i].is_suite;
		if (table->classes[i].root != root || !is_worth_telling(table, i))
			continue;
		example = example ? example : table->classes[i].name;
		n++;
	}
	if (n && has_suite)
		text_list_add(roots->arena, &roots->looked_at,
			      arena_strfmt(roots->arena, "%u test class%s (%s%s) only as part of suites: %s does not run %s alone; --include-tests '*' takes all",
					   n, n == 1 ? "" : "es", example, n == 1 ? "" : " ...", who, n == 1 ? "it" : "them"));
	else if (n)
		text_list_add(roots->arena, &roots->looked_at,
			      arena_strfmt(roots->arena, "skipped %u test class%s that %s does not run by %s (%s%s); --include-tests '*' takes all",
					   n, n == 1 ? "" : "es", who, strcmp(who, "Gradle") ? "pom.xml" : "its build file", example, n == 1 ? "" : " ..."));
}

static void put(struct buf *out, const char *what, const char *text)
{
	if (*text)
		buf_fmt(out, "%s%s %s", out->len ? "; " : "", what, text);
}

/* Tests one by one: what they are is seen only beside the engine. */
static void choose(struct roots *roots, uint32_t root, const bool *is_named, const char *who,
		   const struct test_choice *choice)
{
	struct class_table *table = &roots->table;
	struct buf how;

	for (uint32_t i = 0; i < table->n; i++)
		if (table->classes[i].root == root && table->classes[i].is_test && !is_named[i])
			table->classes[i].choice = choice;
	buf_init(&how, 1 << 16);
	put(&how, "only tags", choice->groups);
	put(&how, "not tags", choice->excluded);
	put(&how, "only", choice->names);
	put(&how, "not", choice->excluded_names);
	text_list_add(roots->arena, &roots->looked_at,
		      arena_strfmt(roots->arena, "skipped tests that %s does not run (%.*s); --include-tests '*' takes all",
				   who, (int)how.len, (const char *)how.bytes));
	buf_release(&how);
}

static void by_names(struct roots *roots, uint32_t root, const bool *is_named, struct test_names *names,
		     const char *who)
{
	test_names_compile(roots->arena, names);
	if (leave_out(&roots->table, root, is_named, names))
		tell(roots, root, who);
	else
		take_back(&roots->table, root);
	test_names_release(names);
}

static void as_maven(struct roots *roots, uint32_t root, const char *base, const bool *is_named)
{
	const struct test_choice *choice;
	struct test_names names;

	if (surefire_test_names(&roots->poms, base, &names, &roots->looked_at))
		by_names(roots, root, is_named, &names, "surefire");
	choice = surefire_test_choice(&roots->poms, base, &roots->looked_at);
	if (choice)
		choose(roots, root, is_named, "surefire", choice);
}

/* "BASE/target/test-classes", or anywhere below it. */
static const char *maven_base(struct arena *arena, const char *path)
{
	const char *target = file_parent(arena, path), *base = file_parent(arena, target), *pom;

	if (file_exists(arena_strfmt(arena, "%s/pom.xml", base)))
		return base;
	pom = file_find_above(arena, target, "pom.xml");
	return pom ? file_parent(arena, pom) : base;
}

static void as_gradle(struct roots *roots, uint32_t root, const char *base, const bool *is_named)
{
	struct gradle_tests *tests = ARENA_NEW(roots->arena, struct gradle_tests);

	if (!gradle_tests_read(roots->arena, base, tests, &roots->looked_at))
		return;
	if (tests->has_paths)
		by_names(roots, root, is_named, &tests->names, "Gradle");
	if (tests->chooses)
		choose(roots, root, is_named, "Gradle", &tests->choice);
}

/* "BASE/build/classes/java/test" */
static const char *gradle_base(struct arena *arena, const char *path)
{
	const char *classes = file_parent(arena, file_parent(arena, path)), *build = file_parent(arena, classes);

	if (strcmp(file_name(path), "test") != 0 || strcmp(file_name(classes), "classes") != 0 ||
	    strcmp(file_name(build), "build") != 0)
		return NULL;
	return file_parent(arena, build);
}

void as_build_jvm(struct roots *roots, struct test_jvm *ret)
{
	struct text_list bases = { NULL, 0, 0 };

	for (uint32_t i = 0; i < roots->table.n_roots; i++) {
		const char *base = gradle_base(roots->arena, roots->table.roots[i].path);

		if (!base || text_list_has(&bases, base))
			continue;
		text_list_add(roots->arena, &bases, base);
		gradle_jvm_read(roots->arena, base, ret, &roots->looked_at);
	}
	for (uint32_t i = 0; i < roots->bases.n; i++)
		surefire_read(&roots->poms, roots->bases.items[i], ret, &roots->looked_at);
}

void as_build_leave_out(struct roots *roots, const bool *is_named)
{
	for (uint32_t i = 0; i < roots->table.n_roots; i++) {
		const struct root *root = &roots->table.roots[i];
		const char *base = gradle_base(roots->arena, root->path);

		if (root->is_test && base)
			as_gradle(roots, i, base, is_named);
		else if (root->is_test)
			as_maven(roots, i, maven_base(roots->arena, root->path), is_named);
	}
}
