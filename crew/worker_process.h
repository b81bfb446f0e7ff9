/* One worker as an operating system sees it: a child process and a socket. */
#ifndef CREW_WORKER_PROCESS_H
#define CREW_WORKER_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "util/err.h"

struct worker_place {
	const char *directory;
	/* [n_environment] beside or instead of what our own environment has: "NAME=value", or "NAME"
	 * for one that is not to be there. Ours stays as it is. */
	const char *const *environment;
	uint32_t n_environment;
	bool shows_output;	/* stdout and stderr are ours, not /dev/null */
};

/* Starts this program again as a worker there, in a process group of
 * its own, with stdin on /dev/null. *ret_fd is the
 * supervisor's end of the socket, close-on-exec and non-blocking for reading. */
enum err_code worker_process_start(const struct worker_place *place, pid_t *ret_pid, int *ret_fd,
				   struct err *err) MUST_CHECK;

/* Waits for the end of a worker that has closed its end of the socket, which a
 * worker does only by ending; it is then still to be reaped. */
void worker_process_wait(pid_t pid);

/* Kills the worker's whole process group and reaps the worker. Returns how it
 * had ended, as waitpid() does, if it was dead already, else -1. *ret_cpu_ns is
 * what it used in all, with the children that it has waited for. */
int worker_process_end(pid_t pid, uint64_t *ret_cpu_ns);

/* CPU time used by all its threads so far, in ns. */
uint64_t worker_process_cpu(pid_t pid);

/* Whether every one of its threads waits for something; false where it cannot
 * be told. */
bool worker_process_is_asleep(pid_t pid);

/* Resident memory in bytes, 0 if unknown. */
unsigned long long worker_process_memory(pid_t pid);

#endif
