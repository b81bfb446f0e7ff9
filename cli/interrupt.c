#include "cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define STATUS_INTERRUPTED 130

static int write_end = -1;	/* signal handlers have no context */
static volatile sig_atomic_t count;

static void interrupted(int number)
{
	int saved = errno;

	(void)number;
	if (count++)
		_exit(STATUS_INTERRUPTED);
	if (write(write_end, "", 1) < 0)
		_exit(STATUS_INTERRUPTED);
	errno = saved;
}

static void install(int number)
{
	struct sigaction before, action = { .sa_handler = interrupted, .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	if (!sigaction(number, NULL, &before) && before.sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

enum err_code interrupt_init(int *ret_fd, struct err *err)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
	write_end = ends[1];
	install(SIGINT);
	install(SIGTERM);
	install(SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	*ret_fd = ends[0];
	return ERR_OK;
}
