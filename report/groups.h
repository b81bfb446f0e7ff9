/* Mutants by the method they are in, as people read them: Class#method. */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include "run/run.h"

struct group {
	uint32_t class_number;		/* in plan.classes */
	const char *method;		/* for people, see struct mutant */
	const uint32_t *mutants;	/* [n] numbers in plan.mutants, by line */
	uint32_t n;
};

struct groups {
	struct group *items;
	uint32_t n;
	uint32_t n_mutants;		/* over all groups */
};

enum groups_order {
	GROUPS_BY_PLACE,	/* as in the plan */
	GROUPS_BY_SIZE,		/* most mutants first */
};

/* The mutants of a status; all of them for N_STATUSES. */
struct groups groups_make(struct arena *arena, const struct run *run,
			  enum status status, enum groups_order order);

/* The counted mutants that nothing detected. */
struct groups groups_make_survivors(struct arena *arena, const struct run *run,
				    enum groups_order order);

/* [plan.n_classes] what a class is called in a report: its name without
 * package, or with it where two classes would be called the same. */
const char **groups_class_labels(struct arena *arena, const struct plan *plan);

#endif
