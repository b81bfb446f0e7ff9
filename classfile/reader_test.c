#include "classfile/reader.h"

#include "util/test.h"

TEST(numbers_are_read_big_endian)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct err err = ERR_INIT;
	struct reader r;

	reader_init(&r, (struct span){ bytes, sizeof(bytes) }, "x", &err);
	EXPECT_LONG(reader_u1(&r), 1);
	EXPECT_LONG(reader_u2(&r), 0x0203);
	EXPECT_LONG(reader_u4(&r), 0x04050607);
	EXPECT_LONG(reader_left(&r), 1);
	EXPECT(reader_check(&r) == ERR_OK);
	EXPECT(reader_span(&r, 1).bytes == bytes + 7);
	reader_expect_end(&r);
	EXPECT(reader_check(&r) == ERR_OK);
}

TEST(reads_past_the_end_fail_once_and_stay_failed)
{
	static const uint8_t bytes[] = { 0xca, 0xfe, 0xba };
	struct err err = ERR_INIT;
	struct reader r;

	reader_init(&r, (struct span){ bytes, sizeof(bytes) }, "Foo.class", &err);
	EXPECT_LONG(reader_u2(&r), 0xcafe);
	EXPECT_LONG(reader_u2(&r), 0);
	EXPECT_LONG(reader_u1(&r), 0);	/* one byte is left; it is not handed out */
	EXPECT(reader_check(&r) == ERR_FORMAT);
	EXPECT_STR(err.text, "Foo.class: ends early at byte 3");
	reader_fail(&r, "something else");
	EXPECT_STR(err.text, "Foo.class: ends early at byte 3");
}

TEST(a_count_that_cannot_fit_is_refused)
{
	static const uint8_t bytes[9];
	struct err err = ERR_INIT;
	struct reader r;

	reader_init(&r, (struct span){ bytes, sizeof(bytes) }, "x", &err);
	EXPECT(reader_fits(&r, 3, 3));
	EXPECT(!reader_fits(&r, SIZE_MAX, 8));
	EXPECT_STR(err.text, "x: a count larger than what follows can hold at byte 0");
}

TEST(a_part_counts_its_bytes_from_the_whole)
{
	static const uint8_t bytes[10];
	struct err err = ERR_INIT;
	struct reader r;

	reader_init_part(&r, (struct span){ bytes + 4, 2 },
			 (struct span){ bytes, sizeof(bytes) }, "x", &err);
	reader_u4(&r);
	EXPECT_STR(err.text, "x: ends early at byte 6");
}

TEST(an_empty_span_can_be_read)
{
	struct err err = ERR_INIT;
	struct reader r;

	reader_init(&r, span_none, "x", &err);
	EXPECT_LONG(reader_left(&r), 0);
	EXPECT_LONG(reader_u1(&r), 0);
	EXPECT_STR(err.text, "x: ends early at byte 0");
}

TEST(bytes_left_over_are_an_error)
{
	static const uint8_t bytes[2];
	struct err err = ERR_INIT;
	struct reader r;

	reader_init(&r, (struct span){ bytes, sizeof(bytes) }, "x", &err);
	reader_u1(&r);
	reader_expect_end(&r);
	EXPECT_STR(err.text, "x: unexpected bytes at byte 1");
}
