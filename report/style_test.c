#include "report/style.h"

#include <string.h>

#include "util/test.h"

static const struct style ascii = { 100, false, false };
static const struct style utf8 = { 100, false, true };
static const struct style colored = { 100, true, true };

static struct buf out;
static char result[256];

static void begin(void)
{
	buf_init(&out, sizeof(result) - 1);
}

static const char *end(void)
{
	if (out.len)
		memcpy(result, out.bytes, out.len);
	result[out.len] = '\0';
	buf_release(&out);
	return result;
}

TEST(control_characters_of_a_name_never_reach_the_terminal)
{
	begin();
	EXPECT_LONG(style_text(&utf8, &out, "a\033[2Jb\nc\td\xc2\x9b" "e\xe2\x80\xae", 50), 13);
	EXPECT_STR(end(), "a?[2Jb?c d?e?");
}

TEST(without_utf8_other_letters_become_question_marks)
{
	begin();
	EXPECT_LONG(style_text(&ascii, &out, "pr\xc3\xa4zis", 50), 6);
	EXPECT_STR(end(), "pr?zis");
}

TEST(what_does_not_fit_ends_in_an_ellipsis_within_the_limit)
{
	begin();
	EXPECT_LONG(style_text(&utf8, &out, "abcdef", 4), 4);
	EXPECT_STR(end(), "abc\xe2\x80\xa6");
	begin();
	EXPECT_LONG(style_text(&ascii, &out, "abcdef", 5), 5);
	EXPECT_STR(end(), "ab...");
	begin();
	EXPECT_LONG(style_text(&ascii, &out, "abcdef", 6), 6);
	EXPECT_STR(end(), "abcdef");
	begin();
	EXPECT_LONG(style_text(&ascii, &out, "abcdef", 2), 0);
	EXPECT_STR(end(), "");
}

TEST(inks_need_colour)
{
	begin();
	style_inked(&ascii, &out, INK_BAD, "x", 5);
	EXPECT_STR(end(), "x");
	begin();
	style_inked(&colored, &out, INK_BAD, "x", 5);
	EXPECT_STR(end(), "\033[31mx\033[0m");
}

TEST(a_bar_is_full_only_at_the_end)
{
	begin();
	style_bar(&ascii, &out, 10, 999, 1000);
	EXPECT_STR(end(), "#########.");
	begin();
	style_bar(&ascii, &out, 10, 10, 10);
	EXPECT_STR(end(), "##########");
	begin();
	style_bar(&ascii, &out, 4, 0, 0);
	EXPECT_STR(end(), "....");
}

TEST(durations_read_like_speech)
{
	static const struct {
		double seconds;
		const char *text;
	} cases[] = {
		{ 0.0004, "0 ms" }, { 0.085, "85 ms" }, { 1.0, "1.0 s" },
		{ 12.34, "12.3 s" }, { 200, "3 min 20 s" }, { 7500, "2 h 5 min" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		begin();
		style_duration(&out, cases[i].seconds);
		EXPECT_STR(end(), cases[i].text);
	}
}

TEST(counts_have_plurals_and_thousands)
{
	begin();
	style_count(&out, 1, "class");
	buf_text(&out, ", ");
	style_count(&out, 2, "class");
	buf_text(&out, ", ");
	style_count(&out, 1234567, "mutant");
	EXPECT_STR(end(), "1 class, 2 classes, 1,234,567 mutants");
}
