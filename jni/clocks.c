#include "jni/clocks.h"

uint64_t clocks_read(clockid_t clock)
{
	struct timespec used = { 0, 0 };

	clock_gettime(clock, &used);
	return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

/* With the lock held: takes the current thread off the list, if it is there. */
static int take_off(struct clocks *clocks)
{
	for (unsigned i = 0; i < clocks->n; i++) {
		if (!pthread_equal(clocks->live[i].thread, pthread_self()))
			continue;
		clocks->live[i] = clocks->live[--clocks->n];
		return 1;
	}
	return 0;
}

void clocks_thread_started(struct clocks *clocks)
{
	struct clocks_thread thread = { .thread = pthread_self() };

	if (pthread_getcpuclockid(thread.thread, &thread.clock))
		return;
	pthread_mutex_lock(&clocks->lock);
	if (clocks->n < CLOCKS_MAX)
		clocks->live[clocks->n++] = thread;
	pthread_mutex_unlock(&clocks->lock);
}

void clocks_thread_ended(struct clocks *clocks)
{
	pthread_mutex_lock(&clocks->lock);
	if (take_off(clocks))
		clocks->ended_ns += clocks_read(CLOCK_THREAD_CPUTIME_ID);
	pthread_mutex_unlock(&clocks->lock);
}

void clocks_leave_out(struct clocks *clocks)
{
	pthread_mutex_lock(&clocks->lock);
	(void)take_off(clocks);
	pthread_mutex_unlock(&clocks->lock);
}

uint64_t clocks_used(struct clocks *clocks)
{
	uint64_t used;

	pthread_mutex_lock(&clocks->lock);
	used = clocks->ended_ns;
	for (unsigned i = 0; i < clocks->n; i++)	/* none can end meanwhile */
		used += clocks_read(clocks->live[i].clock);
	pthread_mutex_unlock(&clocks->lock);
	return used;
}
