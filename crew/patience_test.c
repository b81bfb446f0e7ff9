#include "crew/patience.h"

#include "util/test.h"

#define MS 1000000ull

TEST(what_uses_its_limit_in_cpu_time_is_late)
{
	struct patience p;

	patience_start(&p, 2000 * MS, 100 * MS, 7 * MS);
	EXPECT_LONG(p.deadline, 2100 * MS);
	EXPECT(patience_is_over(&p, 2100 * MS, 1990 * MS, false));
}

TEST(what_is_kept_from_running_gets_as_much_longer_as_it_lacks)
{
	struct patience p;

	patience_start(&p, 2000 * MS, 0, 0);
	EXPECT(!patience_is_over(&p, 2000 * MS, 600 * MS, false));
	EXPECT_LONG(p.deadline, 3000 * MS);
	EXPECT(!patience_is_over(&p, 3000 * MS, 1599 * MS, false));
	EXPECT_LONG(p.deadline, 3050 * MS);
	EXPECT(patience_is_over(&p, 3050 * MS, 1600 * MS, false));
}

TEST(what_sleeps_past_its_limit_is_late_when_it_still_sleeps_at_a_second_look)
{
	struct patience p;

	patience_start(&p, 2000 * MS, 0, 0);
	EXPECT(!patience_is_over(&p, 2000 * MS, 5 * MS, true));
	EXPECT_LONG(p.deadline, 2050 * MS);
	EXPECT(patience_is_over(&p, 2050 * MS, 5 * MS, true));

	patience_start(&p, 2000 * MS, 0, 0);
	EXPECT(!patience_is_over(&p, 2000 * MS, 5 * MS, true));
	EXPECT(!patience_is_over(&p, 2050 * MS, 6 * MS, false));
	EXPECT(!patience_is_over(&p, 4000 * MS, 7 * MS, true));
}

TEST(patience_ends_at_twenty_times_the_limit)
{
	struct patience p;

	patience_start(&p, 100 * MS, 0, 0);
	EXPECT(!patience_is_over(&p, 1999 * MS, MS, false));
	EXPECT(patience_is_over(&p, 2000 * MS, MS, false));
}
