#include "classfile/class.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

static struct span sample(struct arena *arena)
{
	struct build b;

	build_start(&b, arena, 52);
	build_string(&b, "text");
	build_long(&b, 7);
	build_ref(&b, CONSTANT_METHODREF, "a/B", "hit", "(I)V");
	build_attribute(&b, "Odd", (struct span)BYTES(1, 2, 3));
	build_method(&b, "m", "()V", (struct build_code){ .bytes = BYTES(0xb1) });
	return build_finish(&b);
}

TEST(an_unedited_class_is_written_back_byte_for_byte)
{
	struct arena arena = ARENA_INIT;
	struct span bytes = sample(&arena);
	struct err err = ERR_INIT;
	struct class *class;
	struct buf buf;

	EXPECT(class_parse(&arena, bytes, "x", &class, &err) == ERR_OK);
	buf_init(&buf, 1 << 20);
	class_write(class, &buf);
	EXPECT(span_equal(buf_get(&buf), bytes));
	buf_release(&buf);
	arena_release(&arena);
}

TEST(every_truncation_of_a_class_is_refused)
{
	struct arena arena = ARENA_INIT;
	struct span bytes = sample(&arena);

	for (size_t len = 0; len < bytes.len; len++) {
		struct err err = ERR_INIT;
		struct class *class;
		struct span part = { arena_memdup(&arena, bytes.bytes, len), len };

		EXPECT(class_parse(&arena, part, "x", &class, &err) == ERR_FORMAT);
		EXPECT(err.text[0]);
	}
	arena_release(&arena);
}

TEST(bytes_after_the_class_are_refused)
{
	struct arena arena = ARENA_INIT;
	struct span bytes = sample(&arena);
	struct err err = ERR_INIT;
	struct class *class;
	uint8_t *longer = arena_alloc(&arena, bytes.len + 1);

	memcpy(longer, bytes.bytes, bytes.len);
	EXPECT(class_parse(&arena, (struct span){ longer, bytes.len + 1 }, "x",
			   &class, &err) == ERR_FORMAT);
	arena_release(&arena);
}

TEST(class_file_versions_outside_45_to_70_are_refused)
{
	static const struct { uint16_t major; bool is_read; } cases[] = {
		{ 44, false }, { 45, true }, { 70, true }, { 71, false },
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = ERR_INIT;
		struct class *class;
		struct build b;

		build_start(&b, &arena, cases[i].major);
		EXPECT((class_parse(&arena, build_finish(&b), "x", &class,
				    &err) == ERR_OK) == cases[i].is_read);
	}
	arena_release(&arena);
}

TEST(constants_are_found_by_index_and_wrong_indices_give_null)
{
	struct arena arena = ARENA_INIT;
	struct member_ref ref;
	struct class *class;
	struct build b;
	uint16_t string, field, dynamic;

	build_start(&b, &arena, 52);
	string = build_string(&b, "text");
	field = build_ref(&b, CONSTANT_FIELDREF, "a/B", "f", "J");
	dynamic = build_ref(&b, CONSTANT_INVOKE_DYNAMIC, NULL, "run", "()V");
	class = build_parsed(&b);
	EXPECT_STR(class->name, "pkg/Sample");
	EXPECT_STR(class->super_name, "java/lang/Object");
	EXPECT_STR(class_string_at(class, string), "text");
	EXPECT(!class_utf8(class, string));
	EXPECT(!class_utf8(class, 0));
	EXPECT(!class_name_at(class, 65535));
	EXPECT(class_member_ref_at(class, field, &ref));
	EXPECT_STR(ref.owner, "a/B");
	EXPECT_STR(ref.name, "f");
	EXPECT_STR(ref.descriptor, "J");
	EXPECT(class_member_ref_at(class, dynamic, &ref));
	EXPECT(!ref.owner);
	EXPECT(!class_member_ref_at(class, string, &ref));
	arena_release(&arena);
}

