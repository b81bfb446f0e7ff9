/* What kotlinc adds: the filter `kotlin` of filters.def. Told by names that only the
 * compiler gives, by the shape of the code, and by where the class says that a line
 * comes from (kotlinc 1.3 to 2.4). */
#ifndef ENGINE_KOTLIN_H
#define ENGINE_KOTLIN_H

#include "engine/body.h"

/* Whether kotlinc made the class. */
bool kotlin_is(const struct class *class);

void kotlin_mark(const struct body *body, bool *marks);

#endif
