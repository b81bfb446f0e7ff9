#include "runner/project.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "classfile/class.h"
#include "runner/files.h"
#include "runner/jar.h"
#include "runner/layout.h"
#include "runner/libraries.h"
#include "runner/source.h"
#include "runner/test_class.h"
#include "util/die.h"

#define CLASS_MAX ((size_t)16 << 20)
#define CLASSES_MAX 2000000u

enum target_kind { TARGET_DIRECTORY, TARGET_SOURCE, TARGET_CLASS, TARGET_JAR };

struct target {
	const char *typed, *path;	/* as typed; absolute */
	enum target_kind kind;
	const char *package;		/* TARGET_SOURCE: with dots */
	bool is_matched;		/* some class belongs to it */
};

/* A class as it was read, with what deciding about it needs. */
struct seen {
	const char *package, *source_file;
	bool looks_like_test, is_named;	/* is_named: the very file a target names */
};

struct resolution {
	struct arena *arena;
	const struct project_request *request;
	struct project *project;
	struct target *targets;
	struct text_list roots, libraries, looked_at, sources, source_roots;
	bool *root_is_test, *root_is_mixed;	/* [roots.n] */
	uint32_t size_root_flags;
	struct project_class *classes;
	struct seen *seen;
	uint32_t n_classes, size_classes;
	uint32_t *by_name;		/* hash table: class number + 1 */
	uint32_t size_by_name;
	uint32_t root;			/* being read */
	struct err *err;		/* of a callback */
};

static void look(struct resolution *r, const char *line)
{
	text_list_add(r->arena, &r->looked_at, line);
}

/* ---- targets ---- */

static enum err_code read_target(struct resolution *r, const char *typed, struct target *ret,
				 struct err *err)
{
	struct err missing = ERR_INIT;

	ret->typed = typed;
	if (file_absolute(r->arena, typed, &ret->path, &missing) != ERR_OK)
		return err_set(err, ERR_MISSING, "%s: no such file or directory", typed);
	if (file_is_directory(ret->path))
		ret->kind = TARGET_DIRECTORY;
	else if (file_has_suffix(ret->path, ".class"))
		ret->kind = TARGET_CLASS;
	else if (file_has_suffix(ret->path, ".jar") || file_has_suffix(ret->path, ".zip"))
		ret->kind = TARGET_JAR;
	else if (source_is(ret->path))
		ret->kind = TARGET_SOURCE;
	else
		return err_set(err, ERR_USAGE, "%s: not a source file, class, jar or directory", typed);
	if (ret->kind == TARGET_SOURCE)
		return source_package(r->arena, ret->path, &ret->package, err);
	return ERR_OK;
}

static enum err_code read_targets(struct resolution *r, struct err *err)
{
	r->targets = ARENA_NEW_N(r->arena, struct target, r->request->n_targets);
	for (uint32_t i = 0; i < r->request->n_targets; i++)
		TRY(read_target(r, r->request->targets[i], &r->targets[i], err));
	return ERR_OK;
}

/* ---- roots ---- */

static bool has_root(const struct resolution *r, const char *path)
{
	for (uint32_t i = 0; i < r->roots.n; i++)
		if (!strcmp(r->roots.items[i], path))
			return true;
	return false;
}

static void add_root(struct resolution *r, const char *path, bool is_test, bool is_mixed)
{
	if (has_root(r, path))
		return;
	if (r->roots.n == r->size_root_flags) {
		uint32_t size = r->size_root_flags ? 2 * r->size_root_flags : 16;

		r->root_is_test = arena_grow(r->arena, r->root_is_test, r->roots.n, size, sizeof(bool));
		r->root_is_mixed = arena_grow(r->arena, r->root_is_mixed, r->roots.n, size, sizeof(bool));
		r->size_root_flags = size;
	}
	r->root_is_test[r->roots.n] = is_test;
	r->root_is_mixed[r->roots.n] = is_mixed;
	text_list_add(r->arena, &r->roots, path);
}

