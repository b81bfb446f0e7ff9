#include "run/unit_set.h"

#include "util/test.h"

TEST(a_set_of_tests_stays_ascending_and_holds_each_once)
{
	uint32_t set[6] = { 7, 3, 5 }, n = 3;
	static const uint32_t gone[] = { 3, 4, 9 };

	unit_set_sort(set, n);
	EXPECT(set[0] == 3 && set[1] == 5 && set[2] == 7);
	n += unit_set_add(set, n, 5);
	EXPECT_LONG(n, 3);
	n += unit_set_add(set, n, 4);
	n += unit_set_add(set, n, 9);
	n += unit_set_add(set, n, 1);
	EXPECT_LONG(n, 6);
	for (uint32_t i = 1; i < n; i++)
		EXPECT(set[i - 1] < set[i]);
	EXPECT(unit_set_has(set, n, 1) && unit_set_has(set, n, 9) && !unit_set_has(set, n, 6));
	EXPECT(!unit_set_has(set, 0, 1));
	unit_set_remove(set, &n, gone, 3);
	EXPECT_LONG(n, 3);
	EXPECT(set[0] == 1 && set[1] == 5 && set[2] == 7);
}
