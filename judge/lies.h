/* Which tests say that all is well without knowing it.
 *
 *	lies_sort(&run, &arena, &lies)       after a run with settings.matrix
 *
 * docs/lie-detector.md tells what the buckets mean and why.
 */
#ifndef JUDGE_LIES_H
#define JUDGE_LIES_H

#include "run/run.h"

#define MUTANT_NONE UINT32_MAX

enum bucket {			/* the worst first */
	BUCKET_PLACEBO,		/* asserts nothing, or nothing that comes from code under test */
	BUCKET_LIE,		/* judges a value so loosely that a changed one passes */
	BUCKET_GAP,		/* is right in what it asserts; changes that it runs into survive all tests */
	BUCKET_OK,		/* none of these */
	BUCKET_UNJUDGED,	/* no change of the target makes a difference in it */
	N_BUCKETS,
};
const char *bucket_name(enum bucket bucket);	/* "placebo" ... */

struct lie {			/* about one test */
	uint32_t unit;
	enum bucket bucket;
	uint32_t n_met;		/* mutants that infect in it, each of which it ran against */
	uint32_t n_killed;	/* of these by this test */
	uint32_t n_evidence;	/* LIE: changed values that it accepts; GAP: survivors of all tests */
	uint32_t mutant;	/* one of these, or MUTANT_NONE */
	const struct oracle_loose *loose;	/* LIE: the assertion, or NULL where it was seen at work:
						   run->explanations[mutant].asserted; else NULL */
};

struct lies {
	struct lie *tests;	/* [n] those that passed; by bucket, then most evidence */
	uint32_t n;
	uint32_t by_bucket[N_BUCKETS];
};

void lies_sort(const struct run *run, struct arena *arena, struct lies *ret);

#endif
