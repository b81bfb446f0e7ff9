#include "proof/fact.h"

#define FACTS_MAX 200		/* looked at in a chain; older ones are forgotten */
#define RANGE_DEPTH 4

unsigned fact_flip(unsigned relations)
{
	return (relations & RELATION_EQUAL) |
	       (relations & RELATION_LESS ? RELATION_GREATER : 0) |
	       (relations & RELATION_GREATER ? RELATION_LESS : 0);
}

static bool is_integral(const struct term *term)
{
	return term->type == 'I' || term->type == 'L';
}

static bool is_sum(const struct term *term)
{
	return (term->op == OPC_iadd || term->op == OPC_ladd) && term_is_const(term->args[1]);
}

/* ---- ranges ---- */

static void narrow(int64_t range[2], unsigned relations, int64_t lo, int64_t hi)
{
	if (!(relations & RELATION_GREATER) && range[1] > hi)
		range[1] = hi;
	if (!(relations & (RELATION_GREATER | RELATION_EQUAL)) && hi != INT64_MIN &&
	    range[1] > hi - 1)
		range[1] = hi - 1;
	if (!(relations & RELATION_LESS) && range[0] < lo)
		range[0] = lo;
	if (!(relations & (RELATION_LESS | RELATION_EQUAL)) && lo != INT64_MAX &&
	    range[0] < lo + 1)
		range[0] = lo + 1;
	if (lo == hi && !(relations & RELATION_EQUAL)) {
		if (range[0] == lo && lo != INT64_MAX)
			range[0]++;
		if (range[1] == lo && lo != INT64_MIN)
			range[1]--;
	}
}

static void narrow_by(const struct fact *fact, const struct term *term, int64_t range[2])
{
	for (unsigned n = 0; fact && n < FACTS_MAX; fact = fact->before, n++) {
		if (fact->a == term && is_integral(fact->b))
			narrow(range, fact->relations, fact->b->lo, fact->b->hi);
		else if (fact->b == term && is_integral(fact->a))
			narrow(range, fact_flip(fact->relations), fact->a->lo, fact->a->hi);
	}
}

static void range_of(const struct facts *facts, const struct term *term, unsigned depth,
		     int64_t ret[2])
{
	int64_t a[2], b[2], range[2];

	ret[0] = term->lo;
	ret[1] = term->hi;
	if (depth > 0 && term->n_args == 2 && term->op >= OPC_iadd && term->op <= OPC_lxor &&
	    is_integral(term->args[1])) {
		range_of(facts, term->args[0], depth - 1, a);
		range_of(facts, term->args[1], depth - 1, b);
		term_range((enum opcode)term->op, term->type, a, b, range);
		ret[0] = range[0] > ret[0] ? range[0] : ret[0];
		ret[1] = range[1] < ret[1] ? range[1] : ret[1];
	}
	for (unsigned again = 0; again < 2; again++) {	/* x >= 0, x != 0 in any order */
		narrow_by(facts->shared, term, ret);
		narrow_by(facts->own, term, ret);
	}
}

void fact_range(const struct facts *facts, const struct term *term, int64_t ret[2])
{
	range_of(facts, term, RANGE_DEPTH, ret);
}

/* ---- relations ---- */

static unsigned by_ranges(const struct facts *facts, const struct term *a, const struct term *b)
{
	unsigned relations = RELATION_ANY;
	int64_t of_a[2], of_b[2];

	fact_range(facts, a, of_a);
	fact_range(facts, b, of_b);
	if (of_a[0] > of_a[1] || of_b[0] > of_b[1])
		return 0;
	if (of_a[0] >= of_b[1])
		relations &= ~(unsigned)RELATION_LESS;
	if (of_a[1] <= of_b[0])
		relations &= ~(unsigned)RELATION_GREATER;
	if (of_a[0] > of_b[1] || of_a[1] < of_b[0])
		relations &= ~(unsigned)RELATION_EQUAL;
	return relations;
}

