/* The CPU time of threads that are no run's own: what tests start.
 *
 * Clocks are asked while the thread lives and by itself at its end, so nothing of
 * a thread is lost. Threads of the JVM that run no Java (its compilers, its garbage
 * collector) are not among them.
 */
#ifndef JNI_CLOCKS_H
#define JNI_CLOCKS_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

#define CLOCKS_MAX 1024		/* threads at a time; what more there are do is not counted */

struct clocks {			/* zeroed but for the lock: ready */
	pthread_mutex_t lock;
	struct clocks_thread {
		pthread_t thread;
		clockid_t clock;
	} live[CLOCKS_MAX];
	unsigned n;
	uint64_t ended_ns;
};

/* Each on the thread that it is about: as it starts, as it ends, and where it
 * turns out to be a run's. */
void clocks_thread_started(struct clocks *clocks);
void clocks_thread_ended(struct clocks *clocks);
void clocks_leave_out(struct clocks *clocks);

/* What they used so far, in ns; never less than before. */
uint64_t clocks_used(struct clocks *clocks);

/* Of one clock, in ns. */
uint64_t clocks_read(clockid_t clock);

#endif
