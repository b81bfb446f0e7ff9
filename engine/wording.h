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
	const struct idiom *idiom;	/* NULL: Java */
	size_t len, max;
	bool is_cut;
	unsigned depth;
	char text[WORDING_MAX + 4];
};

enum wording_precedence {	/* of Java's operators, loosest first; OPERATOR: of Scala's others */
	WORDING_ANY = 0, WORDING_CHOICE, WORDING_OR, WORDING_AND,
	WORDING_BIT_OR, WORDING_BIT_XOR, WORDING_BIT_AND, WORDING_EQUALITY,
	WORDING_RELATION, WORDING_SHIFT, WORDING_SUM, WORDING_PRODUCT,
	WORDING_OPERATOR, WORDING_UNARY, WORDING_ATOM,
};

void wording_init(struct wording *wording, const struct express *express);
void wording_add(struct wording *wording, const char *text);

/* As a value of type `wanted` (a 1 may be true, a 97 'a'; '?' if nobody says),
 * in parentheses if it binds looser than `least`. */
void wording_expr(struct wording *wording, const struct expr *expr,
		  char wanted, enum wording_precedence least);

/* The same for what stands left in the whole: it leaves room for the sign and the
 * right operand, or for the name of the method called. `own`: how tightly that binds. */
void wording_left(struct wording *wording, const struct expr *left, char wanted,
		  enum wording_precedence own);

/* "left sign right". */
void wording_infix(struct wording *wording, const struct expr *left, const char *sign,
		   const struct expr *right, char wanted, enum wording_precedence own);

/* What both sides of an operator are taken for: the constant in c == 'a' is a
 * character because c is one. */
char wording_common_type(const struct express *express, const struct expr *a,
			 const struct expr *b);

/* The sign between the operands of an arithmetic instruction: "+". */
const char *wording_sign(enum opcode opcode);

/* `this`, or an object that it is written in. */
bool wording_is_this(const struct express *express, const struct expr *expr);

/* Variable arguments: an array of this `type` that was filled for the call. */
bool wording_is_variable(const struct expr *arg, char type, bool is_last);

/* What a call puts in a box of java.lang or takes out of one, or NULL. */
const struct expr *wording_boxed(const struct expr *call);

/* Whether there is more to say of it than an ellipsis. */
bool wording_is_known(const struct express *express, const struct expr *expr);

#endif
