/* The crew: worker processes from their start to their end.
 *
 *	crew_start(&arena, &settings, &crew, &err)   the first worker is on its way
 *	crew_set_table(crew, &table)                 every worker gets the classes
 *	... crew/ask.h, crew/pool.h ...
 *	crew_stop(crew)
 *
 * A worker is a child process with a JVM. It may die at any moment; whoever
 * reads from it notices and says crew_lose(). One thread only.
 */
#ifndef CREW_CREW_H
#define CREW_CREW_H

#include <poll.h>
#include <sys/types.h>

#include "crew/ledger.h"
#include "crew/worker_process.h"
#include "util/arena.h"
#include "wire/wire.h"

#define CREW_NEVER UINT64_MAX	/* a deadline that does not come */

struct crew_jvm {			/* how a JVM is started */
	const char *const *options;	/* [n_options] */
	uint32_t n_options;
	const char *class_path;		/* put in place once it is up; NULL: the options' stays */
	bool ends_in_order;		/* destroyed when the worker leaves; see crew_let_recorder_leave() */
};

struct crew_settings {
	const char *libjvm;
	struct crew_jvm plain;
	/* Instead, where they have options: for every worker, and for the first
	 * one. The crew does without them once a start fails. */
	struct crew_jvm archived, recorder;
	struct worker_place place;	/* where the workers run */
	uint32_t workers;		/* at most; started when there is work for them */
	uint32_t slots;			/* jobs under way at once in one worker */
	uint64_t memory_limit;		/* bytes of RSS after which a worker is replaced; 0: none */
	int interrupt_fd;		/* readable: waiting ends with ERR_STOPPED; -1: none */
};

enum worker_state { WORKER_NONE, WORKER_STARTING, WORKER_READY };

struct worker {
	enum worker_state state;
	pid_t pid;
	struct wire wire;
	uint32_t number;		/* of the process, from 1: never used again */
	uint64_t start_deadline;
	struct pool_job **jobs;		/* [slots], NULL where free; the pool's */
	uint32_t n_jobs, n_done;
	bool records;			/* was started as the recorder */
	uint32_t turns;			/* jobs ever sent to it */
	struct pool_job *question;	/* that waits for others to be done; the pool's */
	bool retiring;			/* takes no more jobs; ended when it has none */
	bool spoilt;			/* ... and no questions: what runs there shows nothing */
	uint64_t cpu_ns;		/* used when last looked at; all of it once it has ended */
};

struct crew {
	struct arena *arena;
	struct crew_settings settings;
	struct worker *workers;		/* [settings.workers] */
	struct pollfd *polls;		/* [settings.workers + 1]; the last is the interrupt */
	struct buf table, woven;
	uint32_t last_job, started, lost, start_failures;
	bool was_ever_ready;
	struct ledger ledger;
	const char *java_version;	/* "17.0.15"; "" before the first worker is up */
	const char *drivers;		/* names of test drivers found, comma-separated */
};

uint64_t crew_now(void);		/* ns, monotonic */

enum err_code crew_start(struct arena *arena, const struct crew_settings *settings,
			 struct crew **ret, struct err *err) MUST_CHECK;

/* Starts a process in a free place. It is WORKER_STARTING until its READY. */
enum err_code crew_start_worker(struct crew *crew, struct worker *worker,
				struct err *err) MUST_CHECK;

/* Takes the first message of a starting worker: READY or FAILED. ERR_MISSING
 * with the JVM's own words where it cannot start. */
enum err_code crew_hear_start(struct crew *crew, struct worker *worker,
			      const struct wire_message *message,
			      struct err *err) MUST_CHECK;

/* A starting worker is given up for the reason `why`: ERR_OK where it is worth
 * another try, else the reason to give up the run. */
enum err_code crew_start_failed(struct crew *crew, struct worker *worker,
				struct err *why, struct err *err) MUST_CHECK;

/* Waits until a worker has something to say (crew->polls tells which), the
 * deadline has passed (crew_now() tells), or the user interrupts. */
enum err_code crew_wait(struct crew *crew, uint64_t deadline, struct err *err) MUST_CHECK;

/* Ends a worker's process group, counted as lost where it was not on purpose.
 * Returns how it had died, as worker_process_end(). */
int crew_end(struct crew *crew, struct worker *worker);
int crew_lose(struct crew *crew, struct worker *worker);

/* The worker of this number (pool_job.ran_in), NULL: it is no more, or spoilt. */
struct worker *crew_find(const struct crew *crew, uint32_t number);

/* The worker of this number takes no more jobs, and is ended when it has none; nothing
 * where it is gone. */
void crew_retire(struct crew *crew, uint32_t number);

/* Takes over a finished WIRE_TABLE body: every worker, now and later, gets it. */
void crew_set_table(struct crew *crew, struct buf *table);

/* The same with a WIRE_WOVEN body. After crew_set_table(). */
void crew_set_woven(struct crew *crew, struct buf *woven);

/* Lets the recorder, if it is still there and idle, end its JVM in order.
 * Returns whether it did. */
bool crew_let_recorder_leave(struct crew *crew);

/* From now on what tests print is seen: the workers are replaced. */
void crew_show_output(struct crew *crew);

/* CPU time of the workers at work, in ns; what those used that have ended is in
 * the ledger, and counts among the process's children. */
uint64_t crew_cpu(struct crew *crew);

/* Ends every worker; the ledger then has all they used. Accepts NULL. */
void crew_stop(struct crew *crew);

#endif
