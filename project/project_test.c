#include "project/project.h"

#include <string.h>

#include "project/tree_test.h"
#include "util/test.h"

#define JUPITER_TEST "org/junit/jupiter/api/Test"

static enum err_code resolve(struct tree *tree, const char *target, const char *tests,
			     struct project *ret, struct err *err)
{
	struct project_request request = {
		.targets = &target, .n_targets = 1,
		.tests = &tests, .n_tests = tests ? 1 : 0,
		.classpath = "",
	};

	return project_resolve(&tree->arena, &request, ret, err);
}

static const struct project_class *find(const struct project *project, const char *name)
{
	for (uint32_t i = 0; i < project->n_classes; i++)
		if (!strcmp(project->classes[i].name, name))
			return &project->classes[i];
	return NULL;
}

static bool is_target(const struct project *project, const char *name)
{
	const struct project_class *class = find(project, name);

	return class && class->is_target && !class->is_test;
}

static bool is_test(const struct project *project, const char *name)
{
	const struct project_class *class = find(project, name);

	return class && class->is_test && !class->is_target;
}

/* shop.Cart, shop.Cart$Line and shop.Price with shop.CartTest, as Maven leaves them. */
static void make_maven(struct tree *tree)
{
	tree_make(tree);
	tree_text(tree, "pom.xml", "<project/>");
	tree_text(tree, "src/main/java/shop/Cart.java", "/* a */ package shop;\nclass Cart {}\n");
	tree_text(tree, "src/main/java/shop/Price.java", "// package wrong;\npackage  shop ;\n");
	tree_file(tree, "target/classes/shop/Cart.class", tree_class(tree, "shop/Cart", "Cart.java", NULL));
	tree_file(tree, "target/classes/shop/Cart$Line.class",
		  tree_class(tree, "shop/Cart$Line", "Cart.java", NULL));
	tree_file(tree, "target/classes/shop/Price.class",
		  tree_class(tree, "shop/Price", "Price.java", NULL));
	tree_file(tree, "target/test-classes/shop/CartTest.class",
		  tree_class(tree, "shop/CartTest", "CartTest.java", JUPITER_TEST));
}

TEST(a_maven_project_is_all_of_its_classes_and_its_tests)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	make_maven(&tree);
	EXPECT(resolve(&tree, tree.top, NULL, &project, &err) == ERR_OK);
	EXPECT_STR(project.layout, "maven");
	EXPECT_STR(project.directory, tree.top);
	EXPECT_LONG(project.n_classes, 4);
	EXPECT(is_target(&project, "shop.Cart") && is_target(&project, "shop.Cart$Line") &&
	       is_target(&project, "shop.Price"));
	EXPECT(is_test(&project, "shop.CartTest"));
	EXPECT_STR(project.roots[0], tree_path(&tree, "target/test-classes"));
	tree_remove(&tree);
}

TEST(a_source_file_stands_for_its_classes_nested_ones_included)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	make_maven(&tree);
	EXPECT(resolve(&tree, tree_path(&tree, "src/main/java/shop/Cart.java"), NULL, &project,
		       &err) == ERR_OK);
	EXPECT(is_target(&project, "shop.Cart") && is_target(&project, "shop.Cart$Line"));
	EXPECT(!is_target(&project, "shop.Price"));
	EXPECT(is_test(&project, "shop.CartTest"));
	tree_remove(&tree);
}

TEST(a_folder_of_sources_or_of_classes_stands_for_what_is_below_it)
{
	static const char *const folders[] = { "src/main/java/shop", "target/classes/shop", "src" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		struct project project;
		struct err err = ERR_INIT;
		struct tree tree;

		make_maven(&tree);
		EXPECT(resolve(&tree, tree_path(&tree, folders[i]), NULL, &project, &err) == ERR_OK);
		EXPECT(is_target(&project, "shop.Cart") && is_target(&project, "shop.Price"));
		EXPECT(is_test(&project, "shop.CartTest"));
		tree_remove(&tree);
	}
}

