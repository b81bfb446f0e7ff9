/* An assertion written from what a trace recorded, where none can be tried out: no
 * compiler, or a test that does not compile.
 *
 * Where a test calls into the project in a line of its own and was seen to get another
 * value, that the value is the original's makes an assertion:
 *
 *	basket.add(5);             assertEquals(11, basket.add(5));     in its place
 *	int n = basket.add(5);     assertEquals(11, n);                 after it
 *
 * The source is read as text: a line that is anything else is left alone.
 */
#ifndef RUNNER_DRAFT_H
#define RUNNER_DRAFT_H

#include "runner/fix.h"

/* What such a line becomes; in `arena`. `name`: of the method called; `type`: first
 * letter of what it returns; `value`: as a trace tells it; `test`: the whole source of
 * the test, for its framework. False where nothing can be said. Sets place, code and
 * imports of *ret. */
bool draft_line(struct arena *arena, const char *line, const char *name, char type,
		const char *value, const char *test, struct fix *ret);

/* For a survivor; false, and *ret untouched, where nothing can be said. `why`: nothing
 * was tried out. */
bool draft_fix(struct run *run, uint32_t mutant, const char *why, struct fix *ret);

#endif
