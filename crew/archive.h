/* The JVM's archive of classes: what it parsed, verified and laid out of the
 * libraries and test engines in an earlier run, mapped into memory by the next.
 *
 *	archive_find(&arena, libjvm, &plain, project, &archive)
 *	archive->jvm, archive->recorder           for crew_start()
 *	archive_keep(&archive)                    once the recorder has left
 *
 * Archives lie in cache_directory(), one for each set of
 * JVM, options, directories and jars (by path, size and time of change); the
 * JVM compares the jars once more when it maps one. There are never more than a
 * few: those not used for longest go. Nothing depends on an archive: whatever is
 * wrong with one, the run goes on without.
 */
#ifndef CREW_ARCHIVE_H
#define CREW_ARCHIVE_H

#include "crew/crew.h"

struct archive {
	const char *directory;		/* of all archives */
	const char *file, *made;	/* this one, and under which name a worker leaves it */
	struct crew_jvm jvm;		/* started with the archive; no options: there is none yet */
	struct crew_jvm recorder;	/* makes one as it ends; no options: there is one */
};

/* Where there can be no archive, neither JVM has options: none of the libraries
 * is a jar, an option speaks of such things itself, or there is no directory.
 * `plain` holds -Djava.class.path, with all `n_roots` before the libraries. */
void archive_find(struct arena *arena, const char *libjvm, const struct crew_jvm *plain,
		  const char *const *roots, uint32_t n_roots,
		  const char *const *libraries, uint32_t n_libraries,
		  struct archive *ret);

/* What the recorder left becomes the archive, whole or not at all; the oldest
 * others are deleted. */
void archive_keep(const struct archive *archive);

#endif
