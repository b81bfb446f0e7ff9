#include "project/libraries.h"

#include <dirent.h>
#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "project/build_tool.h"
#include "project/files.h"
#include "project/pom.h"

#define DEBIAN_JARS "/usr/share/java"

/* Test engines and what tests commonly use, as Debian names the jars. */
static const char *const debian_engines[] = {
	"junit-jupiter-api", "junit-jupiter-engine", "junit-jupiter-params",
	"junit-platform-commons", "junit-platform-engine", "junit-platform-launcher",
	"opentest4j", "apiguardian-api", "univocity-parsers",
	"junit4", "hamcrest", "hamcrest-core", "testng", "jcommander",
	"assertj-core", "mockito-core", "byte-buddy", "byte-buddy-agent", "objenesis",
};

/* How the file names of frameworks begin that bring or need an engine. */
static const char *const framework_names[] = {
	"junit-4", "junit4", "junit-3", "junit.jar", "junit-dep", "junit-jupiter", "junit-platform",
	"junit-vintage", "testng", "spock-core", "kotest-runner", "jqwik",
};

/* What an API needs to be run, by the first part of its jar's name. */
static const struct {
	const char *api, *group, *name;
	bool is_platform;	/* its version is the platform's */
} engine_parts[] = {
	{ "junit-jupiter-api", "jupiter", "junit-jupiter-engine", false },
	{ "junit-jupiter-api", "platform", "junit-platform-engine", true },
	{ "junit-jupiter-api", "platform", "junit-platform-commons", true },
};

static const char *const library_folders[] = { "lib", "libs", "target/dependency" };
#define N(array) (sizeof(array) / sizeof(*(array)))

void text_list_add(struct arena *arena, struct text_list *list, const char *text)
{
	if (list->n == list->size) {
		list->size = list->size ? 2 * list->size : 16;
		list->items = arena_grow(arena, list->items, list->n, list->size,
					 sizeof(*list->items));
	}
	list->items[list->n++] = text;
}

bool text_list_has(const struct text_list *list, const char *text)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every jar in a directory, in order of names. */
static uint32_t add_jars(struct arena *arena, const char *directory, struct text_list *list)
{
	DIR *open = opendir(directory);
	uint32_t first = list->n;
	struct dirent *entry;

	while (open && (entry = readdir(open)))
		if (file_has_suffix(entry->d_name, ".jar") && entry->d_name[0] != '.')
			text_list_add(arena, list, arena_strfmt(arena, "%s/%s", directory, entry->d_name));
	if (open)
		closedir(open);
	if (list->n > first)
		qsort(list->items + first, list->n - first, sizeof(*list->items), by_text);
	return list->n - first;
}

static enum err_code add_entry(struct arena *arena, const char *entry, struct text_list *list,
			       struct err *err)
{
	struct err missing = ERR_INIT;
	const char *path;

	if (!*entry)
		return ERR_OK;
	if (file_has_suffix(entry, "/*") || !strcmp(entry, "*")) {
		const char *directory = arena_strndup(arena, entry, strlen(entry) - 1);

		if (!*directory)
			directory = ".";
		if (file_absolute(arena, directory, &path, &missing) != ERR_OK)
			return err_set(err, ERR_USAGE, "--classpath: %s: no such directory", directory);
		add_jars(arena, path, list);
		return ERR_OK;
	}
	if (file_absolute(arena, entry, &path, &missing) != ERR_OK)
		return err_set(err, ERR_USAGE, "--classpath: %s: no such file or directory", entry);
	text_list_add(arena, list, path);
	return ERR_OK;
}

enum err_code libraries_parse(struct arena *arena, const char *classpath,
			      struct text_list *ret, struct err *err)
{
	while (classpath) {
		const char *colon = strchr(classpath, ':');
		size_t len = colon ? (size_t)(colon - classpath) : strcspn(classpath, "\n");

		TRY(add_entry(arena, arena_strndup(arena, classpath, len), ret, err));
		classpath = colon ? colon + 1 : NULL;
	}
	return ERR_OK;
}

/* What a build tool told: each entry once, if it is there. */
static void add_told(struct arena *arena, const char *classpath, struct text_list *list,
		     struct text_list *looked_at)
{
	char *rest = NULL, *text = arena_strdup(arena, classpath);
	uint32_t n = 0, n_missing = 0;

	for (char *entry = strtok_r(text, ":", &rest); entry; entry = strtok_r(NULL, ":", &rest)) {
		if (!file_exists(entry)) {
			n_missing++;
		} else if (!text_list_has(list, entry)) {
			text_list_add(arena, list, entry);
			n++;
		}
	}
	text_list_add(arena, looked_at,
		      n_missing ? arena_strfmt(arena, "class path: %u entries, %u more are not there", n, n_missing)
				: arena_strfmt(arena, "class path: %u entries", n));
}

