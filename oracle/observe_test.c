#include "oracle/observe.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/code.h"
#include "classfile/frames.h"
#include "util/test.h"

struct fixture {
	struct arena arena;
	struct known *known;
	struct observe *observe;
	struct build b;
};

static void add_known(struct fixture *f, const char *name, const char *super, bool is_test)
{
	struct class class = { .name = name, .super_name = super };

	known_add(f->known, &class, is_test);
}

static void fixture_start(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->known = known_new(&f->arena);
	f->observe = observe_new(&f->arena, f->known);
	add_known(f, "shop/Price", "java/lang/Object", false);
	add_known(f, "shop/Walk", "java/util/ListIterator", false);
	add_known(f, "shop/Base", "junit/framework/TestCase", true);
	add_known(f, "shop/PriceTest", "shop/Base", true);
	build_start(&f->b, &f->arena, 52);
}

/* Weaves a static method with this code in a class that is test code, and reads it. */
static struct code *weave(struct fixture *f, struct build_code body, struct class **ret_class)
{
	struct err err = ERR_INIT;
	struct frame *frames;
	struct span bytes;
	struct code *code;

	build_method(&f->b, "m", "()V", body);
	EXPECT(observe_class(f->observe, build_parsed(&f->b), &f->arena, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&f->arena, bytes, "woven", ret_class, &err) == ERR_OK);
	EXPECT(code_parse(&f->arena, *ret_class, &(*ret_class)->methods[0], &code, &err) == ERR_OK);
	EXPECT(frames_compute(&f->arena, *ret_class, &(*ret_class)->methods[0], code, &frames, &err) == ERR_OK);
	EXPECT_STR(err.text, "");
	return code;
}

/* How often Trace.at(descriptor) is called. */
static unsigned count_told(const struct class *class, const struct code *code, const char *descriptor)
{
	struct member_ref ref;
	unsigned n = 0;

	for (uint32_t i = 0; i < code->n_insns; i++)
		if (code->insns[i].opcode == OPC_invokestatic &&
		    class_member_ref_at(class, code->insns[i].index, &ref) &&
		    !strcmp(ref.owner, OBSERVE_CLASS) && !strcmp(ref.descriptor, descriptor))
			n++;
	return n;
}

TEST(what_a_call_into_the_project_returns_and_throws_is_told_with_its_site)
{
	struct class *class;
	struct fixture f;
	struct code *code;
	uint16_t total;

	fixture_start(&f);
	total = build_ref(&f.b, CONSTANT_METHODREF, "shop/Price", "total", "()J");
	code = weave(&f, (struct build_code){ .bytes = BYTES(0xb8, 0, (uint8_t)total, 0x58, 0xb1) }, &class);
	EXPECT_LONG(count_told(class, code, "(JI)V"), 1);
	EXPECT_LONG(count_told(class, code, "(Ljava/lang/Object;I)V"), 1);
	EXPECT_LONG(code->n_exceptions, 1);
	EXPECT_LONG(code->exceptions[0].end - code->exceptions[0].start, 3);
	EXPECT(code->insns[code->n_insns - 1].opcode == OPC_athrow);
	EXPECT(attributes_find(&code->attributes, "StackMapTable") != NULL);
	EXPECT_LONG(f.observe->n_sites, 1);
	EXPECT_STR(f.observe->sites[0].callee, "shop/Price.total()J");
	EXPECT_STR(f.observe->sites[0].method_name, "m");
	arena_release(&f.arena);
}

TEST(arguments_of_an_assertion_are_told_one_by_one_also_where_it_is_inherited)
{
	struct class *class;
	struct fixture f;
	struct code *code;
	uint16_t inherited;

	fixture_start(&f);
	inherited = build_ref(&f.b, CONSTANT_METHODREF, "shop/PriceTest", "assertEquals",
			      "(Ljava/lang/String;JI)V");
	code = weave(&f, (struct build_code){
		.bytes = BYTES(0x01, 0x09, 0x04, 0xb8, 0, (uint8_t)inherited, 0xb1) }, &class);
	EXPECT_LONG(count_told(class, code, "(Ljava/lang/Object;I)V"), 0);	/* the message */
	EXPECT_LONG(count_told(class, code, "(JI)V"), 1);
	EXPECT_LONG(count_told(class, code, "(II)V"), 1);
	EXPECT_LONG(code->n_exceptions, 0);
	EXPECT_LONG(code->max_locals, 14);
	arena_release(&f.arena);
}

