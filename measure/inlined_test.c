#include "measure/inlined.h"

#include "classfile/build_test.h"
#include "util/test.h"

#define SMAP(text) { (const uint8_t *)(text), sizeof(text) - 1 }

static struct span class_with(struct arena *arena, struct span map)
{
	uint8_t file[2];
	struct build b;
	uint16_t name;

	build_start(&b, arena, 52);
	name = build_utf8(&b, "OrderTest.kt");
	file[0] = (uint8_t)(name >> 8);
	file[1] = (uint8_t)name;
	build_attribute(&b, "SourceFile", (struct span){ file, sizeof(file) });
	build_method(&b, "m", "()V", (struct build_code){ .bytes = BYTES(0xb1) });
	if (map.len)
		build_attribute(&b, "SourceDebugExtension", map);
	return build_finish(&b);
}

TEST(lines_of_inline_functions_are_those_that_stand_elsewhere_too)
{
	static const struct span map = SMAP("SMAP\nOrderTest.kt\nKotlin\n*S Kotlin\n*F\n"
					    "+ 1 OrderTest.kt\npkg/OrderTest\n+ 2 Order.kt\nshop/OrderKt\n"
					    "*L\n1#1,47:1\n39#2,3:48\n7#2:51\n*E\n");
	struct arena arena = ARENA_INIT;
	struct project_class classes[] = {
		{ .name = "shop.Other", .what = "Other.class" },
		{ .name = "shop.OrderTest", .what = "OrderTest.class", .is_test = true },
	};
	const struct project project = { .classes = classes, .n_classes = 2 };
	const struct inlined *inlined;

	classes[0].bytes = class_with(&arena, span_none);
	classes[1].bytes = class_with(&arena, map);
	inlined = inlined_read(&arena, &project);
	EXPECT(inlined_has(inlined, "shop/OrderKt", 7));
	EXPECT(inlined_has(inlined, "shop/OrderKt", 39));
	EXPECT(inlined_has(inlined, "shop/OrderKt", 41));
	EXPECT(!inlined_has(inlined, "shop/OrderKt", 42));
	EXPECT(!inlined_has(inlined, "shop/OrderKt", 38));
	EXPECT(!inlined_has(inlined, "pkg/OrderTest", 7));
	EXPECT(!inlined_has(inlined, "shop/Order", 7));
	EXPECT(!inlined_has(inlined, "shop/OrderKtx", 7));
	arena_release(&arena);
}

TEST(a_project_without_copies_has_no_inline_functions)
{
	struct arena arena = ARENA_INIT;
	struct project_class class = { .name = "shop.Order", .what = "Order.class" };
	const struct project project = { .classes = &class, .n_classes = 1 };

	class.bytes = class_with(&arena, (struct span)SMAP("SMAP\n"));
	EXPECT(!inlined_has(inlined_read(&arena, &project), "shop/Order", 1));
	arena_release(&arena);
}
