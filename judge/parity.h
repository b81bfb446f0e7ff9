/* Where the fast way of a run and the reference disagree.
 *
 *	settings.way = RUN_BOTH; ... runner_mutate(&run, &err) ...
 *	parity = parity_compare(&run);
 *
 * The reference is the truth about a mutant: the whole suite in its own order,
 * in a fresh loader, nothing selected (RUN_REFERENCE). Two statuses are one
 * verdict where they are equal; which test kills is no part of it, as the two
 * ways meet the tests in different orders.
 */
#ifndef JUDGE_PARITY_H
#define JUDGE_PARITY_H

#include "run/run.h"

enum parity_kind {
	PARITY_DETECTION,	/* one notices the mutant, the other does not: the score is wrong */
	PARITY_KIND,		/* both or neither do, in different ways: killed or timed out ... */
	PARITY_COUNTING,	/* only one counts it in the score: discarded or survived ... */
	N_PARITY_KINDS,
};
const char *parity_kind_name(enum parity_kind kind);	/* "detection", "kind", "counting" */

struct parity_difference {
	uint32_t mutant;
	enum parity_kind kind;
};

struct parity {
	struct parity_difference *differences;	/* [n], in the plan's order */
	uint32_t n, n_of_kind[N_PARITY_KINDS];
	uint32_t compared;	/* mutants that have both verdicts */
};

/* From run->verdicts and run->reference, either NULL as far as the run did not
 * come; in the run's arena. */
struct parity parity_compare(struct run *run);

#endif