static unsigned stated_in(const struct fact *fact, const struct term *a, const struct term *b)
{
	unsigned relations = RELATION_ANY;

	for (unsigned n = 0; fact && n < FACTS_MAX; fact = fact->before, n++) {
		if (fact->a == a && fact->b == b)
			relations &= fact->relations;
		else if (fact->a == b && fact->b == a)
			relations &= fact_flip(fact->relations);
	}
	return relations;
}

static unsigned stated(const struct facts *facts, const struct term *a, const struct term *b)
{
	if (a == b)
		return RELATION_EQUAL;
	return stated_in(facts->shared, a, b) & stated_in(facts->own, a, b);
}

/* a to c, from a to b and b to c. */
static unsigned chained(unsigned first, unsigned second)
{
	if (first == RELATION_EQUAL)
		return second;
	if (second == RELATION_EQUAL)
		return first;
	if (!((first | second) & RELATION_GREATER))
		return first & second & RELATION_EQUAL ? RELATION_LESS | RELATION_EQUAL
						       : RELATION_LESS;
	if (!((first | second) & RELATION_LESS))
		return first & second & RELATION_EQUAL ? RELATION_GREATER | RELATION_EQUAL
						       : RELATION_GREATER;
	return RELATION_ANY;
}

static unsigned through_others(const struct facts *facts, const struct fact *fact,
			       const struct term *a, const struct term *b)
{
	unsigned relations = RELATION_ANY;

	for (unsigned n = 0; fact && n < FACTS_MAX / 4; fact = fact->before, n++) {
		const struct term *middle = fact->a == a ? fact->b : fact->b == a ? fact->a : NULL;

		if (!middle || middle == b || term_is_const(middle))
			continue;
		relations &= chained(stated(facts, a, middle), stated(facts, middle, b));
	}
	return relations;
}

static bool wraps_not(const struct facts *facts, const struct term *sum)
{
	int64_t of[2], by = (int64_t)sum->args[1]->bits;

	fact_range(facts, sum->args[0], of);
	return (__int128)of[0] + by >= term_min(sum->type) &&
	       (__int128)of[1] + by <= term_max(sum->type);
}

/* x + c beside y, where how x compares with y is known. */
static unsigned of_sum(const struct facts *facts, const struct term *sum, const struct term *b)
{
	const struct term *x = sum->args[0];
	int64_t by = (int64_t)sum->args[1]->bits;
	unsigned before;

	if (is_sum(b) && b->args[0] == x && wraps_not(facts, sum) && wraps_not(facts, b)) {
		int64_t other = (int64_t)b->args[1]->bits;

		return by < other ? RELATION_LESS : by > other ? RELATION_GREATER : RELATION_EQUAL;
	}
	before = stated(facts, x, b);
	if (by == 1 && before == RELATION_LESS)
		return RELATION_LESS | RELATION_EQUAL;
	if (by == -1 && before == RELATION_GREATER)
		return RELATION_GREATER | RELATION_EQUAL;
	if (!wraps_not(facts, sum))
		return RELATION_ANY;
	if (by > 0 && !(before & RELATION_LESS))
		return RELATION_GREATER;
	if (by < 0 && !(before & RELATION_GREATER))
		return RELATION_LESS;
	return RELATION_ANY;
}

static bool is_minus(const struct term *term)
{
	return term->op == OPC_ineg || term->op == OPC_lneg;
}

static unsigned of_references(const struct term *a, const struct term *b)
{
	bool a_null = a->op == TERM_CONST && !a->bits, b_null = b->op == TERM_CONST && !b->bits;

	if ((a_null && b->nonnull) || (b_null && a->nonnull))
		return RELATION_OTHER;
	return RELATION_ANY;
}

