/* Which methods could be emptied without any test noticing.
 *
 * A method is pseudo-tested if tests run it and none of its extreme changes is
 * noticed (Niedermayr, Juergens, Wagner, "Will my tests tell me if I break this
 * code?", CSED 2016; Vera-Perez et al., "A comprehensive study of pseudo-tested
 * methods", EMSE 2019). Extreme are those of a run's mutants that put a default
 * in the place of a method's result, or that leave out a call of it.
 */
#ifndef JUDGE_BODIES_H
#define JUDGE_BODIES_H

#include "run/run.h"

enum body_state {
	BODY_UNMEASURED,	/* no extreme change of it was tried */
	BODY_NOT_COVERED,	/* no test runs it */
	BODY_PSEUDO,		/* no extreme change was noticed, nor any other change in it */
	BODY_PARTIAL,		/* some changes in it or of it were noticed, some extreme ones not */
	BODY_TESTED,		/* every extreme change was noticed */
	N_BODY_STATES,
};
const char *body_state_name(enum body_state state);	/* "pseudo_tested" ... */

struct body {
	uint32_t class_number;		/* in plan.classes */
	uint16_t method;		/* in class->methods */
	uint32_t line;			/* of its first instruction; 0: not recorded */
	enum body_state state;
	uint32_t n_extreme, n_noticed;	/* extreme changes that count, and detected ones of them */
	uint32_t n_mutants, n_detected;	/* all that count in its body */
	uint32_t n_tests;		/* that run it */
};

/* Every method with mutants, or whose calls were left out, as written in the
 * source (no lambdas); pseudo-tested first, then partially tested, those that
 * most tests run first. After execution. Equivalent-likely mutants do not count. */
uint32_t bodies_judge(const struct run *run, struct arena *arena, struct body **ret);

#endif
