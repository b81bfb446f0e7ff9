/* Assertions that would notice a survivor, found by trying.
 *
 * Copies of the tests that reach it write down what they could have asserted: twice
 * on the code as it is, so that what is not the same each time is left out, and once
 * on the mutant. A value that differs makes an assertion, in the test's own framework;
 * compiled into another copy it must pass on the original and fail on the mutant:
 * then it is verified. Where no test holds such a value, methods that lead to the
 * change are called with small inputs (engine/calls.h tells which, and none that
 * reaches files, processes or the network), and the first whose results differ makes
 * a new test.
 *
 * The tests' sources must be there, in Java, and the JVM must have a compiler; where no
 * copy can be made, a result that a test drops makes an assertion that nobody has tried
 * (explain/draft.h).
 */
#ifndef EXPLAIN_FIX_H
#define EXPLAIN_FIX_H

#include "crew/crew.h"
#include "run/run.h"

enum fix_place {
	FIX_NONE,		/* `says` tells why */
	FIX_REPLACES,		/* lines first_line to last_line of the file */
	FIX_AFTER,		/* goes after last_line */
	FIX_TEST,		/* a test method of its own, before last_line */
};

struct fix {
	enum fix_place place;
	bool is_verified;
	const char *path;		/* the test's source */
	uint32_t first_line, last_line;
	uint32_t unit;			/* the test it was tried in */
	const char *code;		/* lines, without indentation of their own */
	const char *imports;		/* lines that the file needs at its top, or "" */
	const char *original, *mutated;	/* the value asserted, and what the mutant makes of it */
	const char *says;		/* why there is none, or why it is not verified; or NULL */
};

/* Fills run->fixes: [plan.n_mutants] for those that survived or are not covered. */
enum err_code fix_run(struct run *run, struct crew *crew, const char *classpath,
		      struct err *err) MUST_CHECK;

#endif