/* The directory a class file's package starts in: "/x" for /x/a/B.class when
 * the class is a.B; its own directory where that does not fit. */
static enum err_code root_of_class(struct resolution *r, const char *path, const char **ret,
				   struct err *err)
{
	struct arena local = ARENA_INIT;
	struct span bytes;
	struct class *class;
	const char *suffix;
	enum err_code code = file_read(&local, path, CLASS_MAX, &bytes, err);

	if (code == ERR_OK)
		code = class_parse(&local, bytes, path, &class, err);
	if (code != ERR_OK)
		goto out;
	suffix = arena_strfmt(&local, "/%s.class", class->name);
	if (file_has_suffix(path, suffix) && strlen(path) > strlen(suffix))
		*ret = arena_strndup(r->arena, path, strlen(path) - strlen(suffix));
	else
		*ret = file_parent(r->arena, path);
out:
	arena_release(&local);
	return code;
}

struct class_search {
	struct arena *arena;
	const char *found;	/* or NULL */
};

static bool find_class(void *context, const char *path)
{
	struct class_search *search = context;

	if (!file_has_suffix(path, ".class"))
		return true;
	search->found = arena_strdup(search->arena, path);	/* the walk's own ends with it */
	return false;
}

/* The root of the class files below a directory, going by the first; NULL
 * where there are none. */
static enum err_code root_of_directory(struct resolution *r, const char *directory,
				       const char **ret, struct err *err)
{
	struct class_search search = { r->arena, NULL };
	struct err broken = ERR_INIT;

	*ret = NULL;
	TRY(files_walk(directory, find_class, &search, err));
	if (!search.found)
		return ERR_OK;
	if (root_of_class(r, search.found, ret, &broken) != ERR_OK)
		*ret = directory;
	return ERR_OK;
}

/* What --tests names. */
static enum err_code add_tests(struct resolution *r, struct err *err)
{
	for (uint32_t i = 0; i < r->request->n_tests; i++) {
		struct target tests = { NULL, NULL, 0, NULL, false };
		const char *root = NULL;

		TRY(read_target(r, r->request->tests[i], &tests, err));
		switch (tests.kind) {
		case TARGET_SOURCE:
			text_list_add(r->arena, &r->sources, tests.path);
			break;
		case TARGET_CLASS:
			TRY(root_of_class(r, tests.path, &root, err));
			add_root(r, root, true, false);
			break;
		case TARGET_JAR:
			add_root(r, tests.path, true, false);
			break;
		case TARGET_DIRECTORY:
			TRY(root_of_directory(r, tests.path, &root, err));
			add_root(r, root ? root : tests.path, true, false);
			break;
		}
	}
	return ERR_OK;
}

static void add_layout(struct resolution *r, const char *base)
{
	struct layout layout;

	layout_read(r->arena, base, &layout);
	for (unsigned i = 0; i < layout.n_roots; i++) {
		add_root(r, layout.roots[i].path, layout.roots[i].is_test, false);
		look(r, arena_strfmt(r->arena, "%s (%s)", layout.roots[i].path,
				     layout.roots[i].is_test ? "tests" : "classes"));
	}
	for (unsigned i = 0; i < layout.n_source_roots; i++)
		text_list_add(r->arena, &r->source_roots, layout.source_roots[i]);
	if (layout.name)
		r->project->layout = layout.name;
}

/* A target that no root found so far holds brings its own. */
static enum err_code add_own_root(struct resolution *r, const struct target *target, struct err *err)
{
	const char *root = NULL;

	for (uint32_t i = 0; i < r->roots.n; i++)
		if (file_below(target->path, r->roots.items[i]) ||
		    file_below(r->roots.items[i], target->path))
			return ERR_OK;
	if (target->kind == TARGET_CLASS)
		TRY(root_of_class(r, target->path, &root, err));
	else if (target->kind == TARGET_JAR)
		root = target->path;
	else if (target->kind == TARGET_DIRECTORY)
		TRY(root_of_directory(r, target->path, &root, err));
	else if (!r->roots.n)
		TRY(root_of_directory(r, file_parent(r->arena, target->path), &root, err));
	if (root)
		add_root(r, root, false, true);
	return ERR_OK;
}

