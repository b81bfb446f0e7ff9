/* Why a mutant survived, and what shows it. (Reach, infect, propagate, reveal:
 * Ammann and Offutt, "Introduction to Software Testing", 2nd edition, 2.7.)
 */
#ifndef RUN_EXPLANATION_H
#define RUN_EXPLANATION_H

#include "oracle/trace.h"

enum survivor_class {
	SURVIVOR_NONE,			/* no survivor, or not looked into */
	SURVIVOR_NOT_COVERED,		/* no test reaches it */
	SURVIVOR_NOT_INFECTED,		/* reached, but with these inputs the result was never another */
	SURVIVOR_UNOBSERVED,		/* the state changed, and nothing that changed crossed the boundary */
	SURVIVOR_WEAK_ORACLE,		/* a test saw the difference and accepted it */
	SURVIVOR_EQUIVALENT_LIKELY,	/* no input can tell, proven or with stated confidence */
	SURVIVOR_OTHER,			/* could not be decided: `says` tells why */
	N_SURVIVOR_CLASSES,
};

struct explanation {
	enum survivor_class class;
	const char *says;		/* for OTHER: why it could not be decided; or NULL */
	double equivalence;		/* confidence that no input can tell, 0 to 1; 1: proven */
	const char *equivalence_rule;	/* its name, or NULL */
	const char *equivalence_says;	/* in words, or NULL */
	uint32_t n_reached, n_infected, n_traced;	/* tests */

	/* The first place where a test held another value; crossing_unit is
	 * UINT32_MAX where none did. */
	uint32_t crossing_unit;		/* in run->units */
	struct trace_site crossing;
	enum trace_kind crossing_kind;
	uint8_t crossing_operand;
	const char *crossing_original, *crossing_mutated;	/* texts; "" where there was no such event */

	/* The first assertion that was handed another value, if any; line 0 in
	 * asserted.line and NULL in class_name where none was. */
	struct trace_site asserted;
	const char *asserted_original, *asserted_mutated;

	/* At the mutation point, where the result first differed; NULL: not known. */
	const char *operands, *original, *mutated;
};

/* As reports and the store spell them: "weak_oracle", "result"; "none" for
 * SURVIVOR_NONE. */
const char *explanation_class_name(enum survivor_class class);
const char *explanation_kind_name(enum trace_kind kind);

/* SURVIVOR_NONE, and TRACE_RESULT, for what is no such name. */
enum survivor_class explanation_find_class(const char *name);
enum trace_kind explanation_find_kind(const char *name);

#endif
