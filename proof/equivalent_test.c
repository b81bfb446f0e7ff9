#include "proof/equivalent.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

#define CODE(...) ((struct build_code){ .bytes = BYTES(__VA_ARGS__) })

struct sample {
	struct arena arena;
	struct plan plan;
};

/* A class with one static method m. */
static void open_sample(struct sample *sample, const char *descriptor, struct build_code code)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;
	struct build b;

	*sample = (struct sample){ .arena = ARENA_INIT };
	build_start(&b, &sample->arena, 49);
	build_method(&b, "m", descriptor, code);
	settings.filters = 0;
	plan_init(&sample->plan, &sample->arena, &settings);
	EXPECT(plan_class(&sample->plan, build_finish(&b), "Sample", &err) == ERR_OK);
	plan_finish(&sample->plan);
}

/* The confidence about the `nth` mutant of that kind; -1: there is none. */
static double judge(struct sample *sample, const char *kind, unsigned nth)
{
	for (uint32_t i = 0; i < sample->plan.n_mutants; i++) {
		const struct mutant *mutant = &sample->plan.mutants[i];
		struct arena scratch = ARENA_INIT;
		struct equivalent judged;

		if (strcmp(mutant->operator->name, kind) || nth-- > 0)
			continue;
		judged = equivalent_judge(&sample->plan, mutant, &scratch);
		arena_release(&scratch);
		return judged.confidence;
	}
	return -1;
}

static double judge_one(const char *descriptor, struct build_code code, const char *kind)
{
	struct sample sample;
	double confidence;

	open_sample(&sample, descriptor, code);
	confidence = judge(&sample, kind, 0);
	arena_release(&sample.arena);
	return confidence;
}

static bool is_proven(double confidence)
{
	return confidence > 0.99;
}

static bool is_open(double confidence)
{
	return confidence >= 0 && confidence < 0.01;
}

TEST(the_larger_of_two_numbers_is_the_same_where_they_are_equal)
{
	/* return a < b ? b : a */
	EXPECT(is_proven(judge_one("(II)I",
		CODE(OPC_iload_0, OPC_iload_1, OPC_if_icmpge, 0, 5, OPC_iload_1, OPC_ireturn,
		     OPC_iload_0, OPC_ireturn), "COND_BOUNDARY")));
	/* of doubles not: 0.0 and -0.0 are equal */
	EXPECT(is_open(judge_one("(DD)D",
		CODE(OPC_dload_0, OPC_dload_2, OPC_dcmpg, OPC_ifge, 0, 5, OPC_dload_2,
		     OPC_dreturn, OPC_dload_0, OPC_dreturn), "COND_BOUNDARY")));
	/* return a < b ? 1 : 0 */
	EXPECT(is_open(judge_one("(II)I",
		CODE(OPC_iload_0, OPC_iload_1, OPC_if_icmpge, 0, 5, OPC_iconst_1, OPC_ireturn,
		     OPC_iconst_0, OPC_ireturn), "COND_BOUNDARY")));
}

TEST(neutral_operands_make_no_difference)
{
	EXPECT(is_proven(judge_one("(I)I", CODE(OPC_iload_0, OPC_iconst_0, OPC_iadd, OPC_ireturn),
				   "ARITH_ADD_TO_SUB")));
	EXPECT(is_proven(judge_one("(I)I", CODE(OPC_iload_0, OPC_iconst_1, OPC_imul, OPC_ireturn),
				   "ARITH_MUL_TO_DIV")));
	EXPECT(is_proven(judge_one("(I)I", CODE(OPC_iload_0, OPC_iconst_m1, OPC_imul, OPC_ireturn),
				   "ARITH_MUL_TO_DIV")));
	EXPECT(is_proven(judge_one("(I)I", CODE(OPC_iload_0, OPC_iload_0, OPC_iand, OPC_ireturn),
				   "ARITH_AND_TO_OR")));
	EXPECT(is_open(judge_one("(I)I", CODE(OPC_iload_0, OPC_iconst_2, OPC_imul, OPC_ireturn),
				 "ARITH_MUL_TO_DIV")));
	/* -0.0 + 0.0 is 0.0, -0.0 - 0.0 is -0.0 */
	EXPECT(is_open(judge_one("(D)D", CODE(OPC_dload_0, OPC_dconst_0, OPC_dadd, OPC_dreturn),
				 "ARITH_ADD_TO_SUB")));
	EXPECT(is_proven(judge_one("(D)D", CODE(OPC_dload_0, OPC_dconst_1, OPC_dmul, OPC_dreturn),
				   "ARITH_MUL_TO_DIV")));
}

TEST(a_division_that_may_throw_is_not_dropped)
{
	/* int unused = a * b; return a;   the product may go, the quotient may not */
	EXPECT(is_open(judge_one("(II)I",
		CODE(OPC_iload_0, OPC_iload_1, OPC_imul, OPC_istore_2, OPC_iload_0, OPC_ireturn),
		"ARITH_MUL_TO_DIV")));
	EXPECT(is_proven(judge_one("(II)I",
		CODE(OPC_iload_0, OPC_iload_1, OPC_iadd, OPC_istore_2, OPC_iload_0, OPC_ireturn),
		"ARITH_ADD_TO_SUB")));
}

