/* Where build tools keep what they have fetched: Maven's local repository, Gradle's cache. */
#ifndef PROJECT_REPOSITORY_H
#define PROJECT_REPOSITORY_H

#include <stdbool.h>

#include "util/arena.h"

struct repository {
	const char *top;	/* absolute; NULL: Maven's local one */
	bool is_gradle;		/* TOP/GROUP/NAME/VERSION/HASH/FILE, else TOP/GR/OUP/NAME/VERSION/FILE */
};

struct artifact {		/* coordinates; all there, "" for no classifier */
	const char *group, *name, *version;
	const char *extension;	/* "jar", "pom" */
	const char *classifier;
};

/* The path of the file, which may not be there; NULL where it cannot be one: coordinates with
 * a slash or "..", or (Gradle) it was never fetched. */
const char *repository_file(struct arena *arena, const struct repository *repository,
			    const struct artifact *artifact);

/* Maven's local repository: as MAVEN_OPTS or ~/.m2/settings.xml say, else ~/.m2/repository. */
const char *repository_maven(struct arena *arena);

/* Gradle's, for modules: below GRADLE_USER_HOME, else ~/.gradle. */
const char *repository_gradle(struct arena *arena);

#endif
