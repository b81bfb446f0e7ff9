#include "project/jvm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/test.h"

struct fake {
	struct arena arena;
	const char *dir;	/* holds what looks like a JDK, and nothing that runs */
	const char *old_home, *old_path;
	const char *libjvm, *home;
	struct err err;
};

static void put(struct fake *fake, const char *name, const char *text)
{
	char *path = arena_strfmt(&fake->arena, "%s/%s", fake->dir, name);
	FILE *file;

	for (char *slash = path + strlen(fake->dir) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	EXPECT(file != NULL);
	if (file) {
		fputs(text, file);
		fclose(file);
	}
	chmod(path, 0700);
}

static void fake_open(struct fake *fake)
{
	char dir[] = "/tmp/jvm_test_XXXXXX", *made = mkdtemp(dir);

	memset(fake, 0, sizeof(*fake));
	EXPECT(made != NULL);
	fake->dir = arena_strdup(&fake->arena, dir);
	fake->old_home = getenv("JAVA_HOME");
	fake->old_path = getenv("PATH");
	if (fake->old_home)
		fake->old_home = arena_strdup(&fake->arena, fake->old_home);
	fake->old_path = arena_strdup(&fake->arena, fake->old_path ? fake->old_path : "");
	unsetenv("JAVA_HOME");
	put(fake, "jdk/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.1\"\n");
	put(fake, "jdk/lib/server/libjvm.so", "");
	put(fake, "jdk/bin/java", "");
	put(fake, "old/release", "JAVA_VERSION=\"1.8.0_400\"\n");
	put(fake, "old/lib/server/libjvm.so", "");
}

static void fake_close(struct fake *fake)
{
	setenv("PATH", fake->old_path, 1);
	if (fake->old_home)
		setenv("JAVA_HOME", fake->old_home, 1);
	else
		unsetenv("JAVA_HOME");
	EXPECT(system(arena_strfmt(&fake->arena, "rm -r %s", fake->dir)) == 0);
	arena_release(&fake->arena);
}

static enum err_code find(struct fake *fake, const char *asked)
{
	return jvm_find(&fake->arena, asked ? arena_strfmt(&fake->arena, "%s/%s", fake->dir, asked) : NULL,
			&fake->libjvm, &fake->home, &fake->err);
}

TEST(a_jvm_may_be_named_by_its_home_its_java_or_its_library)
{
	static const char *const ways[] = { "jdk", "jdk/bin/java", "jdk/lib/server/libjvm.so" };
	struct fake fake;

	fake_open(&fake);
	for (unsigned i = 0; i < 3; i++) {
		EXPECT(find(&fake, ways[i]) == ERR_OK);
		EXPECT_STR(fake.home, arena_strfmt(&fake.arena, "%s/jdk", fake.dir));
		EXPECT_STR(fake.libjvm, arena_strfmt(&fake.arena, "%s/jdk/lib/server/libjvm.so", fake.dir));
	}
	fake_close(&fake);
}

TEST(a_java_that_is_too_old_is_refused_by_its_version)
{
	struct fake fake;

	fake_open(&fake);
	EXPECT(find(&fake, "old") == ERR_MISSING);
	EXPECT(strstr(fake.err.text, "old: Java 8, older than 11") != NULL);
	EXPECT(find(&fake, "old/lib/server/libjvm.so") == ERR_MISSING);
	fake_close(&fake);
}

TEST(java_home_comes_before_path_and_a_bad_one_is_passed_over)
{
	struct fake fake;

	fake_open(&fake);
	put(&fake, "other/release", "JAVA_VERSION=\"25\"\n");
	put(&fake, "other/lib/server/libjvm.so", "");
	setenv("PATH", arena_strfmt(&fake.arena, "/nowhere:%s/links", fake.dir), 1);
	EXPECT(mkdir(arena_strfmt(&fake.arena, "%s/links", fake.dir), 0700) == 0);
	EXPECT(symlink("../jdk/bin/java", arena_strfmt(&fake.arena, "%s/links/java", fake.dir)) == 0);
	setenv("JAVA_HOME", arena_strfmt(&fake.arena, "%s/other", fake.dir), 1);
	EXPECT(find(&fake, NULL) == ERR_OK);
	EXPECT_STR(fake.home, arena_strfmt(&fake.arena, "%s/other", fake.dir));
	setenv("JAVA_HOME", arena_strfmt(&fake.arena, "%s/old", fake.dir), 1);
	EXPECT(find(&fake, NULL) == ERR_OK);
	EXPECT_STR(fake.home, arena_strfmt(&fake.arena, "%s/jdk", fake.dir));
	fake_close(&fake);
}

TEST(where_there_is_no_jvm_the_message_names_all_that_was_tried)
{
	struct fake fake;

	fake_open(&fake);
	setenv("PATH", "/nowhere", 1);
	setenv("JAVA_HOME", "/nowhere/either", 1);
	EXPECT(find(&fake, NULL) == ERR_MISSING);
	EXPECT_STR(fake.err.text, "no JVM found (JAVA_HOME=/nowhere/either: No such file or directory; "
		   "PATH: no usable java on it); install a JDK 11 or newer, or name one with --jvm");
	fake_close(&fake);
}
