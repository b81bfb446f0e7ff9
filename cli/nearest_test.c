#include "cli/nearest.h"

#include "util/test.h"

TEST(swapped_letters_are_one_mistake)
{
	EXPECT_LONG(nearest_distance("muatte", "mutate"), 1);
	EXPECT_LONG(nearest_distance("lits", "list"), 1);
	EXPECT_LONG(nearest_distance("list", "list"), 0);
	EXPECT_LONG(nearest_distance("", "list"), 4);
	EXPECT_LONG(nearest_distance("dumps", "dump"), 1);
}

TEST(the_nearest_word_is_offered_only_if_it_is_near)
{
	struct nearest nearest;

	nearest_init(&nearest, "--oprators");
	nearest_offer(&nearest, "--filters");
	nearest_offer(&nearest, "--operators");
	EXPECT_STR(nearest_get(&nearest), "--operators");
	nearest_init(&nearest, "xyzzy");
	nearest_offer(&nearest, "mutate");
	EXPECT(!nearest_get(&nearest));
}

TEST(a_beginning_is_near)
{
	struct nearest nearest;

	nearest_init(&nearest, "--class");
	nearest_offer(&nearest, "--classpath");
	nearest_offer(&nearest, "--color");
	EXPECT_STR(nearest_get(&nearest), "--classpath");
}

TEST(a_word_too_long_to_compare_is_far)
{
	EXPECT(nearest_distance("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
				"mutate") > 100);
}
