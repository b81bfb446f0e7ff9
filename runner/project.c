#include "runner/project.h"

#include <fnmatch.h>
#include <string.h>

#include "classfile/class.h"
#include "runner/class_table.h"
#include "runner/files.h"
#include "runner/layout.h"
#include "runner/libraries.h"
#include "runner/source.h"
#include "runner/stale.h"
#include "runner/target.h"

#define CLASS_MAX ((size_t)16 << 20)
#define SUPERCLASSES_MAX 100	/* looked at above a class */

struct resolution {
	struct arena *arena;
	const struct project_request *request;
	struct project *project;
	struct target *targets, *tests;	/* [request->n_targets], [request->n_tests] */
	struct class_table table;
	uint32_t n_test_roots;		/* roots that --tests brought, the first ones */
	bool *covered;			/* [table.n] by a target */
	bool *named_tests;		/* [table.n] by --tests */
	struct text_list bases, libraries, looked_at, sources, source_roots;
	const char *directory;
};

static void look(struct resolution *r, const char *line)
{
	text_list_add(r->arena, &r->looked_at, line);
}

/* ---- what was named ---- */

static enum err_code read_named(struct resolution *r, const char *const *typed, uint32_t n,
				struct target **ret, struct err *err)
{
	*ret = ARENA_NEW_N(r->arena, struct target, n);
	for (uint32_t i = 0; i < n; i++)
		TRY(target_read(r->arena, typed[i], &(*ret)[i], err));
	return ERR_OK;
}

/* ---- roots ---- */

static void add_root(struct resolution *r, const char *path, const char *only, bool is_test,
		     bool is_mixed)
{
	struct err gone = ERR_INIT;
	struct root root = { path, path, only, is_test, is_mixed };

	if (file_absolute(r->arena, path, &root.path, &gone) == ERR_OK)
		class_table_add_root(&r->table, root);
}

/* Where the package of a class file starts, and which folder there is its own:
 * "/x" and "a" for /x/a/b/C.class when the class is a.b.C; its own directory and
 * "" where that does not fit. */
static enum err_code root_of_class(struct resolution *r, const char *path, const char **ret,
				   const char **ret_only, struct err *err)
{
	struct arena local = ARENA_INIT;
	struct project_class known = { NULL };
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
	struct resolution *r;
	const char *directory;
	bool is_test, found;
	uint32_t first_root;
};

/* Each class that lies in no root found before brings its own. */
static bool hear_class(void *context, const char *path)
{
	struct root_search *search = context;
	struct resolution *r = search->r;
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
	add_root(r, root, file_below(root, search->directory) ? NULL : only, search->is_test,
		 !search->is_test);
	return true;
}

static bool hear_jar(void *context, const char *path)
{
	struct root_search *search = context;

	if (file_has_suffix(path, ".jar")) {
		add_root(search->r, path, NULL, search->is_test, !search->is_test);
		search->found = true;
	}
	return true;
}

/* The roots of the class files below a directory, else the jars in it. */
static enum err_code add_roots_below(struct resolution *r, const char *directory, bool is_test,
				     struct err *err)
{
	struct root_search search = { r, directory, is_test, false, r->table.n_roots };

	TRY(files_walk(directory, hear_class, &search, err));
	if (!search.found)
		TRY(files_walk_flat(directory, hear_jar, &search, err));
	return ERR_OK;
}

static bool holds_a_target(const struct resolution *r, const char *directory)
{
	for (uint32_t i = 0; i < r->request->n_targets; i++)
		if (file_below(r->targets[i].path, directory))
			return true;
	return false;
}

/* Directories and jars of --tests hold nothing but tests, unless what is to be
 * mutated lies there too. */
static enum err_code add_test_roots(struct resolution *r, struct err *err)
{
	for (uint32_t i = 0; i < r->request->n_tests; i++) {
		const struct target *tests = &r->tests[i];
		const char *root, *only;

		if (tests->kind == TARGET_CLASS) {
			TRY(root_of_class(r, tests->path, &root, &only, err));
			add_root(r, root, only, false, true);
		} else if (tests->kind == TARGET_JAR) {
			add_root(r, tests->path, NULL, !holds_a_target(r, tests->path), true);
		} else if (tests->kind == TARGET_DIRECTORY) {
			TRY(add_roots_below(r, tests->path, !holds_a_target(r, tests->path), err));
		}
	}
	r->n_test_roots = r->table.n_roots;
	return ERR_OK;
}

