#include "project/project.h"

#include <fnmatch.h>
#include <string.h>

#include "classfile/class.h"
#include "project/as_build.h"
#include "project/files.h"
#include "project/layout.h"
#include "project/libraries.h"
#include "project/roots.h"
#include "project/source.h"
#include "project/stale.h"

#define SUPERCLASSES_MAX 100	/* looked at above a class */

struct resolution {
	struct arena *arena;
	const struct project_request *request;
	struct project *project;
	struct roots roots;
	bool *covered;			/* [roots.table.n] by a target */
	bool *named_tests;		/* [roots.table.n] by --tests */
	struct text_list libraries, sources;
	const char *directory;
};

static void look(struct resolution *r, const char *line)
{
	text_list_add(r->arena, &r->roots.looked_at, line);
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

/* ---- matching what was named with the classes ---- */

static enum err_code match(struct resolution *r, struct err *err)
{
	r->covered = ARENA_NEW_N(r->arena, bool, r->roots.table.n);
	r->named_tests = ARENA_NEW_N(r->arena, bool, r->roots.table.n);
	for (uint32_t i = 0; i < r->request->n_targets; i++)
		TRY(target_match(&r->roots.targets[i], &r->roots.table, r->covered, err));
	for (uint32_t i = 0; i < r->request->n_tests; i++) {
		struct target *tests = &r->roots.tests[i];
		bool is_file = tests->kind == TARGET_SOURCE || tests->kind == TARGET_CLASS;

		TRY(target_match(tests, &r->roots.table,
				 is_file ? r->named_tests : ARENA_NEW_N(r->arena, bool, r->roots.table.n), err));
	}
	return ERR_OK;
}

/* Classes of a source may lie beside it, or along --classpath. There, its other
 * directories are the project's too, and its tests may be in them. */
static bool add_holders(struct resolution *r, const struct target *source)
{
	const char *root = source->package
		? source_root(r->arena, source->path, source->package) : NULL;
	uint32_t before = r->roots.table.n_roots;

	if (root && source_has_classes_in(source->path, source->package, root))
		roots_add(&r->roots, root, arena_strndup(r->arena, source->package,
						strcspn(source->package, ".")), false, true);
	for (uint32_t i = 0; i < r->libraries.n; i++)
		if (source_has_classes_in(source->path, source->package, r->libraries.items[i]))
			roots_add(&r->roots, r->libraries.items[i], NULL, false, true);
	if (r->roots.table.n_roots == before)
		return false;
	for (uint32_t i = 0; i < r->libraries.n; i++)
		if (file_is_directory(r->libraries.items[i]))
			roots_add(&r->roots, r->libraries.items[i], NULL, false, true);
	return true;
}

static enum err_code match_elsewhere(struct resolution *r, struct err *err)
{
	bool is_more = false;

	for (uint32_t i = 0; i < r->request->n_targets + r->request->n_tests; i++) {
		const struct target *target = i < r->request->n_targets
			? &r->roots.targets[i] : &r->roots.tests[i - r->request->n_targets];

		if (!target->is_matched && target->kind == TARGET_SOURCE)
			is_more |= add_holders(r, target);
	}
	if (!is_more)
		return ERR_OK;
	TRY(class_table_read(&r->roots.table, err));
	return match(r, err);
}

static const struct target *first_unmatched(const struct target *targets, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!targets[i].is_matched)
			return &targets[i];
	return NULL;
}

/* A file of --tests that stands for no class is a mistake. An empty directory
 * or jar is a place that was looked at: there may be no tests yet. */
