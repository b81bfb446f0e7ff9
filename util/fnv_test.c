#include "util/fnv.h"

#include "util/test.h"

TEST(fnv_gives_the_published_values)
{
	EXPECT(fnv_bytes(FNV_BASIS, "", 0) == FNV_BASIS);
	EXPECT(fnv_bytes(FNV_BASIS, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
	EXPECT(fnv_bytes(FNV_BASIS, "foobar", 6) == UINT64_C(0x85944171f73967e8));
	EXPECT(fnv_bytes(fnv_bytes(FNV_BASIS, "foo", 3), "bar", 3) == UINT64_C(0x85944171f73967e8));
}

TEST(fnv_of_several_is_that_of_each)
{
	for (size_t n = 0; n < 9; n++) {
		uint64_t hashes[9];

		for (size_t i = 0; i < 9; i++)
			hashes[i] = FNV_BASIS + i;
		fnv_bytes_each(hashes, n, "foobar", 6);
		for (size_t i = 0; i < 9; i++)
			EXPECT(hashes[i] == fnv_bytes(FNV_BASIS + i, "foobar", i < n ? 6 : 0));
	}
}

TEST(fnv_of_texts_tells_where_one_ends)
{
	EXPECT(fnv_text(FNV_BASIS, "ab") == fnv_bytes(FNV_BASIS, "ab", 3));
	EXPECT(fnv_text(fnv_text(FNV_BASIS, "ab"), "c") != fnv_text(fnv_text(FNV_BASIS, "a"), "bc"));
}
