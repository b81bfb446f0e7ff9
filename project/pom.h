/* Maven's pom.xml and its parents, read without Maven.
 *
 *	struct poms poms = { .arena = &arena, .java = 17 };
 *	pom = pom_read(&poms, path);
 *	while ((part = pom_next_part(pom, part))) ...      what profiles say, then the pom itself
 *	if (pom_expand(pom, "${project.version}", &buf)) ...
 */
#ifndef PROJECT_POM_H
#define PROJECT_POM_H

#include "project/repository.h"
#include "project/xml.h"

struct poms {			/* each file is read once */
	struct arena *arena;
	unsigned java;		/* the JVM's feature number (17), for profiles; 0: not known */
	struct repository repository;	/* where parents may lie; .top is NULL: Maven's local one */
	struct pom **read;	/* [n_read] those of which there is no file too */
	uint32_t n_read;
};

struct pom {
	struct poms *poms;
	const char *path, *directory;	/* absolute: of pom.xml, of the folder it is in */
	struct span bytes;
	const struct xml *project;	/* NULL: no such file, or no XML; pom_read() gives none such */
	const struct pom *parent;	/* NULL: none, or not to be found */
	bool is_being_read;	/* a parent of its own is none */
};

/* The parent is looked for where <relativePath> says, else in the local
 * repository. NULL where there is no such file or it is no XML. */
const struct pom *pom_read(struct poms *poms, const char *path);

/* The next part that holds behind `at` (NULL: from the first): profiles that are active by
 * default, for the Java in use, for a property that is not set (none is) or a file, then the
 * project itself. NULL behind that. */
const struct xml *pom_next_part(const struct pom *pom, const struct xml *at);

/* What ${name} is for the pom: a property of it or of the nearest of its parents that has
 * one, or what Maven knows of the project itself. NULL: only a build knows. */
const char *pom_property(const struct pom *pom, const char *name);

/* Adds the text with properties in place of ${name} and surefire's @{name}; false where one is
 * not known. */
bool pom_expand(const struct pom *pom, const char *text, struct buf *ret);

/* The same as a text of its own, NULL where `text` is or a property is not known. */
const char *pom_value(const struct pom *pom, const char *text);

/* <directory>, <outputDirectory>, ... of <build>: absolute; `usual` where it is not set. */
const char *pom_build_path(const struct pom *pom, const char *element, const char *usual);

#endif
