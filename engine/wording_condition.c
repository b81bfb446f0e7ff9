#include "engine/wording_condition.h"

#include "engine/idiom.h"

/* ---- comparisons ---- */

static enum relation relation_of(enum opcode jump)
{
	if (jump >= OPC_if_acmpeq && jump <= OPC_if_acmpne)
		return (enum relation)(jump - OPC_if_acmpeq);
	if (jump >= OPC_if_icmpeq)
		return (enum relation)(jump >= OPC_ifnull
				       ? jump - OPC_ifnull
				       : jump - OPC_if_icmpeq);
	return (enum relation)(jump - OPC_ifeq);
}

struct comparison wording_comparison(const struct express *express,
				     const struct expr *condition)
{
	struct comparison ret = {
		.left = condition->args[0],
		.right = condition->n_args > 1 ? condition->args[1] : NULL,
		.relation = relation_of(condition->opcode),
		.is_of_references = condition->opcode == OPC_if_acmpeq || condition->opcode == OPC_if_acmpne,
	};

	if (ret.right)
		return ret;
	if (condition->opcode >= OPC_ifnull) {
		ret.is_null = true;
	} else if (ret.left->kind == EXPR_COMPARE3) {
		if (ret.left->opcode == OPC_fcmpl || ret.left->opcode == OPC_dcmpl)
			ret.nan = -1;
		else if (ret.left->opcode != OPC_lcmp)
			ret.nan = 1;
		ret.right = ret.left->args[1];
		ret.left = ret.left->args[0];
	} else if (ret.relation <= RELATION_NE) {
		ret.is_boolean = express_type(express, ret.left) == 'Z';
	}
	return ret;
}

static void add_comparison(struct wording *w, const struct comparison *c,
			   enum relation relation)
{
	static const char *const signs[] = { "==", "!=", "<", ">=", ">", "<=" };
	enum wording_precedence own = relation <= RELATION_NE
				      ? WORDING_EQUALITY : WORDING_RELATION;
	char wanted;

	if (c->right) {
		const char *same = w->idiom && c->is_of_references
				   ? idiom_same(w, c->left, c->right, relation == RELATION_NE) : NULL;

		wanted = wording_common_type(w->express, c->left, c->right);
		wording_infix(w, c->left, same ? same : signs[relation], c->right, wanted, own);
		return;
	}
	wording_left(w, c->left, '?', own);
	wording_add(w, " ");
	wording_add(w, signs[relation]);
	wording_add(w, c->is_null ? " null" : " 0");
}

/* No comparison of the source holds for NaN: where the instruction's does, it
 * is the opposite of one. */
static bool holds_for_nan(const struct comparison *c, enum relation relation)
{
	if (relation == RELATION_LT || relation == RELATION_LE)
		return c->nan < 0;
	return (relation == RELATION_GT || relation == RELATION_GE) && c->nan > 0;
}

void wording_relation(struct wording *w, const struct comparison *c,
		      enum relation relation, enum wording_precedence least)
{
	enum wording_precedence own = relation <= RELATION_NE
				      ? WORDING_EQUALITY : WORDING_RELATION;

	if (c->is_boolean && w->idiom) {
		idiom_boolean(w, c->left, relation == RELATION_EQ, least);
		return;
	}
	if (c->is_boolean) {
		if (relation == RELATION_EQ)
			wording_add(w, "!");
		wording_expr(w, c->left, 'Z',
			     relation == RELATION_EQ ? WORDING_UNARY : least);
		return;
	}
	if (holds_for_nan(c, relation)) {
		wording_add(w, "!(");
		add_comparison(w, c, relation ^ 1u);
		wording_add(w, ")");
		return;
	}
	if (own < least)
		wording_add(w, "(");
	add_comparison(w, c, relation);
	if (own < least)
		wording_add(w, ")");
}

/* ---- conditions ---- */

void wording_condition(struct wording *w, const struct expr *expr,
		       bool is_negated, enum wording_precedence least)
{
	struct comparison comparison;

	if (expr->kind == EXPR_NOT) {
		wording_condition(w, expr->args[0], !is_negated, least);
	} else if (expr->kind == EXPR_CONDITION) {
		comparison = wording_comparison(w->express, expr);
		wording_relation(w, &comparison,
				 comparison.relation ^ (is_negated ? 1u : 0u),
				 least);
	} else if (w->idiom) {
		idiom_boolean(w, expr, is_negated, least);
	} else if (is_negated) {
		wording_add(w, "!");
		wording_expr(w, expr, 'Z', WORDING_UNARY);
	} else {
		wording_expr(w, expr, 'Z', least);
	}
}

void wording_junction(struct wording *w, const struct expr *expr)
{
	enum wording_precedence own = expr->kind == EXPR_OR ? WORDING_OR
							    : WORDING_AND;

	wording_expr(w, expr->args[0], 'Z', own);
	wording_add(w, expr->kind == EXPR_OR ? " || " : " && ");
	wording_expr(w, expr->args[1], 'Z', own);
}

static bool is_bit(const struct expr *expr, uint64_t bit)
{
	return expr->kind == EXPR_NUMBER && *expr->type == 'I' &&
	       expr->bits == bit;
}

const struct expr *wording_put_down(const struct expr *choice, bool *ret_negated)
{
	if (choice->kind != EXPR_CHOICE)
		return NULL;
	*ret_negated = is_bit(choice->args[1], 0) && is_bit(choice->args[2], 1);
	return *ret_negated || (is_bit(choice->args[1], 1) && is_bit(choice->args[2], 0)) ? choice->args[0] : NULL;
}

void wording_choice(struct wording *w, const struct expr *expr, char wanted,
		    enum wording_precedence least)
{
	bool is_negated;
	const struct expr *condition = wanted == 'Z' ? wording_put_down(expr, &is_negated) : NULL;

	if (condition) {
		wording_condition(w, condition, is_negated, least);
		return;
	}
	if (least > WORDING_CHOICE)
		wording_add(w, "(");
	wording_condition(w, expr->args[0], false, WORDING_CHOICE + 1);
	wording_add(w, " ? ");
	wording_expr(w, expr->args[1], wanted, WORDING_CHOICE);
	wording_add(w, " : ");
	wording_expr(w, expr->args[2], wanted, WORDING_CHOICE);
	if (least > WORDING_CHOICE)
		wording_add(w, ")");
}
