#include "runner/libraries.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "runner/build_tool.h"
#include "runner/files.h"

#define DEBIAN_JARS "/usr/share/java"

/* Test engines and what tests commonly use, as Debian names the jars. */
static const char *const debian_engines[] = {
	"junit-jupiter-api", "junit-jupiter-engine", "junit-jupiter-params",
	"junit-platform-commons", "junit-platform-engine", "junit-platform-launcher",
	"opentest4j", "apiguardian-api", "univocity-parsers",
	"junit4", "hamcrest", "hamcrest-core", "testng", "jcommander",
	"assertj-core", "mockito-core", "byte-buddy", "byte-buddy-agent", "objenesis",
};

static const char *const engine_names[] = { "junit", "testng", "jupiter" };

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
		if (file_has_suffix(entry->d_name, ".jar"))
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

void libraries_find(struct arena *arena, const char *base, struct text_list *ret,
		    struct text_list *looked_at)
{
	const char *classpath = build_tool_classpath(arena, base, looked_at);
	struct err err = ERR_INIT;

	if (classpath && libraries_parse(arena, classpath, ret, &err) != ERR_OK)
		text_list_add(arena, looked_at, arena_strdup(arena, err.text));
	for (size_t i = 0; !ret->n && i < N(library_folders); i++) {
		const char *folder = arena_strfmt(arena, "%s/%s", base, library_folders[i]);
		uint32_t n = add_jars(arena, folder, ret);

		if (n)
			text_list_add(arena, looked_at, arena_strfmt(arena, "%s: %u jars", folder, n));
	}
}

void libraries_add_engines(struct arena *arena, struct text_list *list,
			   struct text_list *looked_at)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < N(engine_names); k++)
			if (strstr(file_name(list->items[i]), engine_names[k]))
				return;
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
