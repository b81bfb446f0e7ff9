/* The calls that probes are made of: static methods of the worker's class Reach. */
#ifndef ENGINE_PROBE_CALL_H
#define ENGINE_PROBE_CALL_H

#include "classfile/rewrite.h"

#define PROBE_CLASS "varyharness/Reach"
#define PROBE_METHOD "hit"

/* Appends a call of this method of Reach, whose arguments are on the stack. */
void probe_call_write(struct buf *buf, struct rewrite *rewrite, const char *method,
		      const char *descriptor);

/* Appends the count of one more hit. */
void probe_call_hit(struct buf *buf, struct rewrite *rewrite, uint32_t counter);

/* The type of Reach's parameters for values of this kind of descriptor (as in
 * struct descriptor_type): "I", "J", "F", "D" or Object's. */
const char *probe_call_type(char kind);

#endif
