#include "crew/archive.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "project/files.h"
#include "project/tree_test.h"
#include "util/test.h"

/* A project of one root and one jar, and a cache of its own. */
struct setting {
	struct tree tree;
	char *cache_before;
	const char *cache;
	const char *roots[1], *libraries[2];
	const char *options[3];
	struct crew_jvm plain;
};

static void setting_open(struct setting *setting)
{
	const char *cache = getenv("XDG_CACHE_HOME");

	memset(setting, 0, sizeof(*setting));
	tree_make(&setting->tree);
	setting->cache_before = cache ? strdup(cache) : NULL;
	setting->cache = tree_folder(&setting->tree, "cache");
	setenv("XDG_CACHE_HOME", setting->cache, 1);
	setting->roots[0] = tree_folder(&setting->tree, "classes");
	setting->libraries[0] = tree_folder(&setting->tree, "more");
	setting->libraries[1] = tree_text(&setting->tree, "junit.jar", "jar");
	setting->options[0] = "-ea";
	setting->options[1] = arena_strfmt(&setting->tree.arena, "-Djava.class.path=%s:%s:%s", setting->roots[0],
					   setting->libraries[0], setting->libraries[1]);
	setting->options[2] = "-Xmx1g";
	setting->plain = (struct crew_jvm){ setting->options, 3, NULL, false };
}

static void setting_close(struct setting *setting)
{
	if (setting->cache_before)
		setenv("XDG_CACHE_HOME", setting->cache_before, 1);
	else
		unsetenv("XDG_CACHE_HOME");
	free(setting->cache_before);
	tree_remove(&setting->tree);
}

static struct archive find(struct setting *setting)
{
	struct archive archive;

	archive_find(&setting->tree.arena, "/no/libjvm.so", &setting->plain, setting->roots, 1,
		     setting->libraries, 2, &archive);
	return archive;
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	EXPECT(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

TEST(the_first_run_records_and_the_next_maps_what_it_left)
{
	struct setting setting;
	struct archive first, second;
	struct stat unused;

	setting_open(&setting);
	first = find(&setting);
	EXPECT(!first.jvm.options);
	EXPECT_LONG(first.recorder.n_options, 4);
	EXPECT(first.recorder.ends_in_order);
	EXPECT_STR(first.recorder.options[3],
		   arena_strfmt(&setting.tree.arena, "-XX:ArchiveClassesAtExit=%s", first.made));
	write_text(first.made, "archive");
	archive_keep(&first);
	EXPECT(stat(first.made, &unused) < 0);
	second = find(&setting);
	EXPECT(!second.recorder.options);
	EXPECT(!second.jvm.ends_in_order);
	EXPECT_STR(second.jvm.options[3],
		   arena_strfmt(&setting.tree.arena, "-XX:SharedArchiveFile=%s", first.file));
	setting_close(&setting);
}

TEST(the_jvm_starts_with_the_jars_alone_and_gets_the_whole_class_path_later)
{
	struct setting setting;
	struct archive archive;

	setting_open(&setting);
	archive = find(&setting);
	EXPECT_STR(archive.recorder.class_path, setting.options[1] + strlen("-Djava.class.path="));
	EXPECT_STR(archive.recorder.options[1],
		   arena_strfmt(&setting.tree.arena, "-Djava.class.path=%s", setting.libraries[1]));
	EXPECT_STR(archive.recorder.options[2], "-Xmx1g");
	setting_close(&setting);
}

TEST(whatever_the_archive_depends_on_is_in_its_name)
{
	struct setting setting;
	struct archive before, after;

	setting_open(&setting);
	before = find(&setting);
	after = find(&setting);
	EXPECT_STR(after.file, before.file);
	write_text(setting.libraries[1], "another jar");
	after = find(&setting);
	EXPECT(strcmp(after.file, before.file));
	before = after;
	setting.options[2] = "-Xmx2g";
	after = find(&setting);
	EXPECT(strcmp(after.file, before.file));
	before = after;
	setting.roots[0] = setting.libraries[0];
	after = find(&setting);
	EXPECT(strcmp(after.file, before.file));
	setting_close(&setting);
}

TEST(no_archive_beside_options_that_forbid_it_or_without_a_place_or_a_jar)
{
	static const char *const forbidding[] = {
		"-Xshare:off", "-javaagent:a.jar", "-XX:SharedArchiveFile=x", "--patch-module=a=b",
	};
	struct setting setting;

	setting_open(&setting);
	for (size_t i = 0; i < sizeof(forbidding) / sizeof(*forbidding); i++) {
		setting.options[2] = forbidding[i];
		EXPECT(!find(&setting).recorder.options);
	}
	setting.options[2] = "-Xmx1g";
	setting.libraries[1] = setting.libraries[0];
	EXPECT(!find(&setting).recorder.options);
	setting_close(&setting);
	setting_open(&setting);
	setenv("XDG_CACHE_HOME", tree_text(&setting.tree, "file", ""), 1);
	EXPECT(!find(&setting).recorder.options);
	setting_close(&setting);
}

TEST(only_the_archives_used_last_are_kept)
{
	struct setting setting;
	struct archive archive;

	setting_open(&setting);
	archive = find(&setting);
	for (int i = 0; i < 20; i++) {
		const struct timespec times[2] = { { 1000 + i, 0 }, { 1000 + i, 0 } };
		const char *path = tree_text(&setting.tree, arena_strfmt(&setting.tree.arena, "cache/vary/%02d.jsa", i), "");

		EXPECT(utimensat(AT_FDCWD, path, times, 0) == 0);
	}
	write_text(archive.made, "archive");
	archive_keep(&archive);
	EXPECT(file_exists(archive.file));
	EXPECT(!file_exists(tree_path(&setting.tree, "cache/vary/04.jsa")));
	EXPECT(file_exists(tree_path(&setting.tree, "cache/vary/05.jsa")));
	setting_close(&setting);
}
