#include "project/pom.h"

#include <string.h>

#include "project/files.h"
#include "project/repository.h"

#define POM_MAX ((size_t)4 << 20)
#define PARENTS_MAX 16		/* above a pom */

static bool read_file(struct arena *arena, const char *path, struct span *ret)
{
	struct err unreadable = ERR_INIT;

	return file_is_regular(path) && file_read(arena, path, POM_MAX, ret, &unreadable) == ERR_OK;
}

static const struct pom *kept(const struct poms *poms, const char *path)
{
	for (uint32_t i = 0; i < poms->n_read; i++)
		if (!strcmp(poms->read[i]->path, path))
			return poms->read[i];
	return NULL;
}

static void keep(struct poms *poms, struct pom *pom)
{
	poms->read = arena_room(poms->arena, poms->read, poms->n_read, sizeof(*poms->read));
	poms->read[poms->n_read++] = pom;
}

static const struct pom *read_above(struct poms *poms, const char *path, unsigned n_below);

/* Where <relativePath> says, if it is what <parent> means. */
static const struct pom *parent_nearby(struct poms *poms, const struct pom *pom, const struct xml *parent,
				       unsigned n_below)
{
	const char *relative = xml_text(parent, "relativePath"), *wanted = xml_text(parent, "artifactId");
	const char *path = arena_strfmt(poms->arena, "%s/%s", pom->directory, relative ? relative : "../pom.xml");
	const struct pom *found;
	const char *own;

	if (relative && !*relative)
		return NULL;
	if (file_is_directory(path))
		path = arena_strfmt(poms->arena, "%s/pom.xml", path);
	found = read_above(poms, path, n_below);
	own = found ? xml_text(found->project, "artifactId") : NULL;
	return own && wanted && !strcmp(own, wanted) ? found : NULL;
}

static const struct pom *parent_of(struct poms *poms, const struct pom *pom, const struct xml *parent,
				   unsigned n_below)
{
	const char *group = xml_text(parent, "groupId"), *name = xml_text(parent, "artifactId");
	const char *version = xml_text(parent, "version"), *path;
	const struct pom *nearby = parent_nearby(poms, pom, parent, n_below);

	if (nearby || !group || !name || !version)
		return nearby;
	path = repository_file(poms->arena, &poms->repository,
			       &(struct artifact){ group, name, version, "pom", "" });
	return path ? read_above(poms, path, n_below) : NULL;
}

static const struct pom *read_above(struct poms *poms, const char *path, unsigned n_below)
{
	struct err gone = ERR_INIT;
	const struct pom *before;
	struct pom *pom;

	if (n_below > PARENTS_MAX)
		return NULL;
	before = kept(poms, path);
	if (!before && file_absolute(poms->arena, path, &path, &gone) != ERR_OK)
		return NULL;
	if (!before)
		before = kept(poms, path);
	if (before)
		return before->project && !before->is_being_read ? before : NULL;
	pom = ARENA_NEW(poms->arena, struct pom);
	*pom = (struct pom){ .poms = poms, .path = path, .directory = file_parent(poms->arena, path),
			     .is_being_read = true };
	keep(poms, pom);
	if (read_file(poms->arena, path, &pom->bytes))
		pom->project = xml_parse(poms->arena, pom->bytes);
	if (xml_find(pom->project, "parent"))
		pom->parent = parent_of(poms, pom, xml_find(pom->project, "parent"), n_below + 1);
	pom->is_being_read = false;
	return pom->project ? pom : NULL;
}

const struct pom *pom_read(struct poms *poms, const char *path)
{
	return read_above(poms, path, 0);
}
