/* What scalac adds: the filter `scala` of filters.def. Told by the shape of the
 * code and by names that only the compiler gives (scalac 2.11 to 2.13, Scala 3). */
#ifndef ENGINE_SCALA_H
#define ENGINE_SCALA_H

#include "engine/body.h"

/* Whether scalac made the class. */
bool scala_is(const struct class *class);

void scala_mark(const struct body *body, bool *marks);

#endif
