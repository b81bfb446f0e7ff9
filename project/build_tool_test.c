/* With scripts that answer as the tools do. */
#include "project/build_tool.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "project/files.h"
#include "project/tree_test.h"
#include "util/test.h"

#define PLUGIN "m2/org/apache/maven/plugins/maven-dependency-plugin/"

struct world {
	struct tree tree;
	char *home, *cache;
	struct text_list looked_at;
};

/* A home in which the tools' own files were fetched before. */
static void make_world(struct world *world)
{
	const char *home = getenv("HOME"), *cache = getenv("XDG_CACHE_HOME");

	memset(world, 0, sizeof(*world));
	tree_make(&world->tree);
	world->home = strdup(home ? home : "");
	world->cache = cache ? strdup(cache) : NULL;
	setenv("HOME", tree_path(&world->tree, "home"), 1);
	setenv("MAVEN_OPTS", arena_strfmt(&world->tree.arena, "-Xmx1g -Dmaven.repo.local=%s/m2 -Da=b",
					  world->tree.top), 1);
	setenv("XDG_CACHE_HOME", tree_folder(&world->tree, "cache"), 1);
	setenv("GRADLE_USER_HOME", tree_path(&world->tree, "home/.gradle"), 1);
	tree_folder(&world->tree, "home/.m2/wrapper/dists");
	tree_folder(&world->tree, "home/.gradle/wrapper/dists");
	tree_text(&world->tree, PLUGIN "3.9.0/maven-dependency-plugin-3.9.0.jar", "");
	tree_text(&world->tree, PLUGIN "3.10.0/maven-dependency-plugin-3.10.0.jar", "");
	tree_text(&world->tree, PLUGIN "4.0.0/maven-dependency-plugin-4.0.0.pom", "");
}

static void remove_world(struct world *world)
{
	setenv("HOME", world->home, 1);
	if (world->cache)
		setenv("XDG_CACHE_HOME", world->cache, 1);
	else
		unsetenv("XDG_CACHE_HOME");
	unsetenv("MAVEN_OPTS");
	unsetenv("GRADLE_USER_HOME");
	free(world->home);
	free(world->cache);
	tree_remove(&world->tree);
}

static void put_tool(struct world *world, const char *path, const char *script)
{
	chmod(tree_text(&world->tree, path, script), 0700);
}

static const char *ask(struct world *world, const char *base)
{
	struct poms poms = { .arena = &world->tree.arena };

	return build_tool_classpath(&poms, tree_path(&world->tree, base), &world->looked_at);
}

TEST(maven_tells_the_class_paths_of_all_modules_by_the_newest_plugin_there_is)
{
	struct world world;

	make_world(&world);
	tree_text(&world.tree, "p/pom.xml", "");
	put_tool(&world, "p/mvnw",
		 "#!/bin/sh\n"
		 "echo $* >asked; pwd >>asked\n"
		 "echo '[INFO] Dependencies classpath:'\n"
		 "echo /a.jar:/b.jar\n"
		 "echo '[INFO] Dependencies classpath:'\n"
		 "echo\n"
		 "echo '[INFO] Dependencies classpath:'\n"
		 "echo /c.jar\n");
	EXPECT_STR(ask(&world, "p"), "/a.jar:/b.jar:/c.jar");
	EXPECT_LONG(world.looked_at.n, 0);
	EXPECT(!system(arena_strfmt(&world.tree.arena,
		"cd %s/p && grep -q '^-o .*:maven-dependency-plugin:3.10.0:build-classpath' asked && grep -q '/p$' asked",
		world.tree.top)));
	remove_world(&world);
}

TEST(a_module_that_maven_cannot_resolve_is_told_and_the_others_stay)
{
	struct world world;

	make_world(&world);
	tree_text(&world.tree, "p/pom.xml", "");
	put_tool(&world, "p/mvnw",
		 "#!/bin/sh\n"
		 "echo '[INFO] Dependencies classpath:'\n"
		 "echo /a.jar\n"
		 "echo '[ERROR] Failed on project web: no core:jar:1'\n"
		 "echo '[ERROR] [Help 1] http://...'\n"
		 "exit 1\n");
	EXPECT_STR(ask(&world, "p"), "/a.jar");
	EXPECT_LONG(world.looked_at.n, 1);
	EXPECT_STR(world.looked_at.items[0], "skipped what the build tool knows of dependencies: mvn -o dependency:build-classpath: Failed on project web: no core:jar:1; "
		   "mvn dependency:build-classpath -Dmdep.outputFile=cp.txt, and here --classpath \"$(cat cp.txt)\"");
	remove_world(&world);
}

