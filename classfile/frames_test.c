#include "classfile/frames.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

/* One method's frames, as text: "I,D|A:a/B" is an int and a double as locals
 * and an a/B on the stack; "?" where nothing is known. */
struct case_ {
	const char *what;
	uint16_t major;
	const char *descriptor;
	struct span bytes, exceptions, table;
	uint32_t at_pc;
	const char *want;	/* or, after "!", what the error says */
};

static void put_types(struct buf *out, const struct vtype *types, uint16_t n)
{
	static const char letters[] = "-IFDJNTAUR";

	for (uint16_t i = 0; i < n; i++) {
		const struct vtype *type = &types[i];

		if (i)
			buf_text(out, ",");
		buf_u1(out, (uint8_t)letters[type->kind]);
		if (type->kind == VTYPE_OBJECT)
			buf_fmt(out, ":%s", type->name);
		if (type->kind == VTYPE_UNINITIALIZED ||
		    type->kind == VTYPE_RETURN_ADDRESS)
			buf_fmt(out, ":%u", type->pc);
	}
}

static void put_frame(struct buf *out, const struct frame *frame)
{
	if (!frame->is_known) {
		buf_text(out, "?");
		return;
	}
	put_types(out, frame->locals, frame->n_locals);
	buf_text(out, "|");
	put_types(out, frame->stack, frame->n_stack);
}

static void check_case(const struct case_ *c, struct build *b,
		       struct arena *arena)
{
	struct err err = ERR_INIT;
	struct class *class;
	struct frame *frames;
	struct code *code;
	struct buf out;

	build_method(b, "m", c->descriptor, (struct build_code){
		.bytes = c->bytes, .exceptions = c->exceptions,
		.attributes = { { c->table.len ? "StackMapTable" : NULL, c->table } } });
	class = build_parsed(b);
	buf_init(&out, 1 << 16);
	if (code_parse(arena, class, &class->methods[0], &code, &err) == ERR_OK &&
	    frames_compute(arena, class, &class->methods[0], code, &frames,
			   &err) == ERR_OK)
		put_frame(&out, &frames[code->insn_at[c->at_pc]]);
	else
		buf_fmt(&out, "!%s", err.text);
	buf_u1(&out, '\0');
	if (c->want[0] == '!')
		EXPECT(strstr((char *)out.bytes, c->want + 1));
	else
		EXPECT_STR((char *)out.bytes, c->want);
	buf_release(&out);
}

