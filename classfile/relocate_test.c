#include "classfile/relocate.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/code.h"
#include "classfile/frames.h"
#include "util/test.h"

static const uint8_t nops[70000];
static const struct span one_nop = { nops, 1 };

/* Applies edits to the only method of the class and reads the result. */
struct outcome {
	enum err_code result;
	struct err err;
	struct class *class;
	struct code *code;
};

static struct outcome edit(struct arena *arena, struct build *b,
			   struct build_code body, const struct edit *edits,
			   size_t n)
{
	struct outcome outcome = { .err = ERR_INIT };
	struct rewrite *rewrite;
	struct class *class;
	struct span bytes;

	build_method(b, "m", "(I)V", body);
	class = build_parsed(b);
	rewrite = rewrite_start(arena, class);
	for (size_t i = 0; i < n; i++)
		rewrite_edit(rewrite, 0, edits[i]);
	outcome.result = rewrite_finish(rewrite, arena, NULL, &bytes,
					&outcome.err);
	if (outcome.result != ERR_OK)
		return outcome;
	outcome.result = class_parse(arena, bytes, "edited", &outcome.class,
				     &outcome.err);
	if (outcome.result == ERR_OK)
		outcome.result = code_parse(arena, outcome.class,
					    &outcome.class->methods[0],
					    &outcome.code, &outcome.err);
	EXPECT_STR(outcome.err.text, "");
	return outcome;
}

static struct outcome edit_one(struct arena *arena, struct build *b,
			       struct build_code body, struct edit one)
{
	return edit(arena, b, body, &one, 1);
}

static void expect_bytes(struct span got, const uint8_t *want, size_t len)
{
	EXPECT(span_equal(got, (struct span){ want, len }));
}

#define EXPECT_CODE(outcome, ...)                                        \
	expect_bytes((outcome).code->bytes, (const uint8_t[]){ __VA_ARGS__ }, \
		     sizeof((const uint8_t[]){ __VA_ARGS__ }))

static const struct attribute *only_attribute(const struct outcome *outcome)
{
	EXPECT_LONG(outcome->code->attributes.n, 1);
	return &outcome->code->attributes.items[0];
}

/* 0 iload_0, 1 ifeq 6, 4 nop, 5 nop, 6 return */
#define FORWARD BYTES(0x1a, 0x99, 0, 5, 0, 0, 0xb1)

TEST(jumps_across_an_insertion_stretch_and_others_do_not)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){ .bytes = FORWARD },
		     (struct edit){ .pc = 4, .inserted = { nops, 2 } });
	EXPECT_CODE(o, 0x1a, 0x99, 0, 7, 0, 0, 0, 0, 0xb1);
	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){ .bytes = FORWARD },
		     (struct edit){ .pc = 0, .inserted = { nops, 2 } });
	EXPECT_CODE(o, 0, 0, 0x1a, 0x99, 0, 5, 0, 0, 0xb1);
	arena_release(&arena);
}

TEST(a_jump_leads_to_what_is_inserted_at_its_target)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){ .bytes = FORWARD },
		     (struct edit){ .pc = 6, .inserted = BYTES(0x03, 0x57) });
	EXPECT_CODE(o, 0x1a, 0x99, 0, 5, 0, 0, 0x03, 0x57, 0xb1);
	arena_release(&arena);
}

TEST(replacements_and_insertions_at_one_place_keep_their_order)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;
	struct edit edits[] = {
		{ .pc = 5, .removed = 1, .inserted = BYTES(0x05, 0x57) },
		{ .pc = 4, .inserted = BYTES(0x03, 0x57) },
		{ .pc = 4, .inserted = BYTES(0x04, 0x57) },
		{ .pc = 0, .removed = 1, .inserted = BYTES(0x02) },
		{ .pc = 7, .inserted = BYTES(0xb1) },
	};

	build_start(&b, &arena, 48);
	o = edit(&arena, &b, (struct build_code){ .bytes = FORWARD }, edits, 5);
	EXPECT_CODE(o, 0x02, 0x99, 0, 10, 0x03, 0x57, 0x04, 0x57, 0, 0x05, 0x57,
		    0xb1, 0xb1);
	arena_release(&arena);
}