unsigned fact_relations(const struct facts *facts, const struct term *a, const struct term *b)
{
	unsigned relations = stated(facts, a, b);

	if (a == b || relations == 0)
		return relations;
	if (!is_integral(a) || !is_integral(b))
		return relations & (a->type == 'A' && b->type == 'A' ? of_references(a, b)
								      : RELATION_ANY);
	relations &= by_ranges(facts, a, b);
	relations &= through_others(facts, facts->shared, a, b) &
		     through_others(facts, facts->own, a, b);
	if (is_minus(a) && is_minus(b) &&	/* -x and -y are equal where x and y are */
	    !(stated(facts, a->args[0], b->args[0]) & RELATION_EQUAL))
		relations &= RELATION_OTHER;
	if (is_sum(a))
		relations &= of_sum(facts, a, b);
	if (is_sum(b))
		relations &= fact_flip(of_sum(facts, b, a));
	return relations;
}

void fact_add(struct terms *terms, const struct fact **chain, const struct term *a,
	      const struct term *b, unsigned relations)
{
	struct fact *fact = ARENA_NEW(terms->arena, struct fact);

	*fact = (struct fact){ *chain, a, b, (uint8_t)relations };
	*chain = fact;
	if ((a->op == OPC_iand || a->op == OPC_land) && b->op == TERM_CONST && b->bits == 0 &&
	    !(relations & RELATION_EQUAL))	/* a bit is set, so it is not 0 */
		fact_add(terms, chain, a->args[0], b, RELATION_OTHER);
}

const struct fact *fact_common(const struct fact *a, const struct fact *b)
{
	uint32_t n_a = 0, n_b = 0;

	for (const struct fact *at = a; at; at = at->before)
		n_a++;
	for (const struct fact *at = b; at; at = at->before)
		n_b++;
	for (; n_a > n_b; n_a--)
		a = a->before;
	for (; n_b > n_a; n_b--)
		b = b->before;
	for (; a != b; a = a->before)
		b = b->before;
	return a;
}

/* ---- terms on a path ---- */

/* x <= y and x >= y may have been said apart. */
static const struct term *equal_in(const struct facts *facts, const struct fact *fact,
				   const struct term *term)
{
	const struct term *oldest = term;

	for (unsigned n = 0; fact && n < FACTS_MAX; fact = fact->before, n++) {
		const struct term *other = fact->a == term ? fact->b
					 : fact->b == term ? fact->a : NULL;

		if (!other || other == term || !(fact->relations & RELATION_EQUAL) ||
		    (other->op != TERM_CONST && other->id > oldest->id) ||
		    stated(facts, term, other) != RELATION_EQUAL)
			continue;
		if (other->op == TERM_CONST)
			return other;
		oldest = other;
	}
	return oldest;
}

const struct term *fact_resolve(struct terms *terms, const struct facts *facts,
				const struct term *term)
{
	const struct term *other;
	int64_t range[2];

	if (!term || term->op == TERM_CONST || term->type == 'F' || term->type == 'D')
		return term;
	if (is_integral(term)) {
		fact_range(facts, term, range);
		if (range[0] == range[1])
			return term_const(terms, term->type, (uint64_t)range[0]);
	}
	other = equal_in(facts, facts->shared, term);
	return other == term ? equal_in(facts, facts->own, term) : other;
}

static const struct term *remade(struct terms *terms, const struct term *term,
				 const struct term *const *args)
{
	if (term->op >= TERM_CONST)
		return term_make(terms, term, args);
	if (term->op == OPC_instanceof)
		return term_make(terms, term, args);
	if (term->n_args == 2)
		return term_binary(terms, (enum opcode)term->op, args[0], args[1]);
	return term_unary(terms, (enum opcode)term->op, args[0]);
}

const struct term *fact_normal(struct terms *terms, const struct facts *facts,
			       const struct term *term, unsigned depth, uint32_t *budget)
{
	const struct term **args;
	bool changed = false;

	if (!term || depth == 0 || *budget == 0)
		return term;
	(*budget)--;
	if (term->n_args > 0) {
		args = ARENA_NEW_N(terms->arena, const struct term *, term->n_args);
		for (uint16_t i = 0; i < term->n_args; i++) {
			args[i] = fact_normal(terms, facts, term->args[i], depth - 1, budget);
			changed |= args[i] != term->args[i];
		}
		if (changed)
			term = remade(terms, term, args);
	}
	return term->type == 'E' ? term : fact_resolve(terms, facts, term);
}