TEST(types_follow_straight_code)
{
	const struct case_ cases[] = {
		{ "arguments", 52, "(IJ[DLa/B;)V", BYTES(0xb1), span_none, span_none, 0,
		  "I,J,-,A:[D,A:a/B|" },
		{ "long on the stack", 52, "(J)V", BYTES(0x1e, 0x05, 0x85, 0x61, 0x58, 0xb1),
		  span_none, span_none, 3, "J,-|J,-,J,-" },
		{ "store over half a long", 52, "(J)V", BYTES(0x03, 0x3c, 0xb1),
		  span_none, span_none, 2, "-,I|" },
		{ "null", 52, "()V", BYTES(0x01, 0x4c, 0xb1), span_none, span_none, 2, "-,N|" },
		{ "dup_x2", 52, "(II)V", BYTES(0x1a, 0x0b, 0x1b, 0x5b, 0xb1),
		  span_none, span_none, 4, "I,I|I,I,F,I" },
		{ "dup2_x1 of a long", 52, "(IJ)V", BYTES(0x1a, 0x1f, 0x5d, 0xb1),
		  span_none, span_none, 3, "I,J,-|J,-,I,J,-" },
		{ "newarray", 52, "(I)V", BYTES(0x1a, 0xbc, 8, 0xb1), span_none, span_none, 3,
		  "I|A:[B" },
		{ "array of arrays", 52, "([[La/B;)V", BYTES(0x2a, 0x03, 0x32, 0x03, 0x32, 0xb1),
		  span_none, span_none, 5, "A:[[La/B;|A:a/B" },
		{ "overflow", 52, "(J)V", BYTES(0x1e, 0x1e, 0x1e, 0x1e, 0x1e, 0x1e, 0xb1),
		  span_none, span_none, 0, "!operand stack overflow at pc 5" },
		{ "underflow", 52, "()V", BYTES(0x57, 0xb1), span_none, span_none, 0,
		  "!operand stack underflow at pc 0" },
		{ "wrong type", 52, "(J)V", BYTES(0x1e, 0x05, 0x61, 0xb1), span_none, span_none, 0,
		  "!a value of another type on the operand stack at pc 2" },
		{ "wrong variable", 52, "(J)V", BYTES(0x1a, 0xb1), span_none, span_none, 0,
		  "!a local variable of another type at pc 0" },
		{ "beyond max_locals", 52, "(J)V", BYTES(0x1e, 0x37, 9, 0xb1), span_none, span_none, 0,
		  "!a local variable beyond max_locals at pc 1" },
		{ "end of code", 52, "()V", BYTES(0x00), span_none, span_none, 0,
		  "!control falls off the end" },
		{ "code never reached", 48, "()V", BYTES(0xb1, 0x57, 0xb1), span_none, span_none, 1, "?" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		struct build b;

		build_start(&b, &arena, cases[i].major);
		check_case(&cases[i], &b, &arena);
		arena_release(&arena);
	}
}

/* 0 iload_0, 1 ifeq 6, 4 nop, 5 nop, 6 return */
#define FORWARD BYTES(0x1a, 0x99, 0, 5, 0, 0, 0xb1)

TEST(types_come_from_the_stack_map_table)
{
	const struct case_ cases[] = {
		{ "same", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 6), 6, "I|" },
		{ "same, extended", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 251, 0, 6), 6, "I|" },
		{ "append a long and null", 52, "(I)V", FORWARD, span_none,
		  BYTES(0, 1, 253, 0, 6, 4, 5), 6, "I,J,-,N|" },
		{ "chop counts a long once", 52, "(IJ)V", FORWARD, span_none,
		  BYTES(0, 1, 250, 0, 6), 6, "I|" },
		{ "one on the stack", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 64 + 6, 3), 6, "I|D,-" },
		{ "full", 52, "(I)V", FORWARD, span_none,
		  BYTES(0, 1, 255, 0, 6, 0, 1, 0, 0, 2, 1, 2), 6, "-|I,F" },
		{ "relative to the one before", 52, "(I)V", FORWARD, span_none,
		  BYTES(0, 3, 252, 0, 4, 1, 252, 0, 0, 2, 250, 0, 0), 6, "I,I|" },
		{ "no frame at a target", 52, "(I)V", BYTES(0x1a, 0x99, 0, 4, 0xb1, 0xb1),
		  span_none, BYTES(0, 0), 0, "!a jump to where no stack map frame is at pc 1" },
		{ "frame inside of an instruction", 52, "(I)V", FORWARD, span_none,
		  BYTES(0, 1, 2), 0, "!a stack map frame at no instruction" },
		{ "unknown type", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 64, 9), 0,
		  "!an unknown verification type" },
		{ "unknown frame", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 200), 0,
		  "!an unknown kind of frame" },
		{ "chopped too much", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 248, 0, 6), 0,
		  "!a stack map frame that takes what is not there" },
		{ "more locals than max_locals", 52, "(I)V", FORWARD, span_none,
		  BYTES(0, 3, 254, 0, 4, 4, 4, 4, 254, 0, 0, 4, 4, 4, 0), 0,
		  "!a stack map frame larger than the method's" },
		{ "object never made", 52, "(I)V", FORWARD, span_none, BYTES(0, 1, 64, 8, 0, 0), 0,
		  "!a stack map frame with an object never made" },
		{ "cut off", 52, "(I)V", FORWARD, span_none, BYTES(0, 2, 0), 0, "!ends early" },
		{ "a table that lies in version 50", 50, "(I)V", FORWARD, span_none, BYTES(0, 9),
		  6, "I|" },
		{ "ignored before version 50", 49, "(I)V", FORWARD, span_none, BYTES(0, 9), 6, "I|" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		struct build b;

		build_start(&b, &arena, cases[i].major);
		check_case(&cases[i], &b, &arena);
		arena_release(&arena);
	}
}

