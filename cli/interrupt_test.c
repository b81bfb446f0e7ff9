#include "cli/interrupt.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/test.h"

/* What a process ends with that gets two signals, `ms` between them, and would end with 7. */
static int status_after_two(long ms)
{
	pid_t child = fork();
	int status = -1;

	if (!child) {
		const struct timespec pause = { ms / 1000, ms % 1000 * 1000000 };
		struct err err = ERR_INIT;
		char byte;
		int fd;

		if (interrupt_init(&fd, &err) != ERR_OK)
			_exit(99);
		raise(SIGTERM);
		nanosleep(&pause, NULL);
		raise(SIGTERM);
		_exit(read(fd, &byte, 1) == 1 ? 7 : 98);
	}
	if (child > 0)
		waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(one_request_told_twice_at_once_stops_the_run_and_does_not_end_the_program)
{
	EXPECT_LONG(status_after_two(0), 7);
}

TEST(a_second_request_ends_the_program)
{
	EXPECT_LONG(status_after_two(600), 130);
}
