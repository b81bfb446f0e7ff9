/* Source-like expressions recovered from a method body.
 *
 * The operand stack is simulated once from the first instruction to the last,
 * with a small tree for each value in place of the value. Where control
 * merges, a conditional expression is recognised if that is what it is; any
 * other difference makes the value EXPR_UNKNOWN. Nothing here is relied on for
 * more than words and for what feeds what: a tree may be poorer than the
 * source, never a reason to fail.
 */
#ifndef ENGINE_EXPRESS_H
#define ENGINE_EXPRESS_H

#include "classfile/code.h"

enum expr_kind {
	EXPR_UNKNOWN,
	EXPR_NUMBER,	/* type, bits */
	EXPR_NULL,
	EXPR_STRING,	/* text, text_len: modified UTF-8 */
	EXPR_CLASS,	/* text: internal name */
	EXPR_LOCAL,	/* pc, index: as code_local() is asked; stored */
	EXPR_FIELD,	/* ref; args[0] the object, none if static */
	EXPR_CALL,	/* ref; args[0] the receiver unless static; opcode */
	EXPR_NEW,	/* text: class; args once the constructor ran */
	EXPR_ARRAY,	/* type; args: the length, or the elements if `is_filled` */
	EXPR_INDEX,	/* args: array, index; of a store also the value */
	EXPR_LENGTH,	/* args: array */
	EXPR_CAST,	/* type; args: the value */
	EXPR_BINARY,	/* opcode; args: two */
	EXPR_MINUS,	/* args: one */
	EXPR_INSTANCEOF,	/* text: class; args: one */
	EXPR_COMPARE3,	/* lcmp, fcmpl ...; args: two */
	EXPR_CONDITION,	/* opcode of the jump taken if it holds; args: one or two */
	EXPR_NOT, EXPR_AND, EXPR_OR,	/* args */
	EXPR_CHOICE,	/* args: condition, if true, if false */
	EXPR_CONCAT,	/* args: what comes before (may be NULL), one operand */
	EXPR_LAMBDA,	/* ref: the method referred to; args: what is captured */
	EXPR_DYNAMIC,	/* a call in Groovy whose method is found when it runs; text: "invoke",
			 * "getProperty", "cast" ...; ref.name: of what; args[0] the receiver */
};

struct expr {
	enum expr_kind kind;
	enum opcode opcode;
	uint32_t number;	/* of the instruction that made it */
	uint32_t first;		/* of the first instruction it is computed by */
	const char *type;	/* descriptor, its end not marked; NULL: unknown */
	uint64_t bits;
	const char *text;
	uint32_t text_len;
	uint32_t pc;
	uint16_t index;
	uint16_t n_args;
	bool is_filled;
	struct member_ref ref;
	struct expr *stored;	/* what was put in the variable last, or NULL */
	struct expr **args;
};

struct idiom;

struct express {
	struct arena *arena;
	const struct idiom *idiom;	/* how its language is worded; NULL: as Java */
	const struct class *class;
	const struct member *method;
	const struct code *code;
	/* [n_insns] what each instruction makes: of a jump its condition, of a
	 * return or throw the value, of a call the call also if void, of an
	 * iinc the variable; NULL where there is nothing to say. */
	struct expr **made;
};

const struct express *express_build(struct arena *arena, const struct idiom *idiom,
				    const struct class *class,
				    const struct member *method,
				    const struct code *code);

/* The first letter of the descriptor of a value: Z, I, L ...; '?' unknown. */
char express_type(const struct express *express, const struct expr *expr);

#endif