TEST(maven_is_not_asked_where_it_could_not_answer)
{
	struct world world;

	make_world(&world);
	setenv("MAVEN_OPTS", "-Xmx1g", 1);
	tree_text(&world.tree, "p/pom.xml", "");
	put_tool(&world, "p/mvnw", "#!/bin/sh\n>asked\n");
	EXPECT(!ask(&world, "p"));
	EXPECT(world.looked_at.n == 1 && strstr(world.looked_at.items[0], "lacks maven-dependency-plugin"));
	EXPECT(system(arena_strfmt(&world.tree.arena, "test -e %s/p/asked", world.tree.top)));
	tree_text(&world.tree, "home/.m2/settings.xml",
		  arena_strfmt(&world.tree.arena, "<settings><localRepository>%s/m2</localRepository>", world.tree.top));
	EXPECT(!ask(&world, "p"));
	EXPECT(!system(arena_strfmt(&world.tree.arena, "test -e %s/p/asked", world.tree.top)));
	remove_world(&world);
}

TEST(gradle_tells_the_files_of_every_project_through_a_wrapper_above)
{
	struct world world;

	make_world(&world);
	tree_text(&world.tree, "p/web/build.gradle.kts", "");
	put_tool(&world, "p/gradlew",
		 "#!/bin/sh\n"
		 "while [ \"$1\" != -I ]; do echo $1 >>asked; shift; done\n"
		 "grep -q varyClassPath \"$2\" && echo $3 >>asked\n"
		 "echo a warning\n"
		 "echo vary-class-path:/a b.jar\n"
		 "echo vary-class-path:/c.jar\n");
	EXPECT_STR(ask(&world, "p/web"), "/a b.jar:/c.jar");
	EXPECT(!system(arena_strfmt(&world.tree.arena, "cd %s/p/web && grep -q -- --offline asked && grep -q varyClassPath asked",
				    world.tree.top)));
	remove_world(&world);
}

TEST(what_went_wrong_with_gradle_is_told_in_its_words)
{
	struct world world;

	make_world(&world);
	tree_text(&world.tree, "p/settings.gradle", "");
	put_tool(&world, "p/gradlew",
		 "#!/bin/sh\n"
		 "echo 'FAILURE: Build failed with an exception.'\n"
		 "echo '* What went wrong:'\n"
		 "echo 'Could not resolve all files.'\n"
		 "echo '* Try: run with --scan'\n"
		 "exit 1\n");
	EXPECT(!ask(&world, "p"));
	EXPECT(world.looked_at.n == 1 &&
	       strstr(world.looked_at.items[0], ": gradle --offline: Could not resolve all files.; with tasks.register"));
	remove_world(&world);
}

TEST(gradle_that_has_no_dependency_offline_has_not_failed_with_what_it_said_of_itself)
{
	struct world world;

	make_world(&world);
	tree_text(&world.tree, "p/settings.gradle", "");
	put_tool(&world, "p/gradlew", "#!/bin/sh\necho 'OpenJDK 64-Bit Server VM (build 17)'\n");
	EXPECT(!ask(&world, "p"));
	EXPECT(world.looked_at.n == 1 &&
	       !strncmp(world.looked_at.items[0], "skipped dependencies: gradle --offline has none of the tests; ", 62));
	remove_world(&world);
}

TEST(a_wrapper_that_would_have_to_fetch_its_tool_is_not_used)
{
	struct world world;

	make_world(&world);
	setenv("GRADLE_USER_HOME", "/nowhere", 1);
	tree_text(&world.tree, "p/build.gradle", "");
	put_tool(&world, "p/gradlew", "#!/bin/sh\n>asked\n");
	ask(&world, "p");
	EXPECT(system(arena_strfmt(&world.tree.arena, "test -e %s/p/asked", world.tree.top)));
	remove_world(&world);
}

static void on_signal(int number)
{
	(void)number;
}

