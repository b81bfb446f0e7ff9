#include "toml/toml.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "util/test.h"

static struct arena arena = ARENA_INIT;

/* The error's text, "" for none. */
static const char *parse(struct toml *toml, const char *text)
{
	static struct err err;

	err = (struct err)ERR_INIT;
	arena_clear(&arena);
	if (toml_parse(&arena, "a.toml", (struct span){ (const uint8_t *)text, strlen(text) },
		       toml, &err) == ERR_OK)
		return "";
	return err.text;
}

/* The value of `v` in `text`, one of kind `kind`. */
static const struct toml_value *value_of(const char *text, enum toml_kind kind)
{
	static const struct toml_value nothing = { .kind = N_TOML_KINDS, .string = { "", 0 } };
	const struct toml_value *value;
	struct toml toml;

	EXPECT_STR(parse(&toml, text), "");
	value = toml_get(toml.root, "v");
	EXPECT(value && value->kind == kind);
	return value && value->kind == kind ? value : &nothing;
}

TEST(strings_are_what_their_escapes_mean)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "v = \"\"", "" },
		{ "v = \"a\\tb\\\"\\\\\\n\"", "a\tb\"\\\n" },
		{ "v = \"\\u00e4\\U0001F600\\u20AC\"", "\xc3\xa4\xf0\x9f\x98\x80\xe2\x82\xac" },
		{ "v = 'C:\\new'", "C:\\new" },
		{ "v = \"\"\"\nfirst\nsecond\"\"\"", "first\nsecond" },
		{ "v = \"\"\"\r\nfirst\r\nsecond\"\"\"", "first\r\nsecond" },
		{ "v = \"\"\"one \\\n\n\t two\\  \r\n\"\"\"", "one two" },
		{ "v = \"\"\"\"\"two quotes\"\"\"\"\"", "\"\"two quotes\"\"" },
		{ "v = '''it''s \\n'''", "it''s \\n" },
		{ "v = ''''''", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		EXPECT_STR(value_of(cases[i].text, TOML_STRING)->string.text, cases[i].want);
	EXPECT_LONG(value_of("v = \"a\\u0000b\"", TOML_STRING)->string.len, 3);
}

