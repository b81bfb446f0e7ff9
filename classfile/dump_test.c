#include "classfile/dump.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/printable.h"
#include "util/test.h"

static void check_printable(const char *text, const char *want)
{
	struct buf out;

	buf_init(&out, 1000);
	printable_string(&out, text, 12);
	buf_u1(&out, '\0');
	EXPECT_STR((char *)out.bytes, want);
	buf_release(&out);
}

TEST(texts_are_escaped_and_shortened)
{
	check_printable("plain", "\"plain\"");
	check_printable("a\"b\\c\n\t", "\"a\\\"b\\\\c\\n\\t\"");
	check_printable("\x1b[31m", "\"\\x1b[31m\"");
	check_printable("\xc3\xa9", "\"\xc3\xa9\"");
	check_printable("\xc0\x80", "\"\\u0000\"");
	check_printable("\xc2\x9b", "\"\\u009b\"");
	check_printable("\xe2\x80\xae", "\"\\u202e\"");
	check_printable("\xed\xa0\xbd", "\"\\ud83d\"");
	check_printable("\xe2\x80", "\"\\xe2\\x80\"");
	check_printable("\xff", "\"\\xff\"");
	check_printable("0123456789abcdef", "\"0123456789ab...\"");
}

TEST(types_read_as_in_source)
{
	struct buf out;

	buf_init(&out, 1000);
	printable_class(&out, "[[La/B;");
	buf_text(&out, " ");
	printable_class(&out, "a/Outer$B");
	buf_text(&out, " ");
	printable_class(&out, "[odd");
	buf_text(&out, " ");
	printable_parameters(&out, "([JLjava/lang/String;Z)V");
	buf_u1(&out, '\0');
	EXPECT_STR((char *)out.bytes,
		   "a.B[][] a.Outer$B [odd (long[], java.lang.String, boolean)");
	buf_release(&out);
}

static void note(void *context, uint16_t method, const struct insn *insn,
		 struct buf *out)
{
	(void)context;
	if (insn->opcode == OPC_ifeq)
		buf_fmt(out, "      note on method %u\n", method);
}

TEST(a_method_is_dumped_with_lines_names_targets_and_frames)
{
	const struct dump_notes notes = { note, NULL };
	struct arena arena = ARENA_INIT;
	struct class *class;
	struct build b;
	struct buf out;
	uint8_t name, type, text;

	build_start(&b, &arena, 48);
	name = (uint8_t)build_utf8(&b, "count");
	type = (uint8_t)build_utf8(&b, "I");
	text = (uint8_t)build_string(&b, "hi\n");
	build_method(&b, "m", "(I)V", (struct build_code){
		.bytes = BYTES(0x1a, 0x99, 0, 6, 0x12, text, 0x57, 0xb1),
		.exceptions = BYTES(0, 0, 0, 4, 0, 6, 0, 0),
		.attributes = {
			{ "LineNumberTable", BYTES(0, 1, 0, 4, 0, 7) },
			{ "LocalVariableTable", BYTES(0, 1, 0, 0, 0, 8, 0, name,
						      0, type, 0, 0) } } });
	build_method(&b, "broken", "()V", (struct build_code){
		.bytes = BYTES(0xca) });
	class = build_parsed(&b);
	buf_init(&out, 1 << 16);
	dump_class(class, &notes, &out);
	buf_u1(&out, '\0');
	EXPECT(strstr((char *)out.bytes, "public class pkg.Sample\n"
		"  class file 48.0, "));
	EXPECT(strstr((char *)out.bytes, "\n"
		"  public static void m(int)    (I)V\n"
		"    stack 10, locals 10, 8 bytes\n"
		"          0  iload_0         count\n"
		"      note on method 0\n"
		"          1  ifeq            -> 7\n"
		"    line 7\n"
		"          4  ldc             \"hi\\n\"\n"
		"           .. locals [int] stack [java.lang.Object]\n"
		"    >     6  pop\n"
		"           .. locals [int] stack []\n"
		"    >     7  return\n"
		"    try 0..4 catch anything -> 6\n"
		"    local 0  int count  0..8\n"));
	EXPECT(strstr((char *)out.bytes, "\n"
		"  public static void broken()    ()V\n"
		"    cannot be read: Sample.class: broken()V: no instruction at pc 0\n"));
	buf_release(&out);
	arena_release(&arena);
}

TEST(frames_stand_before_the_instructions_that_jumps_lead_to)
{
	struct arena arena = ARENA_INIT;
	struct class *class;
	struct build b;
	struct buf out;

	build_start(&b, &arena, 48);
	build_method(&b, "m", "(IJ)V", (struct build_code){
		.bytes = BYTES(0x1a, 0x99, 0, 4, 0, 0xb1, 0, 0xb1) });
	class = build_parsed(&b);
	buf_init(&out, 1 << 16);
	dump_class(class, NULL, &out);
	buf_u1(&out, '\0');
	EXPECT(strstr((char *)out.bytes,
		"           .. locals [int, long] stack []\n"
		"    >     5  return\n"
		"           .. never reached\n"
		"          6  nop\n"
		"          7  return\n"));
	buf_release(&out);
	arena_release(&arena);
}

TEST(an_invokedynamic_names_who_links_it_and_with_what)
{
	struct arena arena = ARENA_INIT;
	struct class *class;
	struct build b;
	struct buf out;
	uint8_t call, factory, body, text;

	build_start(&b, &arena, 52);
	call = (uint8_t)build_ref(&b, CONSTANT_INVOKE_DYNAMIC, NULL, "run", "()V");
	factory = (uint8_t)build_handle(&b, build_ref(&b, CONSTANT_METHODREF,
						      "a/F", "make", "()V"));
	body = (uint8_t)build_handle(&b, build_ref(&b, CONSTANT_METHODREF,
						   "a/B", "lambda$0", "()V"));
	text = (uint8_t)build_string(&b, "t");
	build_attribute(&b, "BootstrapMethods", (struct span)BYTES(
		0, 1, 0, factory, 0, 3, 0, body, 0, text, 0xff, 0xff));
	build_method(&b, "m", "()V", (struct build_code){
		.bytes = BYTES(0xba, 0, call, 0, 0, 0xb1) });
	class = build_parsed(&b);
	buf_init(&out, 1 << 16);
	dump_class(class, NULL, &out);
	buf_u1(&out, '\0');
	EXPECT(strstr((char *)out.bytes,
		"invokedynamic   run() : void  by a.F.make, a.B.lambda$0, \"t\"\n"));
	buf_release(&out);
	arena_release(&arena);
}
