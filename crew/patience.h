/* How long to wait for a test that does not come to its end.
 *
 * A clock on the wall measures the machine as much as the test: on a busy one a
 * test of milliseconds can take seconds. So the limit is of CPU time. A test
 * whose worker has used that much is late. One whose worker's threads are all
 * asleep when the limit has passed on the wall is late as well: it waits for
 * something that does not come. One that is kept from running gets more time,
 * up to PATIENCE_MAX times its limit.
 */
#ifndef CREW_PATIENCE_H
#define CREW_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

#define PATIENCE_MAX 20

struct patience {
	uint64_t limit, wall, cpu;	/* ns; clocks when it began */
	uint64_t deadline;		/* on the wall: when to look again */
	bool was_asleep;		/* when last looked at */
};

void patience_start(struct patience *patience, uint64_t limit, uint64_t wall, uint64_t cpu);

/* To be asked at the deadline, with the clocks and whether every thread of the
 * worker sleeps. False: not late; the deadline is a later one. */
bool patience_is_over(struct patience *patience, uint64_t wall, uint64_t cpu, bool is_asleep);

#endif