TEST(integers_take_all_of_64_bits)
{
	static const struct {
		const char *text;
		int64_t want;
	} cases[] = {
		{ "v = 0", 0 }, { "v = +7", 7 }, { "v = -0", 0 }, { "v = 1_000", 1000 },
		{ "v = 9223372036854775807", INT64_MAX }, { "v = -9223372036854775808", INT64_MIN },
		{ "v = 0xDEAD_beef", 0xdeadbeef }, { "v = 0o755", 0755 }, { "v = 0b1101", 13 },
		{ "v = 0x00ff", 255 }, { "v = 0x7fffffffffffffff", INT64_MAX },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		EXPECT(value_of(cases[i].text, TOML_INTEGER)->integer == cases[i].want);
}

TEST(floats_have_points_exponents_and_names)
{
	static const struct {
		const char *text;
		double want;
	} cases[] = {
		{ "v = 0.5", 0.5 }, { "v = -1_0.2_5", -10.25 }, { "v = 5e+02", 500 },
		{ "v = 6.25E-2", 0.0625 }, { "v = +inf", (double)INFINITY }, { "v = -inf", -(double)INFINITY },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		EXPECT(value_of(cases[i].text, TOML_FLOAT)->real == cases[i].want);
	EXPECT(isnan(value_of("v = -nan", TOML_FLOAT)->real));
	EXPECT(signbit(value_of("v = -0.0", TOML_FLOAT)->real));
}

TEST(dates_and_times_keep_their_parts)
{
	struct toml_moment moment = value_of("v = 2024-02-29 23:59:60.25-07:30", TOML_OFFSET_DATETIME)->moment;

	EXPECT_LONG(moment.year, 2024);
	EXPECT_LONG(moment.month, 2);
	EXPECT_LONG(moment.day, 29);
	EXPECT_LONG(moment.hour, 23);
	EXPECT_LONG(moment.minute, 59);
	EXPECT_LONG(moment.second, 60);
	EXPECT_LONG(moment.nanosecond, 250000000);
	EXPECT_LONG(moment.offset, -450);
	EXPECT_LONG(value_of("v = 1999-12-31t00:00:00z", TOML_OFFSET_DATETIME)->moment.offset, 0);
	EXPECT_LONG(value_of("v = 1999-12-31T08:09:10", TOML_LOCAL_DATETIME)->moment.minute, 9);
	EXPECT_LONG(value_of("v = 1999-12-31 # eve", TOML_LOCAL_DATE)->moment.day, 31);
	EXPECT_LONG(value_of("v = 08:09:10.1234567899", TOML_LOCAL_TIME)->moment.nanosecond, 123456789);
}

TEST(arrays_and_tables_hold_anything)
{
	const struct toml_value *v = value_of("v = [ # mixed\n 1, 'two',\r\n [], {x.y = true}, ]\n", TOML_ARRAY);
	const struct toml_value *x;

	EXPECT_LONG(v->array->n, 4);
	EXPECT(v->array->items[1].kind == TOML_STRING);
	EXPECT_LONG(v->array->items[2].array->n, 0);
	x = toml_get(v->array->items[3].table, "x");
	EXPECT(x && x->kind == TOML_TABLE && toml_get(x->table, "y")->boolean);
}

TEST(headers_and_dotted_keys_build_one_tree)
{
	const struct toml_value *a, *list;
	struct toml toml;

	EXPECT_STR(parse(&toml, "\xef\xbb\xbf" "top . 'x y' = 1\n[a.b.c]\nk = 1\n[a]\nd.e = 2\n[a.d.f]\n"
			 "[[list]]\nn = 1\n[list.sub]\n[[list]]\nn = 2\n[[list.more]]\n"), "");
	EXPECT_LONG(toml_get(toml_get(toml.root, "top")->table, "x y")->integer, 1);
	a = toml_get(toml.root, "a");
	EXPECT(toml_get(a->table, "b") && toml_get(toml_get(a->table, "d")->table, "f"));
	list = toml_get(toml.root, "list");
	EXPECT_LONG(list->array->n, 2);
	EXPECT(toml_get(list->array->items[0].table, "sub"));
	EXPECT(!toml_get(list->array->items[0].table, "more"));
	EXPECT_LONG(toml_get(list->array->items[1].table, "n")->integer, 2);
	EXPECT(!toml_get(toml.root, "none"));
	EXPECT_STR(toml.root->first->key.text, "top");
	EXPECT_STR(toml.root->last->key.text, "list");
}

TEST(a_mistake_is_told_with_its_place)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a = 1\nb = ", "a.toml:2:5: expected a value, found the end of the file" },
		{ "a = \n", "a.toml:1:5: expected a value, found the end of the line" },
		{ "a = 1 b = 2", "a.toml:1:7: expected the end of the line, found 'b'" },
		{ "'\xc3\xa4\xc3\xb6' = 1 \xe2\x82\xac", "a.toml:1:10: expected the end of the line, found '\xe2\x82\xac'" },
		{ "= 1", "a.toml:1:1: expected a key, found '='" },
		{ "a.b", "a.toml:1:4: expected = after the key, found the end of the file" },
		{ "[a", "a.toml:1:3: expected ] after the name of a table, found the end of the file" },
		{ "[[a]", "a.toml:1:4: expected ]] after the name of an array of tables, found ']'" },
		{ "a = [1 2]", "a.toml:1:8: expected , or ] after an item of the array, found '2'" },
		{ "a = {b = 1,}", "a.toml:1:12: expected a key, found '}'" },
		{ "a = {b = 1\n}", "a.toml:1:11: expected , or } after a value of the inline table, on the same line, found the end of the line" },
		{ "a = yes", "a.toml:1:5: yes is not a value; strings stand in quotes" },
		{ "a = 007", "a.toml:1:5: 007 is not a number: it begins with 0" },
		{ "a = .5", "a.toml:1:5: .5 is not a number: write 0 before the point" },
		{ "a = 5.", "a.toml:1:5: 5. is not a number: digits must follow the point" },
		{ "a = 1e", "a.toml:1:5: 1e is not a number: digits must follow the e" },
		{ "a = 1__0", "a.toml:1:5: 1__0 is not a number" },
		{ "a = 0x", "a.toml:1:5: 0x is not a number" },
		{ "a = 9223372036854775808", "a.toml:1:5: 9223372036854775808 does not fit 64 bits" },
		{ "a = 1e999", "a.toml:1:5: 1e999 does not fit a float of 64 bits" },
		{ "a = 2023-02-29", "a.toml:1:5: 2023-02-29 is not a date or time that exists, as in 1979-05-27T07:32:00Z" },
		{ "a = 24:00:00", "a.toml:1:5: 24:00:00 is not a date or time that exists, as in 1979-05-27T07:32:00Z" },
		{ "a = \"b\n\"", "a.toml:1:5: this string is not closed before the end of its line" },
		{ "a = 1\nb = '''x\n\n", "a.toml:2:5: this string is not closed" },
		{ "a = \"\\e\"", "a.toml:1:6: unknown escape; there are \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX, "
		  "and in '...' a backslash is itself" },
		{ "a = \"\\u12\"", "a.toml:1:6: \\u wants 4 hexadecimal digits" },
		{ "a = \"\\ud800\"", "a.toml:1:6: U+D800 is not a character" },
		{ "\"\"\"a\"\"\" = 1", "a.toml:1:1: a key cannot be a string of several lines" },
		{ "a = 1\rb = 2", "a.toml:1:6: a carriage return without a line feed behind it" },
		{ "# \x01", "a.toml:1:3: control character U+0001; in a string write \\u0001" },
		{ "a = '\xc0\x80'", "a.toml:1:6: byte 0xc0 is not UTF-8" },
		{ "a = '\xed\xa0\x80'", "a.toml:1:6: byte 0xed is not UTF-8" },
		{ "# \xf0\x9f\x98", "a.toml:1:3: byte 0xf0 is not UTF-8" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct toml toml;

		EXPECT_STR(parse(&toml, cases[i].text), cases[i].want);
	}
}

TEST(nothing_is_said_twice)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a = 1\n'a' = 2", "a.toml:2:1: a has been given before (line 1)" },
		{ "a = 1\na.b = 2", "a.toml:2:1: a has been given before, and is no table (line 1)" },
		{ "a.b = 1\na = 2", "a.toml:2:1: a has been given before (line 1)" },
		{ "[a]\n[a]", "a.toml:2:2: a has been given before (line 1)" },
		{ "[a.b]\n[a]\n[a]", "a.toml:3:2: a has been given before (line 2)" },
		{ "a.b = 1\n[a]", "a.toml:2:2: a has been given before (line 1)" },
		{ "[a.b.c]\n[a]\nb.c.d = 1", "a.toml:3:3: c has a header of its own; its keys stand there (line 1)" },
		{ "a = {}\n[a.b]", "a.toml:2:2: a is an inline table, and complete (line 1)" },
		{ "a = {}\na.b = 1", "a.toml:2:1: a is an inline table, and complete (line 1)" },
		{ "a = {b = {}, b.c = 1}", "a.toml:1:14: b is an inline table, and complete (line 1)" },
		{ "a = 1\n[a.b]", "a.toml:2:2: a has been given before, and is no table (line 1)" },
		{ "a = []\n[[a]]", "a.toml:2:3: a has been given before, and is no array of tables (line 1)" },
		{ "[[a]]\n[a]", "a.toml:2:2: a is an array of tables: [[...]] adds to it (line 1)" },
		{ "[[a]]\nb.c = 1\n[a.b]", "a.toml:3:4: b has been given before (line 2)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct toml toml;

		EXPECT_STR(parse(&toml, cases[i].text), cases[i].want);
	}
}

