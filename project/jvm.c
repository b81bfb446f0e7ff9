#include "project/jvm.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RELEASE_MAX 4096	/* of the release file: JAVA_VERSION stands near its top */

struct search {
	struct arena *arena;
	const char *tried;	/* "what: why not", with "; " between */
};

static void note(struct search *search, const char *what, const char *why)
{
	search->tried = *search->tried ?
		arena_strfmt(search->arena, "%s; %s: %s", search->tried, what, why) :
		arena_strfmt(search->arena, "%s: %s", what, why);
}

static bool is_file(const char *path)
{
	struct stat stat_buf;

	return stat(path, &stat_buf) == 0 && S_ISREG(stat_buf.st_mode);
}

/* The path without its last `n` parts; "" where it has too few. */
static const char *parent(struct arena *arena, const char *path, unsigned n)
{
	char *copy = arena_strdup(arena, path);

	while (n--) {
		char *slash = strrchr(copy, '/');

		if (!slash)
			return "";
		*slash = 0;
	}
	return copy;
}

static bool has_end(const char *path, const char *end)
{
	size_t len = strlen(path), end_len = strlen(end);

	return len >= end_len && !strcmp(path + len - end_len, end);
}

/* JAVA_VERSION="17.0.1" -> 17, "1.8.0" -> 8; 0 where it cannot be known. */
unsigned jvm_feature(struct arena *arena, const char *home)
{
	const char *path = arena_strfmt(arena, "%s/release", home);
	char text[RELEASE_MAX + 1];
	unsigned version = 0;
	const char *at;
	FILE *file;

	file = fopen(path, "re");
	if (!file)
		return 0;
	text[fread(text, 1, RELEASE_MAX, file)] = 0;
	fclose(file);
	at = strstr(text, "JAVA_VERSION=\"");
	if (!at)
		return 0;
	at += strlen("JAVA_VERSION=\"");
	if (!strncmp(at, "1.", 2))
		at += 2;
	for (; *at >= '0' && *at <= '9' && version < 1000; at++)
		version = version * 10 + (unsigned)(*at - '0');
	return version;
}

static const char *libjvm_of(struct arena *arena, const char *home)
{
	static const char *const places[] = { "lib/server/libjvm.so", "lib/client/libjvm.so" };

	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *path = arena_strfmt(arena, "%s/%s", home, places[i]);

		if (is_file(path))
			return path;
	}
	return NULL;
}

/* Is it a JVM of ours? `what` is how the user knows it. */
static bool take_home(struct search *search, const char *what, const char *home,
		      const char **ret_libjvm, const char **ret_home)
{
	const char *libjvm = libjvm_of(search->arena, home);
	unsigned version = jvm_feature(search->arena, home);
	struct stat stat_buf;

	if (stat(home, &stat_buf) != 0) {
		note(search, what, strerror(errno));
	} else if (version && version < JVM_VERSION_MIN) {
		note(search, what, arena_strfmt(search->arena, "Java %u, older than %u",
						version, JVM_VERSION_MIN));
	} else if (!libjvm) {
		note(search, what, "no lib/server/libjvm.so in it");
	} else {
		*ret_libjvm = libjvm;
		*ret_home = home;
		return true;
	}
	return false;
}

static bool take_libjvm(struct search *search, const char *path,
			const char **ret_libjvm, const char **ret_home)
{
	const char *home = parent(search->arena, path, 3);	/* HOME/lib/server/libjvm.so */
	unsigned version = jvm_feature(search->arena, home);

	if (version && version < JVM_VERSION_MIN) {
		note(search, path, arena_strfmt(search->arena, "Java %u, older than %u",
						version, JVM_VERSION_MIN));
		return false;
	}
	*ret_libjvm = path;
	*ret_home = home;
	return true;
}

static bool take_asked(struct search *search, const char *asked,
		       const char **ret_libjvm, const char **ret_home)
{
	char real[PATH_MAX];
	const char *path;

	if (!realpath(asked, real)) {
		note(search, asked, strerror(errno));
		return false;
	}
	path = arena_strdup(search->arena, real);
	if (has_end(path, "/libjvm.so"))
		return take_libjvm(search, path, ret_libjvm, ret_home);
	if (has_end(path, "/bin/java"))
		path = parent(search->arena, path, 2);
	return take_home(search, asked, path, ret_libjvm, ret_home);
}

static bool take_from_path(struct search *search, const char **ret_libjvm,
			   const char **ret_home)
{
	const char *path = getenv("PATH");
	char *copy = arena_strdup(search->arena, path ? path : ""), *save = NULL;
	char real[PATH_MAX];

	for (char *dir = strtok_r(copy, ":", &save); dir; dir = strtok_r(NULL, ":", &save)) {
		const char *java = arena_strfmt(search->arena, "%s/java", dir);

		if (!is_file(java) || access(java, X_OK) != 0 || !realpath(java, real))
			continue;
		if (take_home(search, java, parent(search->arena, real, 2), ret_libjvm, ret_home))
			return true;
	}
	note(search, "PATH", "no usable java on it");
	return false;
}

enum err_code jvm_find(struct arena *arena, const char *asked,
		       const char **ret_libjvm, const char **ret_home, struct err *err)
{
	struct search search = { arena, "" };
	const char *java_home = getenv("JAVA_HOME");

	if (asked && *asked) {
		if (take_asked(&search, asked, ret_libjvm, ret_home))
			return ERR_OK;
		return err_set(err, ERR_MISSING,
			       "no JVM as asked for (%s); --jvm takes the home of a JDK %u or newer, "
			       "its bin/java or its libjvm.so", search.tried, JVM_VERSION_MIN);
	}
	if (java_home && *java_home) {
		const char *what = arena_strfmt(arena, "JAVA_HOME=%s", java_home);

		if (take_home(&search, what, java_home, ret_libjvm, ret_home))
			return ERR_OK;
	} else {
		note(&search, "JAVA_HOME", "not set");
	}
	if (take_from_path(&search, ret_libjvm, ret_home))
		return ERR_OK;
	return err_set(err, ERR_MISSING,
		       "no JVM found (%s); install a JDK %u or newer, or name one with --jvm",
		       search.tried, JVM_VERSION_MIN);
}
