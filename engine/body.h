/* A method body under examination: what filters, sentences and identities are
 * derived from. Lives only while its class is planned. */
#ifndef ENGINE_BODY_H
#define ENGINE_BODY_H

#include "classfile/source_map.h"
#include "engine/express.h"

struct body {
	struct arena *arena;	/* scratch: the class's */
	const struct class *class;
	const struct member *method;
	const struct code *code;
	const struct express *express;
	const bool *if_true;	/* [n_insns] see polarity.h */
	const struct source_map *source_map;	/* of the class, or NULL */
};

/* Of instruction `number`, in the class's source file; 0: not recorded. What was
 * inlined from another file has its line there. */
uint32_t body_line(const struct body *body, uint32_t number);

#endif
