/* A method body under examination: what filters, sentences and identities are
 * derived from. Lives only while its class is planned. */
#ifndef ENGINE_BODY_H
#define ENGINE_BODY_H

#include "classfile/source_map.h"
#include "engine/express.h"

struct body_class {		/* what all methods of a class share */
	bool is_synthetic;
	bool is_kotlin, is_scala, is_groovy;	/* by its compiler */
	bool is_generated;	/* it has an annotation called *Generated */
	const struct source_map *source_map;	/* or NULL */
	const struct idiom *idiom;	/* engine/idiom.h; NULL: Java */
};

struct body {
	struct arena *arena;	/* scratch: the class's */
	const struct class *class;
	const struct member *method;
	const struct code *code;
	const struct express *express;
	const bool *if_true;	/* [n_insns] see polarity.h */
	const struct body_class *shared;
};

/* The source map is in the arena. */
struct body_class body_class_of(struct arena *arena, const struct class *class);

/* What instruction `i` calls or which static field it reads; a name of "" for others. */
struct member_ref body_ref_at(const struct body *body, uint32_t i);

/* Whether the attribute or the flag is there. */
bool body_is_synthetic(uint16_t access, const struct attributes *attributes);

/* Of instruction `number`, in the class's source file; 0: not recorded. What was
 * inlined from another file has its line there. */
uint32_t body_line(const struct body *body, uint32_t number);

#endif
