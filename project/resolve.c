#include "project/resolve.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "project/files.h"
#include "project/layout.h"

#define MODULES_MAX 4		/* levels of modules below a pom */
#define NODES_MAX 100000	/* dependencies looked at for one module */
#define RELOCATIONS_MAX 8
#define SETTINGS_MAX ((size_t)1 << 20)

struct module {
	const struct pom *pom;
	const char *group, *name, *version;
};

struct node {			/* a dependency of the module, or of another node */
	struct dependency dependency;
	const struct pom *declared_in;	/* whose words its exclusions are; NULL: the module's management's */
	const struct xml *managed_exclusions;	/* what the module adds to them */
	const struct node *parent;	/* NULL: the module's own */
	bool is_chosen;
	const struct node *first, *next;	/* chosen or not: what it needs, what stands beside it */
};

struct graph {
	struct poms *poms;
	const struct pom *root;
	const struct module *modules;	/* [n_modules] of the same build */
	uint32_t n_modules;
	struct node **nodes;		/* [n] level by level */
	uint32_t n;
	struct resolved *found;
};

/* ---- versions ---- */

/* "[1.2,2)" and the like. */
static bool is_range(const char *version)
{
	return *version == '[' || *version == '(';
}

static bool fits_range(const char *range, const char *version, struct arena *arena)
{
	const char *comma = strchr(range, ','), *end = range + strlen(range) - 1;
	const char *low = arena_strndup(arena, range + 1, comma ? (size_t)(comma - range - 1) : (size_t)(end - range - 1));
	const char *high = comma ? arena_strndup(arena, comma + 1, (size_t)(end - comma - 1)) : low;
	int above = *low ? strverscmp(version, low) : 1, below = *high ? strverscmp(version, high) : -1;

	return (above > 0 || (!above && *range == '[')) && (below < 0 || (!below && *end == ']'));
}

/* The newest that is there; the range itself where none is. Only the first range of several. */
static const char *version_in_range(struct graph *g, const struct artifact *artifact)
{
	struct arena *arena = g->poms->arena;
	const char *range = arena_strndup(arena, artifact->version, strcspn(artifact->version, "])") + 1);
	struct artifact any = *artifact;
	const char *path, *newest = NULL;
	struct dirent *entry;
	DIR *versions;

	any.version = "any";
	path = repository_file(arena, &g->poms->repository, &any);
	if (!path || strlen(range) < 3 || !strchr("])", range[strlen(range) - 1]))
		return artifact->version;
	versions = opendir(file_parent(arena, file_parent(arena, path)));
	while (versions && (entry = readdir(versions)))
		if (entry->d_name[0] != '.' && fits_range(range, entry->d_name, arena) &&
		    (!newest || strverscmp(newest, entry->d_name) < 0))
			newest = arena_strdup(arena, entry->d_name);
	if (versions)
		closedir(versions);
	return newest ? newest : artifact->version;
}

/* ---- poms ---- */

static const struct module *module_of(const struct graph *g, const struct artifact *artifact)
{
	for (uint32_t i = 0; i < g->n_modules; i++)
		if (!strcmp(g->modules[i].name, artifact->name) && !strcmp(g->modules[i].group, artifact->group) &&
		    !strcmp(g->modules[i].version, artifact->version))
			return &g->modules[i];
	return NULL;
}

static const struct pom *pom_in_repository(struct graph *g, const struct artifact *artifact)
{
	struct artifact pom = *artifact;
	const char *path;

	pom.extension = "pom";
	pom.classifier = "";
	path = repository_file(g->poms->arena, &g->poms->repository, &pom);
	return path ? pom_read(g->poms, path) : NULL;
}

/* Of what the dependency stands for; it moves to where that was relocated. */
static const struct pom *pom_of(struct graph *g, struct artifact *artifact)
{
	const struct module *module = module_of(g, artifact);
	const struct pom *pom = module ? module->pom : pom_in_repository(g, artifact);

	for (unsigned i = 0; pom && i < RELOCATIONS_MAX; i++) {
		const struct xml *to = xml_find(pom->project, "distributionManagement/relocation");
		const char *group, *name, *version;

		if (!to)
			break;
		group = pom_value(pom, xml_text(to, "groupId"));
		name = pom_value(pom, xml_text(to, "artifactId"));
		version = pom_value(pom, xml_text(to, "version"));
		artifact->group = group ? group : artifact->group;
		artifact->name = name ? name : artifact->name;
		artifact->version = version ? version : artifact->version;
		pom = pom_in_repository(g, artifact);
	}
	return pom;
}

