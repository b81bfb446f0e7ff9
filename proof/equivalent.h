/* Is there an input that tells a mutant from the original at all?
 *
 * A proof is tried that the mutated method does what the original does
 * (proof/agree.h), from all that is known where the mutated instruction stands
 * (proof/entry.h): first with everything that a row of equivalents.def allows it to
 * assume, then with less and less. The answer is the row that assumes least, and its
 * confidence: a maximum, never a sum. Other rows look at who calls the method
 * (proof/caller.h). What the proof does not look at: docs/metrics.md.
 */
#ifndef PROOF_EQUIVALENT_H
#define PROOF_EQUIVALENT_H

#include "engine/plan.h"

struct equivalent {
	double confidence;	/* that no input can tell, 0 to 1; 1: proven */
	const char *rule;	/* the row's name, or NULL: nothing speaks for it */
	const char *says;	/* in words, or NULL */
};

/* Judges a mutant of the plan. `arena` is scratch, and may be cleared afterwards: nothing in
 * the answer is in it. Time and memory are bounded by the method's size. */
struct equivalent equivalent_judge(const struct plan *plan, const struct mutant *mutant,
				   struct arena *arena);

#define EQUIVALENT_LIKELY 0.6	/* from here on a survivor counts as equivalent-likely */
#define EQUIVALENT_CERTAIN 0.9	/* and from here may be left out without asking */

#endif
