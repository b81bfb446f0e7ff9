#include "engine/merge.h"

#define CHAIN_MAX 16		/* conditions joined by && and || */
#define NEST_MAX 8

/*	c1: condition, jump        each jump leads to `yes`, to `no`,
 *	c2: condition, jump        or to a later condition of the chain
 *	yes:  value; goto here
 *	no:   value
 *	here:
 */
struct chain {
	struct express *express;
	struct expr *conditions[CHAIN_MAX];	/* last first */
	unsigned n;
	uint32_t yes, no;
};

static const struct expr always, never;	/* the two ends of a chain */

static struct expr *make(struct chain *chain, enum expr_kind kind,
			 struct expr *a, struct expr *b)
{
	struct expr *expr = ARENA_NEW(chain->express->arena, struct expr);

	expr->kind = kind;
	expr->type = "Z";
	expr->n_args = b ? 2 : 1;
	expr->args = ARENA_NEW_N(chain->express->arena, struct expr *, 2);
	expr->args[0] = a;
	expr->args[1] = b;
	expr->number = a->number;
	expr->first = a->first;
	return expr;
}

static struct expr *negate(struct chain *chain, struct expr *expr)
{
	return expr->kind == EXPR_NOT ? expr->args[0]
				      : make(chain, EXPR_NOT, expr, NULL);
}

/* The same conditions joined in the same way. */
static bool is_same(const struct expr *a, const struct expr *b, unsigned depth)
{
	if (a == b)
		return true;
	if (a == &always || a == &never || b == &always || b == &never ||
	    a->kind != b->kind || depth == NEST_MAX)
		return false;
	if (a->kind == EXPR_NOT)
		return is_same(a->args[0], b->args[0], depth + 1);
	return (a->kind == EXPR_AND || a->kind == EXPR_OR) &&
	       is_same(a->args[0], b->args[0], depth + 1) &&
	       is_same(a->args[1], b->args[1], depth + 1);
}

/* `whole` is P || rest (or P && rest, by `kind`) with this very rest: P. */
static struct expr *without_rest(struct chain *chain, struct expr *whole,
				 enum expr_kind kind, const struct expr *rest,
				 unsigned depth)
{
	struct expr *left;

	if (whole == &always || whole == &never || whole->kind != kind ||
	    depth == NEST_MAX)
		return NULL;
	if (is_same(whole->args[1], rest, 0))
		return whole->args[0];
	left = without_rest(chain, whole->args[1], kind, rest, depth + 1);
	return left ? make(chain, kind, whole->args[0], left) : NULL;
}

static struct expr *choose(struct chain *chain, struct expr *test,
			   struct expr *yes, struct expr *no, unsigned depth);

/* Both ways end in the same `|| rest` or `&& rest`: chosen before that. */
static struct expr *choose_before(struct chain *chain, struct expr *test,
				  struct expr *yes, struct expr *no,
				  enum expr_kind kind, unsigned depth)
{
	struct expr *part;

	if (no->kind != kind || depth == NEST_MAX)
		return NULL;
	part = without_rest(chain, yes, kind, no->args[1], 0);
	if (part)
		part = choose(chain, test, part, no->args[0], depth + 1);
	return part ? make(chain, kind, part, no->args[1]) : NULL;
}

/* If `test` then `yes` else `no`, where both are conditions again. */
static struct expr *choose(struct chain *chain, struct expr *test,
			   struct expr *yes, struct expr *no, unsigned depth)
{
	struct expr *part;

	if (yes == &always && no == &never)
		return test;
	if (yes == &never && no == &always)
		return negate(chain, test);
	if (yes == &always)
		return make(chain, EXPR_OR, test, no);
	if (no == &never)
		return make(chain, EXPR_AND, test, yes);
	if (yes == &never)
		return make(chain, EXPR_AND, negate(chain, test), no);
	if (no == &always)
		return make(chain, EXPR_OR, negate(chain, test), yes);
	if ((part = without_rest(chain, no, EXPR_OR, yes, 0)))
		return make(chain, EXPR_OR,
			    make(chain, EXPR_AND, negate(chain, test), part), yes);
	if ((part = without_rest(chain, no, EXPR_AND, yes, 0)))
		return make(chain, EXPR_AND,
			    make(chain, EXPR_OR, test, part), yes);
	if ((part = without_rest(chain, yes, EXPR_OR, no, 0)))
		return make(chain, EXPR_OR,
			    make(chain, EXPR_AND, test, part), no);
	if ((part = without_rest(chain, yes, EXPR_AND, no, 0)))
		return make(chain, EXPR_AND,
			    make(chain, EXPR_OR, negate(chain, test), part), no);
	part = choose_before(chain, test, yes, no, EXPR_OR, depth);
	return part ? part
		    : choose_before(chain, test, yes, no, EXPR_AND, depth);
}

/* Where in the chain instruction `to` is: -1 yes, -2 no, -3 nowhere. */
static int place_of(const struct chain *chain, uint32_t to)
{
	if (to == chain->yes)
		return -1;
	if (to == chain->no)
		return -2;
	for (unsigned i = 0; i < chain->n; i++)
		if (chain->conditions[i]->first == to)
			return (int)i;
	return -3;
}

static uint32_t target_of(const struct chain *chain, const struct expr *condition)
{
	const struct code *code = chain->express->code;

	return code->insn_at[code->insns[condition->number].target];
}

static void collect(struct chain *chain)
{
	uint32_t end = chain->yes;

	while (chain->n < CHAIN_MAX && end > 0) {
		struct expr *condition = chain->express->made[end - 1];

		if (!condition || condition->kind != EXPR_CONDITION ||
		    place_of(chain, target_of(chain, condition)) == -3)
			return;
		chain->conditions[chain->n++] = condition;
		end = condition->first;
	}
}

static struct expr *fold(struct chain *chain)
{
	struct expr *value[CHAIN_MAX], *ends[2];

	ends[0] = (struct expr *)&always;
	ends[1] = (struct expr *)&never;
	for (unsigned i = 0; i < chain->n; i++) {
		struct expr *condition = chain->conditions[i];
		int jump = place_of(chain, target_of(chain, condition));
		struct expr *taken = jump >= 0 ? value[jump] : ends[-jump - 1];
		struct expr *fallen = i == 0 ? ends[0] : value[i - 1];

		value[i] = choose(chain, condition, taken, fallen, 0);
		if (!value[i])
			return NULL;
	}
	return chain->n ? value[chain->n - 1] : NULL;
}

struct expr *merge_choice(struct express *express, struct expr *jumped,
			  struct expr *fell, uint32_t from, uint32_t here)
{
	struct chain chain = {
		.express = express, .yes = jumped->first, .no = from + 1,
	};
	struct expr *condition, *expr;

	if (express->code->insns[from].opcode != OPC_goto ||
	    jumped->first > from || fell->first != chain.no)
		return NULL;
	collect(&chain);
	condition = fold(&chain);
	if (!condition)
		return NULL;
	expr = ARENA_NEW(express->arena, struct expr);
	expr->kind = EXPR_CHOICE;
	expr->number = here;
	expr->first = condition->first;
	expr->type = jumped->type ? jumped->type : fell->type;
	expr->n_args = 3;
	expr->args = ARENA_NEW_N(express->arena, struct expr *, 3);
	expr->args[0] = condition;
	expr->args[1] = jumped;
	expr->args[2] = fell;
	return expr;
}
