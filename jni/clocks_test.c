#include "jni/clocks.h"

#include "util/test.h"

#define WORK_NS 2000000u	/* that a clock shows for certain */

struct started {
	struct clocks *clocks;
	bool is_run;
	uint64_t used;		/* as another thread saw it before the end */
};

static void *work(void *context)
{
	struct started *started = context;
	uint64_t begin = clocks_read(CLOCK_THREAD_CPUTIME_ID);

	clocks_thread_started(started->clocks);
	if (started->is_run)
		clocks_leave_out(started->clocks);
	while (clocks_read(CLOCK_THREAD_CPUTIME_ID) - begin < WORK_NS)
		;
	started->used = clocks_used(started->clocks);
	clocks_thread_ended(started->clocks);
	return NULL;
}

static void run(struct started *started)
{
	pthread_t thread;

	EXPECT(!pthread_create(&thread, NULL, work, started));
	EXPECT(!pthread_join(thread, NULL));
}

TEST(what_a_thread_used_counts_while_it_lives_and_after_its_end)
{
	struct clocks clocks = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct started started = { .clocks = &clocks };

	run(&started);
	EXPECT(started.used >= WORK_NS);
	EXPECT(clocks_used(&clocks) >= started.used);
	EXPECT_LONG(clocks.n, 0);
	run(&started);
	EXPECT(clocks_used(&clocks) >= 2 * (uint64_t)WORK_NS);
}

TEST(a_thread_of_a_run_is_left_out)
{
	struct clocks clocks = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct started started = { .clocks = &clocks, .is_run = true };

	run(&started);
	EXPECT_LONG(started.used, 0);
	EXPECT_LONG(clocks_used(&clocks), 0);
	EXPECT_LONG(clocks.n, 0);
}
