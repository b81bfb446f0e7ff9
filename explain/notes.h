/* What a copy of a test wrote down: varyharness.Notes as the supervisor reads it. */
#ifndef EXPLAIN_NOTES_H
#define EXPLAIN_NOTES_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"

struct note {
	uint32_t place;
	uint32_t times;
	bool is_same;		/* each time */
	uint64_t hash;		/* of all of them */
	char kind;		/* v: as Java spells it; t: what toString() says, a: what Arrays.toString()
				   says, both spelt; o: an object; x: the class of what was thrown
				   and, after a tab, its message, spelt;
				   l: it took too long */
	const char *text;	/* of the first */
};

struct notes {
	const struct note *items;	/* [n] by place, ascending */
	uint32_t n;
};

/* A line that is none of Notes' is passed over. Texts live in the arena. */
void notes_parse(struct arena *arena, const char *text, struct notes *ret);

/* NULL: nothing was written down there. */
const struct note *notes_find(const struct notes *notes, uint32_t place);

/* Whether an assertion about the place can tell the two apart: always the same value
 * in both runs of the original, and another on the mutant. */
bool notes_can_tell(const struct note *first, const struct note *second,
		    const struct note *mutated);

#endif
