#include "cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define STATUS_INTERRUPTED 130
/* timeout(1) signals its child and then the group that the child is in; a terminal
 * signals the group, and a wrapper in it passes that on: one wish, told twice. */
#define ONE_REQUEST_NS 300000000u

static int write_end = -1;	/* signal handlers have no context */
static volatile sig_atomic_t count;
static volatile uint64_t first_ns;	/* only handlers touch it, and they block each other */
static uint64_t (*tell_ns)(void);

static void interrupted(int number)
{
	int saved = errno;

	(void)number;
	if (count && tell_ns() - first_ns < ONE_REQUEST_NS)
		return;
	if (count++)
		_exit(STATUS_INTERRUPTED);
	first_ns = tell_ns();
	if (write(write_end, "", 1) < 0)
		_exit(STATUS_INTERRUPTED);
	errno = saved;
}

static void install(int number)
{
	struct sigaction before, action = { .sa_handler = interrupted, .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, SIGINT);
	sigaddset(&action.sa_mask, SIGTERM);
	sigaddset(&action.sa_mask, SIGHUP);
	if (!sigaction(number, NULL, &before) && before.sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

enum err_code interrupt_init(uint64_t (*now_ns)(void), int *ret_fd, struct err *err)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return err_set(err, ERR_IO, "cannot make a pipe: %s", strerror(errno));
	write_end = ends[1];
	tell_ns = now_ns;
	install(SIGINT);
	install(SIGTERM);
	install(SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	*ret_fd = ends[0];
	return ERR_OK;
}
