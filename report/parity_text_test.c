#include "report/parity_text.h"

#include "report/sample_test.h"
#include "util/test.h"

static const struct style plain = { 80, false, false };

static const char *compared(struct run *run)
{
	struct parity parity = parity_compare(run);
	const char *text;
	struct buf out;

	buf_init(&out, 1 << 20);
	parity_text(run, &parity, &plain, &out);
	text = sample_test_text(run, &out);
	buf_release(&out);
	return text;
}

static void sample(struct run *run)
{
	sample_test_run(run);
	run->n_sampled_from = 5;
	run->reference = arena_memdup(&run->arena, run->verdicts, 5 * sizeof(*run->verdicts));
	run->ways_cpu_s[RUN_FAST] = 1.5;
	run->ways_cpu_s[RUN_REFERENCE] = 30;
}

TEST(two_ways_that_agree_are_one_line)
{
	struct run run;

	sample(&run);
	EXPECT_STR(compared(&run),
		   "5 mutants compared: 0 differences; CPU: fast 1.5 s, reference 30.0 s\n");
	run_release(&run);
}

TEST(a_difference_shows_both_verdicts_and_killing_tests)
{
	struct run run;

	sample(&run);
	run.reference[2] = (struct verdict){ .status = STATUS_SURVIVED, .killing_unit = UNIT_NONE };
	EXPECT_STR(compared(&run),
		   "total:RETURN_ZERO:123456  shop.Cart, line 15: only one way notices it\n"
		   "  fast       killed by shop.CartTest.total: expected: <3> but was: <0>\n"
		   "  reference  survived\n"
		   "\n"
		   "5 mutants compared: 1 difference; CPU: fast 1.5 s, reference 30.0 s\n");
	run_release(&run);
}

TEST(a_sample_and_what_was_not_compared_are_told)
{
	struct run run;

	sample(&run);
	run.n_sampled_from = 1496;
	run.settings.seed = 7;
	run.reference[4].status = STATUS_PENDING;
	EXPECT_STR(compared(&run),
		   "4 mutants compared (a sample of 5 of 1496 with seed 7), 1 not: "
		   "0 differences; CPU: fast 1.5 s, reference 30.0 s\n");
	run_release(&run);
}
