/* Whose class the JVM has refused, told from a test's failure. Code under test may make
 * classes itself: that it made a wrong one is what tests are to find, while a class of ours
 * that is refused is our defect. */
#ifndef MEASURE_REFUSED_H
#define MEASURE_REFUSED_H

#include "engine/plan.h"

/* Whether `failure` (one line: what was thrown, and its message) tells that a class we changed
 * was refused: the mutant's, or with `all_loops` any of the plan's, since then their
 * loops are counted (measure/runaway.h). Where the JVM does not say which class it was, the
 * verifier's refusals are taken for ours, those of the parser not: it names each class but one
 * that ends too soon, and ours are whole. */
bool refused_is_ours(const char *failure, const struct plan *plan,
		     uint32_t mutant, bool all_loops);

#endif