/* ---- reading classes ---- */

static uint32_t *name_slot(struct resolution *r, const char *name)
{
	uint64_t hash = 1469598103934665603u;
	uint32_t at;

	for (const char *c = name; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	at = (uint32_t)(hash ^ hash >> 32) & (r->size_by_name - 1);
	while (r->by_name[at] && strcmp(r->classes[r->by_name[at] - 1].name, name))
		at = (at + 1) & (r->size_by_name - 1);
	return &r->by_name[at];
}

static void make_room(struct resolution *r)
{
	uint32_t size;

	if (r->n_classes < r->size_classes)
		return;
	size = r->size_classes ? 2 * r->size_classes : 256;
	r->classes = arena_grow(r->arena, r->classes, r->n_classes, size, sizeof(*r->classes));
	r->seen = arena_grow(r->arena, r->seen, r->n_classes, size, sizeof(*r->seen));
	r->size_classes = size;
	r->size_by_name = 4 * size;
	r->by_name = ARENA_NEW_N(r->arena, uint32_t, r->size_by_name);
	for (uint32_t i = 0; i < r->n_classes; i++)
		*name_slot(r, r->classes[i].name) = i + 1;
}

static char *with_dots(struct arena *arena, const char *internal)
{
	char *name = arena_strdup(arena, internal);

	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '.';
	return name;
}

static const char *package_of(struct arena *arena, const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? arena_strndup(arena, name, (size_t)(dot - name)) : "";
}

static void see_class(struct resolution *r, const struct class *class, struct project_class *known,
		      struct seen *seen)
{
	const char *source = class_source_file(class);

	known->name = with_dots(r->arena, class->name);
	seen->package = package_of(r->arena, known->name);
	seen->source_file = source ? arena_strdup(r->arena, source) : "";
	seen->looks_like_test = test_class_is(class);
}

/* A class that cannot be read is left out and told, unless it is the very one
 * that was named. */
static void add_class(struct resolution *r, const char *what, struct span bytes, bool is_named)
{
	struct arena local = ARENA_INIT;
	struct project_class known = { .what = what, .bytes = bytes, .root = r->root };
	struct seen seen = { .is_named = is_named };
	struct err broken = ERR_INIT;
	struct class *class;
	uint32_t *slot;

	if (r->n_classes == CLASSES_MAX)
		return;
	if (class_parse(&local, bytes, what, &class, &broken) != ERR_OK) {
		if (is_named && r->err->code == ERR_OK)
			err_set(r->err, broken.code, "%s", broken.text);
		else
			look(r, arena_strfmt(r->arena, "skipped %s", broken.text));
		arena_release(&local);
		return;
	}
	see_class(r, class, &known, &seen);
	if (!(class->access & ACCESS_MODULE) && strcmp(file_name(class->name), "package-info")) {
		make_room(r);
		slot = name_slot(r, known.name);
		if (!*slot) {
			*slot = r->n_classes + 1;
			r->classes[r->n_classes] = known;
			r->seen[r->n_classes++] = seen;
		}
	}
	arena_release(&local);
}

static bool is_target_file(const struct resolution *r, const char *path)
{
	for (uint32_t i = 0; i < r->request->n_targets; i++)
		if (r->targets[i].kind == TARGET_CLASS && !strcmp(r->targets[i].path, path))
			return true;
	return false;
}

static bool hear_file(void *context, const char *path)
{
	struct resolution *r = context;
	const char *what;
	struct err broken = ERR_INIT;
	struct span bytes;

	if (!file_has_suffix(path, ".class"))
		return true;
	what = arena_strdup(r->arena, path);
	if (file_read(r->arena, path, CLASS_MAX, &bytes, &broken) == ERR_OK)
		add_class(r, what, bytes, is_target_file(r, path));
	else
		look(r, arena_strfmt(r->arena, "skipped %s", broken.text));
	return r->err->code == ERR_OK;
}

static void hear_entry(void *context, const char *name, struct span bytes)
{
	struct resolution *r = context;

	add_class(r, arena_strfmt(r->arena, "%s!%s", r->roots.items[r->root], name), bytes, false);
}

static enum err_code read_roots(struct resolution *r, struct err *err)
{
	r->err = err;
	for (r->root = 0; r->root < r->roots.n; r->root++) {
		const char *root = r->roots.items[r->root];

		if (file_is_directory(root))
			TRY(files_walk(root, hear_file, r, err));
		else
			TRY(jar_read_classes(r->arena, root, hear_entry, r, err));
		if (err->code != ERR_OK)
			return err->code;
	}
	return ERR_OK;
}

/* ---- what is a test, what is to be mutated ---- */

static bool matches_any(const char *name, const char *const *globs, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!fnmatch(globs[i], name, 0))
			return true;
	return false;
}

