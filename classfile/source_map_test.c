#include "classfile/source_map.h"

#include <string.h>

#include "util/test.h"

static const struct source_map *read_text(struct arena *arena, const char *text)
{
	return source_map_read(arena, (struct span){ (const uint8_t *)text, strlen(text) },
			       "Order.kt", "shop/Order$Line");
}

static long line_of(const struct source_map *map, uint32_t line)
{
	bool elsewhere;
	uint32_t found = source_map_line(map, line, &elsewhere);

	return elsewhere ? -(long)found : (long)found;	/* another file's: below 0 */
}

TEST(lines_written_out_in_place_stand_for_lines_elsewhere_or_of_the_own_file)
{
	struct arena arena = ARENA_INIT;
	const struct source_map *map = read_text(&arena,
		"SMAP\nOrder.kt\nKotlin\n*S Kotlin\n*F\n+ 1 Order.kt\nshop/Order\n"
		"+ 2 _Collections.kt\nkotlin/collections/CollectionsKt\n+ 3 Order.kt\nother/Order\n"
		"*L\n1#1,55:1\n1653#2,13:56\n50#1:69\n7#3,2:70\n*S KotlinDebug\n*F\n+ 2 Order.kt\nshop/Order\n"
		"*L\n38#1,13:56\n*E\n");

	EXPECT(map != NULL);
	EXPECT_LONG(line_of(map, 38), 38);
	EXPECT_LONG(line_of(map, 55), 55);
	EXPECT_LONG(line_of(map, 56), -1653);
	EXPECT_LONG(line_of(map, 68), -1665);
	EXPECT_LONG(line_of(map, 69), 50);
	EXPECT_LONG(line_of(map, 71), -8);	/* the same name in another package */
	EXPECT_LONG(line_of(map, 72), 72);
	EXPECT_LONG(line_of(NULL, 9), 9);
	EXPECT_STR(map->ranges[1].path, "kotlin/collections/CollectionsKt");
	EXPECT_STR(map->ranges[3].path, "other/Order");
	arena_release(&arena);
}

TEST(a_map_that_is_none_is_none)
{
	struct arena arena = ARENA_INIT;

	EXPECT(!read_text(&arena, ""));
	EXPECT(!read_text(&arena, "SMAP\nx.jsp\nJSP\n*S JSP\n*F\n1 x.jsp\n*L\n1,9:70\n*E\n"));
	EXPECT(!read_text(&arena, "SMAP\nO\nKotlin\n*S Kotlin\n*F\n1 Order.kt\n*L\n#:,\n99999999999:1\n1#1,0:5\n4:\n"));
	EXPECT(!read_text(&arena, "PAMS\nO\nKotlin\n*S Kotlin\n*L\n1:1\n"));
	arena_release(&arena);
}
