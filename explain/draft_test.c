#include "explain/draft.h"

#include <string.h>

#include "util/test.h"

#define JUPITER "import org.junit.jupiter.api.Test;\n"

/* place, code, imports; "none". */
static const char *drafted(struct arena *arena, const char *line, const char *name, char type,
			   const char *value, const char *test)
{
	struct fix fix = { .place = FIX_NONE };

	if (!draft_line(arena, line, name, type, value, test, NULL, &fix))
		return "none";
	return arena_strfmt(arena, "%s %s %s", fix.place == FIX_AFTER ? "after" : "replaces", fix.code, fix.imports);
}

TEST(a_result_that_a_line_drops_is_asserted_in_its_place)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(drafted(&arena, "\tbasket.add(5);\r", "add", 'I', "11", JUPITER),
		   "replaces assertEquals(11, basket.add(5)); import static org.junit.jupiter.api.Assertions.assertEquals;");
	EXPECT_STR(drafted(&arena, "\tnew Basket(f(1)).with(\")\").add(5, ')');", "add", 'Z', "true", JUPITER),
		   "replaces assertTrue(new Basket(f(1)).with(\")\").add(5, ')')); "
		   "import static org.junit.jupiter.api.Assertions.assertTrue;");
	arena_release(&arena);
}

TEST(a_result_that_a_variable_takes_is_asserted_after_it)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(drafted(&arena, "  final String s = basket.name();", "name", 'L', "\"a;b\"", "junit.framework.TestCase"),
		   "after assertEquals(\"a;b\", s); ");
	EXPECT_STR(drafted(&arena, "double d = total();", "total", 'D', "0.5",
			   "import org.testng.annotations.Test;\nimport static org.testng.Assert.*;"),
		   "after assertEquals(d, 0.5, 0); ");
	arena_release(&arena);
}

TEST(a_line_that_is_anything_else_is_left_alone)
{
	static const char *const lines[] = {
		"assertTrue(basket.add(5) > 0);", "return basket.add(5);", "basket.add(5).more();", "basket.add(5)",
		"n = basket.add(5);", "int n = basket.add(5) + 1;", "basket.toadd(5);", "if (x) basket.add(5);",
		"basket.add(5); basket.add(6);", "for (;;) basket.add(5);", "", ";", "basket.add(5;",
		"() -> basket.add(5);", "basket.add(5)(6);",
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		EXPECT_STR(drafted(&arena, lines[i], "add", 'I', "11", JUPITER), "none");
	EXPECT_STR(drafted(&arena, "basket.add(5);", "add", 'I', "11", "class Main {}"), "none");
	EXPECT_STR(drafted(&arena, "basket.add(5);", "add", 'L', "Basket{size=1}", JUPITER), "none");
	EXPECT_STR(drafted(&arena, "basket.add(5);", "add", 'L', "\"long...", JUPITER), "none");
	arena_release(&arena);
}

/* place, code and imports of line `number` of `test` */
static const char *drafted_in(struct arena *arena, const struct idiom *idiom, const char *line,
			      const char *name, char type, const char *value, const char *test)
{
	struct fix fix = { .place = FIX_NONE };

	if (!draft_line(arena, line, name, type, value, test, idiom, &fix))
		return "none";
	return arena_strfmt(arena, "%s %s %s", fix.place == FIX_AFTER ? "after" : "replaces", fix.code, fix.imports);
}

TEST(an_assertion_is_written_in_the_language_of_the_test)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(drafted_in(&arena, &idiom_kotlin, "    cart.add(5)", "add", 'I', "11", "import kotlin.test.assertTrue\n"),
		   "replaces assertEquals(11, cart.add(5)) import kotlin.test.assertEquals");
	EXPECT_STR(drafted_in(&arena, &idiom_kotlin, "val n = cart.add(5)", "add", 'I', "11", JUPITER),
		   "after assertEquals(11, n) import org.junit.jupiter.api.Assertions.assertEquals");
	EXPECT_STR(drafted_in(&arena, &idiom_scala, "Util.nested(List(1, 3))", "nested", 'I', "7",
			      "import org.junit.Test\nimport org.junit.Assert._\n"),
		   "replaces assertEquals(7, Util.nested(List(1, 3))) ");
	EXPECT_STR(drafted_in(&arena, &idiom_groovy, "cart.name()", "name", 'L', "\"ann\"", "import org.junit.Test\n"),
		   "replaces assertEquals(\"ann\", cart.name()) import static org.junit.Assert.assertEquals");
	arena_release(&arena);
}

TEST(what_is_not_certain_in_another_language_is_left_alone)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(drafted_in(&arena, &idiom_kotlin, "total shouldBe cart.add(5)", "add", 'I', "11", JUPITER), "none");
	EXPECT_STR(drafted_in(&arena, &idiom_kotlin, "cart.add(5)", "add", 'J', "11", JUPITER), "none");
	EXPECT_STR(drafted_in(&arena, &idiom_kotlin, "cart.name()", "name", 'L', "\"$a\"", JUPITER), "none");
	EXPECT(draft_is_statement(&arena, "  @Test fun a() {\n    f(1)\n    f(2)\n  }\n", 2));
	EXPECT(draft_is_statement(&arena, "  @Test fun a() {\n    f(1)\n    f(2)\n  }\n", 3));
	EXPECT(!draft_is_statement(&arena, "  val x = run {\n    f(2)\n  }\n", 2));
	EXPECT(!draft_is_statement(&arena, "  g(\n    f(2)\n  )\n", 2));
	EXPECT(!draft_is_statement(&arena, "fun a() {\n  f(2)\n    .toString()\n}\n", 2));
	EXPECT(!draft_is_statement(&arena, "fun a() =\n  f(2)\n", 2));
	arena_release(&arena);
}
