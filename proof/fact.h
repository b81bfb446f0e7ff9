/* What is known of terms on one path: how two of them compare.
 *
 * Facts are chains that share their beginnings, so a path that splits keeps one
 * pointer. Nothing is ever taken back. Floats are never compared here, only the
 * -1, 0, 1 that fcmpl and so on make of them: two equal floats may differ (0.0, -0.0).
 */
#ifndef PROOF_FACT_H
#define PROOF_FACT_H

#include "proof/term.h"

enum relation {			/* of two numbers; of references equal or not */
	RELATION_LESS = 1, RELATION_EQUAL = 2, RELATION_GREATER = 4,
	RELATION_OTHER = RELATION_LESS | RELATION_GREATER,
	RELATION_ANY = 7,
};

struct fact {
	const struct fact *before;
	const struct term *a, *b;
	uint8_t relations;		/* those that are possible */
};

struct facts {
	const struct fact *shared;	/* of the path */
	const struct fact *own;		/* of one of two machines on it; may be NULL */
};

/* The relations of `a` to `b` that are possible; 0 where the path is not. */
unsigned fact_relations(const struct facts *facts, const struct term *a, const struct term *b);

/* The range of an int or long. */
void fact_range(const struct facts *facts, const struct term *term, int64_t ret[2]);

/* Puts that one of `relations` holds before *chain. */
void fact_add(struct terms *terms, const struct fact **chain, const struct term *a,
	      const struct term *b, unsigned relations);

/* The same value by a simpler or older term: a constant, what it is equal to. */
const struct term *fact_resolve(struct terms *terms, const struct facts *facts,
				const struct term *term);

/* The same with every term in it resolved and folded anew, down to `depth`, within a
 * budget of steps; where that ends, as it was. */
const struct term *fact_normal(struct terms *terms, const struct facts *facts,
			       const struct term *term, unsigned depth, uint32_t *budget);

/* What of both chains was known before they split. */
const struct fact *fact_common(const struct fact *a, const struct fact *b);

unsigned fact_flip(unsigned relations);	/* of b to a */

#endif
