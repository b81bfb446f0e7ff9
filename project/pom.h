/* Maven's pom.xml and its parents, read without Maven. */
#ifndef PROJECT_POM_H
#define PROJECT_POM_H

#include "project/xml.h"

struct pom {
	const char *path, *directory;	/* absolute: of pom.xml, of the folder it is in */
	struct span bytes;
	const struct xml *project;
	const struct pom *parent;	/* NULL: none, or not to be found */
};

/* The parent is looked for where <relativePath> says, else in the local
 * repository. NULL where there is no such file or it is no XML. */
const struct pom *pom_read(struct arena *arena, const char *path);

#endif