TEST(a_class_file_is_one_target)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	make_maven(&tree);
	EXPECT(resolve(&tree, tree_path(&tree, "target/classes/shop/Price.class"), NULL, &project,
		       &err) == ERR_OK);
	EXPECT(is_target(&project, "shop.Price") && !is_target(&project, "shop.Cart"));
	tree_remove(&tree);
}

TEST(a_source_without_classes_is_told_so_with_the_remedy)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	make_maven(&tree);
	tree_text(&tree, "src/main/java/shop/New.java", "package shop;");
	EXPECT(resolve(&tree, tree_path(&tree, "src/main/java/shop/New.java"), NULL, &project,
		       &err) == ERR_MISSING);
	EXPECT(strstr(err.text, "New.java") && strstr(err.text, "compile the project first"));
	tree_remove(&tree);
}

TEST(tests_among_the_classes_are_told_by_what_they_hold)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_file(&tree, "x/a/B.class", tree_class(&tree, "a/B", "B.java", NULL));
	tree_file(&tree, "x/a/BTest.class", tree_class(&tree, "a/BTest", "BTest.java", JUPITER_TEST));
	tree_file(&tree, "x/a/BTest$Inner.class",
		  tree_class(&tree, "a/BTest$Inner", "BTest.java", NULL));
	EXPECT(resolve(&tree, tree_path(&tree, "x/a/B.class"), NULL, &project, &err) == ERR_OK);
	EXPECT_STR(project.roots[0], tree_path(&tree, "x"));
	EXPECT(is_target(&project, "a.B"));
	EXPECT(is_test(&project, "a.BTest") && is_test(&project, "a.BTest$Inner"));
	EXPECT(resolve(&tree, tree_path(&tree, "x"), NULL, &project, &err) == ERR_OK);
	EXPECT(is_target(&project, "a.B") && is_test(&project, "a.BTest"));
	tree_remove(&tree);
}

TEST(tests_elsewhere_are_found_where_they_are_named)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_file(&tree, "main/a/B.class", tree_class(&tree, "a/B", "B.java", NULL));
	tree_file(&tree, "test/a/Checks.class", tree_class(&tree, "a/Checks", "Checks.java", NULL));
	EXPECT(resolve(&tree, tree_path(&tree, "main"), tree_path(&tree, "test"), &project, &err) == ERR_OK);
	EXPECT(is_target(&project, "a.B") && is_test(&project, "a.Checks"));
	tree_remove(&tree);
}

TEST(modules_below_a_root_are_one_project)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "pom.xml", "<project/>");
	tree_text(&tree, "core/pom.xml", "<project/>");
	tree_text(&tree, "web/pom.xml", "<project/>");
	tree_file(&tree, "core/target/classes/c/Core.class", tree_class(&tree, "c/Core", "Core.java", NULL));
	tree_file(&tree, "web/target/test-classes/w/WebTest.class",
		  tree_class(&tree, "w/WebTest", "WebTest.java", JUPITER_TEST));
	EXPECT(resolve(&tree, tree.top, NULL, &project, &err) == ERR_OK);
	EXPECT(is_target(&project, "c.Core") && is_test(&project, "w.WebTest"));
	tree_remove(&tree);
}

TEST(gradle_output_is_recognised)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "build.gradle.kts", "");
	tree_file(&tree, "build/classes/kotlin/main/k/K.class", tree_class(&tree, "k/K", "K.kt", NULL));
	tree_file(&tree, "build/classes/kotlin/test/k/KTest.class",
		  tree_class(&tree, "k/KTest", "KTest.kt", JUPITER_TEST));
	tree_text(&tree, "src/main/kotlin/k/K.kt", "@file:JvmName(\"K\")\npackage k\n");
	EXPECT(resolve(&tree, tree_path(&tree, "src/main/kotlin/k/K.kt"), NULL, &project, &err) == ERR_OK);
	EXPECT_STR(project.layout, "gradle");
	EXPECT(is_target(&project, "k.K") && is_test(&project, "k.KTest"));
	tree_remove(&tree);
}