TEST(calls_of_the_test_s_own_methods_and_of_libraries_are_left_alone)
{
	struct class *class;
	struct fixture f;
	struct code *code;
	uint16_t library;

	fixture_start(&f);
	library = build_ref(&f.b, CONSTANT_METHODREF, "java/lang/Math", "random", "()D");
	code = weave(&f, (struct build_code){ .bytes = BYTES(0xb8, 0, (uint8_t)library, 0x58, 0xb1) }, &class);
	EXPECT_LONG(code->n_insns, 3);
	EXPECT_LONG(f.observe->n_sites, 0);
	arena_release(&f.arena);
}

TEST(a_library_s_class_that_the_project_extends_may_be_the_project)
{
	struct class *class;
	struct fixture f;
	struct code *code;
	uint16_t next;

	fixture_start(&f);
	next = build_ref(&f.b, CONSTANT_INTERFACE_METHODREF, "java/util/Iterator", "next",
			 "()Ljava/lang/Object;");
	code = weave(&f, (struct build_code){
		.bytes = BYTES(0x01, 0xb9, 0, (uint8_t)next, 1, 0, 0x57, 0xb1) }, &class);
	EXPECT_LONG(count_told(class, code, "(Ljava/lang/Object;I)V"), 2);
	EXPECT_STR(f.observe->sites[0].callee, "java/util/Iterator.next()Ljava/lang/Object;");
	arena_release(&f.arena);
}

TEST(a_constructor_s_object_is_told_where_it_stays_on_the_stack)
{
	struct class *class;
	struct fixture f;
	struct code *code;
	uint16_t made, init;

	fixture_start(&f);
	made = build_class(&f.b, "shop/Price");
	init = build_ref(&f.b, CONSTANT_METHODREF, "shop/Price", "<init>", "()V");
	code = weave(&f, (struct build_code){
		.bytes = BYTES(0xbb, 0, (uint8_t)made, 0x59, 0xb7, 0, (uint8_t)init, 0x57,
		      0xbb, 0, (uint8_t)made, 0xb7, 0, (uint8_t)init, 0xb1) }, &class);
	EXPECT_LONG(count_told(class, code, "(Ljava/lang/Object;I)V"), 3);	/* one object, two handlers */
	arena_release(&f.arena);
}

TEST(a_range_of_the_test_s_own_covers_the_handler_too)
{
	struct class *class;
	struct fixture f;
	struct code *code;
	uint16_t total;

	/* 0 invokestatic, 3 pop, 4 return, 5 pop, 6 return: [0, 4) -> 5 */
	fixture_start(&f);
	total = build_ref(&f.b, CONSTANT_METHODREF, "shop/Price", "total", "()I");
	code = weave(&f, (struct build_code){
		.bytes = BYTES(0xb8, 0, (uint8_t)total, 0x57, 0xb1, 0x57, 0xb1),
		.exceptions = BYTES(0, 0, 0, 4, 0, 5, 0, 0),
		.attributes = { { "StackMapTable", BYTES(0, 1, 255, 0, 5, 0, 0, 0, 1, 7, 0, 2) } } }, &class);
	EXPECT_LONG(code->n_exceptions, 3);
	EXPECT(code->exceptions[0].handler > code->exceptions[1].handler);
	EXPECT_LONG(code->exceptions[2].start, code->exceptions[0].handler);
	EXPECT_LONG(code->exceptions[2].end, (long)code->bytes.len);
	EXPECT_LONG(code->exceptions[2].handler, code->exceptions[1].handler);
	arena_release(&f.arena);
}

/* An instance method, which may override one of the class above. */
TEST(at_its_entry_a_method_that_others_may_call_tells_its_arguments)
{
	struct err err = ERR_INIT;
	struct member *method;
	struct class *class;
	struct fixture f;
	struct span bytes;
	struct code *code;

	fixture_start(&f);
	build_method(&f.b, "m", "(J)V", (struct build_code){ .bytes = BYTES(0xb1) });
	class = build_parsed(&f.b);
	method = &class->methods[0];
	method->access = ACCESS_PUBLIC;
	class->super_name = "shop/Walk";
	EXPECT(observe_class(f.observe, class, &f.arena, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&f.arena, bytes, "woven", &class, &err) == ERR_OK);
	EXPECT(code_parse(&f.arena, class, &class->methods[0], &code, &err) == ERR_OK);
	EXPECT_LONG(count_told(class, code, "(JI)V"), 1);
	EXPECT_LONG(code->n_insns, 4);	/* no more stack than a long and an int */
	EXPECT_STR(f.observe->sites[0].callee, "");
	arena_release(&f.arena);
}
