#include "report/why_text.h"

#include "util/test.h"

TEST(two_values_are_told_side_by_side_and_none_as_nothing)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(why_text_pair(&arena, "3", "4", " or "), "3 or 4");
	EXPECT_STR(why_text_pair(&arena, "", "true", " or "), "nothing or true");
	EXPECT_STR(why_text_pair(&arena, "true", "", "; with the change "), "true; with the change nothing");
	arena_release(&arena);
}

TEST(values_that_differ_only_where_they_are_cut_are_not_told_twice)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(why_text_pair(&arena, "Cart{items=...", "Cart{items=...", "; with the change "),
		   "Cart{items=...; with the change another that begins like it");
	arena_release(&arena);
}
