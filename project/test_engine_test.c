#include "project/test_engine.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

static struct project_class made(struct arena *arena, const char *name, const char *super, uint16_t access)
{
	struct build b;
	uint8_t *bytes;
	struct span span;
	uint16_t index;
	char *dotted = arena_strdup(arena, name);

	build_start(&b, arena, 52);
	index = build_class(&b, super);
	span = build_finish(&b);
	bytes = arena_memdup(arena, span.bytes, span.len);
	/* Behind the constants: access, this, super, and four counts of 0 before the end. */
	bytes[span.len - 14] = (uint8_t)(access >> 8);
	bytes[span.len - 13] = (uint8_t)access;
	bytes[span.len - 10] = (uint8_t)(index >> 8);
	bytes[span.len - 9] = (uint8_t)index;
	for (char *at = dotted; *at; at++)
		if (*at == '/')
			*at = '.';
	return (struct project_class){ .name = dotted, .what = name, .bytes = { bytes, span.len }, .is_test = true };
}

TEST(a_test_of_an_engine_that_is_not_there_says_what_to_add)
{
	struct arena arena = ARENA_INIT;
	struct project_class classes[] = {
		made(&arena, "shop/PriceSpec", "shop/UnitSpec", ACCESS_PUBLIC),
		made(&arena, "shop/UnitSpec", "org/scalatest/funsuite/AnyFunSuite", ACCESS_PUBLIC | ACCESS_ABSTRACT),
		made(&arena, "shop/CartSpec", "io/kotest/core/spec/style/StringSpec", ACCESS_PUBLIC),
		made(&arena, "shop/Helper", "java/lang/Object", ACCESS_PUBLIC),
		made(&arena, "shop/Circle", "shop/Circle", ACCESS_PUBLIC),
	};
	const struct project project = { .classes = classes, .n_classes = 5 };
	const char *why = test_engine_missing(&project, &classes[0]);

	EXPECT(why && strstr(why, "ScalaTest") && strstr(why, "org.scalatestplus"));
	EXPECT(test_engine_missing(&project, &classes[1]) == NULL);
	why = test_engine_missing(&project, &classes[2]);
	EXPECT(why && strstr(why, "kotest-runner-junit5"));
	EXPECT(test_engine_missing(&project, &classes[3]) == NULL);
	EXPECT(test_engine_missing(&project, &classes[4]) == NULL);
	arena_release(&arena);
}