/* The class that a nested one lies in, or NULL. */
static const struct seen *outermost(struct resolution *r, const char *name)
{
	const char *dollar = strchr(name + 1, '$');
	uint32_t number;

	if (!dollar)
		return NULL;
	number = *name_slot(r, arena_strndup(r->arena, name, (size_t)(dollar - name)));
	return number ? &r->seen[number - 1] : NULL;
}

static bool lies_in_test_source(const struct resolution *r, const struct seen *seen)
{
	struct arena local = ARENA_INIT;
	bool found = false;

	for (uint32_t i = 0; i < r->source_roots.n && !found && *seen->source_file; i++) {
		char *folder = arena_strdup(&local, seen->package);

		for (char *c = folder; *c; c++)
			if (*c == '.')
				*c = '/';
		found = layout_is_test_source(r->source_roots.items[i]) &&
			file_exists(arena_strfmt(&local, "%s/%s/%s", r->source_roots.items[i],
						 folder, seen->source_file));
	}
	arena_release(&local);
	return found;
}

static bool is_test(struct resolution *r, uint32_t number)
{
	const struct project_class *class = &r->classes[number];
	const struct seen *outer = outermost(r, class->name);

	if (r->root_is_test[class->root])
		return true;
	if (!r->root_is_mixed[class->root])
		return false;
	return r->seen[number].looks_like_test || (outer && outer->looks_like_test) ||
	       lies_in_test_source(r, &r->seen[number]);
}

static bool target_covers(const struct resolution *r, const struct target *target, uint32_t number)
{
	const struct project_class *class = &r->classes[number];
	const struct seen *seen = &r->seen[number];
	const char *root = r->roots.items[class->root];

	switch (target->kind) {
	case TARGET_CLASS:
		return !strcmp(class->what, target->path);
	case TARGET_JAR:
		return !strcmp(root, target->path);
	case TARGET_SOURCE:
		return !strcmp(seen->source_file, file_name(target->path)) &&
		       !strcmp(seen->package, target->package);
	case TARGET_DIRECTORY:
		return file_below(class->what, target->path) != NULL;
	}
	BUG("target kind %d", target->kind);
}

/* A directory of sources stands for the classes made from them. */
struct source_match {
	struct resolution *r;
	bool *covered;
	bool any;
};

static bool cover_source(void *context, const char *path)
{
	struct source_match *match = context;
	struct resolution *r = match->r;
	struct target source = { path, path, TARGET_SOURCE, "", false };
	struct err unreadable = ERR_INIT;

	if (!source_is(path) ||
	    source_package(r->arena, path, &source.package, &unreadable) != ERR_OK)
		return true;
	for (uint32_t i = 0; i < r->n_classes; i++) {
		if (match->covered[i] || !target_covers(r, &source, i))
			continue;
		match->covered[i] = match->any = true;
	}
	return true;
}

