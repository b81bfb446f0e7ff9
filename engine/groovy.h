/* What groovyc adds: the filter `groovy` of filters.def. Told by names that only the
 * compiler gives, and by the shape of the code (groovyc 2.4 to 4.0). */
#ifndef ENGINE_GROOVY_H
#define ENGINE_GROOVY_H

#include "engine/body.h"

/* Whether groovyc made the class. */
bool groovy_is(const struct class *class);

void groovy_mark(const struct body *body, bool *marks);

#endif
