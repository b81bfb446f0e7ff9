/* Classes of the project's libraries that workers get with other bodies.
 *
 * Both append to a message: u4 n, n x (text class in internal form, bytes). A
 * library that cannot be read has none of these classes.
 */
#ifndef MEASURE_LIBRARY_PATCHES_H
#define MEASURE_LIBRARY_PATCHES_H

#include "oracle/observe.h"
#include "run/run.h"

/* Those that do not expect loaders of our kind (engine/own_loader.h); for WIRE_TABLE. */
void library_patches_put_own_loaders(const struct run *run, struct buf *table);

/* Those that take in the calls of generated test doubles (oracle/doubles.h); for
 * WIRE_WOVEN. Sets run->unrecorded_doubles. */
void library_patches_put_doubles(struct run *run, struct observe *observe, struct buf *table);

#endif