TEST(malformed_member_descriptors_are_refused)
{
	static const char *const descriptors[] = {
		"", "(", "()", "()VV", "(V)V", "(L)V", "(L;)V", "(LFoo)V", "([)V", "I",
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof(descriptors) / sizeof(*descriptors); i++) {
		struct err err = ERR_INIT;
		struct class *class;
		struct build b;

		build_start(&b, &arena, 52);
		build_method(&b, "m", descriptors[i],
			     (struct build_code){ .bytes = BYTES(0xb1) });
		EXPECT(class_parse(&arena, build_finish(&b), "x", &class,
				   &err) == ERR_FORMAT);
	}
	arena_release(&arena);
}

TEST(descriptors_are_iterated_type_by_type)
{
	const char *descriptor = "(I[[JDLa/B;[La/C;)La/D;";
	static const struct { char kind; size_t len; unsigned slots; } want[] = {
		{ 'I', 1, 1 }, { '[', 3, 1 }, { 'D', 1, 2 }, { 'L', 5, 1 }, { '[', 6, 1 },
	};
	const char *at = descriptor + 1;
	struct descriptor_type type;
	size_t n = 0;

	while (descriptor_next(&at, &type)) {
		EXPECT(n < 5 && type.kind == want[n].kind);
		EXPECT_LONG(type.len, want[n].len);
		EXPECT_LONG(type.slots, want[n].slots);
		n++;
	}
	EXPECT_LONG(n, 5);
	EXPECT_STR(at, "La/D;");
	EXPECT_LONG(descriptor_argument_slots(descriptor), 6);
	EXPECT(descriptor_return(descriptor).kind == 'L');
	EXPECT_LONG(descriptor_return("()V").slots, 0);
	EXPECT_LONG(descriptor_return("(La)b;)La)J;").len, 5);
}

TEST(arrays_have_at_most_255_dimensions)
{
	char descriptor[258];

	memset(descriptor, '[', sizeof(descriptor));
	memcpy(descriptor + 255, "I", 2);
	EXPECT(descriptor_is_field(descriptor));
	memcpy(descriptor + 256, "I", 2);
	descriptor[255] = '[';
	EXPECT(!descriptor_is_field(descriptor));
}

TEST(annotations_are_found_by_the_end_of_their_simple_name)
{
	struct arena arena = ARENA_INIT;
	struct class *class;
	struct build b;
	uint16_t odd, generated;
	uint8_t bytes[40];
	size_t len = 0;

	build_start(&b, &arena, 52);
	odd = build_utf8(&b, "LOdd;");
	generated = build_utf8(&b, "La/Outer$LombokGenerated;");
	bytes[len++] = 0;
	bytes[len++] = 2;
	bytes[len++] = 0;
	bytes[len++] = (uint8_t)odd;	/* @Odd(x = { @Odd(y = E.E) }) */
	memcpy(bytes + len, (uint8_t[]){ 0, 1, 0, 1, '[', 0, 1, '@', 0, 1, 0, 1,
					 0, 1, 'e', 0, 1, 0, 1 }, 19);
	len += 19;
	bytes[len++] = 0;
	bytes[len++] = (uint8_t)generated;
	bytes[len++] = 0;
	bytes[len++] = 0;
	build_attribute(&b, "RuntimeInvisibleAnnotations",
			(struct span){ bytes, len });
	class = build_parsed(&b);
	EXPECT(class_has_annotation(class, &class->attributes, "Generated"));
	EXPECT(class_has_annotation(class, &class->attributes, "LombokGenerated"));
	EXPECT(class_has_annotation(class, &class->attributes, "Odd"));
	EXPECT(!class_has_annotation(class, &class->attributes, "LOdd"));
	EXPECT(!class_has_annotation(class, &class->attributes, "Outer"));
	arena_release(&arena);
}

TEST(annotations_nested_without_end_are_read_in_bounded_space)
{
	struct arena arena = ARENA_INIT;
	struct class *class;
	struct build b;
	static uint8_t bytes[3000] = { 0, 2, 0, 1, 0, 1, 0, 1 };

	for (size_t i = 8; i + 2 < sizeof(bytes); i += 3)
		memcpy(bytes + i, "[\0\1", 3);
	build_start(&b, &arena, 52);
	build_attribute(&b, "RuntimeVisibleAnnotations",
			(struct span){ bytes, sizeof(bytes) });
	class = build_parsed(&b);
	EXPECT(!class_has_annotation(class, &class->attributes, "Generated"));
	arena_release(&arena);
}
