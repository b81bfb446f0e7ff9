/* The operand stack as express.c simulates it, with a growing tree for each
 * value.
 *
 * Code may be anything that could be read, so the stack is never empty enough
 * to fail (what is missing is EXPR_UNKNOWN) and never grows beyond its size.
 */
#ifndef ENGINE_OPERAND_H
#define ENGINE_OPERAND_H

#include "engine/express.h"

#define OPERAND_ARGS_MAX 255	/* of a call, as class files limit it */

struct stack {			/* one entry a slot; the second of a long is NULL */
	struct expr **items;
	uint32_t n, size;
};

struct saved {			/* the stack that a jump brings along */
	struct saved *before;	/* that of the jump before it to the same place */
	struct expr **items;
	uint32_t n;
	uint32_t from;		/* number of the jump */
};

struct simulation {
	struct express *express;
	const struct code *code;
	struct stack stack;
	struct saved **saved;	/* [n_insns] the last jump's; NULL where none */
	struct expr **stored;	/* [max_locals] the last value of each variable */
	bool *counts;		/* [max_locals] is there an iinc of it? */
	bool alive;		/* control falls through to the next instruction */
};

/* A tree made by instruction `number`, with room for `n_args` arguments. */
struct expr *operand_make(struct simulation *s, enum expr_kind kind,
			  uint32_t number, uint16_t n_args);
void operand_set_arg(struct expr *expr, uint16_t i, struct expr *arg);

void operand_push(struct simulation *s, struct expr *expr);

/* The same, of what instruction `i` makes (express->made). */
void operand_push_made(struct simulation *s, uint32_t i, struct expr *expr);

/* A value of that type letter. */
struct expr *operand_pop(struct simulation *s, char type, uint32_t number);

/* One slot, whatever it holds; NULL: the second of a long, or nothing. */
void operand_push_slot(struct simulation *s, struct expr *expr);
struct expr *operand_pop_slot(struct simulation *s);

#endif
