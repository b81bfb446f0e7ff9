#include "util/arena.h"

#include <stdint.h>
#include <string.h>

#include "util/test.h"

#define MANY ((size_t)1 << 20)

static bool counts_up(const uint64_t *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (items[i] != i)
			return false;
	return true;
}

static bool is_zero(const uint64_t *items, size_t from, size_t to)
{
	while (from < to && !items[from])
		from++;
	return from == to;
}

TEST(an_array_that_grows_keeps_its_items_and_is_zero_behind_them)
{
	struct arena arena = ARENA_INIT;
	uint64_t *items = NULL;
	size_t n = 0;

	for (size_t size = 16; size <= MANY; size *= 2) {
		items = arena_grow(&arena, items, n, size, sizeof(*items));
		EXPECT(counts_up(items, n) && is_zero(items, n, size));
		for (; n < size; n++)
			items[n] = n;
		memset(arena_alloc(&arena, 100), 0xff, 100);	/* something in between */
	}
	EXPECT(counts_up(items, MANY));
	arena_release(&arena);
}

TEST(a_large_array_that_grows_leaves_nothing_behind)
{
	struct arena arena = ARENA_INIT;
	uint64_t *items = NULL;

	for (size_t n = 0; n < MANY; n++) {
		items = arena_room(&arena, items, n, sizeof(*items));
		items[n] = n;
	}
	EXPECT(counts_up(items, MANY));
	EXPECT(arena.used < MANY * sizeof(*items) * 3 / 2);
	arena_release(&arena);
}

TEST(pieces_are_zero_also_where_others_were)
{
	struct arena arena = ARENA_INIT;

	for (unsigned round = 0; round < 3; round++) {
		for (unsigned i = 0; i < 40; i++) {	/* up to blocks of every size */
			uint64_t *piece = arena_alloc(&arena, 100000);

			EXPECT(is_zero(piece, 0, 12500));
			memset(piece, 0xff, 100000);
		}
		arena_clear(&arena);
	}
	arena_release(&arena);
}

TEST(an_array_that_shares_its_block_is_copied)
{
	struct arena arena = ARENA_INIT;
	uint64_t *items = arena_grow(&arena, NULL, 0, 70000, sizeof(*items)), *grown;
	char *after = arena_strdup(&arena, "after");

	items[69999] = 7;
	grown = arena_grow(&arena, items, 70000, 140000, sizeof(*items));
	EXPECT(grown[69999] == 7 && is_zero(grown, 70000, 140000));
	EXPECT_STR(after, "after");
	arena_release(&arena);
}
