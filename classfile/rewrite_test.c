#include "classfile/rewrite.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

TEST(a_rewrite_without_edits_gives_the_same_bytes)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct span bytes;
	struct build b;

	build_start(&b, &arena, 52);
	build_method(&b, "m", "()V", (struct build_code){ .bytes = BYTES(0xb1) });
	class = build_parsed(&b);
	EXPECT(rewrite_finish(rewrite_start(&arena, class), &arena, NULL,
			      &bytes, &err) == ERR_OK);
	EXPECT(span_equal(bytes, class->bytes));
	arena_release(&arena);
}

TEST(constants_that_are_there_are_found_and_others_added_once)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class, *edited;
	struct rewrite *rewrite;
	struct member_ref ref;
	struct span bytes;
	struct build b;
	uint16_t text, method, string, wide, field;

	build_start(&b, &arena, 52);
	text = build_utf8(&b, "there");
	method = build_ref(&b, CONSTANT_METHODREF, "a/B", "hit", "(I)V");
	class = build_parsed(&b);
	rewrite = rewrite_start(&arena, class);
	EXPECT_LONG(rewrite_utf8(rewrite, "there"), text);
	EXPECT_LONG(rewrite_methodref(rewrite, "a/B", "hit", "(I)V", false), method);
	EXPECT(rewrite_methodref(rewrite, "a/B", "hit", "(I)V", true) != method);
	string = rewrite_string(rewrite, "new");
	EXPECT(string >= class->n_constants);
	EXPECT_LONG(rewrite_string(rewrite, "new"), string);
	wide = rewrite_long(rewrite, -2);
	field = rewrite_fieldref(rewrite, "a/B", "count", "J");
	EXPECT(rewrite_integer(rewrite, 1) != rewrite_float(rewrite, 1));
	EXPECT(rewrite_double(rewrite, (uint64_t)-2) != wide);
	EXPECT_LONG(rewrite_long(rewrite, -2), wide);
	EXPECT(rewrite_finish(rewrite, &arena, NULL, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&arena, bytes, "edited", &edited, &err) == ERR_OK);
	EXPECT_STR(class_string_at(edited, string), "new");
	EXPECT(edited->constants[wide].tag == CONSTANT_LONG);
	EXPECT(edited->constants[wide].bytes.bytes[7] == 0xfe);
	EXPECT(class_member_ref_at(edited, field, &ref));
	EXPECT_STR(ref.descriptor, "J");
	arena_release(&arena);
}

TEST(a_full_constant_pool_gives_no_index_and_fails_at_the_end)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct rewrite *rewrite;
	struct span bytes;
	struct build b;
	uint32_t n;

	build_start(&b, &arena, 52);
	class = build_parsed(&b);
	rewrite = rewrite_start(&arena, class);
	for (n = class->n_constants; n < 65534; n++)
		EXPECT_LONG(rewrite_integer(rewrite, (int32_t)n), n);
	EXPECT_LONG(rewrite_long(rewrite, 5), 0);	/* needs two places */
	rewrite = rewrite_start(&arena, class);
	for (n = class->n_constants; n < 65535; n++)
		rewrite_integer(rewrite, (int32_t)n);
	EXPECT(rewrite_finish(rewrite, &arena, NULL, &bytes, &err) == ERR_OK);
	EXPECT_LONG(rewrite_string(rewrite, "one more"), 0);
	EXPECT(rewrite_finish(rewrite, &arena, NULL, &bytes, &err) == ERR_LIMIT);
	EXPECT_STR(err.text, "Sample.class: the constant pool is full");
	arena_release(&arena);
}

TEST(a_text_too_long_for_a_constant_fails_at_the_end)
{
	static char text[65537];
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct rewrite *rewrite;
	struct span bytes;
	struct build b;

	memset(text, 'x', 65536);
	build_start(&b, &arena, 52);
	rewrite = rewrite_start(&arena, build_parsed(&b));
	EXPECT_LONG(rewrite_utf8(rewrite, text), 0);
	EXPECT(rewrite_finish(rewrite, &arena, NULL, &bytes, &err) == ERR_LIMIT);
	arena_release(&arena);
}

TEST(a_constant_keeps_its_index_however_many_are_asked_for)
{
	enum { N = 200 };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class, *edited;
	struct rewrite *rewrite;
	uint16_t indices[N];
	struct span bytes;
	struct build b;

	build_start(&b, &arena, 52);
	class = build_parsed(&b);
	rewrite = rewrite_start(&arena, class);
	for (int i = 0; i < N; i++)
		indices[i] = rewrite_long(rewrite, i);
	for (int i = 0; i < N; i++)
		EXPECT_LONG(rewrite_long(rewrite, i), indices[i]);
	EXPECT(rewrite_finish(rewrite, &arena, NULL, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&arena, bytes, "edited", &edited, &err) == ERR_OK);
	EXPECT_LONG(edited->n_constants, class->n_constants + 2 * N);
	arena_release(&arena);
}

TEST(thousands_of_edits_in_one_method_are_planned_in_any_order)
{
	enum { N = 20000 };
	static const uint8_t nop[1];
	static uint8_t body[N + 1];
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class, *edited;
	struct rewrite *rewrite;
	struct span bytes;
	struct build b;

	body[N] = 0xb1;
	build_start(&b, &arena, 52);
	build_method(&b, "m", "()V", (struct build_code){ .bytes = { body, N + 1 } });
	class = build_parsed(&b);
	rewrite = rewrite_start(&arena, class);
	for (uint32_t i = N; i--; )
		rewrite_edit(rewrite, 0, (struct edit){
			.pc = i * 7919 % N, .inserted = { nop, 1 } });
	EXPECT(rewrite_finish(rewrite, &arena, NULL, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&arena, bytes, "edited", &edited, &err) == ERR_OK);
	EXPECT_LONG(edited->methods[0].code->bytes.len,
		    class->methods[0].code->bytes.len + N);
	arena_release(&arena);
}
