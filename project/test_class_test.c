#include "project/test_class.h"

#include "classfile/build_test.h"
#include "project/tree_test.h"
#include "util/die.h"
#include "util/test.h"

/* A class whose method `run` is annotated. */
static bool is_test(const char *name, const char *annotation)
{
	struct tree tree = { ARENA_INIT, NULL };
	struct err err = ERR_INIT;
	struct class *class;
	bool found;

	if (class_parse(&tree.arena, tree_class(&tree, name, "Cart.java", annotation), name,
			&class, &err) != ERR_OK)
		BUG("%s", err.text);
	found = test_class_is(class);
	arena_release(&tree.arena);
	return found;
}

TEST(annotations_that_only_sound_like_tests_make_no_test)
{
	EXPECT(!is_test("shop/Cart", "com/fasterxml/jackson/annotation/JsonProperty"));
	EXPECT(!is_test("shop/Cart", "io/swagger/annotations/Example"));
	EXPECT(!is_test("shop/Cart", "shop/VisibleForTest"));
	EXPECT(!is_test("shop/Cart", "org/aspectj/lang/annotation/Before"));
	EXPECT(is_test("shop/Cart", "org/junit/jupiter/params/ParameterizedTest"));
	EXPECT(is_test("shop/Cart", "org/junit/experimental/theories/Theory"));
	EXPECT(is_test("shop/Cart", "org/testng/annotations/Test"));
	EXPECT(is_test("shop/Cart", "net/jqwik/api/Property"));
	EXPECT(is_test("shop/Cart", "org/junit/Before"));
}

TEST(a_name_like_a_tests_counts_where_a_test_framework_is_mentioned)
{
	static const char ignore[] = "org/junit/Ignore";

	EXPECT(is_test("shop/CartTest", ignore) && is_test("CartTests", ignore));
	EXPECT(is_test("shop/TestCart", ignore) && is_test("shop/CartIT", ignore));
	EXPECT(is_test("shop/CartTestCase", ignore) && is_test("shop/CartSpec", ignore));
	EXPECT(!is_test("shop/CartTest", NULL));
	EXPECT(!is_test("shop/Cart", ignore) && !is_test("shop/Contest", ignore));
	EXPECT(!is_test("shop/Testament", ignore));
}

TEST(an_annotation_of_ones_own_makes_a_test_where_a_framework_is_mentioned)
{
	static const uint8_t code[] = { 0xb1 };

	for (int mentioned = 0; mentioned < 2; mentioned++) {
		struct arena arena = ARENA_INIT;
		uint8_t list[] = { 0, 1, 0, 0, 0, 0 };
		struct build b;

		build_start(&b, &arena, 52);
		build_utf8(&b, mentioned ? "org/assertj/core/api/Assertions" : "java/lang/Void");
		list[3] = (uint8_t)build_utf8(&b, "Lshop/FastTest;");
		build_attribute(&b, "RuntimeVisibleAnnotations", (struct span){ list, sizeof(list) });
		build_method(&b, "run", "()V", (struct build_code){ .bytes = { code, sizeof(code) } });
		EXPECT(test_class_is(build_parsed(&b)) == (mentioned == 1));
		arena_release(&arena);
	}
}
