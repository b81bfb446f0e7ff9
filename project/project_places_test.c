/* Where classes, tests and sources may lie: the less usual places. */
#include "project/project.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "project/tree_test.h"
#include "util/die.h"
#include "util/test.h"

#define JUPITER_TEST "org/junit/jupiter/api/Test"

struct asked {
	const char *targets[4], *tests[4];	/* NULL-terminated, below the tree's top */
	const char *classpath;		/* NULL: none is needed */
};

static uint32_t put_paths(struct tree *tree, const char *const *names, const char **ret)
{
	uint32_t n = 0;

	for (; n < 4 && names[n]; n++)
		ret[n] = *names[n] ? tree_path(tree, names[n]) : tree->top;
	return n;
}

static enum err_code resolve(struct tree *tree, struct asked asked, struct project *ret,
			     struct err *err)
{
	const char *targets[4], *tests[4];
	struct project_request request = {
		.targets = targets, .tests = tests,
		.classpath = asked.classpath ? asked.classpath : "",
	};

	request.n_targets = put_paths(tree, asked.targets, targets);
	request.n_tests = put_paths(tree, asked.tests, tests);
	*err = (struct err)ERR_INIT;
	return project_resolve(&tree->arena, &request, ret, err);
}

static void put_class(struct tree *tree, const char *place, const char *name, const char *source,
		      const char *annotation)
{
	tree_file(tree, arena_strfmt(&tree->arena, "%s/%s.class", place, name),
		  tree_class(tree, name, source, annotation));
}

/* "T" for a target, "t" for a test, "-" for neither, "?" where it is absent. */
static const char *kind(const struct project *project, const char *name)
{
	for (uint32_t i = 0; i < project->n_classes; i++)
		if (!strcmp(project->classes[i].name, name))
			return project->classes[i].is_target ? "T"
			       : project->classes[i].is_test ? "t" : "-";
	return "?";
}

static bool looked_at(const struct project *project, const char *start, const char *part)
{
	for (uint32_t i = 0; i < project->n_looked_at; i++)
		if (!strncmp(project->looked_at[i], start, strlen(start)) &&
		    strstr(project->looked_at[i], part))
			return true;
	return false;
}

TEST(classes_of_something_else_below_a_source_do_not_make_it_compiled)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "Calc.java", "class Calc {}");
	tree_text(&tree, "CalcTest.java", "class CalcTest {}");
	tree_text(&tree, "deep/Other.java", "not java {");
	put_class(&tree, "deep", "Other", "Other.java", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "Calc.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.layout, "sources");
	EXPECT_LONG(project.n_sources, 2);
	tree_remove(&tree);
}

TEST(a_folder_called_classes_further_up_is_no_project)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_folder(&tree, "classes");
	tree_text(&tree, "elsewhere/Broken.java", "not java {");
	tree_text(&tree, "monday/Calc.java", "class Calc {}");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "monday/Calc.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "monday"));
	EXPECT_LONG(project.n_sources, 1);
	tree_remove(&tree);
}

TEST(a_source_with_a_package_is_compiled_with_its_packages_and_the_tests_beside_src)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "src/com/shop/Cart.java", "package com.shop;");
	tree_text(&tree, "src/com/tax/Rate.java", "package com.tax;");
	tree_text(&tree, "src/org/Other.java", "package org;");
	tree_text(&tree, "test/com/shop/CartTest.java", "package com.shop;");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "src/com/shop/Cart.java" } }, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_sources, 3);
	EXPECT_STR(project.sources[0], tree_path(&tree, "src/com/shop/Cart.java"));
	EXPECT_STR(project.sources[1], tree_path(&tree, "src/com/tax/Rate.java"));
	EXPECT_STR(project.sources[2], tree_path(&tree, "test/com/shop/CartTest.java"));
	EXPECT_STR(project.source_roots[0], tree_path(&tree, "src"));
	tree_remove(&tree);
}

TEST(a_file_beside_a_compiled_project_is_compiled_by_itself)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	tree_text(&tree, "src/main/java/shop/Cart.java", "package shop;");
	put_class(&tree, "target/classes", "shop/Cart", "Cart.java", NULL);
	tree_text(&tree, "notes/Calc.java", "class Calc {}");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "notes/Calc.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.layout, "sources");
	EXPECT_LONG(project.n_sources, 1);
	EXPECT_LONG(project.n_classes, 0);
	tree_remove(&tree);
}

