#include "measure/put_off.h"

#include <string.h>

#include "util/test.h"

/* One class of four tests; the first counts as light, the others take 1, 3 and 2 s. */
struct bench {
	struct run run;
	struct container container;
	struct unit units[4];
};

static void bench_set(struct bench *bench)
{
	static const uint64_t seconds[] = { 1, 1, 3, 2 };

	memset(bench, 0, sizeof(*bench));
	bench->container = (struct container){ .name = "A", .n_units = 4 };
	for (uint32_t i = 0; i < 4; i++)
		bench->units[i] = (struct unit){ .id = "", .state = UNIT_PASSED, .takes_long = i > 0,
						 .wall_ns = seconds[i] * 1000000000 };
	bench->run.containers = &bench->container;
	bench->run.n_containers = 1;
	bench->run.units = bench->units;
	bench->run.n_units = 4;
	bench->run.heavy_work = 1000;
}

TEST(what_takes_longest_is_taken_first)
{
	static const uint32_t tests[] = { 1, 2, 3, 3 };
	static const uint32_t order[] = { 2, 3, 3, 1 }, mutants[] = { 1, 2, 3, 0 };
	struct put_off put_off = { .longest = NULL };
	struct bench bench;

	bench_set(&bench);
	for (uint32_t i = 0; i < 4; i++)
		put_off_add(&put_off, hearing_new(&bench.run, i, &tests[i], 1));
	for (uint32_t i = 0; i < 4; i++) {
		struct hearing *hearing = put_off_take(&put_off);

		EXPECT_LONG(hearing->left[0], order[i]);
		EXPECT_LONG(hearing->mutant, mutants[i]);
		hearing_free(hearing);
	}
	EXPECT(put_off_take(&put_off) == NULL);
}

TEST(only_so_many_wait)
{
	static const uint32_t test = 2;
	struct put_off put_off = { .longest = NULL };
	struct bench bench;
	struct hearing *hearing;
	uint32_t n = 0;

	bench_set(&bench);
	for (; !put_off_is_full(&put_off); n++)
		put_off_add(&put_off, hearing_new(&bench.run, n, &test, 1));
	EXPECT_LONG(n, PUT_OFF_MAX);
	while ((hearing = put_off_take(&put_off)))
		hearing_free(hearing);
	EXPECT(!put_off_is_full(&put_off));
}

TEST(a_mutant_waits_only_before_its_heavy_tests)
{
	static const uint32_t all[] = { 0, 1, 2 };
	struct bench bench;
	struct hearing *hearing;

	bench_set(&bench);
	hearing = hearing_new(&bench.run, 0, all, 3);
	EXPECT_LONG(hearing_heavy_ns(hearing), 0);	/* the light one is first */
	hearing_free(hearing);
	hearing = hearing_new(&bench.run, 0, all + 1, 2);
	EXPECT_LONG(hearing_heavy_ns(hearing), 4000000000);
	hearing_begin_anew(hearing);			/* its worker is being started for it */
	EXPECT_LONG(hearing_heavy_ns(hearing), 0);
	hearing_free(hearing);
}