static void add_layout(struct resolution *r, const char *base)
{
	struct layout layout;

	layout_read(r->arena, base, &layout);
	for (unsigned i = 0; i < layout.n_roots; i++) {
		add_root(r, layout.roots[i].path, NULL, layout.roots[i].is_test,
			 layout.roots[i].is_mixed);
		look(r, arena_strfmt(r->arena, "%s (%s)", layout.roots[i].path,
				     layout.roots[i].is_test ? "tests" : "classes"));
	}
	for (unsigned i = 0; i < layout.n_source_roots; i++)
		text_list_add(r->arena, &r->source_roots, layout.source_roots[i]);
	if (layout.name)
		r->project->layout = layout.name;
}

/* A module's classes may need those of its siblings. */
static void add_siblings(struct resolution *r, const char *base)
{
	const char *whole = layout_find_enclosing(r->arena, base);
	struct layout layout;

	if (!whole)
		return;
	layout_read(r->arena, whole, &layout);
	for (unsigned i = 0; i < layout.n_roots; i++)
		if (!layout.roots[i].is_test)
			add_root(r, layout.roots[i].path, NULL, false, false);
	look(r, arena_strfmt(r->arena, "%s (modules beside it)", whole));
}

static void add_base(struct resolution *r, const char *path)
{
	const char *base = layout_find_base(r->arena, path);

	if (!base)
		return;
	for (uint32_t i = 0; i < r->bases.n; i++)
		if (!strcmp(r->bases.items[i], base))
			return;
	text_list_add(r->arena, &r->bases, base);
	add_layout(r, base);
}

/* A target that no root found so far holds brings its own. */
static enum err_code add_own_root(struct resolution *r, const struct target *target, struct err *err)
{
	const char *root = NULL, *only = NULL;

	for (uint32_t i = 0; i < r->table.n_roots; i++)
		if (file_below(target->path, r->table.roots[i].path) ||
		    file_below(r->table.roots[i].path, target->path))
			return ERR_OK;
	if (target->kind == TARGET_DIRECTORY)
		return add_roots_below(r, target->path, false, err);
	if (target->kind == TARGET_CLASS)
		TRY(root_of_class(r, target->path, &root, &only, err));
	else if (target->kind == TARGET_JAR)
		root = target->path;
	if (root)
		add_root(r, root, only, false, true);
	return ERR_OK;
}

static enum err_code add_roots(struct resolution *r, struct err *err)
{
	const struct project_request *request = r->request;

	TRY(add_test_roots(r, err));
	for (uint32_t i = 0; i < request->n_targets; i++)
		add_base(r, r->targets[i].path);
	for (uint32_t i = 0; i < request->n_tests; i++)
		if (r->tests[i].kind == TARGET_SOURCE)
			add_base(r, r->tests[i].path);
	for (uint32_t i = 0; i < request->n_targets; i++)
		TRY(add_own_root(r, &r->targets[i], err));
	for (uint32_t i = 0; i < r->bases.n; i++)
		add_siblings(r, r->bases.items[i]);
	return ERR_OK;
}

/* ---- matching what was named with the classes ---- */

static enum err_code match(struct resolution *r, struct err *err)
{
	r->covered = ARENA_NEW_N(r->arena, bool, r->table.n);
	r->named_tests = ARENA_NEW_N(r->arena, bool, r->table.n);
	for (uint32_t i = 0; i < r->request->n_targets; i++)
		TRY(target_match(&r->targets[i], &r->table, r->covered, err));
	for (uint32_t i = 0; i < r->request->n_tests; i++) {
		struct target *tests = &r->tests[i];
		bool is_file = tests->kind == TARGET_SOURCE || tests->kind == TARGET_CLASS;

		TRY(target_match(tests, &r->table,
				 is_file ? r->named_tests : ARENA_NEW_N(r->arena, bool, r->table.n), err));
	}
	return ERR_OK;
}

