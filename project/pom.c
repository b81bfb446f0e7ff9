#include "project/pom.h"

#include <string.h>

#include "project/build_tool.h"
#include "project/files.h"

#define POM_MAX ((size_t)4 << 20)
#define PARENTS_MAX 16		/* above a pom */

static bool read_file(struct arena *arena, const char *path, struct span *ret)
{
	struct err unreadable = ERR_INIT;

	return file_is_regular(path) && file_read(arena, path, POM_MAX, ret, &unreadable) == ERR_OK;
}

static bool is_artifact(struct arena *arena, const char *path, const char *artifact)
{
	struct span bytes;
	const char *own = read_file(arena, path, &bytes)
		? xml_text(xml_parse(arena, bytes), "artifactId") : NULL;

	return own && artifact && !strcmp(own, artifact);
}

static char *dots_to_slashes(struct arena *arena, const char *name)
{
	char *path = arena_strdup(arena, name);

	for (char *c = path; *c; c++)
		*c = *c == '.' ? '/' : *c;
	return path;
}

static const char *parent_path(struct arena *arena, const struct pom *pom, const struct xml *parent)
{
	const char *relative = xml_text(parent, "relativePath");
	const char *group = xml_text(parent, "groupId"), *artifact = xml_text(parent, "artifactId");
	const char *version = xml_text(parent, "version"), *path;

	path = arena_strfmt(arena, "%s/%s", pom->directory, relative ? relative : "../pom.xml");
	if (file_is_directory(path))
		path = arena_strfmt(arena, "%s/pom.xml", path);
	if ((!relative || *relative) && is_artifact(arena, path, artifact))
		return path;
	return group && artifact && version
		? arena_strfmt(arena, "%s/%s/%s/%s/%s-%s.pom", build_tool_maven_repository(arena),
			       dots_to_slashes(arena, group), artifact, version, artifact, version)
		: NULL;
}

static const struct pom *read_above(struct arena *arena, const char *path, unsigned n_below)
{
	struct pom pom = { .path = path }, *kept;
	const struct xml *parent;

	if (n_below > PARENTS_MAX || !read_file(arena, path, &pom.bytes))
		return NULL;
	pom.project = xml_parse(arena, pom.bytes);
	if (!pom.project)
		return NULL;
	pom.directory = file_parent(arena, path);
	parent = xml_find(pom.project, "parent");
	path = parent ? parent_path(arena, &pom, parent) : NULL;
	pom.parent = path ? read_above(arena, path, n_below + 1) : NULL;
	kept = ARENA_NEW(arena, struct pom);
	*kept = pom;
	return kept;
}

const struct pom *pom_read(struct arena *arena, const char *path)
{
	return read_above(arena, path, 0);
}
