/* The loops of a method: which variables they change, and what is supposed of
 * those on the way in until going round disproves it. */
#ifndef PROOF_LOOPS_H
#define PROOF_LOOPS_H

#include "proof/machine.h"

struct supposition {		/* of one variable where a loop begins */
	uint8_t lo_level, hi_level;	/* how often it had to be weakened */
	int64_t lo, hi;
	const struct term *symbol;	/* that stood for it in this round */
};

struct loop {			/* by the instruction it begins with */
	bool *changes;		/* [max_locals] */
	struct supposition *supposed;	/* [max_locals] */
};

struct loops {
	const struct scene *scene;
	struct loop **at;	/* [n_insns]; NULL: no loop begins there */
	bool nothing;		/* is supposed */
	uint32_t *first;	/* [n_insns + 1] in `from` */
	uint32_t *from;		/* of each instruction those that lead to it */
};

/* False where there are too many. */
bool loops_find(struct loops *loops, const struct scene *scene);

bool loops_is_header(const struct loops *loops, uint32_t insn);
bool loops_changes(const struct loops *loops, uint32_t insn, uint16_t variable);

/* A symbol for that variable, which comes in within `range`. */
const struct term *loops_suppose(const struct loops *loops, uint32_t insn, uint16_t variable,
				 const struct term *like, const int64_t range[2],
				 struct terms *terms);

/* Whether all of it holds in `machine`, which comes back to where its loop begins; if not
 * it is weakened for the next round. */
bool loops_holds(const struct loops *loops, const struct machine *machine);

/* The last place before `insn` that every way to it passes, going back as far as where a
 * loop, a handler or the method begins; INSN_NONE where there are several. */
uint32_t loops_region(const struct loops *loops, uint32_t insn);

void loops_suppose_nothing(struct loops *loops);

#endif
