/* Where the CPU time of the workers goes, in ns, as they live and die.
 *
 * The crew enters what a process used, the pool what a job's thread used. What
 * neither tells, the JVM's own threads (compilers, garbage collection) and
 * threads that tests start, is the rest: see measure/spending.h.
 */
#ifndef CREW_LEDGER_H
#define CREW_LEDGER_H

#include <stdint.h>

struct pool_job;

struct ledger {
	uint64_t starting;	/* of processes, until they were ready for work */
	uint64_t ended;		/* of processes that are gone: all they used */
	uint64_t tests;		/* of jobs' threads, while a test ran */
	uint64_t around;	/* of the same threads outside any test: the loader, the test
				   engine, set-up and tear-down of classes */
	uint64_t runaways;	/* of attempts that did not come to an end by themselves, and of
				   those made again */
};

/* A job is decided by its last attempt; an abandoned one by none: nothing is
 * entered. */
void ledger_job(struct ledger *ledger, const struct pool_job *job);

/* An attempt at a job comes to nothing: another will be made. */
void ledger_attempt(struct ledger *ledger, struct pool_job *job);

/* CPU time of the tests that a job has finished. */
uint64_t ledger_of_tests(const struct pool_job *job);

#endif