/* ---- the graph ---- */

static bool is_excluded(const struct graph *g, const struct node *parent, const struct artifact *artifact)
{
	for (; parent; parent = parent->parent)
		if ((parent->declared_in &&
		     dependency_excludes(parent->declared_in, parent->dependency.exclusions, artifact)) ||
		    dependency_excludes(g->root, parent->managed_exclusions, artifact))
			return true;
	return false;
}

static bool is_passed_on(const struct dependency *dependency)
{
	return !dependency->is_optional && (!*dependency->scope || !strcmp(dependency->scope, "compile") ||
					    !strcmp(dependency->scope, "runtime"));
}

static struct node *add_node(struct graph *g, const struct dependency *dependency, const struct node *parent)
{
	struct node *node = ARENA_NEW(g->poms->arena, struct node);

	*node = (struct node){ .dependency = *dependency, .parent = parent };
	g->nodes = arena_room(g->poms->arena, g->nodes, g->n, sizeof(struct node *));
	return g->nodes[g->n++] = node;
}

/* What the pom declares, below `parent` (NULL: it is the module's own). Returns the first of them. */
static const struct node *add_declared(struct graph *g, const struct pom *pom, const struct node *parent)
{
	const struct node *first = NULL, **end = &first;
	struct dependency_walk walk = { .at = NULL };
	struct dependency dependency, managed;

	while (g->n < NODES_MAX && dependency_next(pom, &walk, &dependency)) {
		struct node *node;

		if (parent && (!is_passed_on(&dependency) || is_excluded(g, parent, &dependency.artifact)))
			continue;
		node = add_node(g, &dependency, parent);
		node->declared_in = pom;
		if (parent && dependency_managed(g->root, &dependency.artifact, &managed)) {
			if (*managed.artifact.version)
				node->dependency.artifact.version = managed.artifact.version;
			node->managed_exclusions = managed.exclusions;
		}
		*end = node;
		end = &node->next;
	}
	return first;
}

static bool is_taken(const struct graph *g, uint32_t before, const struct artifact *artifact)
{
	for (uint32_t i = 0; i < before; i++)
		if (g->nodes[i]->is_chosen && dependency_is_same(&g->nodes[i]->dependency.artifact, artifact))
			return true;
	return false;
}

/* Level by level, in the order in which they are declared: the first of its name is the nearest. */
static void choose(struct graph *g)
{
	for (uint32_t i = 0; i < g->n; i++) {
		struct node *node = g->nodes[i];
		struct artifact *artifact = &node->dependency.artifact;
		const struct pom *pom;

		if (!strcmp(node->dependency.scope, "import") || is_taken(g, i, artifact))
			continue;
		if (is_range(artifact->version)) {
			artifact->version = version_in_range(g, artifact);
			g->found->is_unsure = true;
		}
		pom = node->dependency.path ? NULL : pom_of(g, artifact);
		if (is_taken(g, i, artifact))	/* where it was relocated to */
			continue;
		node->is_chosen = true;
		node->first = pom && pom != g->root ? add_declared(g, pom, node) : NULL;
	}
}

/* ---- paths ---- */

static void add_once(struct arena *arena, struct text_list *list, const char *text)
{
	if (!text_list_has(list, text))
		text_list_add(arena, list, text);
}

/* Where a module of the same build compiles to; NULL where it has not yet. */
static const char *output_of(const struct module *module, const struct artifact *artifact)
{
	bool is_tests = !strcmp(artifact->classifier, "tests");
	const char *path = pom_property(module->pom, is_tests ? "project.build.testOutputDirectory"
					: "project.build.outputDirectory");

	return path && (is_tests || !*artifact->classifier) && file_is_directory(path) ? path : NULL;
}