TEST(lengths_are_never_negative)
{
	/* return array.length < 0 ? 1 : array.length,  with <= : 0 or 1 */
	EXPECT(is_open(judge_one("([I)I",
		CODE(OPC_aload_0, OPC_arraylength, OPC_ifge, 0, 5, OPC_iconst_1, OPC_ireturn,
		     OPC_aload_0, OPC_arraylength, OPC_ireturn), "COND_BOUNDARY")));
	/* return array.length > 0 ? array.length : 0 */
	EXPECT(is_proven(judge_one("([I)I",
		CODE(OPC_aload_0, OPC_arraylength, OPC_ifle, 0, 6, OPC_aload_0, OPC_arraylength,
		     OPC_ireturn, OPC_iconst_0, OPC_ireturn), "COND_BOUNDARY")));
	/* return array.length >= 0 ? 1 : a * 2:   the second is never reached */
	EXPECT(is_proven(judge_one("([II)I",
		CODE(OPC_aload_0, OPC_arraylength, OPC_iflt, 0, 5, OPC_iconst_1, OPC_ireturn,
		     OPC_iload_1, OPC_iconst_2, OPC_imul, OPC_ireturn), "ARITH_MUL_TO_DIV")));
}

TEST(a_counter_stays_in_the_range_that_its_loop_gives_it)
{
	/* int s = 0; for (int i = 0; i < n; i++) if (i < 0) s++; return s;
	 * i < 0 never holds; i <= 0 does */
	static const uint8_t code[] = {
		OPC_iconst_0, OPC_istore_1, OPC_iconst_0, OPC_istore_2,
		OPC_iload_2, OPC_iload_0, OPC_if_icmpge, 0, 16,		/* 4 -> 22 */
		OPC_iload_2, OPC_ifge, 0, 6,				/* 9 -> 16 */
		OPC_iinc, 1, 1,
		OPC_iinc, 2, 1, OPC_goto, 0xff, 0xf1,			/* 19 -> 4 */
		OPC_iload_1, OPC_ireturn,
	};
	struct build_code body = { .bytes = { code, sizeof(code) } };
	struct sample sample;

	open_sample(&sample, "(I)I", body);
	EXPECT(is_open(judge(&sample, "COND_BOUNDARY", 1)));
	EXPECT(is_proven(judge(&sample, "ARITH_INC_TO_DEC", 0)));	/* never reached */
	EXPECT(is_open(judge(&sample, "ARITH_INC_TO_DEC", 1)));
	arena_release(&sample.arena);
}

TEST(a_loop_at_the_very_start_is_reached)
{
	/* while (a > 0) a--; return a; */
	EXPECT(is_open(judge_one("(I)I",
		CODE(OPC_iload_0, OPC_ifle, 0, 9, OPC_iinc, 0, 255, OPC_goto, 0xff, 0xf9,
		     OPC_iload_0, OPC_ireturn), "COND_NEGATE")));
}

TEST(what_was_asked_before_holds_beyond_where_ways_meet)
{
	/* if (d == 0) return 0; if (d == e) d = 4; return d < 0 ? 1 : 2;   d is never 0 */
	EXPECT(is_proven(judge_one("(II)I",
		CODE(OPC_iload_0, OPC_ifne, 0, 5, OPC_iconst_0, OPC_ireturn,
		     OPC_iload_0, OPC_iload_1, OPC_if_icmpne, 0, 5, OPC_iconst_4, OPC_istore_0,
		     OPC_iload_0, OPC_ifge, 0, 5, OPC_iconst_1, OPC_ireturn,
		     OPC_iconst_2, OPC_ireturn), "COND_BOUNDARY")));
	/* if (d == e) d = 0; return d < 0 ? 1 : 2;   it may be */
	EXPECT(is_open(judge_one("(II)I",
		CODE(OPC_iload_0, OPC_iload_1, OPC_if_icmpne, 0, 5, OPC_iconst_0, OPC_istore_0,
		     OPC_iload_0, OPC_ifge, 0, 5, OPC_iconst_1, OPC_ireturn,
		     OPC_iconst_2, OPC_ireturn), "COND_BOUNDARY")));
}

TEST(a_sign_multiplies_as_it_divides)
{
	/* return b * (a < 0 ? -1 : 1) */
	EXPECT(is_proven(judge_one("(II)I",
		CODE(OPC_iload_1, OPC_iload_0, OPC_ifge, 0, 7, OPC_iconst_m1, OPC_goto, 0, 4,
		     OPC_iconst_1, OPC_imul, OPC_ireturn), "ARITH_MUL_TO_DIV")));
	/* return b * (a < 0 ? 0 : 1):   divides by 0 */
	EXPECT(is_open(judge_one("(II)I",
		CODE(OPC_iload_1, OPC_iload_0, OPC_ifge, 0, 7, OPC_iconst_0, OPC_goto, 0, 4,
		     OPC_iconst_1, OPC_imul, OPC_ireturn), "ARITH_MUL_TO_DIV")));
}
