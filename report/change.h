/* What a mutant makes of the source line it is in, from the sentence about it. */
#ifndef REPORT_CHANGE_H
#define REPORT_CHANGE_H

#include <stdbool.h>

#include "util/arena.h"

struct change {
	const char *after;	/* the line as changed; "" where nothing of it is left */
	unsigned offset;	/* of what changes, in the line; bytes */
};

/* `line`: without the white space around it. False where the sentence does not speak
 * of something that stands in the line once. */
bool change_find(struct arena *arena, const char *sentence, const char *line, struct change *ret);

#endif