void libraries_find(struct poms *poms, const char *base, struct text_list *ret,
		    struct text_list *looked_at)
{
	const char *classpath = build_tool_classpath(poms, base, looked_at);
	struct arena *arena = poms->arena;

	if (classpath)
		add_told(arena, classpath, ret, looked_at);
	for (size_t i = 0; !classpath && i < N(library_folders); i++) {
		const char *folder = arena_strfmt(arena, "%s/%s", base, library_folders[i]);
		uint32_t n = add_jars(arena, folder, ret);

		if (n)
			text_list_add(arena, looked_at, arena_strfmt(arena, "%s: %u jars", folder, n));
	}
}

/* ---- test engines ---- */

static const char *find_named(const struct text_list *list, const char *start)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (!strncmp(file_name(list->items[i]), start, strlen(start)))
			return list->items[i];
	return NULL;
}

static bool has_framework(const struct text_list *list)
{
	for (size_t i = 0; i < N(framework_names); i++)
		if (find_named(list, framework_names[i]))
			return true;
	return false;
}

/* Jupiter 5.9.2 goes with platform 1.9.2; since 6 they are one. */
static const char *platform_version(struct arena *arena, const char *version)
{
	return version[0] == '5' && version[1] == '.' ? arena_strfmt(arena, "1%s", version + 1) : version;
}

/* A jar that lies beside the API's in a folder of jars, in Maven's repository
 * (GROUP/NAME/VERSION/NAME-VERSION.jar) or in Gradle's cache
 * (org.junit.GROUP/NAME/VERSION/HASH/NAME-VERSION.jar); NULL for none. */
static const char *find_beside(struct arena *arena, const char *api, size_t part)
{
	const char *name = engine_parts[part].name, *folder = file_parent(arena, api);
	const char *start = file_name(api) + strlen(engine_parts[part].api), *version, *path;
	const char *up = file_parent(arena, file_parent(arena, folder)), *found = NULL;
	glob_t matches;

	if (*start != '-' || strlen(start) < 6)
		return NULL;
	version = arena_strndup(arena, start + 1, strlen(start) - 5);	/* without .jar */
	if (engine_parts[part].is_platform)
		version = platform_version(arena, version);
	path = arena_strfmt(arena, "%s/%s-%s.jar", folder, name, version);
	if (file_exists(path))
		return path;
	path = arena_strfmt(arena, "%s/%s/%s/%s/%s-%s.jar", file_parent(arena, up),
			    engine_parts[part].group, name, version, name, version);
	if (file_exists(path))
		return path;
	path = arena_strfmt(arena, "%s/org.junit.%s/%s/%s/*/%s-%s.jar",
			    file_parent(arena, file_parent(arena, up)), engine_parts[part].group,
			    name, version, name, version);
	if (!glob(path, 0, NULL, &matches)) {
		found = arena_strdup(arena, matches.gl_pathv[0]);
		globfree(&matches);
	}
	return found;
}

static void add_engine_parts(struct arena *arena, struct text_list *list, struct text_list *looked_at)
{
	for (size_t i = 0; i < N(engine_parts); i++) {
		const char *api = find_named(list, engine_parts[i].api), *path;

		if (!api || find_named(list, engine_parts[i].name) ||
		    find_named(list, "junit-platform-console-standalone"))
			continue;
		path = find_beside(arena, api, i);
		if (!path)
			path = arena_strfmt(arena, DEBIAN_JARS "/%s.jar", engine_parts[i].name);
		if (!file_exists(path)) {
			text_list_add(arena, looked_at, arena_strfmt(arena, "%s has no %s beside it",
								     api, engine_parts[i].name));
			continue;
		}
		text_list_add(arena, list, path);
		text_list_add(arena, looked_at, arena_strfmt(arena, "%s added, to go with %s", path,
							     file_name(api)));
	}
}

void libraries_add_engines(struct arena *arena, struct text_list *list,
			   struct text_list *looked_at)
{
	uint32_t n = 0;

	if (has_framework(list)) {
		add_engine_parts(arena, list, looked_at);
		return;
	}
	for (size_t i = 0; i < N(debian_engines); i++) {
		const char *path = arena_strfmt(arena, DEBIAN_JARS "/%s.jar", debian_engines[i]);

		if (!file_exists(path))
			continue;
		text_list_add(arena, list, path);
		n++;
	}
	text_list_add(arena, looked_at,
		      arena_strfmt(arena, "no test engine on the class path; %u jars of " DEBIAN_JARS " added", n));
}