TEST(types_of_old_classes_come_by_data_flow)
{
	const struct case_ cases[] = {
		{ "merge of int and float", 48, "(I)V",
		  BYTES(0x1a, 0x99, 0, 8,		/* 0 iload_0, 1 ifeq 9 */
			0x03, 0x3c, 0xa7, 0, 5,		/* 4 iconst_0 istore_1, 6 goto 11 */
			0x0b, 0x44,			/* 9 fconst_0, fstore_1 */
			0xb1), span_none, span_none, 11, "I,-|" },
		{ "null and a class", 48, "(ILa/B;)V",
		  BYTES(0x1a, 0x99, 0, 7, 0x2b, 0xa7, 0, 4, 0x01, 0x4c, 0xb1),
		  span_none, span_none, 9, "I,A:a/B|A:a/B" },
		{ "two classes", 48, "(ILa/B;La/C;)V",
		  BYTES(0x1a, 0x99, 0, 7, 0x2b, 0xa7, 0, 4, 0x2c, 0x4c, 0xb1),
		  span_none, span_none, 9, "I,A:a/B,A:a/C|A:java/lang/Object" },
		{ "two arrays", 48, "(I[La/B;[[I)V",
		  BYTES(0x1a, 0x99, 0, 7, 0x2b, 0xa7, 0, 4, 0x2c, 0x4c, 0xb1),
		  span_none, span_none, 10, "I,A:[Ljava/lang/Object;,A:[[I|" },
		{ "a loop that loses a type", 48, "(I)V",
		  BYTES(0x0b, 0x44,			/* 0 fstore_1 */
			0x1a, 0x99, 0, 8,		/* 2 iload_0, 3 ifeq 11 */
			0x03, 0x3c,			/* 6 istore_1 */
			0xa7, 0xff, 0xfa,		/* 8 goto 2 */
			0xb1), span_none, span_none, 3, "I,-|I" },
		{ "a handler sees every store", 48, "(I)V",
		  BYTES(0x03, 0x3c, 0x0b, 0x44, 0xb1, 0x57, 0xb1),
		  BYTES(0, 1, 0, 4, 0, 5, 0, 0), span_none, 5, "I|A:java/lang/Throwable" },
		{ "different depths", 48, "(I)V",
		  BYTES(0x1a, 0x99, 0, 4, 0x03, 0xb1), span_none, span_none, 5,
		  "!operand stacks of different depths" },
		{ "different types on the stack", 48, "(I)V",
		  BYTES(0x1a, 0x99, 0, 7, 0x03, 0xa7, 0, 4, 0x0b, 0xb1), span_none, span_none, 9,
		  "!operand stacks of different types" },
		{ "a subroutine keeps what it does not touch", 48, "(I)V",
		  BYTES(0x03, 0x3c,			/* 0 istore_1 */
			0xa8, 0, 9,			/* 2 jsr 11 */
			0x0b, 0x44,			/* 5 fstore_1 */
			0xa8, 0, 4,			/* 7 jsr 11 */
			0xb1,				/* 10 return */
			0x4d,				/* 11 astore_2 */
			0x09, 0x42,			/* 12 lconst_0, lstore_3 */
			0xa9, 2),			/* 14 ret 2 */
		  span_none, span_none, 10, "I,F,R:11,J,-|" },
		{ "inside of a subroutine callers differ", 48, "(I)V",
		  BYTES(0x03, 0x3c, 0xa8, 0, 9, 0x0b, 0x44, 0xa8, 0, 4, 0xb1,
			0x4d, 0x09, 0x42, 0xa9, 2),
		  span_none, span_none, 12, "I,-,R:11|" },
		{ "a handler outside stores, the subroutine does not", 48, "(I)V",
		  BYTES(0x03, 0x3c,			/* 0 istore_1 */
			0xa8, 0, 11, 0x1b, 0x57,	/* 2 jsr 13, 5 iload_1 */
			0x0b, 0x44,			/* 7 fstore_1 */
			0xa8, 0, 4, 0xb1,		/* 9 jsr 13, 12 return */
			0x4d, 0x00, 0xa9, 2,		/* 13 astore_2, nop, 15 ret 2 */
			0x57, 0x03, 0x3c,		/* 17 pop, istore_1 */
			0xa7, 0xff, 0xee),		/* 20 goto 2 */
		  BYTES(0, 13, 0, 15, 0, 17, 0, 0), span_none, 5, "I,I,R:13|" },
		{ "a caller that changes late", 48, "(I)V",
		  BYTES(0x0b, 0x44, 0xa8, 0, 19,	/* 0 fstore_1, 2 jsr 21 */
			0x03, 0x3c, 0xa8, 0, 14,	/* 5 istore_1, 7 jsr 21 */
			0x00, 0x1a, 0x99, 0, 8,		/* 10 nop, iload_0, 12 ifeq 20 */
			0x09, 0x40, 0xa7, 0xff, 0xf6,	/* 15 lstore_1, 17 goto 7 */
			0xb1, 0x4e, 0xa9, 3),		/* 20 return, 21 astore_3, ret 3 */
		  span_none, span_none, 10, "I,-,-,R:21|" },
		{ "ret of no return address", 48, "(I)V", BYTES(0xa9, 0), span_none, span_none, 0,
		  "!a ret without return address at pc 0" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = ARENA_INIT;
		struct build b;

		build_start(&b, &arena, cases[i].major);
		check_case(&cases[i], &b, &arena);
		arena_release(&arena);
	}
}

TEST(a_constructor_completes_every_copy_of_the_new_object)
{
	struct arena arena = ARENA_INIT;
	struct build b;
	uint8_t class_index, init;

	for (uint32_t step = 0; step < 2; step++) {
		build_start(&b, &arena, 52);
		class_index = (uint8_t)build_class(&b, "a/B");
		init = (uint8_t)build_ref(&b, CONSTANT_METHODREF, "a/B", "<init>", "()V");
		check_case(&(struct case_){ "new", 52, "()V",
			BYTES(0xbb, 0, class_index, 0x59, 0x4b, 0x2a, 0xb7, 0, init, 0xb1),
			span_none, span_none, step ? 9 : 6,
			step ? "A:a/B|A:a/B" : "U:0|U:0,U:0" }, &b, &arena);
	}
	arena_release(&arena);
}

TEST(hostile_code_ends_in_a_limit_and_not_in_memory)
{
	static uint8_t body[60000];
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct frame *frames;
	struct code *code;
	struct build b;
	size_t n = 5;

	/* One variable far up, then one below it that changes and changes. */
	memcpy(body, (uint8_t[]){ 0x03, 0xc4, 0x36, 0xea, 0x60 }, 5);
	for (; n + 4 < sizeof(body); n += 4)
		memcpy(body + n, (uint8_t[]){ 0x03, 0x3b, 0x0b, 0x43 }, 4);
	body[n++] = 0xb1;
	build_start(&b, &arena, 52);
	build_method(&b, "m", "()V", (struct build_code){
		.bytes = { body, n }, .max_locals = 65535 });
	class = build_parsed(&b);
	EXPECT(code_parse(&arena, class, &class->methods[0], &code, &err) == ERR_OK);
	EXPECT(frames_compute(&arena, class, &class->methods[0], code, &frames,
			      &err) == ERR_LIMIT);
	EXPECT(strstr(err.text, "too many types to keep"));
	EXPECT(arena.used < (size_t)100 << 20);
	arena_release(&arena);
}
