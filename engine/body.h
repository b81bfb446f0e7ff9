/* A method body under examination: what filters, sentences and identities are
 * derived from. Lives only while its class is planned. */
#ifndef ENGINE_BODY_H
#define ENGINE_BODY_H

#include "classfile/code.h"

struct body {
	struct arena *arena;	/* scratch: the class's */
	const struct class *class;
	const struct member *method;
	const struct code *code;
};

#endif
