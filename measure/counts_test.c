#include "measure/counts.h"

#include "util/test.h"

TEST(of_each_body_the_run_that_counted_more_is_kept)
{
	static const struct pool_count class[] = { { 2, 1 }, { 12, 5 }, { 0, 1 }, { 10, 7 }, { 12, 1 } };
	static const struct pool_count alone[] = { { 12, 4 }, { 11, 3 }, { 2, 1 }, { 10, 9 } };
	struct counts counts = { .points = { NULL, 0, 0 } };
	struct arena arena = ARENA_INIT;
	const struct loop_count *loops;
	uint32_t n;

	counts_note(&counts, COUNTS_WITH_CLASS, 10, 90, class, 5);
	counts_note(&counts, COUNTS_ALONE, 10, 90, alone, 4);
	points_sort(&counts.points);
	EXPECT_LONG(counts.points.n, 2);
	EXPECT(counts.points.items[0] == 0 && counts.points.items[1] == 2);
	loops = counts_loops(&counts, &arena, &n);
	EXPECT_LONG(n, 3);
	EXPECT(loops[0].body == 0 && loops[0].count == 9);
	EXPECT(loops[1].body == 1 && loops[1].count == 3);
	EXPECT(loops[2].body == 2 && loops[2].count == 6);	/* both entries of one run */
	counts_release(&counts);
	arena_release(&arena);
}

static bool is_erratic(const struct pool_count *class, uint32_t n_class, const struct pool_count *alone,
		       uint32_t n_alone)
{
	struct counts counts = { .points = { NULL, 0, 0 } };
	bool erratic;

	counts_note(&counts, COUNTS_WITH_CLASS, 10, 90, class, n_class);
	counts_note(&counts, COUNTS_ALONE, 10, 90, alone, n_alone);
	erratic = counts_are_erratic(&counts);
	counts_release(&counts);
	return erratic;
}

TEST(a_test_whose_two_runs_loop_alike_is_not_erratic)
{
	static const struct pool_count class[] = { { 12, 5 }, { 10, 7 }, { 13, 100 } };
	static const struct pool_count alone[] = { { 11, 900 }, { 10, 7 }, { 13, 100 }, { 12, 6 } };

	EXPECT(!is_erratic(class, 3, alone, 4));	/* a loader's first run of body 1, and a lazy one */
	EXPECT(!is_erratic(class, 3, alone, 0));
}

TEST(a_test_most_of_whose_work_differs_is_erratic)
{
	static const struct pool_count class[] = { { 12, 5 }, { 10, 7 }, { 13, 100 } };
	static const struct pool_count alone[] = { { 10, 7 }, { 13, 101 }, { 12, 5 } };

	EXPECT(is_erratic(class, 3, alone, 3));
}
