/* Reading a WIRE_TRACE. */
#ifndef CREW_TRACES_H
#define CREW_TRACES_H

#include "oracle/trace.h"
#include "wire/wire.h"

/* What follows the unit's number; in the arena. Where it cannot be right, the
 * reader has failed. */
struct trace traces_read(struct wire_reader *in, struct arena *arena);

#endif
