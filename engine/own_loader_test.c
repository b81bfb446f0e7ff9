#include "engine/own_loader.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/code.h"
#include "classfile/frames.h"
#include "util/test.h"

static const char constructor[] = "(Lorg/objenesis/strategy/InstantiatorStrategy;Z)V";

/* The first method of the class once the row's patch is made; *ret is the patched class. */
static const struct code *patched(struct arena *arena, uint32_t row, const struct class *class,
				  struct class **ret)
{
	struct err err = ERR_INIT;
	struct code *code = NULL;
	struct span bytes;

	EXPECT(own_loader_patch(row, class, arena, &bytes, &err) == ERR_OK);
	EXPECT_STR(err.text, "");
	EXPECT(class_parse(arena, bytes, "patched", ret, &err) == ERR_OK);
	EXPECT(code_parse(arena, *ret, &(*ret)->methods[0], &code, &err) == ERR_OK);
	return code;
}

TEST(the_parameter_that_asks_for_a_cache_is_false_from_the_start)
{
	struct arena arena = ARENA_INIT;
	const struct code *code;
	struct class *class;
	struct build b;
	uint16_t init;

	build_start(&b, &arena, 52);
	init = build_ref(&b, CONSTANT_METHODREF, "java/lang/Object", "<init>", "()V");
	build_method(&b, "<init>", constructor, (struct build_code){
		.bytes = BYTES(0x2a, 0xb7, 0, (uint8_t)init, 0xb1), .access = ACCESS_PUBLIC });
	code = patched(&arena, 0, build_parsed(&b), &class);
	EXPECT_LONG(code->insns[0].opcode, OPC_iconst_0);
	EXPECT_LONG(code->insns[1].opcode, OPC_istore);
	EXPECT_LONG(code->bytes.bytes[code->insns[1].pc + 1], 2);
	arena_release(&arena);
}

TEST(a_library_without_that_constructor_is_left_alone)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span bytes;
	struct build b;

	build_start(&b, &arena, 52);
	build_method(&b, "<init>", "(Z)V", (struct build_code){ .bytes = BYTES(0xb1) });
	EXPECT(own_loader_patch(0, build_parsed(&b), &arena, &bytes, &err) == ERR_FORMAT);
	arena_release(&arena);
}

#define BUILDER "net/bytebuddy/dynamic/loading/MultipleParentClassLoader$Builder"
#define BY_LIST "(Ljava/util/List;)L" BUILDER ";"

/* append(Class[]) that leads to append(List), and the latter; with `instead` there is
 * a method of that name, too. */
static const struct class *builder_with(struct build *b, struct arena *arena, const char *instead)
{
	uint16_t by_list;

	build_start(b, arena, 52);
	by_list = build_ref(b, CONSTANT_METHODREF, BUILDER, "append", BY_LIST);
	build_method(b, "append", "(Ljava/lang/Class;)L" BUILDER ";", (struct build_code){
		.bytes = BYTES(0x2a, 0x01, 0xb6, 0, (uint8_t)by_list, 0xb0), .access = ACCESS_PUBLIC });
	build_method(b, "append", BY_LIST, (struct build_code){ .bytes = BYTES(0x01, 0xb0),
							       .access = ACCESS_PUBLIC });
	build_method(b, instead, BY_LIST, (struct build_code){ .bytes = BYTES(0x01, 0xb0),
							       .access = ACCESS_PUBLIC });
	return build_parsed(b);
}

TEST(of_two_loaders_that_a_double_needs_the_child_will_do)
{
	struct arena arena = ARENA_INIT;
	const struct code *code;
	struct class *class;
	struct member_ref ref;
	struct build b;

	code = patched(&arena, 1, builder_with(&b, &arena, "appendMostSpecific"), &class);
	EXPECT_LONG(code->insns[2].opcode, OPC_invokevirtual);
	EXPECT(class_member_ref_at(class, code->insns[2].index, &ref));
	EXPECT_STR(ref.name, "appendMostSpecific");
	EXPECT_STR(ref.descriptor, BY_LIST);
	arena_release(&arena);
}

TEST(and_no_parent_is_needed_besides)
{
	struct arena arena = ARENA_INIT;
	const struct code *code;
	struct class *class;
	struct member_ref ref;
	struct build b;
	uint16_t build;

	build_start(&b, &arena, 52);
	build = build_ref(&b, CONSTANT_METHODREF, BUILDER, "build", "(Ljava/lang/ClassLoader;)Ljava/lang/ClassLoader;");
	build_method(&b, "mockClass", "()V", (struct build_code){
		.bytes = BYTES(0x01, 0x01, 0xb6, 0, (uint8_t)build, 0x57, 0xb1), .access = ACCESS_PUBLIC });
	code = patched(&arena, 2, build_parsed(&b), &class);
	EXPECT_LONG(code->insns[2].opcode, OPC_pop);
	EXPECT(class_member_ref_at(class, code->insns[3].index, &ref));
	EXPECT_STR(ref.descriptor, "()Ljava/lang/ClassLoader;");
	arena_release(&arena);
}

TEST(unless_bytebuddy_is_too_old_to_know)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span bytes;
	struct build b;

	EXPECT(own_loader_patch(1, builder_with(&b, &arena, "filter"), &arena, &bytes, &err) == ERR_FORMAT);
	arena_release(&arena);
}
