/* Expressions as text, as short as it takes to be recognised.
 *
 *	struct wording wording;
 *	wording_init(&wording, express);
 *	wording_expr(&wording, expr, 'I', WORDING_ANY);
 *	... wording.text ...
 *
 * Text past the ceiling is cut and ends in an ellipsis; so does what cannot be
 * told. Names and strings come from class files: what comes out is valid
 * UTF-8 without control characters.
 */
#ifndef ENGINE_WORDING_H
#define ENGINE_WORDING_H

#include "engine/express.h"

#define WORDING_MAX 80		/* bytes before the ellipsis */
#define WORDING_OPERAND_MAX 34	/* of the left operand, so that the sign is seen */

struct wording {
	const struct express *express;
	size_t len, max;
	bool is_cut;
	unsigned depth;
	char text[WORDING_MAX + 4];
};

enum wording_precedence {	/* of Java's operators, loosest first */
	WORDING_ANY = 0, WORDING_CHOICE, WORDING_OR, WORDING_AND,
	WORDING_BIT_OR, WORDING_BIT_XOR, WORDING_BIT_AND, WORDING_EQUALITY,
	WORDING_RELATION, WORDING_SHIFT, WORDING_SUM, WORDING_PRODUCT,
	WORDING_UNARY, WORDING_ATOM,
};

enum relation {		/* in the order of the jumps; the lowest bit negates */
	RELATION_EQ, RELATION_NE, RELATION_LT, RELATION_GE, RELATION_GT,
	RELATION_LE,
};

void wording_init(struct wording *wording, const struct express *express);
void wording_add(struct wording *wording, const char *text);

/* As a value of type `wanted` (a 1 may be true, a 97 'a'; '?' if nobody says),
 * in parentheses if it binds looser than `least`. */
void wording_expr(struct wording *wording, const struct expr *expr,
		  char wanted, enum wording_precedence least);

/* The sign between the operands of an arithmetic instruction: "+". */
const char *wording_sign(enum opcode opcode);

/* Whether there is more to say of it than an ellipsis. */
bool wording_is_known(const struct express *express, const struct expr *expr);

/* A comparison, as a source would have it. */
struct comparison {
	const struct expr *left, *right;	/* right NULL: a boolean, null or 0 */
	enum relation relation;
	bool is_boolean, is_null;
	int nan;	/* how fcmpl, fcmpg ... compare with NaN: -1, 1; else 0 */
};

/* What the jump of an EXPR_CONDITION compares. */
struct comparison wording_comparison(const struct express *express,
				     const struct expr *condition);

/* The comparison with `relation` in place of its own. */
void wording_relation(struct wording *wording,
		      const struct comparison *comparison,
		      enum relation relation, enum wording_precedence least);

#endif
