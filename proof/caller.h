/* What can be said of a method from those who call it. */
#ifndef PROOF_CALLER_H
#define PROOF_CALLER_H

#include "engine/plan.h"

/* Whether nobody looks at what the mutated method returns: it is private, the class has no
 * nested ones that could call it too, and each call is followed by a pop. The mutant
 * returns another value, and does nothing else differently. */
bool caller_drops_result(const struct plan *plan, const struct mutant *mutant,
			 struct arena *arena);

/* Whether the mutant changes what hashCode() of a private class returns that is nothing
 * else (no interface, no superclass): only hash tables of its outer class ask for it, and
 * equals() decides there. */
bool caller_only_hashes(const struct plan *plan, const struct mutant *mutant,
			struct arena *arena);

#endif