/* Classes of a source may lie beside it, or along --classpath. There, its other
 * directories are the project's too, and its tests may be in them. */
static bool add_holders(struct resolution *r, const struct target *source)
{
	const char *root = source->package
		? source_root(r->arena, source->path, source->package) : NULL;
	uint32_t before = r->table.n_roots;

	if (root && source_has_classes_in(source->path, source->package, root))
		add_root(r, root, arena_strndup(r->arena, source->package,
						strcspn(source->package, ".")), false, true);
	for (uint32_t i = 0; i < r->libraries.n; i++)
		if (source_has_classes_in(source->path, source->package, r->libraries.items[i]))
			add_root(r, r->libraries.items[i], NULL, false, true);
	if (r->table.n_roots == before)
		return false;
	for (uint32_t i = 0; i < r->libraries.n; i++)
		if (file_is_directory(r->libraries.items[i]))
			add_root(r, r->libraries.items[i], NULL, false, true);
	return true;
}

static enum err_code match_elsewhere(struct resolution *r, struct err *err)
{
	bool is_more = false;

	for (uint32_t i = 0; i < r->request->n_targets + r->request->n_tests; i++) {
		const struct target *target = i < r->request->n_targets
			? &r->targets[i] : &r->tests[i - r->request->n_targets];

		if (!target->is_matched && target->kind == TARGET_SOURCE)
			is_more |= add_holders(r, target);
	}
	if (!is_more)
		return ERR_OK;
	TRY(class_table_read(&r->table, err));
	return match(r, err);
}

static const struct target *first_unmatched(const struct target *targets, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!targets[i].is_matched)
			return &targets[i];
	return NULL;
}

/* ---- what is a test, what is to be mutated ---- */

static bool matches_any(const char *name, const char *const *globs, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!fnmatch(globs[i], name, 0))
			return true;
	return false;
}

/* The class that a nested one lies in. */
static uint32_t outermost(const struct resolution *r, const char *name)
{
	const char *dollar = strchr(name + 1, '$');
	struct arena local = ARENA_INIT;
	uint32_t number;

	if (!dollar)
		return CLASS_NONE;
	number = class_table_find(&r->table, arena_strndup(&local, name, (size_t)(dollar - name)));
	arena_release(&local);
	return number;
}

/* Itself, or a superclass in the project. */
static bool is_kind_of_test(const struct resolution *r, uint32_t number)
{
	for (unsigned n = 0; number != CLASS_NONE && n < SUPERCLASSES_MAX; n++) {
		const struct seen *seen = &r->table.seen[number];

		if (seen->looks_like_test || r->named_tests[number])
			return true;
		number = seen->super ? class_table_find(&r->table, seen->super) : CLASS_NONE;
	}
	return false;
}

static bool lies_in_test_source(const struct text_list *source_roots, const char *base,
				const struct seen *seen)
{
	struct arena local = ARENA_INIT;
	bool found = false;

	for (uint32_t i = 0; i < source_roots->n && !found && *seen->source_file; i++) {
		char *folder = arena_strdup(&local, seen->package);

		for (char *c = folder; *c; c++)
			if (*c == '.')
				*c = '/';
		found = layout_is_test_source(source_roots->items[i], base) &&
			file_exists(arena_strfmt(&local, "%s/%s/%s", source_roots->items[i],
						 folder, seen->source_file));
	}
	arena_release(&local);
	return found;
}

static bool is_test(const struct resolution *r, uint32_t number)
{
	const struct project_class *class = &r->table.classes[number];
	const struct root *root = &r->table.roots[class->root];

	if (root->is_test || r->named_tests[number])
		return true;
	return root->is_mixed &&
	       (is_kind_of_test(r, number) || is_kind_of_test(r, outermost(r, class->name)) ||
		lies_in_test_source(&r->source_roots, r->directory, &r->table.seen[number]));
}

static bool is_wanted_test(const struct project_request *request, const char *name)
{
	return (!request->n_include_tests ||
		matches_any(name, request->include_tests, request->n_include_tests)) &&
	       !matches_any(name, request->exclude_tests, request->n_exclude_tests);
}

static bool is_wanted_target(const struct project_request *request, const char *name)
{
	return !matches_any(name, request->exclude, request->n_exclude);
}

