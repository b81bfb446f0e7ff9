#include "runner/layout.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "runner/files.h"

#define MODULE_DEPTH_MAX 4
#define ROOTS_MAX 4096

static const char *const build_files[] = {
	"pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle",
	"settings.gradle.kts", "build.sbt", "build.xml",
};

/* Order within a name: tests before what they test, as on a class path. */
static const struct {
	const char *name, *path;
	bool is_test;
} class_roots[] = {
	{ "maven",  "target/test-classes", true },
	{ "maven",  "target/classes", false },
	{ "gradle", "build/classes/java/test", true },
	{ "gradle", "build/classes/kotlin/test", true },
	{ "gradle", "build/classes/scala/test", true },
	{ "gradle", "build/classes/groovy/test", true },
	{ "gradle", "build/resources/test", true },
	{ "gradle", "build/classes/java/main", false },
	{ "gradle", "build/classes/kotlin/main", false },
	{ "gradle", "build/classes/scala/main", false },
	{ "gradle", "build/classes/groovy/main", false },
	{ "gradle", "build/resources/main", false },
	{ "plain",  "out/test", true },
	{ "plain",  "out/production", false },
	{ "plain",  "test-classes", true },
	{ "plain",  "classes", false },
	{ "plain",  "bin/test", true },
	{ "plain",  "bin/main", false },
};
#define N(array) (sizeof(array) / sizeof(*(array)))

static const char *const source_roots[] = {
	"src/main/java", "src/main/kotlin", "src/main/scala", "src/main/groovy", "src/main/vary",
	"src/test/java", "src/test/kotlin", "src/test/scala", "src/test/groovy", "src/test/vary",
};

/* Never a module, and often large. */
static const char *const no_modules[] = {
	"src", "target", "build", "out", "bin", "classes", "test-classes", "node_modules",
};

static bool has_classes(struct arena *arena, const char *directory)
{
	for (size_t i = 0; i < N(class_roots); i++)
		if (file_is_directory(arena_strfmt(arena, "%s/%s", directory, class_roots[i].path)))
			return true;
	return false;
}

static bool has_build_file(struct arena *arena, const char *directory)
{
	for (size_t i = 0; i < N(build_files); i++)
		if (file_exists(arena_strfmt(arena, "%s/%s", directory, build_files[i])))
			return true;
	return false;
}

const char *layout_find_base(struct arena *arena, const char *path)
{
	const char *at = file_is_directory(path) ? path : file_parent(arena, path);

	for (; strcmp(at, "/"); at = file_parent(arena, at))
		if (has_build_file(arena, at) || has_classes(arena, at))
			return at;
	return NULL;
}

bool layout_is_test_source(const char *source_root)
{
	return strstr(source_root, "/src/test/") != NULL;
}

struct growing {
	struct arena *arena;
	struct layout *layout;
	unsigned size_roots, size_sources;
};

static void add_root(struct growing *growing, const char *path, bool is_test)
{
	struct layout *layout = growing->layout;

	if (layout->n_roots == ROOTS_MAX)
		return;
	if (layout->n_roots == growing->size_roots) {
		growing->size_roots = growing->size_roots ? 2 * growing->size_roots : 8;
		layout->roots = arena_grow(growing->arena, layout->roots, layout->n_roots,
					   growing->size_roots, sizeof(*layout->roots));
	}
	layout->roots[layout->n_roots++] = (struct layout_root){ path, is_test };
}

static void add_source_root(struct growing *growing, const char *path)
{
	struct layout *layout = growing->layout;

	if (layout->n_source_roots == ROOTS_MAX)
		return;
	if (layout->n_source_roots == growing->size_sources) {
		growing->size_sources = growing->size_sources ? 2 * growing->size_sources : 8;
		layout->source_roots = arena_grow(growing->arena, layout->source_roots,
						  layout->n_source_roots, growing->size_sources,
						  sizeof(*layout->source_roots));
	}
	layout->source_roots[layout->n_source_roots++] = path;
}

/* IntelliJ keeps one directory a module below out/production and out/test. */
static void add_class_root(struct growing *growing, const char *path, bool is_test)
{
	struct dirent *entry;
	DIR *directory;

	if (!strstr(path, "/out/")) {
		add_root(growing, path, is_test);
		return;
	}
	directory = opendir(path);
	while (directory && (entry = readdir(directory)))
		if (entry->d_name[0] != '.')
			add_root(growing, arena_strfmt(growing->arena, "%s/%s", path, entry->d_name),
				 is_test);
	if (directory)
		closedir(directory);
}

static void read_module(struct growing *growing, const char *module)
{
	for (size_t i = 0; i < N(class_roots); i++) {
		const char *path = arena_strfmt(growing->arena, "%s/%s", module, class_roots[i].path);

		if (!file_is_directory(path))
			continue;
		if (!growing->layout->name)
			growing->layout->name = class_roots[i].name;
		add_class_root(growing, path, class_roots[i].is_test);
	}
	for (size_t i = 0; i < N(source_roots); i++) {
		const char *path = arena_strfmt(growing->arena, "%s/%s", module, source_roots[i]);

		if (file_is_directory(path))
			add_source_root(growing, path);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool may_be_module(const char *name)
{
	if (name[0] == '.')
		return false;
	for (size_t i = 0; i < N(no_modules); i++)
		if (!strcmp(name, no_modules[i]))
			return false;
	return true;
}

static void read_modules(struct growing *growing, const char *top, unsigned depth)
{
	const char **names = NULL;
	size_t n = 0, size = 0;
	struct dirent *entry;
	DIR *directory;

	read_module(growing, top);
	if (depth == MODULE_DEPTH_MAX)
		return;
	directory = opendir(top);
	while (directory && (entry = readdir(directory))) {
		const char *path;

		if (!may_be_module(entry->d_name) || entry->d_type == DT_REG)
			continue;
		path = arena_strfmt(growing->arena, "%s/%s", top, entry->d_name);
		if (entry->d_type == DT_LNK || !file_is_directory(path) ||
		    !has_build_file(growing->arena, path))
			continue;
		if (n == size) {
			size = size ? 2 * size : 16;
			names = arena_grow(growing->arena, names, n, size, sizeof(*names));
		}
		names[n++] = path;
	}
	if (directory)
		closedir(directory);
	if (n)
		qsort(names, n, sizeof(*names), by_text);
	for (size_t i = 0; i < n; i++)
		read_modules(growing, names[i], depth + 1);
}

static int tests_first(const void *a, const void *b)
{
	const struct layout_root *left = a, *right = b;

	if (left->is_test != right->is_test)
		return left->is_test ? -1 : 1;
	return strcmp(left->path, right->path);
}

void layout_read(struct arena *arena, const char *base, struct layout *ret)
{
	struct growing growing = { arena, ret, 0, 0 };

	memset(ret, 0, sizeof(*ret));
	read_modules(&growing, base, 0);
	if (ret->n_roots)
		qsort(ret->roots, ret->n_roots, sizeof(*ret->roots), tests_first);
}
