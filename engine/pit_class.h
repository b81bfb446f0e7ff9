/* What PIT's default filters know of a class as a whole: which methods they
 * drop altogether, and which lines. */
#ifndef ENGINE_PIT_CLASS_H
#define ENGINE_PIT_CLASS_H

#include "engine/plan.h"

struct pit_class {
	struct arena *arena;
	const struct class *class;
	uint32_t switched_on;	/* bit per enum filter */
	struct code **codes;	/* [n_methods]; NULL: none, or unreadable */
	enum filter *drops;	/* [n_methods] the filter that drops all of it, or N_FILTERS */
	uint32_t *logging_lines;	/* [n_logging_lines] on which a logging library is called */
	uint32_t n_logging_lines;
};

/* In `arena`. */
const struct pit_class *pit_class_read(struct arena *arena, const struct class *class,
				       uint32_t switched_on);

/* Whether instruction number `i` calls something (not by invokedynamic), and what. */
bool pit_class_call(const struct class *class, const struct code *code, uint32_t i,
		    struct member_ref *ret);

#endif
