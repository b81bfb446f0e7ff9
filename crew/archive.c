#include "crew/archive.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "project/cache.h"
#include "project/files.h"
#include "util/fnv.h"

#define FORMAT "1"			/* of the key: another one, other archives */
#define KEPT_MAX 16			/* archives, of some 5 to 20 MB each */
#define ABANDONED_AFTER (24 * 3600)	/* s: a recorder that old has died */
#define CLASS_PATH "-Djava.class.path="

/* ---- the key ---- */

static bool is_jar(const char *path)
{
	return file_has_suffix(path, ".jar") && file_is_regular(path) && !strchr(path, ':');
}

/* ---- options ---- */

/* With such an option an archive is not ours to make, or the JVM refuses it. */
static bool forbids(const char *option)
{
	static const char *const beginnings[] = {
		"-Xshare:off", "-Xshare:dump", "-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit",
		"-XX:+RecordDynamicDumpInfo", "-XX:AOT", "-javaagent:", "-agentlib:", "-agentpath:",
		"-Xbootclasspath", "-Djava.system.class.loader", "--patch-module",
		"--upgrade-module-path", "--limit-modules", "-Xverify", "-XX:-BytecodeVerification",
	};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (!strncmp(option, beginnings[i], strlen(beginnings[i])))
			return true;
	return false;
}

/* The plain options, but starting with jars alone, and one more. */
static struct crew_jvm variant(struct arena *arena, const struct crew_jvm *plain,
			       const char *jars, const char *more)
{
	const char **options = ARENA_NEW_N(arena, const char *, plain->n_options + 1);
	struct crew_jvm jvm = { options, plain->n_options + 1, NULL, false };

	for (uint32_t i = 0; i < plain->n_options; i++) {
		options[i] = plain->options[i];
		if (strncmp(options[i], CLASS_PATH, strlen(CLASS_PATH)))
			continue;
		jvm.class_path = options[i] + strlen(CLASS_PATH);
		options[i] = arena_strfmt(arena, CLASS_PATH "%s", jars);
	}
	options[plain->n_options] = more;
	return jvm;
}

static const char *join_jars(struct arena *arena, const char *const *libraries, uint32_t n)
{
	struct buf jars;
	const char *text;

	buf_init(&jars, 16u << 20);
	for (uint32_t i = 0; i < n; i++) {
		if (!is_jar(libraries[i]))
			continue;
		if (jars.len)
			buf_u1(&jars, ':');
		buf_text(&jars, libraries[i]);
	}
	text = arena_strndup(arena, (const char *)jars.bytes, jars.len);
	buf_release(&jars);
	return text;
}

void archive_find(struct arena *arena, const char *libjvm, const struct crew_jvm *plain,
		  const char *const *roots, uint32_t n_roots,
		  const char *const *libraries, uint32_t n_libraries,
		  struct archive *ret)
{
	uint64_t key = file_key(fnv_text(FNV_BASIS, FORMAT), libjvm);
	const char *jars = join_jars(arena, libraries, n_libraries);

	memset(ret, 0, sizeof(*ret));
	for (uint32_t i = 0; i < plain->n_options; i++) {
		if (forbids(plain->options[i]))
			return;
		key = fnv_text(key, plain->options[i]);
	}
	for (uint32_t i = 0; i < n_roots; i++)
		key = fnv_text(key, roots[i]);
	for (uint32_t i = 0; i < n_libraries; i++)
		key = file_key(key, libraries[i]);
	ret->directory = *jars ? cache_directory(arena) : NULL;
	if (!ret->directory)
		return;
	ret->file = arena_strfmt(arena, "%s/%016llx.jsa", ret->directory, (unsigned long long)key);
	ret->made = arena_strfmt(arena, "%s.%ld.new", ret->file, (long)getpid());
	if (file_is_regular(ret->file)) {
		(void)utimensat(AT_FDCWD, ret->file, NULL, 0);	/* used now */
		ret->jvm = variant(arena, plain, jars,
				   arena_strfmt(arena, "-XX:SharedArchiveFile=%s", ret->file));
	} else {
		ret->recorder = variant(arena, plain, jars,
					arena_strfmt(arena, "-XX:ArchiveClassesAtExit=%s", ret->made));
		ret->recorder.ends_in_order = true;
	}
}

/* ---- keeping ---- */

struct kept {
	char name[64];
	time_t used;
};

static int latest_first(const void *a, const void *b)
{
	const struct kept *left = a, *right = b;

	if (left->used != right->used)
		return left->used > right->used ? -1 : 1;
	return strcmp(left->name, right->name);
}

static void delete_abandoned(int directory, const char *name, time_t used)
{
	if (time(NULL) - used > ABANDONED_AFTER)
		unlinkat(directory, name, 0);
}

static void delete_oldest(const char *path)
{
	struct kept kept[4 * KEPT_MAX];
	struct dirent *entry;
	DIR *all = opendir(path);
	uint32_t n = 0;

	while (all && n < sizeof(kept) / sizeof(*kept) && (entry = readdir(all))) {
		struct stat found;

		if (strlen(entry->d_name) >= sizeof(kept[n].name) ||
		    fstatat(dirfd(all), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) ||
		    !S_ISREG(found.st_mode))
			continue;
		if (file_has_suffix(entry->d_name, ".new"))
			delete_abandoned(dirfd(all), entry->d_name, found.st_mtime);
		if (!file_has_suffix(entry->d_name, ".jsa"))
			continue;
		strcpy(kept[n].name, entry->d_name);
		kept[n++].used = found.st_mtime;
	}
	qsort(kept, n, sizeof(*kept), latest_first);
	for (uint32_t i = KEPT_MAX; i < n; i++)
		unlinkat(dirfd(all), kept[i].name, 0);
	if (all)
		closedir(all);
}

void archive_keep(const struct archive *archive)
{
	if (rename(archive->made, archive->file) == 0)
		delete_oldest(archive->directory);
}