static enum err_code cover(struct resolution *r, struct target *target, bool *covered, struct err *err)
{
	struct source_match match = { r, covered, false };

	for (uint32_t i = 0; i < r->n_classes; i++) {
		if (!target_covers(r, target, i))
			continue;
		covered[i] = target->is_matched = true;
	}
	if (target->kind != TARGET_DIRECTORY || target->is_matched)
		return ERR_OK;
	TRY(files_walk(target->path, cover_source, &match, err));
	target->is_matched = match.any;
	return ERR_OK;
}

static enum err_code unmatched(const struct resolution *r, const struct target *target, struct err *err)
{
	const char *where = r->roots.n ? r->roots.items[r->roots.n - 1] : "";

	if (target->kind == TARGET_SOURCE && r->roots.n)
		return err_set(err, ERR_MISSING, "no classes for %s: %s%s holds no class of package %s with SourceFile %s; compile the project first",
			       target->typed, where, r->roots.n > 1 ? " (and the other roots)" : "",
			       *target->package ? target->package : "(none)", file_name(target->path));
	return err_set(err, ERR_MISSING, "no classes for %s: compile the project first, or name its classes", target->typed);
}

static enum err_code decide(struct resolution *r, struct err *err)
{
	bool *covered = ARENA_NEW_N(r->arena, bool, r->n_classes);

	for (uint32_t i = 0; i < r->request->n_targets; i++) {
		TRY(cover(r, &r->targets[i], covered, err));
		if (!r->targets[i].is_matched)
			return unmatched(r, &r->targets[i], err);
	}
	for (uint32_t i = 0; i < r->n_classes; i++) {
		const struct project_request *request = r->request;
		struct project_class *class = &r->classes[i];
		bool test = is_test(r, i);

		class->is_target = covered[i] && !test &&
				   !matches_any(class->name, request->exclude, request->n_exclude);
		class->is_test = test &&
			(!request->n_include_tests ||
			 matches_any(class->name, request->include_tests, request->n_include_tests)) &&
			!matches_any(class->name, request->exclude_tests, request->n_exclude_tests);
	}
	return ERR_OK;
}

/* ---- nothing compiled: sources ---- */

static bool hear_source(void *context, const char *path)
{
	struct resolution *r = context;

	if (file_has_suffix(path, ".java") && strcmp(file_name(path), "module-info.java") &&
	    strcmp(file_name(path), "package-info.java"))
		text_list_add(r->arena, &r->sources, arena_strdup(r->arena, path));
	return true;
}

/* The sources to be compiled: those of the source roots found, else those that
 * lie beside the target. */
static enum err_code find_sources(struct resolution *r, const char *base, struct err *err)
{
	const struct target *target = &r->targets[0];

	for (uint32_t i = 0; i < r->source_roots.n; i++)
		TRY(files_walk(r->source_roots.items[i], hear_source, r, err));
	if (!r->source_roots.n) {
		const char *folder = target->kind == TARGET_DIRECTORY ? target->path : base;

		text_list_add(r->arena, &r->source_roots, folder);
		TRY(files_walk(folder, hear_source, r, err));
	}
	if (r->sources.n)
		return ERR_OK;
	if (target->kind == TARGET_SOURCE)
		return unmatched(r, target, err);
	return err_set(err, ERR_MISSING, "%s: neither classes nor Java sources below it; looked for target/classes, build/classes/*/main, *.class and *.java",
		       target->typed);
}