TEST(a_folder_of_uncompiled_sources_stands_for_what_is_compiled_from_it)
{
	const char *target;
	struct project_request request = { .targets = &target, .n_targets = 1, .classpath = "" };
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	tree_text(&tree, "src/main/java/shop/Cart.java", "package shop;");
	tree_text(&tree, "src/main/java/tax/Rate.java", "package tax;");
	tree_text(&tree, "src/test/java/shop/Fixture.java", "package shop;");
	tree_text(&tree, "src/main/resources/messages", "");
	target = tree_path(&tree, "src/main/java/shop");
	EXPECT(project_resolve(&tree.arena, &request, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_sources, 3);
	EXPECT_STR(project.directory, tree.top);
	EXPECT_STR(project.roots[0], tree_path(&tree, "src/main/resources"));
	project_add_compiled(&tree.arena, &project, &request, "shop.Cart",
			     tree_class(&tree, "shop/Cart", "Cart.java", NULL));
	project_add_compiled(&tree.arena, &project, &request, "tax.Rate",
			     tree_class(&tree, "tax/Rate", "Rate.java", NULL));
	project_add_compiled(&tree.arena, &project, &request, "shop.Fixture",
			     tree_class(&tree, "shop/Fixture", "Fixture.java", NULL));
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "tax.Rate"), "-");
	EXPECT_STR(kind(&project, "shop.Fixture"), "t");
	tree_remove(&tree);
}

TEST(compiled_classes_cost_memory_in_proportion)
{
	const char *target;
	struct project_request request = { .targets = &target, .n_targets = 1, .classpath = "" };
	struct project project;
	struct err err = ERR_INIT;
	struct span bytes;
	struct tree tree;
	size_t used;

	tree_make(&tree);
	target = tree_text(&tree, "Calc.java", "class Calc {}");
	bytes = tree_class(&tree, "Calc", "Calc.java", NULL);
	EXPECT(project_resolve(&tree.arena, &request, &project, &err) == ERR_OK);
	used = tree.arena.used;
	for (int i = 0; i < 1000; i++)
		project_add_compiled(&tree.arena, &project, &request, "Calc", bytes);
	EXPECT_LONG(project.n_classes, 1000);
	EXPECT(tree.arena.used - used < 1000 * 500);
	tree_remove(&tree);
}

TEST(classes_of_a_source_are_found_along_the_class_path_with_their_tests)
{
	struct asked asked = { .targets = { "calc.vary" } };
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "calc.vary", "whatever");
	put_class(&tree, "out", "Calc", "calc.vary", NULL);
	put_class(&tree, "checks", "CalcTest", "CalcTest.java", JUPITER_TEST);
	tree_folder(&tree, "empty");
	asked.classpath = arena_strfmt(&tree.arena, "%s/out:%s/checks:%s/empty", tree.top, tree.top,
				       tree.top);
	EXPECT(resolve(&tree, asked, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "Calc"), "T");
	EXPECT_STR(kind(&project, "CalcTest"), "t");
	EXPECT(looked_at(&project, "--classpath: 3 entries", ""));
	tree_remove(&tree);
}

TEST(classes_beside_their_source_are_taken_without_what_lies_elsewhere)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "shop/Cart.java", "package shop;");
	put_class(&tree, ".", "shop/Cart", "Cart.java", NULL);
	put_class(&tree, ".", "shop/CartTest", "CartTest.java", JUPITER_TEST);
	put_class(&tree, ".", "huge/Other", "Other.java", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "shop/Cart.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.roots[0], tree.top);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "shop.CartTest"), "t");
	EXPECT_STR(kind(&project, "huge.Other"), "?");
	tree_remove(&tree);
}

TEST(a_source_of_a_language_without_package_lines_is_known_by_its_folder)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	tree_text(&tree, "src/main/vary/shop/calc.vary", "(whatever)");
	put_class(&tree, "target/classes", "shop/Calc", "calc.vary", NULL);
	put_class(&tree, "target/classes", "tax/Calc", "calc.vary", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "src/main/vary/shop/calc.vary" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "shop.Calc"), "T");
	EXPECT_STR(kind(&project, "tax.Calc"), "-");
	tree_remove(&tree);
}

