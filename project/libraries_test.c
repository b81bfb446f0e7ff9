#include "project/libraries.h"

#include <string.h>

#include "project/pom.h"
#include "project/tree_test.h"
#include "util/test.h"

static const char *joined(struct tree *tree, const struct text_list *list)
{
	const char *text = "";
	size_t len = strlen(tree->top) + 1;

	for (uint32_t i = 0; i < list->n; i++)
		text = arena_strfmt(&tree->arena, "%s%s%s", text, i ? " " : "",
				    strncmp(list->items[i], tree->top, len - 1)
				    ? list->items[i] : list->items[i] + len);
	return text;
}

static const char *with_engines(struct tree *tree, const char *jar, struct text_list *looked_at)
{
	struct text_list list = { NULL, 0, 0 };

	text_list_add(&tree->arena, &list, tree_text(tree, jar, ""));
	libraries_add_engines(&tree->arena, &list, looked_at);
	return joined(tree, &list);
}

TEST(a_class_path_holds_files_folders_and_every_jar_of_a_folder)
{
	struct text_list list = { NULL, 0, 0 };
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "lib/b.jar", "");
	tree_text(&tree, "lib/a.jar", "");
	tree_text(&tree, "lib/notes.txt", "");
	tree_folder(&tree, "out");
	EXPECT(libraries_parse(&tree.arena, arena_strfmt(&tree.arena, "%s/out::%s/lib/*", tree.top, tree.top),
			       &list, &err) == ERR_OK);
	EXPECT_STR(joined(&tree, &list), "out lib/a.jar lib/b.jar");
	EXPECT(libraries_parse(&tree.arena, arena_strfmt(&tree.arena, "%s/gone/*", tree.top), &list,
			       &err) == ERR_USAGE);
	EXPECT(strstr(err.text, "gone/: no such directory") != NULL);
	tree_remove(&tree);
}

TEST(jars_in_a_projects_lib_folder_are_its_libraries)
{
	struct text_list list = { NULL, 0, 0 }, looked_at = { NULL, 0, 0 };
	struct poms poms = { .arena = NULL };
	struct tree tree;

	tree_make(&tree);
	poms.arena = &tree.arena;
	tree_text(&tree, "lib/a.jar", "");
	tree_text(&tree, "target/dependency/b.jar", "");
	libraries_find(&poms, tree.top, &list, &looked_at);
	EXPECT_STR(joined(&tree, &list), "lib/a.jar target/dependency/b.jar");
	EXPECT_STR(looked_at.items[0], arena_strfmt(&tree.arena, "%s/lib: 1 jars", tree.top));
	tree_remove(&tree);
}

TEST(an_engine_is_added_to_its_api_from_where_the_api_came)
{
	struct text_list looked_at = { NULL, 0, 0 };
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "org/junit/jupiter/junit-jupiter-engine/5.10.1/junit-jupiter-engine-5.10.1.jar", "");
	tree_text(&tree, "org/junit/jupiter/junit-jupiter-engine/5.9.0/junit-jupiter-engine-5.9.0.jar", "");
	tree_text(&tree, "org/junit/platform/junit-platform-engine/1.10.1/junit-platform-engine-1.10.1.jar", "");
	tree_text(&tree, "org/junit/platform/junit-platform-commons/1.10.1/junit-platform-commons-1.10.1.jar", "");
	EXPECT_STR(with_engines(&tree, "org/junit/jupiter/junit-jupiter-api/5.10.1/junit-jupiter-api-5.10.1.jar", &looked_at),
		   "org/junit/jupiter/junit-jupiter-api/5.10.1/junit-jupiter-api-5.10.1.jar "
		   "org/junit/jupiter/junit-jupiter-engine/5.10.1/junit-jupiter-engine-5.10.1.jar "
		   "org/junit/platform/junit-platform-engine/1.10.1/junit-platform-engine-1.10.1.jar "
		   "org/junit/platform/junit-platform-commons/1.10.1/junit-platform-commons-1.10.1.jar");
	EXPECT(looked_at.n == 3 && strstr(looked_at.items[0], "added, to go with junit-jupiter-api-5.10.1.jar"));
	tree_text(&tree, "g/org.junit.jupiter/junit-jupiter-engine/6.0.0/77ab/junit-jupiter-engine-6.0.0.jar", "");
	tree_text(&tree, "g/org.junit.platform/junit-platform-engine/6.0.0/88cd/junit-platform-engine-6.0.0.jar", "");
	tree_text(&tree, "g/org.junit.platform/junit-platform-commons/6.0.0/9/junit-platform-commons-6.0.0.jar", "");
	EXPECT_STR(with_engines(&tree, "g/org.junit.jupiter/junit-jupiter-api/6.0.0/12ef/junit-jupiter-api-6.0.0.jar", &looked_at),
		   "g/org.junit.jupiter/junit-jupiter-api/6.0.0/12ef/junit-jupiter-api-6.0.0.jar "
		   "g/org.junit.jupiter/junit-jupiter-engine/6.0.0/77ab/junit-jupiter-engine-6.0.0.jar "
		   "g/org.junit.platform/junit-platform-engine/6.0.0/88cd/junit-platform-engine-6.0.0.jar "
		   "g/org.junit.platform/junit-platform-commons/6.0.0/9/junit-platform-commons-6.0.0.jar");
	tree_remove(&tree);
}

TEST(a_framework_that_runs_itself_gets_no_company)
{
	static const char *const jars[] = {
		"junit-4.13.2.jar", "junit4.jar", "junit.jar", "testng-7.10.jar", "spock-core-2.3.jar",
	};

	for (size_t i = 0; i < sizeof(jars) / sizeof(*jars); i++) {
		struct text_list looked_at = { NULL, 0, 0 };
		struct tree tree;

		tree_make(&tree);
		EXPECT_STR(with_engines(&tree, jars[i], &looked_at), jars[i]);
		EXPECT_LONG(looked_at.n, 0);
		tree_remove(&tree);
	}
}

TEST(a_jar_that_only_has_junit_in_its_name_is_no_framework)
{
	struct text_list looked_at = { NULL, 0, 0 };
	struct tree tree;

	tree_make(&tree);
	with_engines(&tree, "ant-junit.jar", &looked_at);
	EXPECT(looked_at.n == 1 && !strncmp(looked_at.items[0], "no test engine", 14));
	tree_remove(&tree);
}