TEST(edits_that_make_no_sense_are_refused)
{
	static const struct { struct edit edits[2]; size_t n; const char *says; } cases[] = {
		{ { { .pc = 2 } }, 1, "an edit at no instruction" },
		{ { { .pc = 8 } }, 1, "an edit at no instruction" },
		{ { { .pc = 1, .removed = 2 } }, 1, "half an instruction" },
		{ { { .pc = 1, .removed = 7 } }, 1, "half an instruction" },
		{ { { .pc = 0, .removed = 7 } }, 1, "no code would be left" },
		{ { { .pc = 4, .removed = 2 }, { .pc = 5 } }, 2, "overlap" },
		{ { { .pc = 4, .removed = 1 }, { .pc = 4, .removed = 1 } }, 2, "overlap" },
		{ { { .pc = 5, .removed = 2 } }, 1, "removes the target of a jump" },
		{ { { .pc = 4, .inserted = { nops, 65530 } } }, 1, "longer than 65535" },
		{ { { .pc = 4, .inserted = { nops, 70000 } } }, 1, "longer than 65535" },
		{ { { .pc = 4, .extra_stack = 65535 } }, 1, "too deep" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		struct outcome o;
		struct build b;

		build_start(&b, &arena, 48);
		o = edit(&arena, &b, (struct build_code){ .bytes = FORWARD },
			 cases[i].edits, cases[i].n);
		EXPECT(o.result == ERR_LIMIT);
		EXPECT(strstr(o.err.text, cases[i].says));
		arena_release(&arena);
	}
}

TEST(an_attribute_of_code_that_is_not_known_is_refused_by_name)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FORWARD, .attributes = { { "Strange", BYTES(1) } } },
		(struct edit){ .pc = 0, .inserted = one_nop });
	EXPECT(o.result == ERR_LIMIT);
	EXPECT(strstr(o.err.text, "Strange"));
	arena_release(&arena);
}

TEST(methods_that_cannot_be_edited_can_be_skipped_with_the_reason)
{
	struct arena arena = ARENA_INIT;
	const char *skip[2] = { NULL, NULL };
	struct err err = ERR_INIT;
	struct class *class, *edited;
	struct rewrite *rewrite;
	struct span bytes;
	struct build b;

	build_start(&b, &arena, 48);
	build_method(&b, "a", "(I)V", (struct build_code){ .bytes = FORWARD });
	build_method(&b, "b", "(I)V", (struct build_code){ .bytes = FORWARD });
	class = build_parsed(&b);
	rewrite = rewrite_start(&arena, class);
	rewrite_edit(rewrite, 1, (struct edit){ .pc = 0, .inserted = one_nop });
	rewrite_edit(rewrite, 0, (struct edit){ .pc = 2 });
	EXPECT(rewrite_finish(rewrite, &arena, skip, &bytes, &err) == ERR_OK);
	EXPECT(skip[0] && strstr(skip[0], "an edit at no instruction"));
	EXPECT(!skip[1]);
	EXPECT(class_parse(&arena, bytes, "edited", &edited, &err) == ERR_OK);
	EXPECT(span_equal(class->methods[0].code->bytes,
			  edited->methods[0].code->bytes));
	EXPECT_LONG(edited->methods[1].code->bytes.len,
		    class->methods[1].code->bytes.len + 1);
	arena_release(&arena);
}

TEST(switches_are_padded_anew_for_every_alignment)
{
	for (uint32_t n = 0; n < 8; n++) {
		struct arena arena = ARENA_INIT;
		struct insn *insn;
		struct outcome o;
		struct build b;

		build_start(&b, &arena, 48);
		o = edit_one(&arena, &b, (struct build_code){ .bytes = BYTES(
			0x1a,					/*  0 iload_0 */
			0xaa, 0, 0, 0, 0, 0, 23,		/*  1 tableswitch, 24 */
			0, 0, 0, 5, 0, 0, 0, 6,
			0, 0, 0, 23, 0, 0, 0, 24,		/*    24, 25 */
			0, 0xb1) },
			(struct edit){ .pc = 0, .inserted = { nops, n } });
		insn = &o.code->insns[n + 1];
		EXPECT(insn->opcode == OPC_tableswitch);
		EXPECT_LONG(insn->length, 21 + 3 - (n + 1) % 4);
		EXPECT_LONG(insn->table->keys[1], 6);
		EXPECT_LONG(insn->table->default_pc, insn->pc + insn->length);
		EXPECT_LONG(insn->table->targets[1], insn->table->default_pc + 1);
		arena_release(&arena);
	}
}