/* What project_add_compiled() needs to know again. */
static void keep_sources(struct resolution *r, const char *base)
{
	r->project->layout = "sources";
	r->project->sources = r->sources.items;
	r->project->n_sources = r->sources.n;
	/* A place on the class path for resources, and the root of what is compiled. */
	add_root(r, base, false, true);
	look(r, arena_strfmt(r->arena, "%u Java sources, compiled in memory", r->sources.n));
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

void project_add_compiled(struct arena *arena, struct project *project,
			  const struct project_request *request,
			  const char *name, struct span bytes)
{
	struct resolution r = { .arena = arena, .request = request, .project = project };
	struct err err = ERR_INIT;
	bool mixed = true, not_test = false;

	r.roots = (struct text_list){ (const char **)project->roots, project->n_roots, project->n_roots };
	r.source_roots = (struct text_list){ (const char **)project->source_roots,
					     project->n_source_roots, project->n_source_roots };
	r.root_is_mixed = &mixed;
	r.root_is_test = &not_test;
	r.err = &err;
	if (read_targets(&r, &err) != ERR_OK)
		return;		/* was readable a moment ago; then nothing is a target */
	add_class(&r, arena_strfmt(arena, "%s (compiled)", name), bytes, false);
	if (!r.n_classes)
		return;
	for (uint32_t i = 0; i < request->n_targets; i++) {
		bool is_covered = r.targets[i].kind == TARGET_DIRECTORY ||
				  target_covers(&r, &r.targets[i], 0);

		r.classes[0].is_target |= is_covered;
	}
	r.classes[0].is_test = is_test(&r, 0);
	follow_outermost(project, &r.classes[0]);
	r.classes[0].is_target &= !r.classes[0].is_test &&
		!matches_any(r.classes[0].name, request->exclude, request->n_exclude);
	project->classes = arena_grow(arena, project->classes, project->n_classes,
				      project->n_classes + 1, sizeof(*project->classes));
	project->classes[project->n_classes++] = r.classes[0];
}

/* ---- the whole ---- */

static enum err_code find_libraries(struct resolution *r, const char *base, struct err *err)
{
	if (r->request->classpath) {
		TRY(libraries_parse(r->arena, r->request->classpath, &r->libraries, err));
		look(r, arena_strfmt(r->arena, "--classpath: %u entries", r->libraries.n));
	} else {
		libraries_find(r->arena, base, &r->libraries, &r->looked_at);
	}
	libraries_add_engines(r->arena, &r->libraries, &r->looked_at);
	return ERR_OK;
}

static void keep(struct resolution *r, const char *base)
{
	struct project *project = r->project;

	project->directory = base;
	project->roots = r->roots.items;
	project->n_roots = r->roots.n;
	project->classes = r->classes;
	project->n_classes = r->n_classes;
	project->libraries = r->libraries.items;
	project->n_libraries = r->libraries.n;
	project->source_roots = r->source_roots.items;
	project->n_source_roots = r->source_roots.n;
	project->looked_at = r->looked_at.items;
	project->n_looked_at = r->looked_at.n;
}

enum err_code project_resolve(struct arena *arena, const struct project_request *request,
			      struct project *ret, struct err *err)
{
	struct resolution r = { .arena = arena, .request = request, .project = ret };
	const char *base;

	memset(ret, 0, sizeof(*ret));
	ret->layout = "plain";
	if (!request->n_targets)
		return err_set(err, ERR_USAGE, "no target: name a source file, class, jar, directory or project");
	TRY(read_targets(&r, err));
	base = layout_find_base(arena, r.targets[0].path);
	TRY(add_tests(&r, err));
	if (base)
		add_layout(&r, base);
	for (uint32_t i = 0; i < request->n_targets; i++)
		TRY(add_own_root(&r, &r.targets[i], err));
	if (!base)
		base = r.targets[0].kind == TARGET_DIRECTORY ? r.targets[0].path
							     : file_parent(arena, r.targets[0].path);
	TRY(read_roots(&r, err));
	if (r.n_classes) {
		r.sources.n = 0;	/* --tests FILE.java beside compiled classes: its class is there */
		TRY(decide(&r, err));
	} else {
		TRY(find_sources(&r, base, err));
		keep_sources(&r, base);
	}
	TRY(find_libraries(&r, base, err));
	keep(&r, base);
	return ERR_OK;
}