/* `n` times `part` behind `front`. */
static const char *repeated(struct buf *buf, const char *front, const char *part, unsigned n)
{
	buf_init(buf, 1 << 20);
	buf_text(buf, front);
	while (n--)
		buf_text(buf, part);
	buf_u1(buf, 0);
	return (const char *)buf->bytes;
}

TEST(depth_has_a_limit_however_it_is_reached)
{
	static const struct {
		const char *front, *part;
		unsigned n;
	} cases[] = {
		{ "a = ", "[", 100000 }, { "a = ", "{a = ", 100000 }, { "[a", ".a", 100000 },
		{ "a", ".a", 100000 }, { "a = ", "{a.a.a.a.a = ", 30 },
	};
	struct toml toml;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = ERR_INIT;
		struct buf buf;
		const char *text = repeated(&buf, cases[i].front, cases[i].part, cases[i].n);

		arena_clear(&arena);
		EXPECT_LONG(toml_parse(&arena, "a", (struct span){ (const uint8_t *)text, strlen(text) },
				       &toml, &err), ERR_LIMIT);
		EXPECT(strstr(err.text, "more than 128 tables and arrays within one another"));
		buf_release(&buf);
	}
}

TEST(many_keys_stay_findable)
{
	const struct toml_value *value;
	struct toml toml;
	struct buf buf;

	buf_init(&buf, 1 << 20);
	for (int i = 0; i < 5000; i++)
		buf_fmt(&buf, "k%d = %d\n", i, i);
	buf_u1(&buf, 0);
	EXPECT_STR(parse(&toml, (const char *)buf.bytes), "");
	EXPECT_LONG(toml.root->n, 5000);
	for (int i = 0; i < 5000; i++) {
		char key[16];

		snprintf(key, sizeof(key), "k%d", i);
		value = toml_get(toml.root, key);
		EXPECT(value && value->integer == i);
	}
	buf_release(&buf);
	arena_release(&arena);
}
