#include "engine/name_cache.h"

#include <string.h>

#include "classfile/build_test.h"
#include "classfile/code.h"
#include "classfile/frames.h"
#include "util/test.h"

static const char constructor[] = "(Lorg/objenesis/strategy/InstantiatorStrategy;Z)V";

TEST(the_parameter_that_asks_for_a_cache_is_false_from_the_start)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct code *code;
	struct span bytes;
	struct build b;
	uint16_t init;

	build_start(&b, &arena, 52);
	init = build_ref(&b, CONSTANT_METHODREF, "java/lang/Object", "<init>", "()V");
	build_method(&b, "<init>", constructor, (struct build_code){
		.bytes = BYTES(0x2a, 0xb7, 0, (uint8_t)init, 0xb1), .access = ACCESS_PUBLIC });
	EXPECT(name_cache_switch_off(0, build_parsed(&b), &arena, &bytes, &err) == ERR_OK);
	EXPECT(class_parse(&arena, bytes, "patched", &class, &err) == ERR_OK);
	EXPECT(code_parse(&arena, class, &class->methods[0], &code, &err) == ERR_OK);
	EXPECT_LONG(code->insns[0].opcode, OPC_iconst_0);
	EXPECT_LONG(code->insns[1].opcode, OPC_istore);
	EXPECT_LONG(code->bytes.bytes[code->insns[1].pc + 1], 2);
	EXPECT_STR(err.text, "");
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
	EXPECT(name_cache_switch_off(0, build_parsed(&b), &arena, &bytes, &err) == ERR_FORMAT);
	arena_release(&arena);
}
