/* Noise, and which filter recognises it (filters.def). */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "engine/body.h"
#include "engine/plan.h"

/* By the name as typed ("string-switch"; _ counts as -), or N_FILTERS. */
enum filter filter_find(const char *name);

/* For each instruction of the body the first switched-on filter that drops
 * its mutants, or N_FILTERS. */
void filter_body(const struct body *body, uint32_t switched_on,
		 enum filter *ret_drops);

#endif