TEST(package_clauses_of_scala_add_up)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "build.sbt", "");
	tree_text(&tree, "src/main/scala/Cart.scala", "package com.shop\npackage cart\n\npackage object x {}\n");
	put_class(&tree, "target/classes", "com/shop/cart/Cart", "Cart.scala", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "src/main/scala/Cart.scala" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "com.shop.cart.Cart"), "T");
	tree_remove(&tree);
}

TEST(several_targets_may_lie_in_several_projects)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "core/pom.xml", "<project/>");
	tree_text(&tree, "web/build.gradle", "");
	tree_text(&tree, "core/src/main/java/c/Core.java", "package c;");
	tree_text(&tree, "web/src/main/java/w/Web.java", "package w;");
	put_class(&tree, "core/target/classes", "c/Core", "Core.java", NULL);
	put_class(&tree, "web/build/classes/java/main", "w/Web", "Web.java", NULL);
	put_class(&tree, "web/build/classes/java/test", "w/WebTest", "WebTest.java", JUPITER_TEST);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "core/src/main/java/c/Core.java",
						"web/src/main/java/w/Web.java" } },
		       &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "c.Core"), "T");
	EXPECT_STR(kind(&project, "w.Web"), "T");
	EXPECT_STR(kind(&project, "w.WebTest"), "t");
	tree_remove(&tree);
}

TEST(a_module_sees_the_classes_of_its_siblings_and_not_their_tests)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project><modules><module>core</module></modules></project>");
	tree_text(&tree, "core/pom.xml", "<project/>");
	tree_text(&tree, "web/pom.xml", "<project/>");
	put_class(&tree, "core/target/classes", "c/Core", "Core.java", NULL);
	put_class(&tree, "core/target/test-classes", "c/CoreTest", "CoreTest.java", JUPITER_TEST);
	put_class(&tree, "web/target/classes", "w/Web", "Web.java", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "web" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "web"));
	EXPECT_STR(kind(&project, "w.Web"), "T");
	EXPECT_STR(kind(&project, "c.Core"), "-");
	EXPECT_STR(kind(&project, "c.CoreTest"), "?");
	tree_remove(&tree);
}

TEST(classes_in_target_belong_to_the_project_around_it)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "p/pom.xml", "<project/>");
	put_class(&tree, "p/target/classes", "shop/Cart", "Cart.java", NULL);
	put_class(&tree, "p/target/test-classes", "shop/CartTest", "CartTest.java", JUPITER_TEST);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "p/target/classes/shop" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "p"));
	EXPECT_STR(project.layout, "maven");
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "shop.CartTest"), "t");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "p/target" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "p"));
	tree_remove(&tree);
}

TEST(classes_and_sources_are_where_the_pom_says)
{
	static const char pom[] = "<project><artifactId>m</artifactId><build><directory>out</directory>"
		"<outputDirectory>${project.build.directory}/main</outputDirectory>"
		"<testOutputDirectory>out/tests</testOutputDirectory><sourceDirectory>code</sourceDirectory>"
		"<testSourceDirectory>checks</testSourceDirectory></build></project>";
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "m/pom.xml", pom);
	tree_text(&tree, "m/code/a/Calc.java", "package a;\nclass Calc {}\n");
	tree_text(&tree, "m/checks/a/CalcTest.java", "");
	put_class(&tree, "m/out/main", "a/Calc", "Calc.java", NULL);
	put_class(&tree, "m/out/tests", "a/CalcTest", "CalcTest.java", JUPITER_TEST);
	put_class(&tree, "m/out/tests", "a/CalcIT", "CalcIT.java", JUPITER_TEST);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "m" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.layout, "maven");
	EXPECT_STR(kind(&project, "a.Calc"), "T");
	EXPECT_STR(kind(&project, "a.CalcTest"), "t");
	EXPECT(looked_at(&project, "skipped 1 test class", "a.CalcIT"));
	EXPECT_LONG(project.n_source_roots, 2);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "m/code/a/Calc.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "a.Calc"), "T");
	tree_text(&tree, "m/pom.xml", "<project><build><outputDirectory>/</outputDirectory></build></project>");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "m" } }, &project, &err) != ERR_LIMIT);
	tree_remove(&tree);
}

