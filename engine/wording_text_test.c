#include "engine/wording_text.h"

#include <string.h>

#include "util/test.h"

static const char *typed(struct wording *w, const char *type)
{
	wording_init(w, NULL);
	wording_add_type(w, type, strlen(type));
	return w->text;
}

TEST(types_read_as_in_the_source)
{
	struct wording w;

	EXPECT_STR(typed(&w, "I"), "int");
	EXPECT_STR(typed(&w, "java/lang/String"), "String");
	EXPECT_STR(typed(&w, "Ljava/util/Map$Entry;"), "Entry");
	EXPECT_STR(typed(&w, "[[J"), "long[][]");
	EXPECT_STR(typed(&w, "[Ljava/lang/String;"), "String[]");
	EXPECT_STR(typed(&w, "L"), "L");
	EXPECT_STR(typed(&w, "Ab$"), "Ab$");
}

TEST(text_from_class_files_cannot_reach_the_terminal_raw)
{
	struct wording w;

	wording_init(&w, NULL);
	wording_add_name(&w, "a\033[2Jb" "\xc0\x80" "\xe2\x80\xae" "\xed\xa0\x80" "ü", 16);
	EXPECT_STR(w.text, "a?[2Jb????????ü");
}

TEST(strings_are_quoted_and_cut)
{
	struct wording w;

	wording_init(&w, NULL);
	wording_add_string(&w, "a\"b\n\\", 5, 10);
	EXPECT_STR(w.text, "\"a\\\"b\\n\\\\\"");
	wording_init(&w, NULL);
	wording_add_string(&w, "abcdefghijkl", 12, 5);
	EXPECT_STR(w.text, "\"abcde…\"");
}

TEST(an_ellipsis_past_a_lowered_ceiling_leaves_no_room_that_is_not_there)
{
	struct wording w;

	wording_init(&w, NULL);
	w.max = WORDING_MAX - 1;	/* as wording_left() does */
	for (size_t i = 0; i < WORDING_MAX; i++)
		wording_add(&w, "a");
	EXPECT(w.is_cut && w.len == WORDING_MAX + 2);
	w.is_cut = false;
	w.max = WORDING_MAX;
	wording_add(&w, " + ");
	wording_add_name(&w, "total", 5);
	EXPECT(w.is_cut && w.len == WORDING_MAX + 2);
}

TEST(text_past_the_ceiling_ends_in_one_ellipsis)
{
	struct wording w;

	wording_init(&w, NULL);
	w.max = 5;
	wording_add(&w, "abc");
	wording_add(&w, "defg");
	wording_add(&w, "h");
	EXPECT_STR(w.text, "abc…");
	EXPECT(w.is_cut);
}
