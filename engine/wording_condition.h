/* Comparisons and what is made of them, as a source would have it. */
#ifndef ENGINE_WORDING_CONDITION_H
#define ENGINE_WORDING_CONDITION_H

#include "engine/wording.h"

enum relation {		/* in the order of the jumps; the lowest bit negates */
	RELATION_EQ, RELATION_NE, RELATION_LT, RELATION_GE, RELATION_GT,
	RELATION_LE,
};

struct comparison {
	const struct expr *left, *right;	/* right NULL: a boolean, null or 0 */
	enum relation relation;
	bool is_boolean, is_null, is_of_references;
	int nan;	/* how fcmpl, fcmpg ... compare with NaN: -1, 1; else 0 */
};

/* What the jump of an EXPR_CONDITION compares. */
struct comparison wording_comparison(const struct express *express,
				     const struct expr *condition);

/* The comparison with `relation` in place of its own. */
void wording_relation(struct wording *wording,
		      const struct comparison *comparison,
		      enum relation relation, enum wording_precedence least);

/* A condition, or what is not one, or its opposite. */
void wording_condition(struct wording *wording, const struct expr *expr,
		       bool is_negated, enum wording_precedence least);

/* An EXPR_AND or EXPR_OR, without parentheses of its own. */
void wording_junction(struct wording *wording, const struct expr *expr);

/* The condition that a choice puts down as 1 or 0, and whether the other way round;
 * NULL: it is none such. */
const struct expr *wording_put_down(const struct expr *choice, bool *ret_negated);

/* An EXPR_CHOICE: c ? a : b, or the condition alone where that is what it says. */
void wording_choice(struct wording *wording, const struct expr *expr, char wanted,
		    enum wording_precedence least);

#endif
