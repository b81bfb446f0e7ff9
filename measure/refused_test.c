#include "measure/refused.h"

#include "util/test.h"

/* A plan of two classes and one mutant, in the first. */
struct bench {
	struct class classes[2];
	struct plan_class planned[2];
	struct mutant mutant;
	struct plan plan;
};

static void bench_open(struct bench *bench)
{
	*bench = (struct bench){ .classes = { { .name = "shop/Price" }, { .name = "shop/Cart" } } };
	for (uint32_t i = 0; i < 2; i++)
		bench->planned[i].class = &bench->classes[i];
	bench->plan.classes = bench->planned;
	bench->plan.n_classes = 2;
	bench->plan.mutants = &bench->mutant;
	bench->plan.n_mutants = 1;
}

static bool is_ours(const char *failure, bool all_loops)
{
	struct bench bench;

	bench_open(&bench);
	return refused_is_ours(failure, &bench.plan, 0, all_loops);
}

#define VERIFIER(class) "java.lang.VerifyError: Bad type on operand stack Exception Details: Location: " \
	class ".total()I @5: new Reason: Type 'shop/Price' (current frame, stack[0]) is not assignable"
#define PARSER(class) "java.lang.ClassFormatError: Invalid constant pool index 0 for field name in class file " \
	class

TEST(the_mutants_own_class_refused_is_our_defect)
{
	EXPECT(is_ours(VERIFIER("shop/Price"), false));
	EXPECT(is_ours("java.lang.ExceptionInInitializerError: " VERIFIER("shop/Price"), false));
	EXPECT(is_ours(PARSER("shop/Price") " (shop.PriceTest.total:7)", false));
	EXPECT(is_ours(PARSER("shop/Price"), false));
	EXPECT(is_ours("java.lang.VerifyError: (class: shop/Price, method: total signature: ()I) Bad type", false));
}

TEST(a_class_that_code_under_test_made_wrong_is_what_a_test_found)
{
	EXPECT(!is_ours(VERIFIER("shop/Made"), false));
	EXPECT(!is_ours(VERIFIER("shop/Price$Made"), false));
	EXPECT(!is_ours(VERIFIER("shop/Pri"), false));
	EXPECT(!is_ours(PARSER("shop/Made") " (shop.PriceTest.total:7)", true));
	EXPECT(!is_ours("java.lang.VerifyError: (class: Made, method: f signature: ()I) Bad type", true));
	EXPECT(!is_ours("java.lang.ClassFormatError: Truncated class file", false));
}

TEST(another_class_of_the_plan_is_ours_while_its_loops_are_counted)
{
	EXPECT(!is_ours(VERIFIER("shop/Cart"), false));
	EXPECT(is_ours(VERIFIER("shop/Cart"), true));
}

TEST(what_the_verifier_says_of_no_class_is_taken_for_ours)
{
	EXPECT(is_ours("java.lang.VerifyError", false));
	EXPECT(is_ours("java.lang.VerifyError: Illegal type", false));
	EXPECT(!is_ours("java.lang.AssertionError: java.lang.VerifyError was expected", false));
	EXPECT(!is_ours("java.lang.IllegalStateException: no price", false));
}
