#include "oracle/doubles.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/code.h"
#include "classfile/frames.h"
#include "util/test.h"

#define ROW_MOCKITO 0
#define ROW_EASYMOCK 1

struct fixture {
	struct arena arena;
	struct observe *observe;
	struct build b;
};

static void fixture_start(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->observe = observe_new(&f->arena, known_new(&f->arena));
	build_start(&f->b, &f->arena, 52);
}

/* Weaves a class with one method that returns null, and reads that. */
static struct code *weave(struct fixture *f, uint32_t row, const char *name, const char *descriptor,
			  struct class **ret_class)
{
	struct err err = ERR_INIT;
	struct frame *frames;
	struct span bytes;
	struct code *code;

	build_method(&f->b, name, descriptor, (struct build_code){
		.bytes = BYTES(0x01, 0xb0), .access = ACCESS_PUBLIC });
	EXPECT(doubles_weave(f->observe, row, build_parsed(&f->b), &f->arena, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&f->arena, bytes, "woven", ret_class, &err) == ERR_OK);
	EXPECT(code_parse(&f->arena, *ret_class, &(*ret_class)->methods[0], &code, &err) == ERR_OK);
	EXPECT(frames_compute(&f->arena, *ret_class, &(*ret_class)->methods[0], code, &frames, &err) == ERR_OK);
	EXPECT_STR(err.text, "");
	return code;
}

TEST(a_double_s_handler_tells_who_is_called_and_with_what_before_anything_else)
{
	struct member_ref ref;
	struct class *class;
	struct fixture f;
	struct code *code;

	fixture_start(&f);
	code = weave(&f, ROW_EASYMOCK, "invoke",
		     "(Ljava/lang/Object;Ljava/lang/reflect/Method;[Ljava/lang/Object;)Ljava/lang/Object;", &class);
	for (uint32_t i = 0; i < 3; i++)
		EXPECT_LONG(code->insns[i].opcode, OPC_aload);
	EXPECT(class_member_ref_at(class, code->insns[4].index, &ref));
	EXPECT_STR(ref.owner, DOUBLES_CLASS);
	EXPECT_LONG(f.observe->n_sites, DOUBLES_SITES);
	EXPECT_STR(f.observe->sites[DOUBLES_SITES - 1].class_name, "org.easymock.EasyMock");
	arena_release(&f.arena);
}

TEST(what_an_invocation_holds_is_asked_of_its_interface)
{
	struct member_ref ref;
	struct class *class;
	struct fixture f;
	struct code *code;

	fixture_start(&f);
	code = weave(&f, ROW_MOCKITO, "handle", "(Lorg/mockito/invocation/Invocation;)Ljava/lang/Object;", &class);
	EXPECT_LONG(code->insns[5].opcode, OPC_invokeinterface);
	EXPECT(class_member_ref_at(class, code->insns[5].index, &ref));
	EXPECT_STR(ref.owner, "org/mockito/invocation/Invocation");
	EXPECT_STR(ref.name, "getArguments");
	EXPECT_STR(ref.descriptor, "()[Ljava/lang/Object;");
	arena_release(&f.arena);
}

TEST(another_version_of_the_library_is_not_woven)
{
	struct err err = ERR_INIT;
	struct fixture f;
	struct span bytes;

	fixture_start(&f);
	build_method(&f.b, "handle", "(I)V", (struct build_code){ .bytes = BYTES(0xb1) });
	EXPECT(doubles_weave(f.observe, ROW_MOCKITO, build_parsed(&f.b), &f.arena, &bytes, &err) == ERR_FORMAT);
	EXPECT_LONG(f.observe->n_sites, 0);
	arena_release(&f.arena);
}

TEST(a_library_counts_as_unrecorded_unless_its_handler_is_woven)
{
	bool woven[8] = { false };
	struct class *class;
	struct fixture f;

	EXPECT(doubles_count() <= sizeof(woven));
	fixture_start(&f);
	build_class(&f.b, "org/mockito/Mockito");
	class = build_parsed(&f.b);
	EXPECT_STR(doubles_unrecorded(class, woven), "org.mockito.Mockito");
	woven[ROW_MOCKITO] = true;
	EXPECT(doubles_unrecorded(class, woven) == NULL);
	build_start(&f.b, &f.arena, 52);
	build_class(&f.b, "mockit/Expectations");
	EXPECT_STR(doubles_unrecorded(build_parsed(&f.b), woven), "JMockit");
	arena_release(&f.arena);
}