TEST(exception_ranges_take_in_what_is_inserted_at_their_start)
{
	struct arena arena = ARENA_INIT;
	struct edit edits[] = { { .pc = 0, .inserted = one_nop },
				{ .pc = 4, .inserted = one_nop },
				{ .pc = 6, .inserted = one_nop } };
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 48);
	o = edit(&arena, &b, (struct build_code){
		.bytes = FORWARD, .exceptions = BYTES(0, 0, 0, 4, 0, 6, 0, 0) },
		edits, 3);
	EXPECT_LONG(o.code->exceptions[0].start, 0);
	EXPECT_LONG(o.code->exceptions[0].end, 5);
	EXPECT_LONG(o.code->exceptions[0].handler, 8);
	arena_release(&arena);
}

TEST(an_exception_range_of_which_nothing_is_left_goes)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FORWARD,
		.exceptions = BYTES(0, 4, 0, 5, 0, 6, 0, 0,
				    0, 4, 0, 6, 0, 6, 0, 0) },
		(struct edit){ .pc = 4, .removed = 1 });
	EXPECT_LONG(o.code->n_exceptions, 1);
	EXPECT_LONG(o.code->exceptions[0].end, 5);
	arena_release(&arena);
}

TEST(lines_and_variables_move_and_lies_are_clamped)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;
	uint8_t name, type;

	build_start(&b, &arena, 48);
	name = (uint8_t)build_utf8(&b, "x");
	type = (uint8_t)build_utf8(&b, "I");
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FORWARD,
		.attributes = {
			{ "LineNumberTable", BYTES(0, 4, 0, 0, 0, 10, 0, 4, 0, 11,
						   0, 3, 0, 12, 9, 9, 0, 13) },
			{ "LocalVariableTable", BYTES(0, 2,
				0, 4, 0, 3, 0, name, 0, type, 0, 0,
				0, 1, 9, 9, 0, name, 0, type, 0, 1) },
			{ "LocalVariableTypeTable", BYTES(0, 9) } } },
		(struct edit){ .pc = 4, .inserted = { nops, 3 } });
	EXPECT_LONG(o.code->attributes.n, 2);
	EXPECT_LONG(o.code->n_lines, 3);	/* one stands at the end now */
	EXPECT_LONG(code_line(o.code, 4), 12);
	EXPECT_LONG(code_line(o.code, 3), 10);
	EXPECT_LONG(o.code->n_locals, 2);
	EXPECT_LONG(o.code->locals[0].start, 4);
	EXPECT_LONG(o.code->locals[0].length, 6);
	EXPECT_LONG(o.code->locals[1].length, 9);
	arena_release(&arena);
}

TEST(a_variable_of_whose_range_nothing_is_left_goes)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;
	uint8_t name, type;

	build_start(&b, &arena, 48);
	name = (uint8_t)build_utf8(&b, "x");
	type = (uint8_t)build_utf8(&b, "I");
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FORWARD,
		.attributes = { { "LocalVariableTable", BYTES(0, 2,
			0, 4, 0, 1, 0, name, 0, type, 0, 1,
			0, 4, 0, 2, 0, name, 0, type, 0, 2) } } },
		(struct edit){ .pc = 4, .removed = 1 });
	EXPECT_LONG(o.code->n_locals, 1);
	EXPECT_LONG(o.code->locals[0].index, 2);
	EXPECT_LONG(o.code->locals[0].length, 1);
	arena_release(&arena);
}

TEST(stack_and_locals_grow_by_what_edits_need)
{
	struct arena arena = ARENA_INIT;
	struct edit edits[] = {
		{ .pc = 0, .inserted = one_nop, .extra_stack = 2, .max_locals = 4 },
		{ .pc = 4, .inserted = one_nop, .extra_stack = 5, .max_locals = 12 },
	};
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 48);
	o = edit(&arena, &b, (struct build_code){ .bytes = FORWARD }, edits, 2);
	EXPECT_LONG(o.code->max_stack, 15);
	EXPECT_LONG(o.code->max_locals, 12);
	arena_release(&arena);
}