/* A source or class file that was named, and is nothing but tests. */
static enum err_code check_targets(const struct resolution *r, const bool *is_tests, struct err *err)
{
	for (uint32_t i = 0; i < r->request->n_targets; i++) {
		bool *covered = ARENA_NEW_N(r->arena, bool, r->table.n), any = false;

		if (r->targets[i].kind != TARGET_SOURCE && r->targets[i].kind != TARGET_CLASS)
			continue;
		TRY(target_match(&r->targets[i], &r->table, covered, err));
		for (uint32_t k = 0; k < r->table.n; k++)
			any |= covered[k] && !is_tests[k];
		if (!any)
			return err_set(err, ERR_USAGE, "%s: is a test; name what is to be mutated",
				       r->targets[i].typed);
	}
	return ERR_OK;
}

static enum err_code decide(struct resolution *r, struct err *err)
{
	bool *is_tests = ARENA_NEW_N(r->arena, bool, r->table.n);

	for (uint32_t i = 0; i < r->table.n; i++) {
		struct project_class *class = &r->table.classes[i];

		is_tests[i] = is_test(r, i);
		class->is_test = is_tests[i] && is_wanted_test(r->request, class->name);
		class->is_target = r->covered[i] && !is_tests[i] &&
				   is_wanted_target(r->request, class->name);
	}
	return check_targets(r, is_tests, err);
}

/* ---- nothing compiled: sources ---- */

/* In one of the project's own source roots, or around it. */
static bool lies_in_source_root(const struct resolution *r, const char *path, uint32_t n_roots)
{
	for (uint32_t i = 0; i < n_roots; i++)
		if (file_below(path, r->source_roots.items[i]) ||
		    file_below(r->source_roots.items[i], path))
			return true;
	return false;
}

/* Whether the targets are to be compiled: Java sources, in a project with no
 * classes at all, or outside of where its sources lie. */
static bool are_to_be_compiled(const struct resolution *r)
{
	bool is_compiled = false;

	for (uint32_t i = 0; i < r->table.n; i++)
		is_compiled |= r->table.classes[i].root >= r->n_test_roots;
	for (uint32_t i = 0; i < r->request->n_targets; i++) {
		const struct target *target = &r->targets[i];

		if (target->is_matched || (target->kind != TARGET_DIRECTORY &&
					   !(target->kind == TARGET_SOURCE && source_is_java(target->path))))
			return false;
		if (is_compiled && r->bases.n &&
		    (!r->source_roots.n || lies_in_source_root(r, target->path, r->source_roots.n)))
			return false;
	}
	return true;
}

static enum err_code find_sources(struct resolution *r, struct err *err)
{
	bool in_layout = false;
	uint32_t n_roots;

	for (uint32_t i = 0; i < r->request->n_targets; i++)
		in_layout |= lies_in_source_root(r, r->targets[i].path, r->source_roots.n);
	if (!in_layout)
		r->source_roots.n = 0;
	n_roots = r->source_roots.n;
	for (uint32_t i = 0; i < n_roots; i++)
		TRY(source_add_company(r->arena, r->source_roots.items[i], &r->sources, err));
	for (uint32_t i = 0; i < r->request->n_targets; i++) {
		const struct target *target = &r->targets[i];
		const char *root = target->path;

		if (lies_in_source_root(r, target->path, n_roots))
			continue;
		TRY(source_add_company(r->arena, target->path, &r->sources, err));
		if (target->kind == TARGET_SOURCE)
			root = source_root(r->arena, target->path, target->package);
		text_list_add(r->arena, &r->source_roots,
			      root ? root : file_parent(r->arena, target->path));
	}
	for (uint32_t i = 0; i < r->request->n_tests; i++)
		if (r->tests[i].kind == TARGET_SOURCE)
			text_list_add(r->arena, &r->sources, r->tests[i].path);
		else if (r->tests[i].kind == TARGET_DIRECTORY)
			TRY(source_add_company(r->arena, r->tests[i].path, &r->sources, err));
	source_settle(&r->sources);
	return ERR_OK;
}

