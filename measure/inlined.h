/* Kotlin's inline functions: kotlinc writes their code into whoever calls them, tests
 * among them, and no test runs the function itself. A change in it can be noticed by
 * none, however well it is tested; that no test reaches it tells nothing.
 *
 * Which lines were written out elsewhere is told by the classes that have the copies
 * (classfile/source_map.h).
 */
#ifndef MEASURE_INLINED_H
#define MEASURE_INLINED_H

#include "project/project.h"

#define INLINED_WHY "an inline function: kotlinc wrote its code into its callers, and no test runs the function itself"

struct inlined;

/* Looks through all classes of the project; in `arena`, like all that it keeps. */
const struct inlined *inlined_read(struct arena *arena, const struct project *project);

/* Whether a copy of that line stands anywhere. `class_name`: in internal form. */
bool inlined_has(const struct inlined *inlined, const char *class_name, uint32_t line);

#endif
