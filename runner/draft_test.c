#include "runner/draft.h"

#include <string.h>

#include "util/test.h"

#define JUPITER "import org.junit.jupiter.api.Test;\n"

/* place, code, imports; "none". */
static const char *drafted(struct arena *arena, const char *line, const char *name, char type,
			   const char *value, const char *test)
{
	struct fix fix = { .place = FIX_NONE };

	if (!draft_line(arena, line, name, type, value, test, &fix))
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
