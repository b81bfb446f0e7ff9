/* One mutant once more, for a person to look at: every test that it makes a difference
 * in (else every one that reaches it), one after the other, and what each prints.
 */
#ifndef EXPLAIN_REPLAY_H
#define EXPLAIN_REPLAY_H

#include "crew/crew.h"
#include "run/run.h"

enum replay_end { REPLAY_PASSED, REPLAY_FAILED, REPLAY_SKIPPED, REPLAY_ENDLESS, REPLAY_BROKEN };

struct replayed {
	uint32_t mutant, unit;
	enum replay_end end;
	const char *detail;	/* the failure, or what else happened; "" */
	uint64_t wall_ns;
};

struct replay {
	struct replayed *items;
	uint32_t n;
};

/* Fills run->replay, after the baseline. */
enum err_code replay_run(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

#endif
