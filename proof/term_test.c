#include "proof/term.h"

#include "proof/fact.h"
#include "util/test.h"

struct sample {
	struct arena arena;
	struct terms terms;
};

static void open_sample(struct sample *s)
{
	*s = (struct sample){ .arena = ARENA_INIT };
	term_init(&s->terms, &s->arena);
}

static const struct term *of_int(struct sample *s, int32_t value)
{
	return term_const(&s->terms, 'I', (uint64_t)(int64_t)value);
}

/* Every result of a op b, with a and b anywhere in their ranges, is in the range told. */
static bool range_holds(enum opcode opcode, struct terms *terms, const int64_t a[2],
			const int64_t b[2])
{
	int64_t range[2];

	term_range(opcode, 'I', a, b, range);
	for (int64_t x = a[0]; x <= a[1]; x++)
		for (int64_t y = b[0]; y <= b[1]; y++) {
			const struct term *result = term_binary(terms, opcode,
				term_const(terms, 'I', (uint64_t)x), term_const(terms, 'I', (uint64_t)y));

			if (term_is_const(result) &&
			    (result->lo < range[0] || result->lo > range[1]))
				return false;
		}
	return true;
}

TEST(ranges_cover_every_result)
{
	static const int64_t ranges[][2] = {
		{ -3, 5 }, { 0, 4 }, { 2, 7 }, { -6, -2 }, { 10, 10 }, { -1, -1 }, { 0, 0 },
		{ INT32_MIN, INT32_MIN + 2 }, { INT32_MAX - 2, INT32_MAX }, { 30, 33 },
	};
	struct sample s;

	open_sample(&s);
	for (enum opcode opcode = OPC_iadd; opcode <= OPC_ixor; opcode++) {
		if (opcode_info[opcode].pushes[0] != 'I' || !opcode_info[opcode].pops[1])
			continue;
		for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
			for (size_t j = 0; j < sizeof(ranges) / sizeof(*ranges); j++)
				EXPECT(range_holds(opcode, &s.terms, ranges[i], ranges[j]));
	}
	arena_release(&s.arena);
}

TEST(equal_terms_are_one)
{
	struct sample s;
	const struct term *x, *y;

	open_sample(&s);
	x = term_symbol(&s.terms, 'I');
	y = term_symbol(&s.terms, 'I');
	EXPECT(x != y);
	EXPECT(term_binary(&s.terms, OPC_iadd, x, y) == term_binary(&s.terms, OPC_iadd, y, x));
	EXPECT(term_binary(&s.terms, OPC_isub, x, y) != term_binary(&s.terms, OPC_isub, y, x));
	EXPECT(term_binary(&s.terms, OPC_isub, x, of_int(&s, 3)) ==
	       term_binary(&s.terms, OPC_iadd, x, of_int(&s, -3)));
	EXPECT(term_binary(&s.terms, OPC_imul, of_int(&s, INT32_MIN), of_int(&s, -1)) ==
	       of_int(&s, INT32_MIN));
	EXPECT(term_unary(&s.terms, OPC_i2b, term_binary(&s.terms, OPC_iadd, x, of_int(&s, 256))) ==
	       term_unary(&s.terms, OPC_i2b, x));
	arena_release(&s.arena);
}

TEST(facts_are_joined)
{
	struct sample s;
	struct facts facts = { NULL, NULL };
	const struct term *x, *y, *z, *next;

	open_sample(&s);
	x = term_symbol(&s.terms, 'I');
	y = term_symbol(&s.terms, 'I');
	z = term_symbol(&s.terms, 'I');
	next = term_binary(&s.terms, OPC_iadd, x, of_int(&s, 1));
	EXPECT_LONG(fact_relations(&facts, x, next), RELATION_ANY);	/* it may wrap */
	fact_add(&s.terms, &facts.shared, x, y, RELATION_LESS);
	EXPECT_LONG(fact_relations(&facts, x, next), RELATION_LESS);
	EXPECT_LONG(fact_relations(&facts, next, y), RELATION_LESS | RELATION_EQUAL);
	fact_add(&s.terms, &facts.shared, y, z, RELATION_LESS | RELATION_EQUAL);
	EXPECT_LONG(fact_relations(&facts, z, x), RELATION_GREATER);
	fact_add(&s.terms, &facts.own, z, y, RELATION_LESS | RELATION_EQUAL);
	EXPECT(fact_resolve(&s.terms, &facts, z) == y);
	fact_add(&s.terms, &facts.shared, y, of_int(&s, 7), RELATION_EQUAL);
	EXPECT(fact_resolve(&s.terms, &facts, y) == of_int(&s, 7));
	arena_release(&s.arena);
}

TEST(a_bit_that_is_set_means_not_0)
{
	struct sample s;
	struct facts facts = { NULL, NULL };
	const struct term *x;

	open_sample(&s);
	x = term_symbol(&s.terms, 'I');
	fact_add(&s.terms, &facts.shared, term_binary(&s.terms, OPC_iand, x, of_int(&s, 1)),
		 of_int(&s, 0), RELATION_OTHER);
	EXPECT_LONG(fact_relations(&facts, x, of_int(&s, 0)), RELATION_OTHER);
	arena_release(&s.arena);
}