TEST(what_IntelliJ_and_Eclipse_leave_is_recognised)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "idea/src/shop/Cart.java", "package shop;");
	put_class(&tree, "idea/out/production/app", "shop/Cart", "Cart.java", NULL);
	put_class(&tree, "idea/out/test/app", "shop/Checks", "Checks.java", NULL);
	tree_text(&tree, "idea/out/production/notes.txt", "");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "idea/src/shop/Cart.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "idea"));
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "shop.Checks"), "t");
	EXPECT_STR(project.source_roots[0], tree_path(&tree, "idea/src"));
	EXPECT_LONG(project.n_roots, 2);
	tree_text(&tree, "eclipse/.classpath", "");
	tree_text(&tree, "eclipse/src/shop/Cart.java", "package shop;");
	put_class(&tree, "eclipse/bin", "shop/Cart", "Cart.java", NULL);
	put_class(&tree, "eclipse/bin", "shop/CartTest", "CartTest.java", JUPITER_TEST);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "eclipse/src/shop" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "shop.CartTest"), "t");
	tree_remove(&tree);
}

TEST(a_project_inside_another_ones_test_folder_has_sources_of_its_own)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "src/test/sample/pom.xml", "<project/>");
	tree_text(&tree, "src/test/sample/src/main/java/shop/Cart.java", "package shop;");
	tree_text(&tree, "src/test/sample/src/main/java/shop/Tax.java", "package shop;");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "src/test/sample" } }, &project, &err) == ERR_OK);
	{
		const char *target = tree_path(&tree, "src/test/sample");
		struct project_request request = { .targets = &target, .n_targets = 1 };

		project_add_compiled(&tree.arena, &project, &request, "shop.Cart",
				     tree_class(&tree, "shop/Cart", "Cart.java", NULL));
	}
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	tree_remove(&tree);
}

TEST(a_repository_and_a_folder_for_everybody_are_borders)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "a/pom.xml", "<project/>");
	put_class(&tree, "a/target/classes", "Foreign", "Foreign.java", NULL);
	tree_folder(&tree, "a/repository/.git");
	tree_text(&tree, "a/repository/Calc.java", "class Calc {}");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "a/repository/Calc.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "a/repository"));
	tree_text(&tree, "b/pom.xml", "<project/>");
	tree_text(&tree, "b/mine/Calc.java", "class Calc {}");
	chmod(tree_path(&tree, "b"), 01777);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "b/mine/Calc.java" } }, &project, &err) == ERR_OK);
	EXPECT_STR(project.directory, tree_path(&tree, "b/mine"));
	tree_remove(&tree);
}

TEST(links_to_output_directories_are_followed)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "p/pom.xml", "<project/>");
	put_class(&tree, "fast-disk/classes", "shop/Cart", "Cart.java", NULL);
	tree_folder(&tree, "p/target");
	if (symlink("../../fast-disk/classes", tree_path(&tree, "p/target/classes")))
		BUG("symlink");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "p" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	tree_remove(&tree);
}

TEST(several_roots_below_one_folder_are_all_found)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "x/a/broken/Torn.class", "\xca\xfe\xba\xbe");
	put_class(&tree, "x/a", "shop/Cart", "Cart.java", NULL);
	put_class(&tree, "x/b/deep", "tax/Rate", "Rate.java", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "x" } }, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_roots, 2);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "tax.Rate"), "T");
	EXPECT(looked_at(&project, "skipped", "Torn.class"));
	tree_remove(&tree);
}

TEST(a_class_where_its_name_does_not_belong_is_no_class_of_the_project)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	put_class(&tree, "target/classes", "shop/Cart", "Cart.java", NULL);
	tree_file(&tree, "target/test-classes/fixtures/Cart.class",
		  tree_class(&tree, "shop/Cart", "Cart.java", NULL));
	EXPECT(resolve(&tree, (struct asked){ .targets = { "" } }, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_classes, 1);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT(looked_at(&project, "skipped", "fixtures/Cart.class: its name is shop/Cart"));
	tree_remove(&tree);
}

