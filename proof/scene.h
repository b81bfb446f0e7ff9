/* A method prepared for being run on terms (proof/machine.h): where control
 * goes, which variables are still needed, who catches what. */
#ifndef PROOF_SCENE_H
#define PROOF_SCENE_H

#include "engine/plan.h"
#include "proof/term.h"

struct scene {
	struct terms *terms;
	const struct class *class;
	const struct member *method;
	const struct code *code;
	uint32_t *order;		/* [n_insns] reverse postorder; UINT32_MAX: never reached */
	uint32_t *handlers;		/* [n_insns] names the set of handlers; 0: none */
	uint64_t *live;			/* [n_insns * n_words] variables needed before each */
	uint32_t n_words;
	const struct mutant *mutant;	/* what the mutated machine does otherwise; may be NULL */
	unsigned assumptions;		/* enum assumption */
};

/* What a judgement may rest on beyond the language: rows of equivalents.def. */
enum assumption {
	ASSUME_CONTRACTS = 1,	/* methods of the JDK's interfaces keep their documented
				   ranges, and those that ask change nothing */
	ASSUME_LIBRARY = 2,	/* calls of the JDK leave the project's fields alone, and
				   variables named like constants are */
	ASSUME_EMPTY = 4,	/* copying or appending an empty range does nothing */
	ASSUME_CAPACITY = 8,	/* first capacities change speed alone */
};

/* False where the method is too large, or of a kind that is not followed (jsr). */
bool scene_init(struct scene *scene, struct terms *terms, const struct class *class,
		const struct member *method, const struct code *code);

bool scene_is_live(const struct scene *scene, uint32_t insn, uint16_t variable);

/* Where control can go from an instruction, handlers apart. Returns how many; writes at
 * most `max` numbers of instructions. */
uint32_t scene_successors(const struct code *code, uint32_t insn, uint32_t *ret, uint32_t max);

/* Whether the mutant changes that instruction. */
bool scene_is_mutated(const struct scene *scene, uint32_t insn);

#endif
