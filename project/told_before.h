/* The class path that Maven told, kept for the next run: asking takes seconds.
 *
 *	told = told_before(&poms, base)
 *	path = told_before_find(&arena, &told)   NULL: ask, and then
 *	told_before_keep(&told, path)
 *
 * It holds as long as nothing changes that Maven would read: every pom.xml of
 * the project and above it, settings, options in the environment and in .mvn,
 * the files that profiles look for. A class path with a snapshot from the
 * repository, or one that a range of versions decides, is asked for every time.
 * One file a project, in the place of archive.h.
 */
#ifndef PROJECT_TOLD_BEFORE_H
#define PROJECT_TOLD_BEFORE_H

#include <stdint.h>

#include "project/pom.h"

struct told_before {
	const char *file;	/* NULL: nothing is kept */
	const char *base;
	uint64_t key;		/* of everything that Maven would read */
};

struct told_before told_before(struct poms *poms, const char *base);

/* All its entries are still there. */
const char *told_before_find(struct arena *arena, const struct told_before *told);

void told_before_keep(struct arena *arena, const struct told_before *told, const char *classpath);

#endif