TEST(jumps_that_no_longer_reach_are_widened)
{
	static const struct { uint8_t opcode, inverted, wide; } cases[] = {
		{ 0x99, 0x9a, 0xc8 }, { 0x9a, 0x99, 0xc8 }, { 0x9b, 0x9c, 0xc8 },
		{ 0x9e, 0x9d, 0xc8 }, { 0x9f, 0xa0, 0xc8 }, { 0xa4, 0xa3, 0xc8 },
		{ 0xa5, 0xa6, 0xc8 }, { 0xa6, 0xa5, 0xc8 }, { 0xc6, 0xc7, 0xc8 },
		{ 0xc7, 0xc6, 0xc8 }, { 0xa7, 0, 0xc8 }, { 0xa8, 0, 0xc9 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		const uint8_t *got;
		struct outcome o;
		struct build b;

		build_start(&b, &arena, 48);
		o = edit_one(&arena, &b, (struct build_code){
			.bytes = BYTES(cases[i].opcode, 0, 4, 0, 0xb1) },
			(struct edit){ .pc = 3, .inserted = { nops, 32763 } });
		EXPECT(o.code->bytes.bytes[0] == cases[i].opcode);	/* just reaches */
		build_start(&b, &arena, 48);
		o = edit_one(&arena, &b, (struct build_code){
			.bytes = BYTES(cases[i].opcode, 0, 4, 0, 0xb1) },
			(struct edit){ .pc = 3, .inserted = { nops, 32764 } });
		got = o.code->bytes.bytes;
		if (cases[i].inverted) {
			expect_bytes((struct span){ got, 3 },
				     (const uint8_t[]){ cases[i].inverted, 0, 8 }, 3);
			got += 3;
		}
		EXPECT(got[0] == cases[i].wide);
		EXPECT_LONG(o.code->insns[cases[i].inverted ? 1 : 0].target,
			    o.code->bytes.len - 1);
		arena_release(&arena);
	}
}

TEST(widening_one_jump_may_widen_another)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	/* The second, inside of the first, grows and pushes the first over. */
	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){ .bytes = BYTES(
		0xa7, 0, 7,		/* 0 goto 7 */
		0xa7, 0, 5,		/* 3 goto 8 */
		0, 0, 0xb1) },		/* 6 nop, 7 nop, 8 return */
		(struct edit){ .pc = 6, .inserted = { nops, 32760 } });
	EXPECT(o.code->insns[0].opcode == OPC_goto);
	EXPECT(o.code->insns[1].opcode == OPC_goto);
	build_start(&b, &arena, 48);
	o = edit_one(&arena, &b, (struct build_code){ .bytes = BYTES(
		0xa7, 0, 7, 0xa7, 0xff, 0xfd, 0, 0, 0xb1) },
		(struct edit){ .pc = 6, .inserted = { nops, 32761 } });
	EXPECT(o.code->insns[0].opcode == OPC_goto_w);
	EXPECT(o.code->insns[1].opcode == OPC_goto);
	EXPECT_LONG(o.code->insns[1].target, 0);
	arena_release(&arena);
}

/* 0 iload_0, 1 ifeq 8, 4 iconst_0, 5 istore_1, 6 nop, 7 nop, 8 return */
#define FRAMED BYTES(0x1a, 0x99, 0, 7, 0x03, 0x3c, 0, 0, 0xb1)

TEST(stack_map_frames_move_with_short_and_long_distances)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 52);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FRAMED, .attributes = { { "StackMapTable", BYTES(0, 1, 8) } } },
		(struct edit){ .pc = 6, .inserted = { nops, 55 } });
	expect_bytes(only_attribute(&o)->bytes, (const uint8_t[]){ 0, 1, 63 }, 3);
	build_start(&b, &arena, 52);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FRAMED, .attributes = { { "StackMapTable", BYTES(0, 1, 8) } } },
		(struct edit){ .pc = 6, .inserted = { nops, 56 } });
	expect_bytes(only_attribute(&o)->bytes,
		     (const uint8_t[]){ 0, 1, 251, 0, 64 }, 5);
	build_start(&b, &arena, 52);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FRAMED,
		.attributes = { { "StackMapTable", BYTES(0, 1, 251, 0, 8) } } },
		(struct edit){ .pc = 6, .removed = 2 });
	expect_bytes(only_attribute(&o)->bytes, (const uint8_t[]){ 0, 1, 6 }, 3);
	arena_release(&arena);
}

TEST(a_widened_condition_gets_a_frame_behind_it_with_the_types_there)
{
	struct arena arena = ARENA_INIT;
	struct frame *frames;
	struct err err = ERR_INIT;
	struct outcome o;
	struct build b;

	build_start(&b, &arena, 52);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = FRAMED, .attributes = { { "StackMapTable", BYTES(0, 1, 8) } } },
		(struct edit){ .pc = 6, .inserted = { nops, 40000 } });
	expect_bytes(only_attribute(&o)->bytes, (const uint8_t[]){ 0, 2,
		255, 0, 9, 0, 1, 1, 0, 0,	/* at 9: locals int, stack empty */
		255, 0x9c, 0x43, 0, 1, 1, 0, 0 }, 18);
	EXPECT(frames_compute(&arena, o.class, &o.class->methods[0], o.code,
			      &frames, &err) == ERR_OK);
	EXPECT_STR(err.text, "");
	arena_release(&arena);
}

