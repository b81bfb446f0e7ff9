/* An assertion written from what a trace recorded, where none can be tried out: no
 * compiler, or a test that does not compile.
 *
 * Where a test calls into the project in a line of its own and was seen to get another
 * value, that the value is the original's makes an assertion:
 *
 *	basket.add(5);             assertEquals(11, basket.add(5));     in its place
 *	int n = basket.add(5);     assertEquals(11, n);                 after it
 *
 * The source is read as text: a line that is anything else is left alone. In Kotlin,
 * Scala and Groovy, where the end of a line need not end a statement and a statement may
 * be a value, so is one that its neighbours do not show to be a statement of its own.
 */
#ifndef EXPLAIN_DRAFT_H
#define EXPLAIN_DRAFT_H

#include "engine/idiom.h"
#include "explain/fix.h"

/* What such a line becomes; in `arena`. `name`: of the method called; `type`: first
 * letter of what it returns; `value`: as a trace tells it; `test`: the whole source of
 * the test, for its framework; `idiom`: the language's, NULL: Java. False where nothing can be said. Sets place, code and
 * imports of *ret. */
bool draft_line(struct arena *arena, const char *line, const char *name, char type,
		const char *value, const char *test, const struct idiom *idiom, struct fix *ret);

/* Whether line `number` of `test`, which is not Java, is a statement of its own whose
 * value nobody takes. */
bool draft_is_statement(struct arena *arena, const char *test, uint32_t number);

/* For a survivor; false, and *ret untouched, where nothing can be said. `why`: nothing
 * was tried out. */
bool draft_fix(struct run *run, uint32_t mutant, const char *why, struct fix *ret);

#endif
