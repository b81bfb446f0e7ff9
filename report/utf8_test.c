#include "report/utf8.h"

#include "util/test.h"

static const char *cleaned(const char *text)
{
	static char result[64];
	struct buf out;

	buf_init(&out, sizeof(result) - 1);
	utf8_clean(&out, text);
	for (size_t i = 0; i < out.len; i++)
		result[i] = (char)out.bytes[i];
	result[out.len] = '\0';
	buf_release(&out);
	return result;
}

TEST(plain_utf8_comes_out_as_it_went_in)
{
	EXPECT_STR(cleaned("a \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80"),
		   "a \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80");
}

TEST(two_surrogates_of_a_class_file_become_one_character)
{
	EXPECT_STR(cleaned("\xed\xa0\xbd\xed\xb8\x80"), "\xf0\x9f\x98\x80");
}

TEST(what_is_no_utf8_becomes_a_replacement_each)
{
	EXPECT_STR(cleaned("\xc0\x80"), "\xef\xbf\xbd\xef\xbf\xbd");	/* the NUL of class files */
	EXPECT_STR(cleaned("\xed\xa0\xbd!"), "\xef\xbf\xbd!");	/* half a pair */
	EXPECT_STR(cleaned("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");	/* cut off */
	EXPECT_STR(cleaned("\xff"), "\xef\xbf\xbd");
	EXPECT_STR(cleaned("\xf5\x80\x80\x80"),
		   "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(escape_sequences_and_direction_overrides_are_controls)
{
	EXPECT(utf8_is_control(0x1b));
	EXPECT(utf8_is_control(0x9b));
	EXPECT(utf8_is_control(0x202e));
	EXPECT(!utf8_is_control(' '));
	EXPECT(!utf8_is_control(0xe9));
}
