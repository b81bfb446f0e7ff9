#include "project/dependency.h"

#include <string.h>

#define IMPORTS_MAX 16	/* poms that import poms */

/* Types that are no file names' ends. */
static const struct {
	const char *type, *extension, *classifier;
	bool is_on_class_path;
} types[] = {
	{ "jar", "jar", "", true },
	{ "test-jar", "jar", "tests", true },
	{ "ejb", "jar", "", true },
	{ "ejb-client", "jar", "client", true },
	{ "bundle", "jar", "", true },
	{ "maven-plugin", "jar", "", true },
	{ "eclipse-plugin", "jar", "", true },
	{ "java-source", "jar", "sources", false },
	{ "javadoc", "jar", "javadoc", false },
};

/* As it stands where a property is not known: then it names no file. */
static const char *value_of(const struct pom *pom, const struct xml *at, const char *element)
{
	const char *text = xml_text(at, element), *value = pom_value(pom, text);

	return value ? value : text ? text : "";
}

static void set_type(struct dependency *dependency, const char *type, const char *classifier)
{
	dependency->artifact.extension = type;
	dependency->artifact.classifier = classifier;
	dependency->is_on_class_path = false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (strcmp(types[i].type, *type ? type : "jar") != 0)
			continue;
		dependency->artifact.extension = types[i].extension;
		if (!*classifier)
			dependency->artifact.classifier = types[i].classifier;
		dependency->is_on_class_path = types[i].is_on_class_path;
	}
}

static void read_one(const struct pom *pom, const struct xml *at, struct dependency *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->artifact.group = value_of(pom, at, "groupId");
	ret->artifact.name = value_of(pom, at, "artifactId");
	ret->artifact.version = value_of(pom, at, "version");
	set_type(ret, value_of(pom, at, "type"), value_of(pom, at, "classifier"));
	ret->scope = value_of(pom, at, "scope");
	ret->is_optional = !strcmp(value_of(pom, at, "optional"), "true");
	ret->path = pom_value(pom, xml_text(at, "systemPath"));
	ret->exclusions = xml_find(at, "exclusions");
}

bool dependency_is_same(const struct artifact *a, const struct artifact *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->group, b->group) &&
	       !strcmp(a->extension, b->extension) && !strcmp(a->classifier, b->classifier);
}

/* ---- dependencyManagement ---- */

/* What is read of the many that a list of versions has: its name first. */
static bool is_of(const struct pom *pom, const struct xml *at, const struct artifact *artifact,
		  struct dependency *ret)
{
	const char *name = xml_text(at, "artifactId");

	if (!name || (strcmp(name, artifact->name) && !strstr(name, "${")))
		return false;
	read_one(pom, at, ret);
	return strcmp(ret->scope, "import") && dependency_is_same(&ret->artifact, artifact);
}

static bool managed(const struct pom *pom, const struct artifact *artifact, unsigned depth,
		    struct dependency *ret);

static bool managed_by_import(const struct pom *pom, const struct xml *at, const struct artifact *artifact,
			      unsigned depth, struct dependency *ret)
{
	struct poms *poms = pom->poms;
	const struct pom *imported;
	struct dependency bom;
	const char *path;

	if (!xml_text(at, "scope") || strcmp(xml_text(at, "scope"), "import") != 0)
		return false;
	read_one(pom, at, &bom);
	bom.artifact.extension = "pom";
	path = repository_file(poms->arena, &poms->repository, &bom.artifact);
	imported = path ? pom_read(poms, path) : NULL;
	return imported && managed(imported, artifact, depth + 1, ret);
}

static bool managed(const struct pom *pom, const struct artifact *artifact, unsigned depth,
		    struct dependency *ret)
{
	if (depth == IMPORTS_MAX)
		return false;
	for (int imports = 0; imports < 2; imports++)
		for (const struct pom *from = pom; from; from = from->parent)
			for (const struct xml *part = NULL; (part = pom_next_part(from, part));) {
				const struct xml *at = xml_find(part, "dependencyManagement/dependencies");

				for (at = at ? at->first : NULL; at; at = at->next)
					if (imports ? managed_by_import(pom, at, artifact, depth, ret)
						    : is_of(pom, at, artifact, ret))
						return true;
			}
	return false;
}

bool dependency_managed(const struct pom *pom, const struct artifact *artifact, struct dependency *ret)
{
	return managed(pom, artifact, 0, ret);
}

/* ---- dependencies ---- */

static const struct xml *next_declared(const struct pom *pom, struct dependency_walk *walk)
{
	if (!walk->has_begun) {
		walk->has_begun = true;
		walk->at = pom;
	}
	while (walk->at) {
		const struct xml *found = walk->next, *list;

		if (found) {
			walk->next = found->next;
			return found;
		}
		walk->part = pom_next_part(walk->at, walk->part);
		if (!walk->part)
			walk->at = walk->at->parent;
		list = xml_find(walk->part, "dependencies");
		walk->next = list ? list->first : NULL;
	}
	return NULL;
}

bool dependency_next(const struct pom *pom, struct dependency_walk *walk, struct dependency *ret)
{
	const struct xml *at = next_declared(pom, walk);
	struct dependency managed_as;

	if (!at)
		return false;
	read_one(pom, at, ret);
	if ((*ret->artifact.version && *ret->scope && ret->exclusions) ||
	    !dependency_managed(pom, &ret->artifact, &managed_as))
		return true;
	if (!*ret->artifact.version)
		ret->artifact.version = managed_as.artifact.version;
	if (!*ret->scope)
		ret->scope = managed_as.scope;
	if (!ret->exclusions)
		ret->exclusions = managed_as.exclusions;
	if (!ret->path)
		ret->path = managed_as.path;
	return true;
}

/* ---- exclusions ---- */

static bool fits(const char *pattern, const char *text)
{
	return !strcmp(pattern, "*") || !strcmp(pattern, text);
}

bool dependency_excludes(const struct pom *pom, const struct xml *exclusions, const struct artifact *artifact)
{
	for (const struct xml *at = exclusions ? exclusions->first : NULL; at; at = at->next)
		if (fits(value_of(pom, at, "groupId"), artifact->group) &&
		    fits(value_of(pom, at, "artifactId"), artifact->name))
			return true;
	return false;
}
