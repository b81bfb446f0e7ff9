#include "project/test_names.h"

#include "util/test.h"

static bool matches(const char *includes, const char *excludes, const char *name)
{
	struct arena arena = ARENA_INIT;
	struct test_names names = { .includes = { NULL, 0, 0 } };
	bool found;

	EXPECT(test_names_add(&arena, &names.includes, includes));
	EXPECT(test_names_add(&arena, &names.excludes, excludes));
	test_names_compile(&arena, &names);
	found = test_names_match(&names, name);
	test_names_release(&names);
	arena_release(&arena);
	return found;
}

TEST(without_patterns_tests_are_named_as_surefire_expects)
{
	EXPECT(matches("", "", "shop.CartTest"));
	EXPECT(matches("", "", "CartTests"));
	EXPECT(matches("", "", "a.b.TestCart"));
	EXPECT(matches("", "", "a.b.CartTestCase"));
	EXPECT(!matches("", "", "shop.CartIT"));
	EXPECT(!matches("", "", "shop.CartTestBase"));
	EXPECT(!matches("", "", "test.Cart"));
}

TEST(patterns_say_which_paths_are_tests)
{
	EXPECT(matches("**/*Check.java", "", "shop.CartCheck"));
	EXPECT(matches("**/*Check.java", "", "CartCheck"));
	EXPECT(!matches("**/*Check.java", "", "shop.CartTest"));
	EXPECT(matches("Cart*", "", "shop.deep.CartIT"));
	EXPECT(matches("shop/**/*.class", "", "shop.a.b.X"));
	EXPECT(matches("shop/", "", "shop.a.X"));
	EXPECT(!matches("shop/*.java", "", "shop.a.X"));
	EXPECT(!matches("shop/*.java", "", "a.shop.X"));
	EXPECT(matches("**/a/**/b/*Test", "", "x.a.y.z.b.CTest"));
	EXPECT(!matches("**/a/**/b/*Test", "", "x.y.z.b.CTest"));
	EXPECT(matches(" A*.java ,\n %ant[**/B*.java], **/C#one", "", "x.Bat"));
	EXPECT(matches(" A*.java ,\n %ant[**/B*.java], **/C#one", "", "C"));
}

TEST(what_is_excluded_is_none)
{
	EXPECT(!matches("", "**/Slow*.java", "shop.SlowTest"));
	EXPECT(matches("", "**/Slow*.java", "shop.CartTest"));
	EXPECT(!matches("**/*.java", "AbstractTest", "shop.AbstractTest"));
}

TEST(a_regular_expression_is_one_of_the_whole_path)
{
	EXPECT(matches("%regex[.*(Cart|Price)Test.*]", "", "shop.PriceTest"));
	EXPECT(matches("%regex[shop/\\w+?Test\\.class]", "", "shop.CartTest"));
	EXPECT(!matches("%regex[shop/\\w+?Test\\.class]", "", "shop.deep.CartTest"));
	EXPECT(!matches("%regex[.*Test]", "", "shop.CartTest"));
	EXPECT(!matches("%regex[Cart.*]", "", "shop.CartTest"));
	EXPECT(matches("%regex[(?:a|b)*/[^A-C]\\d.class]", "", "ab.D1"));
	EXPECT(!matches("%regex[(?:a|b)*/[^A-C]\\d.class]", "", "ab.C1"));
	EXPECT(!matches("", "*Slow*, %regex[.*IT.class]", "shop.CartIT"));
	EXPECT(matches("%regex[.*Two.class], One", "", "One"));
}

TEST(a_regular_expression_that_is_not_simple_is_not_understood)
{
	static const char *const texts[] = {
		"**/A.java, %regex[(?!Slow).*]", "%regex[a{9}]", "%regex[.*+]", "%regex[\\bA]", "%regex[[a&&[b]]]",
		"%regex[[\\w]]", "%regex[(a)\\1]", "%regex[(a]", "%regex[[]a]]", "%regex[]", "%regex[.*#one]", "%regex[a",
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct text_list list = { NULL, 0, 0 };

		if (test_names_add(&arena, &list, texts[i]))
			EXPECT_STR(texts[i], "not understood");
	}
	arena_release(&arena);
}