TEST(sources_with_nothing_compiled_are_to_be_compiled)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "Calc.java", "class Calc {}");
	tree_text(&tree, "CalcTest.java", "class CalcTest {}");
	EXPECT(resolve(&tree, tree_path(&tree, "Calc.java"), NULL, &project, &err) == ERR_OK);
	EXPECT_STR(project.layout, "sources");
	EXPECT_LONG(project.n_sources, 2);
	tree_remove(&tree);
}

TEST(compiled_classes_are_targets_or_tests_whatever_their_order)
{
	struct tree tree;
	struct project project;
	struct err err = ERR_INIT;
	struct project_request request = { .n_targets = 1, .classpath = "" };
	const char *target;

	tree_make(&tree);
	target = tree_text(&tree, "Calc.java", "class Calc {}");
	request.targets = &target;
	EXPECT(project_resolve(&tree.arena, &request, &project, &err) == ERR_OK);
	project_add_compiled(&tree.arena, &project, &request, "CalcTest$In",
			     tree_class(&tree, "CalcTest$In", "CalcTest.java", NULL));
	project_add_compiled(&tree.arena, &project, &request, "CalcTest",
			     tree_class(&tree, "CalcTest", "CalcTest.java", JUPITER_TEST));
	project_add_compiled(&tree.arena, &project, &request, "Calc",
			     tree_class(&tree, "Calc", "Calc.java", NULL));
	EXPECT(is_test(&project, "CalcTest$In") && is_test(&project, "CalcTest"));
	EXPECT(is_target(&project, "Calc"));
	tree_remove(&tree);
}

TEST(a_broken_class_is_an_error_when_named_and_skipped_among_others)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;
	bool told = false;

	make_maven(&tree);
	tree_text(&tree, "target/classes/shop/Torn.class", "\xca\xfe\xba\xbe");
	EXPECT(resolve(&tree, tree.top, NULL, &project, &err) == ERR_OK);
	EXPECT_LONG(project.n_classes, 4);
	for (uint32_t i = 0; i < project.n_looked_at; i++)
		told |= !strncmp(project.looked_at[i], "skipped", 7) &&
			strstr(project.looked_at[i], "Torn.class");
	EXPECT(told);
	EXPECT(resolve(&tree, tree_path(&tree, "target/classes/shop/Torn.class"), NULL, &project,
		       &err) == ERR_FORMAT);
	EXPECT(strstr(err.text, "Torn.class") != NULL);
	tree_remove(&tree);
}

TEST(what_is_not_there_or_no_target_is_named)
{
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	EXPECT(resolve(&tree, tree_path(&tree, "gone"), NULL, &project, &err) == ERR_MISSING);
	EXPECT(strstr(err.text, "gone: no such file or directory") != NULL);
	EXPECT(resolve(&tree, tree_text(&tree, "notes.txt", ""), NULL, &project, &err) == ERR_USAGE);
	EXPECT(strstr(err.text, "notes.txt") != NULL);
	EXPECT(resolve(&tree, tree.top, NULL, &project, &err) == ERR_MISSING);
	EXPECT(resolve(&tree, tree_text(&tree, "bad.jar", "PK no"), NULL, &project, &err) == ERR_FORMAT);
	EXPECT(strstr(err.text, "bad.jar: damaged jar") != NULL);
	tree_remove(&tree);
}

TEST(a_class_path_entry_that_is_not_there_is_named)
{
	struct project_request request = { .n_targets = 1, .classpath = "/no/such.jar" };
	struct project project;
	struct err err = ERR_INIT;
	struct tree tree;
	const char *target;

	make_maven(&tree);
	target = tree.top;
	request.targets = &target;
	EXPECT(project_resolve(&tree.arena, &request, &project, &err) == ERR_USAGE);
	EXPECT_STR(err.text, "--classpath: /no/such.jar: no such file or directory");
	tree_remove(&tree);
}
