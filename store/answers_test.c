#include "store/answers.h"

#include <stdlib.h>

#include "project/tree_test.h"
#include "util/test.h"

#define QUESTION "a question"

/* A small project with all that the key is made of. */
struct scene {
	struct tree tree;
	struct run run;
	struct project_class class;
	const char *roots[1], *libraries[2], *source_roots[1], *jvm_args[1];
	uint64_t before;
};

static void scene_open(struct scene *scene)
{
	struct project *project = &scene->run.project;
	struct tree *tree = &scene->tree;

	*scene = (struct scene){ .class = { .name = "shop.Cart", .bytes = { (const uint8_t *)"cafe", 4 } } };
	tree_make(tree);
	scene->roots[0] = tree_folder(tree, "target/test-classes");
	scene->libraries[0] = tree_text(tree, "lib/a.jar", "a");
	scene->libraries[1] = tree_folder(tree, "lib/classes");
	scene->source_roots[0] = tree_folder(tree, "src/test/java");
	scene->jvm_args[0] = "-Da=b";
	tree_text(tree, "target/test-classes/CartTest.class", "cafe");
	tree_text(tree, "jdk/lib/server/libjvm.so", "");
	tree_text(tree, "jdk/release", "JAVA_VERSION=\"17.0.15\"\n");
	project->classes = &scene->class;
	project->roots = scene->roots;
	project->libraries = scene->libraries;
	project->source_roots = scene->source_roots;
	project->jvm_args = scene->jvm_args;
	project->n_classes = project->n_roots = project->n_source_roots = project->n_jvm_args = 1;
	project->n_libraries = 2;
	scene->run.settings.jvm = tree_path(tree, "jdk");
	scene->before = answers_key(&scene->run, QUESTION);
}

/* Since it was asked last. */
static bool has_changed(struct scene *scene)
{
	uint64_t key = answers_key(&scene->run, QUESTION);
	bool is_other = key != scene->before;

	scene->before = key;
	return is_other;
}

TEST(the_key_of_an_answer_is_made_of_the_classes_and_what_they_are)
{
	struct scene scene;

	scene_open(&scene);
	EXPECT(!has_changed(&scene));
	EXPECT(answers_key(&scene.run, "another question") != scene.before);
	scene.class.bytes.bytes = (const uint8_t *)"babe";
	EXPECT(has_changed(&scene));
	scene.class.is_test = true;
	EXPECT(has_changed(&scene));
	scene.class.is_left_out = true;
	EXPECT(has_changed(&scene));
	tree_text(&scene.tree, "target/test-classes/CartTest.class", "compiled anew");
	EXPECT(!has_changed(&scene));	/* its bytes are told above */
	tree_remove(&scene.tree);
}

TEST(the_key_of_an_answer_is_made_of_resources_sources_and_libraries)
{
	static const char *const paths[] = {
		"target/test-classes/data/prices.csv", "src/test/java/CartTest.java",
		"src/test/resources/prices.csv", "lib/a.jar", "lib/classes/Other.class",
	};
	struct scene scene;

	scene_open(&scene);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		tree_text(&scene.tree, paths[i], "another size");
		EXPECT(has_changed(&scene));
	}
	tree_text(&scene.tree, "src/test/notes.txt", "");
	EXPECT(!has_changed(&scene));
	tree_remove(&scene.tree);
}

TEST(the_key_of_an_answer_is_made_of_the_jvm_and_what_it_reads)
{
	const char *zone = getenv("TZ");
	struct scene scene;

	scene_open(&scene);
	tree_text(&scene.tree, "jdk/release", "JAVA_VERSION=\"17.0.15.1\"\n");
	EXPECT(has_changed(&scene));
	tree_text(&scene.tree, "other/lib/server/libjvm.so", "");
	scene.run.settings.jvm = tree_path(&scene.tree, "other");
	EXPECT(has_changed(&scene));
	scene.jvm_args[0] = "-Da=c";
	EXPECT(has_changed(&scene));
	setenv("TZ", "Asia/Tokyo", 1);
	EXPECT(has_changed(&scene));
	if (zone)
		setenv("TZ", zone, 1);
	else
		unsetenv("TZ");
	tree_remove(&scene.tree);
}