static const struct target *first_missed_test(struct resolution *r)
{
	for (uint32_t i = 0; i < r->roots.n_tests; i++) {
		const struct target *tests = &r->roots.tests[i];

		if (tests->is_matched)
			continue;
		if (tests->kind != TARGET_DIRECTORY && tests->kind != TARGET_JAR)
			return tests;
		text_list_add(r->arena, &r->roots.looked_at,
			      arena_strfmt(r->arena, "%s (no classes)", tests->path));
	}
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

/* Itself, or a superclass in the project. */
static bool is_kind_of_test(const struct resolution *r, uint32_t number)
{
	for (unsigned n = 0; number != CLASS_NONE && n < SUPERCLASSES_MAX; n++) {
		const struct seen *seen = &r->roots.table.seen[number];

		if (seen->looks_like_test || r->named_tests[number])
			return true;
		number = seen->super ? class_table_find(&r->roots.table, seen->super) : CLASS_NONE;
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
	const struct project_class *class = &r->roots.table.classes[number];
	const struct root *root = &r->roots.table.roots[class->root];

	if (root->is_test || r->named_tests[number])
		return true;
	return root->is_mixed &&
	       (is_kind_of_test(r, number) || is_kind_of_test(r, class_table_outermost(&r->roots.table, class->name)) ||
		lies_in_test_source(&r->roots.source_roots, r->directory, &r->roots.table.seen[number]));
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
		bool *covered = ARENA_NEW_N(r->arena, bool, r->roots.table.n), any = false;

		if (r->roots.targets[i].kind != TARGET_SOURCE && r->roots.targets[i].kind != TARGET_CLASS)
			continue;
		TRY(target_match(&r->roots.targets[i], &r->roots.table, covered, err));
		for (uint32_t k = 0; k < r->roots.table.n; k++)
			any |= covered[k] && !is_tests[k];
		if (!any)
			return err_set(err, ERR_USAGE, "%s: is a test; name what is to be mutated",
				       r->roots.targets[i].typed);
	}
	return ERR_OK;
}

static enum err_code decide(struct resolution *r, struct err *err)
{
	bool *is_tests = ARENA_NEW_N(r->arena, bool, r->roots.table.n);

	for (uint32_t i = 0; i < r->roots.table.n; i++) {
		struct project_class *class = &r->roots.table.classes[i];

		is_tests[i] = is_test(r, i);
		class->is_test = is_tests[i] && is_wanted_test(r->request, class->name);
		class->is_target = r->covered[i] && !is_tests[i] &&
				   is_wanted_target(r->request, class->name);
	}
	if (!r->request->n_include_tests)
		as_build_leave_out(&r->roots, r->named_tests);
	return check_targets(r, is_tests, err);
}

/* ---- nothing compiled: sources ---- */

/* In one of the project's own source roots, or around it. */
static bool lies_in_source_root(const struct resolution *r, const char *path, uint32_t n_roots)
{
	for (uint32_t i = 0; i < n_roots; i++)
		if (file_below(path, r->roots.source_roots.items[i]) ||
		    file_below(r->roots.source_roots.items[i], path))
			return true;
	return false;
}

/* Whether the targets are to be compiled: Java sources, in a project with no
 * classes at all, or outside of where its sources lie. */
static bool are_to_be_compiled(const struct resolution *r)
{
	bool is_compiled = false;

	for (uint32_t i = 0; i < r->roots.table.n; i++)
		is_compiled |= r->roots.table.classes[i].root >= r->roots.n_test_roots;
	for (uint32_t i = 0; i < r->request->n_targets; i++) {
		const struct target *target = &r->roots.targets[i];

		if (target->is_matched || (target->kind != TARGET_DIRECTORY &&
					   !(target->kind == TARGET_SOURCE && source_is_java(target->path))))
			return false;
		if (is_compiled && r->roots.bases.n &&
		    (!r->roots.source_roots.n || lies_in_source_root(r, target->path, r->roots.source_roots.n)))
			return false;
	}
	return true;
}

static enum err_code find_sources(struct resolution *r, struct err *err)
{
	bool in_layout = false;
	uint32_t n_roots;

	for (uint32_t i = 0; i < r->request->n_targets; i++)
		in_layout |= lies_in_source_root(r, r->roots.targets[i].path, r->roots.source_roots.n);
	if (!in_layout)
		r->roots.source_roots.n = 0;
	n_roots = r->roots.source_roots.n;
	for (uint32_t i = 0; i < n_roots; i++)
		TRY(source_add_company(r->arena, r->roots.source_roots.items[i], &r->sources, err));
	for (uint32_t i = 0; i < r->request->n_targets; i++) {
		const struct target *target = &r->roots.targets[i];
		const char *root = target->path;

		if (lies_in_source_root(r, target->path, n_roots))
			continue;
		TRY(source_add_company(r->arena, target->path, &r->sources, err));
		if (target->kind == TARGET_SOURCE)
			root = source_root(r->arena, target->path, target->package);
		text_list_add(r->arena, &r->roots.source_roots,
			      root ? root : file_parent(r->arena, target->path));
	}
	for (uint32_t i = 0; i < r->request->n_tests; i++)
		if (r->roots.tests[i].kind == TARGET_SOURCE)
			text_list_add(r->arena, &r->sources, r->roots.tests[i].path);
		else if (r->roots.tests[i].kind == TARGET_DIRECTORY)
			TRY(source_add_company(r->arena, r->roots.tests[i].path, &r->sources, err));
	source_settle(&r->sources);
	return ERR_OK;
}

/* Resources lie beside the sources: src/main/resources. */
static void add_resources(struct resolution *r)
{
	for (uint32_t i = 0; i < r->roots.source_roots.n; i++) {
		const char *root = r->roots.source_roots.items[i];
		const char *resources = arena_strfmt(r->arena, "%s/resources",
						     file_parent(r->arena, root));

		if (!strcmp(file_name(root), "java") && file_is_directory(resources))
			roots_add(&r->roots, resources, NULL, false, true);
	}
}

/* Only the compiled classes of --tests stay. */
static enum err_code choose_sources(struct resolution *r, struct err *err)
{
	if (!lies_in_source_root(r, r->roots.targets[0].path, r->roots.source_roots.n))
		r->roots.bases.n = 0;
	TRY(find_sources(r, err));
	if (!r->sources.n)
		return target_unmatched(&r->roots.targets[0], &r->roots.table, r->roots.layout, err);
	if (!r->roots.bases.n)
		r->directory = r->roots.source_roots.items[0];
	class_table_forget(&r->roots.table, r->roots.n_test_roots);
	TRY(class_table_read(&r->roots.table, err));
	for (uint32_t i = 0; i < r->roots.table.n; i++)
		r->roots.table.classes[i].is_test = is_wanted_test(r->request, r->roots.table.classes[i].name);
	add_resources(r);
	/* A place on the class path for resources, and the root of what is compiled. */
	roots_add(&r->roots, r->directory, NULL, false, true);
	r->roots.layout = "sources";
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
	else if (!r->roots.bases.n)
		libraries_find(&r->roots.poms, r->directory, &r->libraries, &r->roots.looked_at);
	for (uint32_t i = 0; !r->request->classpath && i < r->roots.bases.n; i++)
		libraries_find(&r->roots.poms, r->roots.bases.items[i], &r->libraries, &r->roots.looked_at);
	libraries_add_engines(r->arena, &r->libraries, &r->roots.looked_at);
}

static void find_jvm_args(struct resolution *r)
{
	struct test_jvm jvm = { .arguments = { NULL, 0, 0 } };

	as_build_jvm(&r->roots, &jvm);
	r->project->jvm_args = jvm.arguments.items;
	r->project->n_jvm_args = jvm.arguments.n;
	r->project->environment = jvm.environment.items;
	r->project->n_environment = jvm.environment.n;
}

static bool is_root(const struct resolution *r, const char *path)
{
	for (uint32_t i = 0; i < r->roots.table.n_roots; i++)
		if (!strcmp(r->roots.table.roots[i].path, path))
			return true;
	return false;
}

static void keep(struct resolution *r)
{
	struct project *project = r->project;
	const char **roots = ARENA_NEW_N(r->arena, const char *, r->roots.table.n_roots);
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->roots.table.n_roots; i++)
		roots[i] = r->roots.table.roots[i].path;
	for (uint32_t i = 0; i < r->libraries.n; i++)
		if (!is_root(r, r->libraries.items[i]))
			r->libraries.items[n++] = r->libraries.items[i];
	project->directory = r->directory;
	project->layout = r->roots.layout;
	project->roots = roots;
	project->n_roots = r->roots.table.n_roots;
	project->classes = r->roots.table.classes;
	project->n_classes = r->roots.table.n;
	project->libraries = r->libraries.items;
	project->n_libraries = n;
	project->source_roots = r->roots.source_roots.items;
	project->n_source_roots = r->roots.source_roots.n;
	project->looked_at = r->roots.looked_at.items;
	project->n_looked_at = r->roots.looked_at.n;
}

