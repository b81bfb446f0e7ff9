/* Runs of tests in a worker, and what came back. */
#ifndef TESTS_WORKER_OUTCOME_H
#define TESTS_WORKER_OUTCOME_H

#include "oracle/trace.h"
#include "tests/worker/host.h"

struct outcome {
	uint32_t job;
	bool done;
	enum wire_end end;
	uint32_t n_started, n[4], n_containers, left;
	uint64_t cpu;	/* ns, of the run's thread */
	const char *failure, *detail;
	bool reached[HOST_POINTS], outside[HOST_POINTS];
	uint32_t n_touched;	/* ports, files, the JVM */
	bool touched_jvm;
	uint32_t n_copies;	/* classes that the JVM's own loader had too */
	struct trace trace;	/* of the last unit that had one */
};

void outcome_init(struct outcome *outcome, uint32_t job);

/* Asks for a run. `methods` with a space between; "" is all. `mutated`: "" or
 * faults.Target. */
void outcome_send(struct host *host, uint32_t job, uint8_t flags, const char *mutated,
		  const char *container, const char *methods);

/* Until all are done, the worker is gone, or it is silent for `ms`. */
bool outcome_await(struct host *host, struct outcome *outcomes, unsigned n, int ms);

/* All of it. */
struct outcome outcome_of(struct host *host, uint32_t job, uint8_t flags, const char *mutated,
			  const char *container, const char *methods);

/* A run of faults.Faults that is stopped once its unit has started. False: it did
 * not end. */
bool outcome_of_stopped(struct host *host, uint32_t job, const char *method,
			struct outcome *outcome);

#endif
