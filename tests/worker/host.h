/* One worker, and this program as its supervisor.
 *
 *	if (host_ready(&host)) {
 *		... send, host_expect(), tests/worker/outcome.h ...
 *	}
 *	host_close(&host);
 *
 * What fails is a failure of the test under way.
 */
#ifndef TESTS_WORKER_HOST_H
#define TESTS_WORKER_HOST_H

#include <sys/types.h>

#include "util/arena.h"
#include "wire/wire.h"

#define HOST_PATIENCE 20000	/* ms: no answer takes so long */
#define HOST_POINTS 4		/* counters of a probed run */

struct host {
	struct wire wire;
	struct arena arena;
	struct err err;
	pid_t pid;
	uint64_t budget;	/* of loops, for each unit it is sent */
};

void host_spawn(struct host *host);	/* no more than the process */
void host_send_start(struct host *host, const char *libjvm, const char *option);	/* NULL: none more */
bool host_start(struct host *host);	/* both, and it is up */
bool host_ready(struct host *host);	/* it has the classes of the setting, too */
void host_send_table(struct host *host);

/* What was written into the wire goes out. */
void host_send(struct host *host);

/* The next message; false where none came for `ms`. */
bool host_next(struct host *host, struct wire_message *message, int ms);

/* That is of this kind. */
bool host_expect(struct host *host, enum wire_kind kind, struct wire_message *message);

/* How the worker ended: its exit status, or minus the signal. */
int host_wait(struct host *host);
void host_close(struct host *host);

#endif
