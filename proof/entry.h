/* What is known when control comes to an instruction, from wherever: one run over the
 * body in which every variable that differs by the way taken becomes a symbol.
 * Numbers that a loop changes keep a range where going round proves it.
 */
#ifndef PROOF_ENTRY_H
#define PROOF_ENTRY_H

#include "proof/machine.h"

struct entry {
	bool is_reached;	/* false: control never comes there */
	struct machine machine;	/* before the instruction; what is known is in `own` */
};

/* The entries of `n` instructions. False where the body is not followed. */
bool entry_find(const struct scene *scene, const uint32_t *insns, unsigned n,
		struct entry *ret);

#endif