/* From what was named to every class there is. */
static enum err_code read_all(struct resolution *r, struct err *err)
{
	const struct project_request *request = r->request;
	const struct target *first;

	TRY(read_named(r, request->targets, request->n_targets, &r->roots.targets, err));
	TRY(read_named(r, request->tests, request->n_tests, &r->roots.tests, err));
	TRY(libraries_parse(r->arena, request->classpath, &r->libraries, err));
	TRY(roots_find(&r->roots, err));
	first = &r->roots.targets[0];
	r->directory = r->roots.bases.n ? r->roots.bases.items[0] : first->kind == TARGET_DIRECTORY
		? first->path : file_parent(r->arena, first->path);
	for (uint32_t i = 0; i < request->n_targets; i++)
		if (r->roots.targets[i].kind == TARGET_CLASS)
			text_list_add(r->arena, &r->roots.table.named, r->roots.targets[i].path);
	TRY(class_table_read(&r->roots.table, err));
	TRY(match(r, err));
	return match_elsewhere(r, err);
}

enum err_code project_resolve(struct arena *arena, const struct project_request *request,
			      struct project *ret, struct err *err)
{
	struct resolution r = { .arena = arena, .request = request, .project = ret };
	const struct target *missed;

	memset(ret, 0, sizeof(*ret));
	if (!request->n_targets)
		return err_set(err, ERR_USAGE, "no target: name a source file, class, jar, directory or project");
	r.roots = (struct roots){ .arena = arena, .layout = "plain", .n_targets = request->n_targets,
				  .n_tests = request->n_tests };
	r.roots.poms = (struct poms){ .arena = arena, .java = request->java };
	r.roots.table.arena = arena;
	r.roots.table.looked_at = &r.roots.looked_at;
	TRY(read_all(&r, err));
	missed = first_unmatched(r.roots.targets, request->n_targets);
	if (missed && are_to_be_compiled(&r)) {
		TRY(choose_sources(&r, err));
	} else {
		if (!missed)
			missed = first_missed_test(&r);
		if (missed)
			return target_unmatched(missed, &r.roots.table, r.roots.layout, err);
		TRY(decide(&r, err));
	}
	stale_look(arena, &r.roots.table, &r.roots.source_roots, &r.roots.looked_at);
	find_libraries(&r);
	find_jvm_args(&r);
	keep(&r);
	return ERR_OK;
}