TEST(an_interrupted_wait_ends_the_tool_and_all_it_started)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART }, before;
	struct itimerval soon = { .it_value = { 0, 300000 } };
	struct world world;

	make_world(&world);
	tree_text(&world.tree, "p/pom.xml", "");
	put_tool(&world, "p/mvnw", "#!/bin/sh\nsleep 600 & echo $! >sleeper; wait\n");
	sigaction(SIGALRM, &action, &before);
	setitimer(ITIMER_REAL, &soon, NULL);
	EXPECT(!ask(&world, "p"));
	sigaction(SIGALRM, &before, NULL);
	EXPECT(world.looked_at.n == 1 && strstr(world.looked_at.items[0], ": interrupted;"));
	EXPECT(!system(arena_strfmt(&world.tree.arena,
		"cd %s/p && test -s sleeper && ! grep -qs sleep /proc/$(cat sleeper)/cmdline",
		world.tree.top)));
	remove_world(&world);
}

/* How often Maven was asked in the project p so far. */
static long times_asked(struct world *world)
{
	struct arena *arena = &world->tree.arena;
	struct err err = ERR_INIT;
	struct span asked;
	long n = 0;

	if (file_read(arena, tree_path(&world->tree, "p/asked"), 1 << 20, &asked, &err) != ERR_OK)
		return 0;
	for (size_t i = 0; i < asked.len; i++)
		n += asked.bytes[i] == '\n';
	return n;
}

static void put_maven_that_tells(struct world *world, const char *jar)
{
	put_tool(world, "p/mvnw",
		 arena_strfmt(&world->tree.arena, "#!/bin/sh\necho x >>%s/p/asked\n"
			      "echo '[INFO] Dependencies classpath:'\necho %s\n", world->tree.top, jar));
}

TEST(maven_is_asked_once_as_long_as_nothing_changes_that_it_reads)
{
	const char *jar, *parent = "<project><artifactId>top</artifactId></project>";
	struct world world;

	make_world(&world);
	jar = tree_text(&world.tree, "a.jar", "");
	tree_text(&world.tree, "pom.xml", parent);
	tree_text(&world.tree, "p/pom.xml", "<project><parent><artifactId>top</artifactId></parent>"
		  "<modules><module>m</module></modules></project>");
	tree_text(&world.tree, "p/m/pom.xml", "<project/>");
	put_maven_that_tells(&world, jar);
	EXPECT_STR(ask(&world, "p"), jar);
	EXPECT_LONG(world.looked_at.n, 0);
	EXPECT_STR(ask(&world, "p"), jar);
	EXPECT_LONG(times_asked(&world), 1);
	EXPECT(world.looked_at.n == 1 && strstr(world.looked_at.items[0], "as Maven told it before"));

	tree_text(&world.tree, "pom.xml", arena_strfmt(&world.tree.arena, "%s ", parent));
	ask(&world, "p");
	EXPECT_LONG(times_asked(&world), 2);
	tree_text(&world.tree, "p/m/pom.xml", "<project></project>");
	ask(&world, "p");
	EXPECT_LONG(times_asked(&world), 3);
	tree_text(&world.tree, "home/.m2/settings.xml", "<settings/>");
	ask(&world, "p");
	EXPECT_LONG(times_asked(&world), 4);
	ask(&world, "p");
	EXPECT_LONG(times_asked(&world), 4);
	unlink(jar);
	ask(&world, "p");
	EXPECT_LONG(times_asked(&world), 5);
	remove_world(&world);
}

TEST(what_may_change_by_itself_is_asked_of_maven_every_time)
{
	static const char *const poms[] = {
		"<project><dependencies><dependency><version>[1,2)</version></dependency></dependencies></project>",
		"<project><dependencyManagement><dependencies><dependency><version>1-SNAPSHOT</version>"
		"<scope>import</scope></dependency></dependencies></dependencyManagement></project>",
		"<project><parent><artifactId>nowhere</artifactId></parent></project>",
		"<project><modules><module>nowhere</module></modules></project>",
		"not xml",
	};
	struct world world;

	make_world(&world);
	put_maven_that_tells(&world, tree_text(&world.tree, "a.jar", ""));
	for (size_t i = 0; i < sizeof(poms) / sizeof(*poms); i++) {
		tree_text(&world.tree, "p/pom.xml", poms[i]);
		ask(&world, "p");
		ask(&world, "p");
		EXPECT_LONG(times_asked(&world), 2 * (long)i + 2);
	}
	tree_text(&world.tree, "p/pom.xml", "<project/>");
	put_maven_that_tells(&world, tree_text(&world.tree, "b-1-SNAPSHOT.jar", ""));
	ask(&world, "p");
	ask(&world, "p");
	EXPECT_LONG(times_asked(&world), 12);
	remove_world(&world);
}
