#include "project/layout.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "project/files.h"
#include "project/pom.h"

#define MODULE_DEPTH_MAX 4
#define ENCLOSING_MAX 3		/* directories between a module and the whole */
#define POM_MAX ((size_t)4 << 20)
#define ROOTS_MAX 4096

static const char *const build_files[] = {
	"pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle",
	"settings.gradle.kts", "build.sbt", "build.xml", ".classpath",
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

static const char *const plain_source_roots[] = { "src", "test", "tests" };

/* Never a module, and often large. */
static const char *const no_modules[] = {
	"src", "target", "build", "out", "bin", "classes", "test-classes", "node_modules",
};

static bool is_folder_in(struct arena *arena, const char *directory, const char *name)
{
	return file_is_directory(arena_strfmt(arena, "%s/%s", directory, name));
}

/* A folder "classes" or "bin" alone says nothing: many are called so. */
static bool has_classes(struct arena *arena, const char *directory)
{
	for (size_t i = 0; i < N(class_roots); i++)
		if (strchr(class_roots[i].path, '/') && strncmp(class_roots[i].path, "bin/", 4) &&
		    is_folder_in(arena, directory, class_roots[i].path))
			return true;
	return (is_folder_in(arena, directory, "classes") &&
		is_folder_in(arena, directory, "test-classes")) ||
	       (is_folder_in(arena, directory, "bin/main") &&
		is_folder_in(arena, directory, "bin/test"));
}

static bool has_build_file(struct arena *arena, const char *directory)
{
	for (size_t i = 0; i < N(build_files); i++)
		if (file_exists(arena_strfmt(arena, "%s/%s", directory, build_files[i])))
			return true;
	return false;
}

/* Above it nothing belongs to the project: a repository's top, or a directory
 * where a build file may be anybody's. */
static bool is_border(struct arena *arena, const char *directory)
{
	return file_is_shared(directory) || file_exists(arena_strfmt(arena, "%s/.git", directory));
}

/* Maven's, in a project: tests find their files from there. */
static bool is_output(struct arena *arena, const char *directory)
{
	return !strcmp(file_name(directory), "target") && !is_border(arena, directory) &&
	       !file_is_shared(file_parent(arena, directory));
}

const char *layout_find_base(struct arena *arena, const char *path)
{
	const char *at = file_is_directory(path) ? path : file_parent(arena, path);

	for (; strcmp(at, "/"); at = file_parent(arena, at)) {
		if (file_is_shared(at) && strcmp(at, path))
			return NULL;
		if (has_build_file(arena, at) || (has_classes(arena, at) && !is_output(arena, at)))
			return at;
		if (is_border(arena, at))
			return NULL;
	}
	return NULL;
}

static bool names_modules(struct arena *arena, const char *directory)
{
	struct err unreadable = ERR_INIT;
	struct span pom;

	if (file_exists(arena_strfmt(arena, "%s/settings.gradle", directory)) ||
	    file_exists(arena_strfmt(arena, "%s/settings.gradle.kts", directory)))
		return true;
	return file_read(arena, arena_strfmt(arena, "%s/pom.xml", directory), POM_MAX, &pom,
			 &unreadable) == ERR_OK &&
	       memmem(pom.bytes, pom.len, "<module>", 8);
}

const char *layout_find_enclosing(struct arena *arena, const char *base)
{
	const char *at = base, *found = NULL;

	for (unsigned gap = 0; gap < ENCLOSING_MAX; gap++) {
		if (is_border(arena, at) || !strcmp(at, "/"))
			break;
		at = file_parent(arena, at);
		if (!file_is_shared(at) && names_modules(arena, at)) {
			found = at;
			gap = 0;
		}
	}
	return found;
}

bool layout_is_test_source(const char *source_root, const char *base)
{
	const char *below = file_below(source_root, base);

	if (!below)
		return strstr(source_root, "/src/test/") != NULL;
	return !strncmp(below, "src/test/", 9) || strstr(below, "/src/test/") ||
	       !strcmp(below, "test") || !strcmp(below, "tests");
}

struct growing {
	struct arena *arena;
	struct poms *poms;
	struct layout *layout;
	unsigned size_roots, size_sources;
};

static void add_root(struct growing *growing, const char *path, bool is_test, bool is_mixed)
{
	struct layout *layout = growing->layout;

	if (layout->n_roots == ROOTS_MAX)
		return;
	if (layout->n_roots == growing->size_roots) {
		growing->size_roots = growing->size_roots ? 2 * growing->size_roots : 8;
		layout->roots = arena_grow(growing->arena, layout->roots, layout->n_roots,
					   growing->size_roots, sizeof(*layout->roots));
	}
	layout->roots[layout->n_roots++] = (struct layout_root){ path, is_test, is_mixed };
}

static void add_source_root(struct growing *growing, const char *path)
{
	struct layout *layout = growing->layout;

	for (unsigned i = 0; i < layout->n_source_roots; i++)
		if (!strcmp(layout->source_roots[i], path))
			return;
	if (layout->n_source_roots == ROOTS_MAX || !file_is_directory(path))
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
static void add_roots_in(struct growing *growing, const char *path, bool is_test)
{
	DIR *directory = opendir(path);
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		const char *root = arena_strfmt(growing->arena, "%s/%s", path, entry->d_name);

		if (entry->d_name[0] != '.' && file_is_directory(root))
			add_root(growing, root, is_test, false);
	}
	if (directory)
		closedir(directory);
}

/* Eclipse puts everything into bin, tests too. */
static void read_eclipse(struct growing *growing, const char *module)
{
	const char *bin = arena_strfmt(growing->arena, "%s/bin", module);

	if (!file_exists(arena_strfmt(growing->arena, "%s/.classpath", module)) ||
	    !file_is_directory(bin))
		return;
	add_root(growing, bin, false, true);
	if (!growing->layout->name)
		growing->layout->name = "plain";
}

static bool has_root(const struct layout *layout, const char *path)
{
	for (unsigned i = 0; i < layout->n_roots; i++)
		if (!strcmp(layout->roots[i].path, path))
			return true;
	return false;
}

/* Where the module's pom.xml says that classes and sources are, if it is not the usual place. */
static void read_pom(struct growing *growing, const char *module)
{
	static const struct { const char *property; bool is_classes, is_test; } places[] = {
		{ "project.build.testOutputDirectory", true, true },
		{ "project.build.outputDirectory", true, false },
		{ "project.build.sourceDirectory", false, false },
		{ "project.build.testSourceDirectory", false, true },
	};
	const struct pom *pom = pom_read(growing->poms, arena_strfmt(growing->arena, "%s/pom.xml", module));

	for (size_t i = 0; pom && i < N(places); i++) {
		const char *path = pom_property(pom, places[i].property);

		if (!path || !file_is_directory(path) || file_below(module, path))
			continue;	/* around the module there is more than it */
		if (!places[i].is_classes) {
			add_source_root(growing, path);
		} else if (!has_root(growing->layout, path)) {
			add_root(growing, path, places[i].is_test, false);
			growing->layout->name = growing->layout->name ? growing->layout->name : "maven";
		}
	}
}

static void read_module(struct growing *growing, const char *module)
{
	unsigned first_root = growing->layout->n_roots;
	unsigned first_source = growing->layout->n_source_roots;

	for (size_t i = 0; i < N(class_roots); i++) {
		const char *path = arena_strfmt(growing->arena, "%s/%s", module, class_roots[i].path);

		if (!file_is_directory(path))
			continue;
		if (!growing->layout->name)
			growing->layout->name = class_roots[i].name;
		if (!strncmp(class_roots[i].path, "out/", 4))
			add_roots_in(growing, path, class_roots[i].is_test);
		else
			add_root(growing, path, class_roots[i].is_test, false);
	}
	read_pom(growing, module);
	if (growing->layout->n_roots == first_root)
		read_eclipse(growing, module);
	for (size_t i = 0; i < N(source_roots); i++)
		add_source_root(growing, arena_strfmt(growing->arena, "%s/%s", module, source_roots[i]));
	if (growing->layout->n_source_roots > first_source)
		return;
	for (size_t i = 0; i < N(plain_source_roots); i++)
		add_source_root(growing, arena_strfmt(growing->arena, "%s/%s", module, plain_source_roots[i]));
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
		    !(has_build_file(growing->arena, path) || has_classes(growing->arena, path)))
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

void layout_read(struct poms *poms, const char *base, struct layout *ret)
{
	struct growing growing = { poms->arena, poms, ret, 0, 0 };

	memset(ret, 0, sizeof(*ret));
	read_modules(&growing, base, 0);
	if (ret->n_roots)
		qsort(ret->roots, ret->n_roots, sizeof(*ret->roots), tests_first);
}
