#include "project/gradle_jvm.h"

#include <string.h>

#include "project/tree_test.h"
#include "util/test.h"

struct bench {
	struct tree tree;
	struct test_jvm jvm;
	struct text_list looked_at;
};

static void make(struct bench *bench)
{
	memset(bench, 0, sizeof(*bench));
	tree_make(&bench->tree);
}

/* What the module in the folder is given, arguments and variables joined by '|'. */
static const char *given_in(struct bench *bench, const char *folder)
{
	const struct text_list *lists[] = { &bench->jvm.arguments, &bench->jvm.environment };
	const char *text = "";

	memset(&bench->jvm, 0, sizeof(bench->jvm));
	bench->looked_at.n = 0;
	gradle_jvm_read(&bench->tree.arena, tree_path(&bench->tree, folder), &bench->jvm, &bench->looked_at);
	for (size_t k = 0; k < 2; k++)
		for (uint32_t i = 0; i < lists[k]->n; i++)
			text = arena_strfmt(&bench->tree.arena, "%s%s%s", text, *text ? "|" : "", lists[k]->items[i]);
	return text;
}

static const char *given(struct bench *bench, const char *name, const char *text)
{
	tree_text(&bench->tree, arena_strfmt(&bench->tree.arena, "p/%s", name), text);
	return given_in(bench, "p");
}

TEST(what_stands_plainly_in_the_test_task_is_given_to_its_jvm)
{
	struct bench b;

	make(&b);
	EXPECT_STR(given(&b, "build.gradle",
			 "plugins { id 'java' }\ntest {\n  useJUnitPlatform()\n  maxHeapSize = '1g'\n  minHeapSize '64m'\n"
			 "  jvmArgs '-Da=1', '--add-opens', 'java.base/java.lang=ALL-UNNAMED'\n  jvmArgs += ['-Db=2']\n"
			 "  systemProperty 'c', 'x y'\n  systemProperty('n', 42)\n  systemProperties = [d: 'D', 'e.f': true]\n"
			 "  environment 'HOST', 'h'\n  environment PORT: 80, NAME: 'n'\n}\n"),
		   "-Xmx1g|-Xms64m|-Da=1|--add-opens=java.base/java.lang=ALL-UNNAMED|-Db=2|-Dc=x y|-Dn=42|-Dd=D|-De.f=true|"
		   "HOST=h|PORT=80|NAME=n");
	EXPECT_LONG(b.looked_at.n, 1);
	EXPECT(b.looked_at.n && strstr(b.looked_at.items[0], "Gradle, for the JVM of the tests of "));
	tree_remove(&b.tree);
}

TEST(what_stands_plainly_in_kotlin_is_given_too)
{
	struct bench b;

	make(&b);
	EXPECT_STR(given(&b, "build.gradle.kts",
			 "tasks.test {\n    maxHeapSize = \"1g\"\n    jvmArgs(\"-Da=1\", \"-Db=2\")\n    jvmArgs = listOf(\n        \"-Dc=3\",\n    )\n"
			 "    systemProperty(\"d\", \"4\")\n    systemProperties(mapOf(\"e\" to \"5\"))\n    environment(\"HOST\", \"h\")\n"
			 "    environment(mapOf(\"PORT\" to 80))\n}\n"),
		   "-Xmx1g|-Da=1|-Db=2|-Dc=3|-Dd=4|-De=5|HOST=h|PORT=80");
	tree_remove(&b.tree);
}

TEST(what_only_gradle_can_tell_is_named)
{
	static const char *const texts[] = {
		"test { systemProperty 'a', b }", "test { if (ci) { jvmArgs '-Da' } }", "test { jvmArgs = args }",
		"test { doFirst { environment 'A', 'b' } }", "test { systemProperties System.properties }",
		"test { systemProperty 'a', \"$b\" }", "test { jvmArgumentProviders.add(x) }", "test { maxHeapSize = big }",
		"test { systemProperty 'a', 'b' + c }", "test { environment = env }",
	};
	struct bench b;

	make(&b);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		EXPECT_STR(given(&b, "build.gradle", texts[i]), "");
		EXPECT(b.looked_at.n == 1 && !strncmp(b.looked_at.items[0], "skipped ", 8));
	}
	EXPECT_STR(given(&b, "build.gradle", "run { jvmArgs '-Da' }\ntasks.named('it') { systemProperty 'a', 'b' }"), "");
	EXPECT_LONG(b.looked_at.n, 0);
	EXPECT_STR(given_in(&b, "gone"), "");
	tree_remove(&b.tree);
}

TEST(a_module_gets_what_the_whole_gives_all_and_sets_it_anew)
{
	struct bench b;

	make(&b);
	tree_text(&b.tree, "w/settings.gradle", "include 'm'");
	tree_text(&b.tree, "w/.git/HEAD", "");
	tree_text(&b.tree, "w/build.gradle", "test { jvmArgs '-Dof=whole' }\n"
		  "allprojects { test { systemProperty 'a', '1' } }\n"
		  "subprojects {\n  tasks.withType(Test) {\n    systemProperty 'b', '1'\n    environment 'E', '1'\n  }\n}\n");
	tree_text(&b.tree, "w/m/build.gradle", "test { systemProperty 'b', '2'\n environment 'E', '2' }\n");
	EXPECT_STR(given_in(&b, "w/m"), "-Da=1|-Db=2|E=2");
	EXPECT_STR(given_in(&b, "w"), "-Dof=whole|-Da=1");
	tree_remove(&b.tree);
}
