#include "explain/differences.h"

#include "util/test.h"

static const struct copy_place places[] = {
	{ .number = 3, .rank = 5 }, { .number = 7, .rank = 1 }, { .number = 9, .rank = 5 },
};

TEST(a_difference_that_is_not_there_a_second_time_is_chance)
{
	struct difference list[] = {
		{ .unit = 1, .place = &places[0] }, { .unit = 1, .place = &places[2] },
		{ .unit = 4, .place = &places[0] }, { .unit = 4, .place = &places[1] },
	};
	const struct difference again[] = {
		{ .unit = 0, .place = &places[0] }, { .unit = 1, .place = &places[1] },
		{ .unit = 1, .place = &places[2] }, { .unit = 4, .place = &places[1] },
	};

	EXPECT_LONG(differences_keep(list, 4, again, 4), 2);
	EXPECT_LONG(list[0].unit, 1);
	EXPECT_LONG(list[0].place->number, 9);
	EXPECT_LONG(list[1].unit, 4);
	EXPECT_LONG(list[1].place->number, 7);
	EXPECT_LONG(differences_keep(list, 2, NULL, 0), 0);
}

TEST(what_reads_best_is_tried_first_and_else_what_comes_first)
{
	struct difference list[] = {
		{ .unit = 4, .place = &places[0] }, { .unit = 1, .place = &places[2] },
		{ .unit = 4, .place = &places[1] }, { .unit = 1, .place = &places[0] },
	};

	differences_sort(list, 4);
	EXPECT_LONG(list[0].place->number, 7);
	EXPECT_LONG(list[1].unit, 1);
	EXPECT_LONG(list[1].place->number, 3);
	EXPECT_LONG(list[2].unit, 4);
	EXPECT_LONG(list[3].place->number, 9);
}
