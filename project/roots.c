#include "project/roots.h"

#include <string.h>

#include "classfile/class.h"
#include "project/files.h"
#include "project/layout.h"
#include "project/source.h"

#define CLASS_MAX ((size_t)16 << 20)

static void look(struct roots *r, const char *line)
{
	text_list_add(r->arena, &r->looked_at, line);
}

void roots_add(struct roots *r, const char *path, const char *only, bool is_test, bool is_mixed)
{
	struct err gone = ERR_INIT;
	struct root root = { path, path, only, is_test, is_mixed };

	if (file_absolute(r->arena, path, &root.path, &gone) == ERR_OK)
		class_table_add_root(&r->table, root);
}

/* Where the package of a class file starts, and which folder there is its own:
 * "/x" and "a" for /x/a/b/C.class when the class is a.b.C; its own directory and
 * "" where that does not fit. */
static enum err_code root_of_class(struct roots *r, const char *path, const char **ret,
				   const char **ret_only, struct err *err)
{
	struct arena local = ARENA_INIT;
	struct project_class known = { .name = NULL };
	struct seen seen;
	struct span bytes;
	struct class *class;
	enum err_code code = file_read(&local, path, CLASS_MAX, &bytes, err);

	if (code == ERR_OK)
		code = class_parse(&local, bytes, path, &class, err);
	if (code != ERR_OK)
		goto out;
	class_table_see(&local, class, &known, &seen);
	*ret = source_root(r->arena, path, seen.package);
	*ret_only = *ret ? arena_strndup(r->arena, seen.package, strcspn(seen.package, ".")) : "";
	if (!*ret)
		*ret = file_parent(r->arena, path);
out:
	arena_release(&local);
	return code;
}

struct root_search {
	struct roots *r;
	const char *directory;
	bool is_test, found;
	uint32_t first_root;
};

/* Each class that lies in no root found before brings its own. */
static bool hear_class(void *context, const char *path)
{
	struct root_search *search = context;
	struct roots *r = search->r;
	struct err broken = ERR_INIT;
	const char *root, *only;

	if (!file_has_suffix(path, ".class"))
		return true;
	for (uint32_t i = search->first_root; i < r->table.n_roots; i++)
		if (file_below(path, r->table.roots[i].path))
			return true;
	if (root_of_class(r, path, &root, &only, &broken) != ERR_OK)
		return true;
	search->found = true;
	/* A root above the directory: no more of it than the package's folder. */
	roots_add(r, root, file_below(root, search->directory) ? NULL : only, search->is_test,
		 !search->is_test);
	return true;
}

static bool hear_jar(void *context, const char *path)
{
	struct root_search *search = context;

	if (file_has_suffix(path, ".jar")) {
		roots_add(search->r, path, NULL, search->is_test, !search->is_test);
		search->found = true;
	}
	return true;
}

/* The roots of the class files below a directory, else the jars in it. */
static enum err_code add_roots_below(struct roots *r, const char *directory, bool is_test,
				     struct err *err)
{
	struct root_search search = { r, directory, is_test, false, r->table.n_roots };

	TRY(files_walk(directory, hear_class, &search, err));
	if (!search.found)
		TRY(files_walk_flat(directory, hear_jar, &search, err));
	return ERR_OK;
}

static bool holds_a_target(const struct roots *r, const char *directory)
{
	for (uint32_t i = 0; i < r->n_targets; i++)
		if (file_below(r->targets[i].path, directory))
			return true;
	return false;
}

/* Directories and jars of --tests hold nothing but tests, unless what is to be
 * mutated lies there too. */
static enum err_code add_test_roots(struct roots *r, struct err *err)
{
	for (uint32_t i = 0; i < r->n_tests; i++) {
		const struct target *tests = &r->tests[i];
		const char *root, *only;

		if (tests->kind == TARGET_CLASS) {
			TRY(root_of_class(r, tests->path, &root, &only, err));
			roots_add(r, root, only, false, true);
		} else if (tests->kind == TARGET_JAR) {
			roots_add(r, tests->path, NULL, !holds_a_target(r, tests->path), true);
		} else if (tests->kind == TARGET_DIRECTORY) {
			TRY(add_roots_below(r, tests->path, !holds_a_target(r, tests->path), err));
		}
	}
	r->n_test_roots = r->table.n_roots;
	return ERR_OK;
}

static void add_layout(struct roots *r, const char *base)
{
	struct layout layout;

	layout_read(&r->poms, base, &layout);
	for (unsigned i = 0; i < layout.n_roots; i++) {
		roots_add(r, layout.roots[i].path, NULL, layout.roots[i].is_test,
			 layout.roots[i].is_mixed);
		look(r, arena_strfmt(r->arena, "%s (%s)", layout.roots[i].path,
				     layout.roots[i].is_test ? "tests" : "classes"));
	}
	for (unsigned i = 0; i < layout.n_source_roots; i++)
		text_list_add(r->arena, &r->source_roots, layout.source_roots[i]);
	if (layout.name)
		r->layout = layout.name;
}

/* A module's classes may need those of its siblings. */
static void add_siblings(struct roots *r, const char *base)
{
	const char *whole = layout_find_enclosing(r->arena, base);
	struct layout layout;

	if (!whole)
		return;
	layout_read(&r->poms, whole, &layout);
	for (unsigned i = 0; i < layout.n_roots; i++)
		if (!layout.roots[i].is_test)
			roots_add(r, layout.roots[i].path, NULL, false, false);
	look(r, arena_strfmt(r->arena, "%s (modules beside it)", whole));
}

static void add_base(struct roots *r, const char *path)
{
	const char *base = layout_find_base(r->arena, path);

	if (!base || text_list_has(&r->bases, base))
		return;
	text_list_add(r->arena, &r->bases, base);
	add_layout(r, base);
}

/* Whether the file or folder lies in what the root stands for. */
static bool holds(const struct root *root, const char *path)
{
	const char *below = file_below(path, root->path);
	size_t len;

	if (!below || !root->only)
		return below != NULL;
	len = strlen(root->only);
	if (!len)
		return !strchr(below, '/');
	return !strncmp(below, root->only, len) && (!below[len] || below[len] == '/');
}

/* A target that no root found so far holds brings its own. */
static enum err_code add_own_root(struct roots *r, const struct target *target, struct err *err)
{
	const char *root = NULL, *only = NULL;

	for (uint32_t i = 0; i < r->table.n_roots; i++)
		if (holds(&r->table.roots[i], target->path) ||
		    file_below(r->table.roots[i].path, target->path))
			return ERR_OK;
	if (target->kind == TARGET_DIRECTORY)
		return add_roots_below(r, target->path, false, err);
	if (target->kind == TARGET_CLASS)
		TRY(root_of_class(r, target->path, &root, &only, err));
	else if (target->kind == TARGET_JAR)
		root = target->path;
	if (root)
		roots_add(r, root, only, false, true);
	return ERR_OK;
}

enum err_code roots_find(struct roots *r, struct err *err)
{
	TRY(add_test_roots(r, err));
	for (uint32_t i = 0; i < r->n_targets; i++)
		add_base(r, r->targets[i].path);
	for (uint32_t i = 0; i < r->n_tests; i++)
		if (r->tests[i].kind == TARGET_SOURCE)
			add_base(r, r->tests[i].path);
	for (uint32_t i = 0; i < r->n_targets; i++)
		TRY(add_own_root(r, &r->targets[i], err));
	for (uint32_t i = 0; i < r->bases.n; i++)
		add_siblings(r, r->bases.items[i]);
	return ERR_OK;
}
