#include "project/gradle_tests.h"

#include <string.h>

#include "project/tree_test.h"
#include "util/test.h"

struct build {
	struct tree tree;
	struct text_list looked_at;
};

/* "groups / excluded / names / excluded names" of a build file; "all" where nothing chooses. */
static const char *choice_in(struct build *build, const char *name, const char *text)
{
	struct gradle_tests tests;
	const struct test_choice *choice = &tests.choice;

	tree_text(&build->tree, name, text);
	build->looked_at.n = 0;
	return gradle_tests_read(&build->tree.arena, build->tree.top, &tests, &build->looked_at) && tests.chooses ? arena_strfmt(&build->tree.arena, "%s / %s / %s / %s", choice->groups, choice->excluded,
				     choice->names, choice->excluded_names)
		      : "all";
}

static const char *choice(struct build *build, const char *text)
{
	return choice_in(build, "build.gradle", text);
}

static void make(struct build *build)
{
	memset(build, 0, sizeof(*build));
	tree_make(&build->tree);
}

TEST(gradles_tags_and_names_are_taken_where_they_stand_plainly)
{
	struct build build;

	make(&build);
	EXPECT_STR(choice(&build, ""), "all");
	EXPECT_STR(choice(&build, "test { useJUnitPlatform() }"), "all");
	EXPECT_STR(choice(&build, "plugins { id 'java' }\n\ntest {\n  useJUnitPlatform {\n"
			  "    includeTags 'fast', \"a & !b\" // not 'c'\n    excludeTags('slow',\n 'db')\n  }\n"
			  "  filter { includeTestsMatching '*Test'; excludeTestsMatching \"shop.Slow*\" }\n}\n"),
		   "fast,a & !b / slow,db / *Test / shop.Slow*");
	EXPECT_STR(choice(&build, "test { useJUnit { excludeCategories 'shop.Slow' } }"), " / shop.Slow /  / ");
	EXPECT_STR(choice(&build, "tasks.withType(Test).configureEach { useJUnitPlatform { excludeTags 'a' } }\n"
			  "test.useJUnitPlatform()\n/* test { filter { includeTestsMatching 'no' } } */\n"
			  "tasks { test { useJUnitPlatform { excludeTags '''b''' } } }"), " / a,b /  / ");
	tree_remove(&build.tree);
}

TEST(gradles_tags_are_taken_from_kotlin)
{
	struct build build;

	make(&build);
	EXPECT_STR(choice_in(&build, "build.gradle.kts",
			     "tasks.named<Test>(\"test\") {\n    useJUnitPlatform {\n        includeTags(\"fast\")\n"
			     "        excludeTags(\n            \"slow\",\n            \"db\"\n        )\n    }\n}\n"
			     "tasks.withType<Test> { filter { excludeTestsMatching(\"*IT\") } }\n"
			     "val test by tasks.getting(Test::class) { useJUnitPlatform() { includeTags(\"c\") } }\n"),
		   "fast,c / slow,db /  / *IT");
	tree_remove(&build.tree);
}

TEST(what_other_tasks_of_gradle_choose_does_not_matter)
{
	struct build build;

	make(&build);
	EXPECT_STR(choice(&build, "task slow(type: Test) { useJUnitPlatform { includeTags 'slow' } }\n"
			  "tasks.register('it', Test) { useJUnitPlatform { includeTags 'it' } }\n"
			  "tasks.named('integrationTest') { useJUnitPlatform { includeTags 'x' } }\n"
			  "tasks.withType(Test).named('it') { useJUnitPlatform { includeTags 'x' } }\n"
			  "tasks.withType(Test).matching { it.name == 'it' }.all { useJUnitPlatform { includeTags 'x' } }\n"),
		   "all");
	EXPECT_LONG(build.looked_at.n, 0);
	tree_remove(&build.tree);
}

TEST(what_only_gradle_knows_takes_all_tests_and_is_told)
{
	static const char *const texts[] = {
		"test { useJUnitPlatform { if (ci) { excludeTags 'a' } } }",
		"test { useJUnitPlatform { excludeTags slowTags } }",
		"test { useJUnitPlatform { excludeTags \"${slow}\" } }",
		"test { useJUnitPlatform { excludeTags ci ? 'a' : 'b' } }",
		"test { useJUnitPlatform { excludeTags('a', *more) } }",
		"test { useJUnitPlatform { excludeTags = ['a'] } }",
		"test { useJUnitPlatform { x.excludeTags 'a' } }",
		"test { useJUnitPlatform { excludeTags 'a' } ; options { excludeTags 'b' } }",
		"test { filter { excludeTags 'a' } }",
		"test { useJUnitPlatform { if (ci) excludeTags 'a' } }",
		"test { useJUnitPlatform {\n if (ci)\n excludeTags 'a' } }",
		"test { if (ci) useJUnitPlatform { excludeTags 'a' } }",
	};
	struct build build;

	make(&build);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		EXPECT_STR(choice(&build, texts[i]), "all");
		EXPECT_LONG(build.looked_at.n, 1);
		if (build.looked_at.n)
			EXPECT(!strncmp(build.looked_at.items[0], "skipped excludeTags of ", 23));
	}
	tree_remove(&build.tree);
}

TEST(a_build_file_that_is_cut_short_chooses_nothing)
{
	static const char text[] = "test { useJUnitPlatform { excludeTags('a', \"b\"\n) /* */ }\n}";
	struct build build;

	make(&build);
	for (size_t len = 0; len + 1 < sizeof(text); len++)
		EXPECT_STR(choice(&build, arena_strndup(&build.tree.arena, text, len)), "all");
	EXPECT_STR(choice(&build, text), " / a,b /  / ");
	EXPECT_STR(choice(&build, "}}}} test { useJUnitPlatform { excludeTags 'a' } }"), "all");
	tree_remove(&build.tree);
}

/* Whether the class is run, by include and exclude; '?' where that is not known. */
static char runs(struct build *build, const char *text, const char *name)
{
	struct gradle_tests tests;
	bool does_fit;

	tree_text(&build->tree, "build.gradle", text);
	if (!gradle_tests_read(&build->tree.arena, build->tree.top, &tests, &build->looked_at))
		return '?';
	if (!tests.has_paths)
		return 'a';
	test_names_compile(&build->tree.arena, &tests.names);
	does_fit = test_names_match(&tests.names, name);
	test_names_release(&tests.names);
	return does_fit ? 'y' : 'n';
}

TEST(classes_are_chosen_by_the_paths_that_gradle_includes)
{
	struct build build;

	make(&build);
	EXPECT(runs(&build, "test { useJUnitPlatform() }", "a.OneIT") == 'a');
	EXPECT(runs(&build, "test { exclude '**/*IT.class' }", "a.OneIT") == 'n');
	EXPECT(runs(&build, "test { exclude '**/*IT*', 'slow/**' }", "slow.One") == 'n');
	EXPECT(runs(&build, "test { exclude '**/*IT*', 'slow/**' }", "a.Helper") == 'y');
	EXPECT(runs(&build, "test { include('**/*Check.class') }", "a.OneTest") == 'n');
	EXPECT(runs(&build, "test { include '**/*Check.class' }", "a.OneCheck") == 'y');
	EXPECT(runs(&build, "test { if (ci) exclude '**/*IT.class' }", "a.OneIT") == '?');
	EXPECT(runs(&build, "test { exclude slow }", "a.OneIT") == '?');
	EXPECT(runs(&build, "test { reports { exclude 'x' } }", "a.OneIT") == 'a');
	tree_remove(&build.tree);
}