static void add_path(struct graph *g, const struct dependency *dependency)
{
	const struct artifact *artifact = &dependency->artifact;
	const struct module *module = module_of(g, artifact);
	const char *path = module ? output_of(module, artifact) : NULL;
	struct arena *arena = g->poms->arena;

	if (!dependency->is_on_class_path || (module && module->pom == g->root && !*artifact->classifier))
		return;
	if (!path)
		path = dependency->path ? dependency->path : repository_file(arena, &g->poms->repository, artifact);
	if (path && file_exists(path))
		add_once(arena, &g->found->paths, path);
	else
		add_once(arena, &g->found->missing, arena_strfmt(arena, "%s:%s:%s%s%s", artifact->group, artifact->name,
							 *artifact->version ? artifact->version : "?",
							 *artifact->classifier ? ":" : "", artifact->classifier));
}

/* As Maven orders a class path: each before what it needs. */
static void add_paths(struct graph *g, const struct node *node)
{
	for (; node; node = node->next)
		if (node->is_chosen) {
			add_path(g, &node->dependency);
			add_paths(g, node->first);
		}
}

/* ---- modules ---- */

struct build {
	struct poms *poms;
	struct module *modules;
	uint32_t n, first_own;	/* of those below `base` */
};

static void find_modules(struct build *b, const char *directory, unsigned depth)
{
	struct arena *arena = b->poms->arena;
	const struct pom *pom = pom_read(b->poms, arena_strfmt(arena, "%s/pom.xml", directory));
	const struct xml *at;

	if (!pom)
		return;
	for (uint32_t i = b->first_own; i < b->n; i++)
		if (b->modules[i].pom == pom)
			return;
	b->modules = arena_room(arena, b->modules, b->n, sizeof(*b->modules));
	b->modules[b->n] = (struct module){ pom, pom_value(pom, "${project.groupId}"), pom_value(pom, "${project.artifactId}"),
					    pom_value(pom, "${project.version}") };
	if (b->modules[b->n].group && b->modules[b->n].name && b->modules[b->n].version)
		b->n++;
	for (const struct xml *part = NULL; depth < MODULES_MAX && (part = pom_next_part(pom, part));) {
		at = xml_find(part, "modules");
		for (at = at ? at->first : NULL; at; at = at->next)
			find_modules(b, arena_strfmt(arena, "%s/%s", directory, at->text), depth + 1);
	}
}

static bool holds(struct arena *arena, const char *path, const char *word)
{
	struct err unreadable = ERR_INIT;
	struct span bytes;

	return file_is_regular(path) && file_read(arena, path, SETTINGS_MAX, &bytes, &unreadable) == ERR_OK &&
	       bytes.len && memmem(bytes.bytes, bytes.len, word, strlen(word));
}

/* Whether something beside the poms chooses profiles or sets properties. */
static bool has_settings(struct arena *arena, const char *top)
{
	const char *home = getenv("HOME"), *config = arena_strfmt(arena, "%s/.mvn/maven.config", top);

	return holds(arena, config, "-P") || holds(arena, config, "-D") ||
	       holds(arena, arena_strfmt(arena, "%s/.m2/settings.xml", home ? home : ""), "<activeProfile>") ||
	       holds(arena, arena_strfmt(arena, "%s/.m2/settings.xml", home ? home : ""), "<activeByDefault>");
}

static bool lacks_parent(const struct pom *pom)
{
	for (; pom; pom = pom->parent)
		if (!pom->parent && xml_find(pom->project, "parent"))
			return true;
	return false;
}

bool resolve_maven(struct poms *poms, const char *base, struct resolved *ret)
{
	const char *whole = layout_find_enclosing(poms->arena, base);
	struct build build = { .poms = poms };

	memset(ret, 0, sizeof(*ret));
	ret->is_unsure = has_settings(poms->arena, whole ? whole : base);
	if (!poms->repository.top)
		poms->repository.top = repository_maven(poms->arena);
	if (whole)
		find_modules(&build, whole, 0);
	build.first_own = build.n;
	find_modules(&build, base, 0);
	for (uint32_t i = build.first_own; i < build.n; i++) {
		struct graph graph = { .poms = poms, .root = build.modules[i].pom, .modules = build.modules,
				       .n_modules = build.n, .found = ret };
		const struct node *first = add_declared(&graph, graph.root, NULL);

		ret->is_unsure |= lacks_parent(graph.root);
		choose(&graph);
		add_paths(&graph, first);
	}
	return build.n > build.first_own;
}