TEST(a_class_file_moved_anywhere_can_still_be_named)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_file(&tree, "moved/Cart.class", tree_class(&tree, "shop/Cart", "Cart.java", NULL));
	EXPECT(resolve(&tree, (struct asked){ .targets = { "moved/Cart.class" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	tree_remove(&tree);
}

TEST(tests_may_lie_in_the_folder_that_is_mutated)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	put_class(&tree, "all", "shop/Cart", "Cart.java", NULL);
	put_class(&tree, "all", "shop/Checks", "Checks.java", NULL);
	put_class(&tree, "all", "shop/CartTest", "CartTest.java", JUPITER_TEST);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "all" }, .tests = { "all/shop/Checks.class" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "shop.Checks"), "t");
	EXPECT_STR(kind(&project, "shop.CartTest"), "t");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "all" }, .tests = { "all" } }, &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "shop.Cart"), "T");
	EXPECT_STR(kind(&project, "shop.CartTest"), "t");
	tree_remove(&tree);
}

TEST(tests_in_a_folder_of_sources_are_compiled_too)
{
	const char *target, *tests;
	struct project_request request = {
		.targets = &target, .n_targets = 1, .tests = &tests, .n_tests = 1, .classpath = "",
	};
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	target = tree_text(&tree, "a/Calc.java", "class Calc {}");
	tree_text(&tree, "b/Checks.java", "class Checks {}");
	tests = tree_path(&tree, "b");
	EXPECT(project_resolve(&tree.arena, &request, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_sources, 2);
	project_add_compiled(&tree.arena, &project, &request, "Checks",
			     tree_class(&tree, "Checks", "Checks.java", NULL));
	EXPECT_STR(kind(&project, "Checks"), "t");
	tests = tree_path(&tree, "a/Calc.java");	/* named twice, compiled once */
	EXPECT(project_resolve(&tree.arena, &request, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_sources, 1);
	tree_remove(&tree);
}

TEST(tests_that_were_named_and_not_compiled_are_missed)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	put_class(&tree, "all", "shop/Cart", "Cart.java", NULL);
	tree_text(&tree, "CartTest.java", "package shop;");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "all" }, .tests = { "CartTest.java" } }, &project, &err) == ERR_MISSING);
	EXPECT(strstr(err.text, "CartTest.java") && strstr(err.text, "compile the project first"));
	tree_remove(&tree);
}

TEST(a_test_is_not_mutated_and_says_so)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	tree_text(&tree, "src/test/java/CartTest.java", "class CartTest {}");
	put_class(&tree, "target/classes", "Cart", "Cart.java", NULL);
	put_class(&tree, "target/test-classes", "CartTest", "CartTest.java", JUPITER_TEST);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "src/test/java/CartTest.java" } }, &project, &err) == ERR_USAGE);
	EXPECT(strstr(err.text, "CartTest.java: is a test") != NULL);
	tree_remove(&tree);
}

TEST(sources_newer_than_their_classes_are_told)
{
	struct timespec later[2] = { { 2000000000, 0 }, { 2000000000, 0 } };
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	tree_text(&tree, "src/main/java/shop/Cart.java", "package shop;");
	put_class(&tree, "target/classes", "shop/Cart", "Cart.java", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "" } }, &project, &err) == ERR_OK);
	EXPECT(!looked_at(&project, "stale", ""));
	utimensat(AT_FDCWD, tree_path(&tree, "src/main/java/shop/Cart.java"), later, 0);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "" } }, &project, &err) == ERR_OK);
	EXPECT(looked_at(&project, "stale: ", "src/main/java/shop/Cart.java is newer"));
	tree_remove(&tree);
}

TEST(class_files_of_two_packages_in_one_place_are_both_targets)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	put_class(&tree, "x", "one/First", "First.java", NULL);
	put_class(&tree, "x", "two/Second", "Second.java", NULL);
	EXPECT(resolve(&tree, (struct asked){ .targets = { "x/one/First.class", "x/two/Second.class" } },
		       &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "one.First"), "T");
	EXPECT_STR(kind(&project, "two.Second"), "T");
	tree_remove(&tree);
}

TEST(an_empty_place_for_tests_is_no_error_and_is_told)
{
	struct project project;
	struct err err;
	struct tree tree;

	tree_make(&tree);
	put_class(&tree, "main", "a/B", "B.java", NULL);
	tree_folder(&tree, "none");
	EXPECT(resolve(&tree, (struct asked){ .targets = { "main" }, .tests = { "none" } },
		       &project, &err) == ERR_OK);
	EXPECT_STR(kind(&project, "a.B"), "T");
	EXPECT(looked_at(&project, tree.top, "none (no classes)"));
	tree_remove(&tree);
}