/* Resources lie beside the sources: src/main/resources. */
static void add_resources(struct resolution *r)
{
	for (uint32_t i = 0; i < r->source_roots.n; i++) {
		const char *root = r->source_roots.items[i];
		const char *resources = arena_strfmt(r->arena, "%s/resources",
						     file_parent(r->arena, root));

		if (!strcmp(file_name(root), "java") && file_is_directory(resources))
			add_root(r, resources, NULL, false, true);
	}
}

/* Only the compiled classes of --tests stay. */
static enum err_code choose_sources(struct resolution *r, struct err *err)
{
	if (!lies_in_source_root(r, r->targets[0].path, r->source_roots.n))
		r->bases.n = 0;
	TRY(find_sources(r, err));
	if (!r->sources.n)
		return target_unmatched(&r->targets[0], &r->table, r->project->layout, err);
	if (!r->bases.n)
		r->directory = r->source_roots.items[0];
	class_table_forget(&r->table, r->n_test_roots);
	TRY(class_table_read(&r->table, err));
	for (uint32_t i = 0; i < r->table.n; i++)
		r->table.classes[i].is_test = is_wanted_test(r->request, r->table.classes[i].name);
	add_resources(r);
	/* A place on the class path for resources, and the root of what is compiled. */
	add_root(r, r->directory, NULL, false, true);
	r->project->layout = "sources";
	r->project->sources = r->sources.items;
	r->project->n_sources = r->sources.n;
	look(r, arena_strfmt(r->arena, "%u Java sources, compiled in memory", r->sources.n));
	return ERR_OK;
}

static bool is_nested_in(const char *name, const char *outer)
{
	size_t len = strlen(outer);

	return !strncmp(name, outer, len) && name[len] == '$';
}

/* What is nested in a test belongs to it, whichever the compiler delivers first. */
static void follow_outermost(struct project *project, struct project_class *added)
{
	for (uint32_t i = 0; i < project->n_classes; i++) {
		struct project_class *class = &project->classes[i];

		if (class->is_test && is_nested_in(added->name, class->name))
			added->is_test = true;
		if (added->is_test && is_nested_in(class->name, added->name)) {
			class->is_test = true;
			class->is_target = false;
		}
	}
}

/* The source among those compiled that a class comes from, or NULL. */
static const char *source_of(const struct project *project, const struct seen *seen)
{
	const char *found = NULL;

	for (uint32_t i = 0; i < project->n_sources; i++) {
		const char *path = project->sources[i];

		if (strcmp(file_name(path), seen->source_file))
			continue;
		if (source_fits_package(path, NULL, seen->package) && *seen->package)
			return path;
		if (!found || !*seen->package)
			found = path;
	}
	return found;
}

/* Whether one of the paths that were named is the source or lies around it. */
static bool is_named(struct arena *arena, const char *const *typed, uint32_t n, const char *source)
{
	for (uint32_t i = 0; i < n && source; i++) {
		struct err gone = ERR_INIT;
		const char *path;

		if (file_absolute(arena, typed[i], &path, &gone) == ERR_OK &&
		    file_below(source, path))
			return true;
	}
	return false;
}

void project_add_compiled(struct arena *arena, struct project *project,
			  const struct project_request *request,
			  const char *name, struct span bytes)
{
	struct text_list source_roots = { (const char **)project->source_roots,
					  project->n_source_roots, project->n_source_roots };
	struct project_class added = { .bytes = bytes, .root = project->n_roots - 1 };
	struct arena local = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	const char *source;
	struct seen seen;

	added.what = arena_strfmt(arena, "%s (compiled)", name);
	if (class_parse(&local, bytes, added.what, &class, &err) != ERR_OK ||
	    (class->access & ACCESS_MODULE))
		goto out;
	class_table_see(arena, class, &added, &seen);
	source = source_of(project, &seen);
	added.is_test = seen.looks_like_test ||
			is_named(&local, request->tests, request->n_tests, source) ||
			lies_in_test_source(&source_roots, project->directory, &seen);
	follow_outermost(project, &added);
	added.is_target = !added.is_test && is_wanted_target(request, added.name) &&
			  is_named(&local, request->targets, request->n_targets, source);
	added.is_test &= is_wanted_test(request, added.name);
	/* There is room up to the next power of two, as class_table_read() leaves it. */
	if (!project->n_classes || (project->n_classes >= CLASS_TABLE_ROOM &&
				    !(project->n_classes & (project->n_classes - 1))))
		project->classes = arena_grow(arena, project->classes, project->n_classes,
					      project->n_classes ? 2 * (size_t)project->n_classes
								 : CLASS_TABLE_ROOM,
					      sizeof(*project->classes));
	project->classes[project->n_classes++] = added;
out:
	arena_release(&local);
}

