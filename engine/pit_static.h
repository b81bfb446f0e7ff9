/* Code that runs once in a JVM, as PIT sees it: static initialisers, and the
 * private methods they call. */
#ifndef ENGINE_PIT_STATIC_H
#define ENGINE_PIT_STATIC_H

#include "engine/pit_class.h"

/* [n_methods], in the arena of `pit`: which methods are such code. What is
 * stored for later, a function in a static field, is not. */
const bool *pit_static_find(const struct pit_class *pit);

#endif
