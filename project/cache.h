/* Where vary keeps what it may lose: $XDG_CACHE_HOME/vary or ~/.cache/vary. */
#ifndef PROJECT_CACHE_H
#define PROJECT_CACHE_H

#include "util/arena.h"

/* The directory, made where it is not there; NULL where there is no place for
 * it, or its name has a colon, which the JVM takes for the end of a file's name. */
const char *cache_directory(struct arena *arena);

#endif