TEST(frames_that_fall_together_become_the_later_one)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;

	/* 4 gets one more local; 5 and 6 build on it. The nop at 4 goes. */
	build_start(&b, &arena, 52);
	o = edit_one(&arena, &b, (struct build_code){
		.bytes = BYTES(0x1a, 0x99, 0, 3, 0, 0, 0xb1),
		.attributes = { { "StackMapTable", BYTES(0, 3, 252, 0, 4, 0, 0, 0) } } },
		(struct edit){ .pc = 4, .removed = 1 });
	expect_bytes(only_attribute(&o)->bytes, (const uint8_t[]){ 0, 2,
		255, 0, 4, 0, 2, 1, 0, 0, 0, 0 }, 12);
	arena_release(&arena);
}

TEST(uninitialized_types_follow_their_new_not_what_is_inserted_before_it)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;
	uint8_t class_index;

	build_start(&b, &arena, 52);
	class_index = (uint8_t)build_class(&b, "a/B");
	o = edit_one(&arena, &b, (struct build_code){
		/* 0 new, 3 iload_0, 4 ifeq 7, 7 pop, 8 return */
		.bytes = BYTES(0xbb, 0, class_index, 0x1a, 0x99, 0, 3, 0x57, 0xb1),
		.attributes = { { "StackMapTable", BYTES(0, 1, 64 + 7, 8, 0, 0) } } },
		(struct edit){ .pc = 0, .inserted = { nops, 5 } });
	expect_bytes(only_attribute(&o)->bytes,
		     (const uint8_t[]){ 0, 1, 64 + 12, 8, 0, 5 }, 6);
	arena_release(&arena);
}

TEST(type_annotations_follow_instructions_ranges_and_handlers)
{
	struct arena arena = ARENA_INIT;
	struct outcome o;
	struct build b;
	struct edit edits[] = { { .pc = 0, .inserted = { nops, 5 } },
				{ .pc = 5, .removed = 1 } };

	build_start(&b, &arena, 48);
	o = edit(&arena, &b, (struct build_code){
		.bytes = FORWARD,
		.exceptions = BYTES(0, 5, 0, 6, 0, 6, 0, 0,
				    0, 0, 0, 6, 0, 6, 0, 0),
		.attributes = { { "RuntimeVisibleTypeAnnotations", BYTES(0, 5,
			0x44, 0, 0, 0, 0, 1, 0, 0,		/* new at 0 */
			0x47, 0, 4, 1, 0, 0, 1, 0, 0,		/* cast at 4 */
			0x40, 0, 1, 0, 0, 0, 4, 0, 1, 0, 0, 1, 0, 0,
			0x42, 0, 0, 0, 0, 1, 0, 0,		/* handler 0 */
			0x42, 0, 1, 0, 0, 1, 0, 0) } } },	/* handler 1 */
		edits, 2);
	expect_bytes(only_attribute(&o)->bytes, (const uint8_t[]){ 0, 4,
		0x44, 0, 5, 0, 0, 1, 0, 0,
		0x47, 0, 9, 1, 0, 0, 1, 0, 0,
		0x40, 0, 1, 0, 0, 0, 9, 0, 1, 0, 0, 1, 0, 0,
		0x42, 0, 0, 0, 0, 1, 0, 0 }, 41);
	arena_release(&arena);
}

TEST(the_oldest_code_attributes_keep_their_narrow_fields)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct constants constants;
	struct attribute code = { "Code", 0,
		BYTES(2, 1, 0, 1, 0xb1, 0, 0, 0, 0) };
	struct member method = { .name = "m", .descriptor = "()V", .code = &code };
	struct class class = { .bytes = code.bytes, .what = "x", .major = 45 };
	struct edit one = { .inserted = one_nop, .extra_stack = 1 };
	struct span got;

	constants_init(&constants, &arena, &class);
	EXPECT(relocate_method(&arena, &class, &method, &one, 1, &constants,
			       &got, &err) == ERR_OK);
	expect_bytes(got, (const uint8_t[]){ 3, 1, 0, 2, 0, 0xb1, 0, 0, 0, 0 }, 10);
	one.extra_stack = 300;
	EXPECT(relocate_method(&arena, &class, &method, &one, 1, &constants,
			       &got, &err) == ERR_LIMIT);
	arena_release(&arena);
}