/* ---- the whole ---- */

static void find_libraries(struct resolution *r)
{
	if (r->request->classpath)
		look(r, arena_strfmt(r->arena, "--classpath: %u entries", r->libraries.n));
	else if (!r->bases.n)
		libraries_find(r->arena, r->directory, &r->libraries, &r->looked_at);
	for (uint32_t i = 0; !r->request->classpath && i < r->bases.n; i++)
		libraries_find(r->arena, r->bases.items[i], &r->libraries, &r->looked_at);
	libraries_add_engines(r->arena, &r->libraries, &r->looked_at);
}

static bool is_root(const struct resolution *r, const char *path)
{
	for (uint32_t i = 0; i < r->table.n_roots; i++)
		if (!strcmp(r->table.roots[i].path, path))
			return true;
	return false;
}

static void keep(struct resolution *r)
{
	struct project *project = r->project;
	const char **roots = ARENA_NEW_N(r->arena, const char *, r->table.n_roots);
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->table.n_roots; i++)
		roots[i] = r->table.roots[i].path;
	for (uint32_t i = 0; i < r->libraries.n; i++)
		if (!is_root(r, r->libraries.items[i]))
			r->libraries.items[n++] = r->libraries.items[i];
	project->directory = r->directory;
	project->roots = roots;
	project->n_roots = r->table.n_roots;
	project->classes = r->table.classes;
	project->n_classes = r->table.n;
	project->libraries = r->libraries.items;
	project->n_libraries = n;
	project->source_roots = r->source_roots.items;
	project->n_source_roots = r->source_roots.n;
	project->looked_at = r->looked_at.items;
	project->n_looked_at = r->looked_at.n;
}

/* From what was named to every class there is. */
static enum err_code read_all(struct resolution *r, struct err *err)
{
	const struct project_request *request = r->request;
	const struct target *first;

	TRY(read_named(r, request->targets, request->n_targets, &r->targets, err));
	TRY(read_named(r, request->tests, request->n_tests, &r->tests, err));
	TRY(libraries_parse(r->arena, request->classpath, &r->libraries, err));
	TRY(add_roots(r, err));
	first = &r->targets[0];
	r->directory = r->bases.n ? r->bases.items[0] : first->kind == TARGET_DIRECTORY
		? first->path : file_parent(r->arena, first->path);
	for (uint32_t i = 0; i < request->n_targets; i++)
		if (r->targets[i].kind == TARGET_CLASS)
			text_list_add(r->arena, &r->table.named, r->targets[i].path);
	TRY(class_table_read(&r->table, err));
	TRY(match(r, err));
	return match_elsewhere(r, err);
}

enum err_code project_resolve(struct arena *arena, const struct project_request *request,
			      struct project *ret, struct err *err)
{
	struct resolution r = { .arena = arena, .request = request, .project = ret };
	const struct target *missed;

	memset(ret, 0, sizeof(*ret));
	ret->layout = "plain";
	if (!request->n_targets)
		return err_set(err, ERR_USAGE, "no target: name a source file, class, jar, directory or project");
	r.table.arena = arena;
	r.table.looked_at = &r.looked_at;
	TRY(read_all(&r, err));
	missed = first_unmatched(r.targets, request->n_targets);
	if (missed && are_to_be_compiled(&r)) {
		TRY(choose_sources(&r, err));
	} else {
		if (!missed)
			missed = first_unmatched(r.tests, request->n_tests);
		if (missed)
			return target_unmatched(missed, &r.table, ret->layout, err);
		TRY(decide(&r, err));
	}
	stale_look(arena, &r.table, &r.source_roots, &r.looked_at);
	find_libraries(&r);
	keep(&r);
	return ERR_OK;
}
