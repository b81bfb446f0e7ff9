#include "util/name.h"

#include <stddef.h>

#include "util/test.h"

TEST(beginnings_and_ends_of_texts)
{
	EXPECT(name_starts_with("shop.Cart", "shop") && name_starts_with("shop", "shop") && name_starts_with("a", ""));
	EXPECT(!name_starts_with("sho", "shop") && !name_starts_with("a.shop", "shop"));
	EXPECT(name_ends_with("CartTest", "Test") && name_ends_with("Test", "Test") && name_ends_with("a", ""));
	EXPECT(!name_ends_with("est", "Test") && !name_ends_with("TestCart", "Test"));
}

TEST(one_of_a_list_is_a_whole_one)
{
	static const char *const list[] = { "one", "other", NULL };

	EXPECT(name_is_one_of("one", list) && name_is_one_of("other", list));
	EXPECT(!name_is_one_of("on", list) && !name_is_one_of("", list));
}
