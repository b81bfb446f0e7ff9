#include "judge/parity.h"

#include <string.h>

#include "util/test.h"

/* A run of one mutant with these verdicts. */
static struct parity compared(enum status fast, enum status reference)
{
	struct verdict one = { .status = fast, .killing_unit = 1 };
	struct verdict other = { .status = reference, .killing_unit = 2 };
	struct run run;
	struct parity parity;

	memset(&run, 0, sizeof(run));
	run.plan.n_mutants = 1;
	run.verdicts = &one;
	run.reference = &other;
	parity = parity_compare(&run);
	run_release(&run);
	return parity;
}

TEST(another_killing_test_is_no_difference)
{
	struct parity parity = compared(STATUS_KILLED, STATUS_KILLED);

	EXPECT_LONG(parity.compared, 1);
	EXPECT_LONG(parity.n, 0);
}

TEST(a_difference_is_of_detection_of_kind_or_of_counting)
{
	EXPECT_LONG(compared(STATUS_SURVIVED, STATUS_KILLED).n_of_kind[PARITY_DETECTION], 1);
	EXPECT_LONG(compared(STATUS_TIMED_OUT, STATUS_NO_COVERAGE).n_of_kind[PARITY_DETECTION], 1);
	EXPECT_LONG(compared(STATUS_KILLED, STATUS_TIMED_OUT).n_of_kind[PARITY_KIND], 1);
	EXPECT_LONG(compared(STATUS_SURVIVED, STATUS_NO_COVERAGE).n_of_kind[PARITY_KIND], 1);
	EXPECT_LONG(compared(STATUS_DISCARDED, STATUS_KILLED).n_of_kind[PARITY_COUNTING], 1);
	EXPECT_LONG(compared(STATUS_SURVIVED, STATUS_FLAKY).n_of_kind[PARITY_COUNTING], 1);
}

TEST(what_has_no_verdict_yet_is_not_compared)
{
	struct parity parity = compared(STATUS_KILLED, STATUS_PENDING);

	EXPECT_LONG(parity.compared, 0);
	EXPECT_LONG(parity.n, 0);
}

TEST(a_run_that_never_came_to_the_reference_compares_nothing)
{
	struct run run;

	memset(&run, 0, sizeof(run));
	run.plan.n_mutants = 1;
	EXPECT_LONG(parity_compare(&run).compared, 0);
	run_release(&run);
}
