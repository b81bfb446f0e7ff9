/* Whether a mutant does what the original does, whatever it is given.
 *
 * Until a mutated instruction is reached both are in the same state. From there the two
 * are run beside each other, on terms, through every way that conditions can
 * turn out, until they stand at the same instruction in the same state again, or both
 * have ended in the same way with the same events. If they always do, they cannot be told
 * apart (a bisimulation: Park, "Concurrency and automata on infinite sequences", 1981).
 */
#ifndef PROOF_AGREE_H
#define PROOF_AGREE_H

#include "proof/entry.h"
#include "proof/loops.h"

/* `entry`: where control comes to the mutated instruction. False also where that
 * takes too many steps to tell. */
bool agree_from(const struct scene *scene, const struct entry *entry);

/* The same of the mutated instruction `insn` from a place before it, `entry`, that every way
 * to it passes: one way at a time, with all that is known on it. `loops` of the scene. */
bool agree_region(const struct scene *scene, const struct loops *loops,
		  const struct entry *entry, uint32_t insn);

#endif
