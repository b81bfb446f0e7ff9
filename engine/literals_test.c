#include "engine/literals.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

static bool has(const char **literals, uint32_t n, const char *wanted)
{
	for (uint32_t i = 0; i < n; i++)
		if (!strcmp(literals[i], wanted))
			return true;
	return false;
}

TEST(constants_of_a_method_are_spelt_as_java_does_each_once)
{
	struct arena arena = ARENA_INIT;
	const char **literals;
	struct class *class;
	struct build b;
	uint8_t text;
	uint32_t n;

	build_start(&b, &arena, 49);
	text = (uint8_t)build_string(&b, "a\"b");
	/* bipush 39, iconst_2, ldc, bipush 39, pop each, return */
	const uint8_t code[] = { 0x10, 39, 0x57, 0x05, 0x57, 0x12, text, 0x57, 0x10, 39, 0x57, 0xb1 };
	build_method(&b, "m", "()V", (struct build_code){ .bytes = { code, sizeof(code) } });
	class = build_parsed(&b);
	n = literals_of(&arena, class, &class->methods[0], 10, &literals);
	EXPECT(n == 4);
	EXPECT(has(literals, n, "39") && has(literals, n, "'\\''"));
	EXPECT(has(literals, n, "2") && has(literals, n, "\"a\\\"b\""));
	EXPECT(literals_of(&arena, class, &class->methods[0], 1, &literals) == 1);
	arena_release(&arena);
}
