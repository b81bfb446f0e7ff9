#include "cli/interrupt.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/test.h"

#define MS 1000000u

static uint64_t now;

static uint64_t tell_now(void)
{
	return now;
}

/* What a process ends with that gets two signals, `apart` ns between them, and would end with 7. */
static int status_after_two(uint64_t apart)
{
	pid_t child = fork();
	int status = -1;

	if (!child) {
		struct err err = ERR_INIT;
		char byte;
		int fd;

		if (interrupt_init(tell_now, &fd, &err) != ERR_OK)
			_exit(99);
		raise(SIGTERM);
		now += apart;
		raise(SIGTERM);
		_exit(read(fd, &byte, 1) == 1 ? 7 : 98);
	}
	if (child > 0)
		waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(one_request_told_twice_at_once_stops_the_run_and_does_not_end_the_program)
{
	EXPECT_LONG(status_after_two(200 * MS), 7);
}

TEST(a_second_request_ends_the_program)
{
	EXPECT_LONG(status_after_two(400 * MS), 130);
}
