#include "report/change.h"

#include <string.h>

#include "util/test.h"

static const char *after(struct arena *arena, const char *sentence, const char *line)
{
	struct change change;

	return change_find(arena, sentence, line, &change) ? change.after : "none";
}

TEST(a_line_is_shown_as_the_change_makes_it)
{
	struct arena arena = ARENA_INIT;

	EXPECT(!strcmp(after(&arena, "replaced `a + b` with `a - b`", "return a+b;"), "return a - b;"));
	EXPECT(!strcmp(after(&arena, "negated `x == null`: now `x != null`", "if (x == null) {"),
		       "if (x != null) {"));
	EXPECT(!strcmp(after(&arena, "returned 0 instead of `count`", "return count;"), "return 0;"));
	EXPECT(!strcmp(after(&arena, "removed the call to `super.close()`", "super.close();"), ""));
	EXPECT(!strcmp(after(&arena, "removed the call to `line()`: now 0", "long n = line();"), "long n = 0;"));
	EXPECT(!strcmp(after(&arena, "replaced `n + 1` with `n - 1`", "n++;"), "n--;"));
	EXPECT(!strcmp(after(&arena, "replaced `this.n - 1` with `this.n + 1`", "return --this.n;"), "return ++this.n;"));
	arena_release(&arena);
}

TEST(what_stands_in_the_line_twice_or_not_at_all_is_not_guessed)
{
	struct arena arena = ARENA_INIT;

	EXPECT(!strcmp(after(&arena, "replaced `i + 1` with `i - 1`", "f(i + 1, i + 1);"), "none"));
	EXPECT(!strcmp(after(&arena, "replaced `a + b` with `a - b`", "return aa + bb;"), "none"));
	EXPECT(!strcmp(after(&arena, "replaced `c <= '#'` with `c < '#'`", "if (c <= COMMENT) {"), "none"));
	EXPECT(!strcmp(after(&arena, "something else", "return 1;"), "none"));
	arena_release(&arena);
}

TEST(the_place_of_the_change_in_the_line_is_told)
{
	struct arena arena = ARENA_INIT;
	struct change change;

	EXPECT(change_find(&arena, "replaced `a + b` with `a - b`", "return a + b;", &change));
	EXPECT(change.offset == 7);
	arena_release(&arena);
}
