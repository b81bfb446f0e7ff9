#include "crew/worker_process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/arena.h"

#define WORKER_FD 3	/* the worker's end of the socket */

extern char **environ;

static int set_actions(posix_spawn_file_actions_t *actions, const char *directory, int fd,
		       bool shows_output)
{
	int code = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);

	if (!code && !shows_output)
		code = posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
	if (!code && !shows_output)
		code = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
	if (!code)
		code = posix_spawn_file_actions_adddup2(actions, fd, WORKER_FD);
	if (!code)
		code = posix_spawn_file_actions_addchdir_np(actions, directory);
	return code;
}

static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	int code;

	sigemptyset(&none);
	sigfillset(&all);
	code = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP |
					POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (!code)
		code = posix_spawnattr_setpgroup(attributes, 0);
	if (!code)
		code = posix_spawnattr_setsigmask(attributes, &none);
	if (!code)
		code = posix_spawnattr_setsigdefault(attributes, &all);
	return code;
}

/* A descriptor above WORKER_FD, so that dup2 in the child clears its
 * close-on-exec flag (it would not if both numbers were the same). */
static int moved_up(int fd)
{
	int moved;

	if (fd > WORKER_FD)
		return fd;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, WORKER_FD + 1);
	close(fd);
	return moved;
}

static bool sets(const struct worker_place *place, const char *variable)
{
	size_t len = strcspn(variable, "=");

	for (uint32_t i = 0; i < place->n_environment; i++) {
		const char *change = place->environment[i];

		if (!strncmp(change, variable, len) && (!change[len] || change[len] == '='))
			return true;
	}
	return false;
}

static char **environment_of(struct arena *arena, const struct worker_place *place)
{
	size_t n = 0, n_ours = 0;
	char **ret;

	while (environ && environ[n_ours])
		n_ours++;
	ret = ARENA_NEW_N(arena, char *, n_ours + place->n_environment + 1);
	for (size_t i = 0; i < n_ours; i++)
		if (!sets(place, environ[i]))
			ret[n++] = environ[i];
	for (uint32_t i = 0; i < place->n_environment; i++)
		if (strchr(place->environment[i], '='))
			ret[n++] = arena_strdup(arena, place->environment[i]);
	return ret;
}

enum err_code worker_process_start(const struct worker_place *place, pid_t *ret_pid, int *ret_fd,
				   struct err *err)
{
	static char name[] = "vary", option[] = "--worker", number[] = "3";
	char *argv[] = { name, option, number, NULL };
	struct arena local = ARENA_INIT;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int fds[2], code;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
		return err_set(err, ERR_IO, "cannot make a socket for a worker: %s", strerror(errno));
	fds[1] = moved_up(fds[1]);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	code = fds[1] < 0 ? errno : set_actions(&actions, place->directory, fds[1], place->shows_output);
	if (!code)
		code = set_attributes(&attributes);
	if (!code)
		code = posix_spawn(ret_pid, "/proc/self/exe", &actions, &attributes, argv,
				   environment_of(&local, place));
	arena_release(&local);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	if (fds[1] >= 0)
		close(fds[1]);
	if (code) {
		close(fds[0]);
		return err_set(err, ERR_IO, "cannot start a worker in %s: %s", place->directory, strerror(code));
	}
	*ret_fd = fds[0];
	return ERR_OK;
}

void worker_process_wait(pid_t pid)
{
	siginfo_t ended;

	while (waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
}

static uint64_t nanoseconds(struct timeval time)
{
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u;
}

int worker_process_end(pid_t pid, uint64_t *ret_cpu_ns)
{
	struct rusage used = { 0 };
	int status = 0;
	pid_t dead;

	dead = wait4(pid, &status, WNOHANG, &used);
	/* The group outlives its leader: tests may have started processes. */
	kill(-pid, SIGKILL);
	if (dead != pid)
		while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
			;
	*ret_cpu_ns = nanoseconds(used.ru_utime) + nanoseconds(used.ru_stime);
	return dead == pid ? status : -1;
}

uint64_t worker_process_cpu(pid_t pid)
{
	struct timespec used = { 0, 0 };
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &used))
		return 0;
	return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

/* The state letter of a thread (proc(5)): after the name, which may hold
 * anything, parentheses too. */
static char thread_state(const char *path)
{
	char text[512];
	FILE *file = fopen(path, "re");
	char *name_end;
	size_t n;

	if (!file)
		return 'X';
	n = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[n] = '\0';
	name_end = strrchr(text, ')');
	return name_end && name_end[1] == ' ' ? name_end[2] : 'X';
}

bool worker_process_is_asleep(pid_t pid)
{
	char path[400];
	struct dirent *entry;
	bool asleep = true;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%ld/task", (long)pid);
	tasks = opendir(path);
	if (!tasks)
		return false;
	while (asleep && (entry = readdir(tasks))) {
		char state;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%ld/task/%s/stat", (long)pid, entry->d_name);
		state = thread_state(path);
		asleep = state == 'S' || state == 'X' || state == 'Z';
	}
	closedir(tasks);
	return asleep;
}

unsigned long long worker_process_memory(pid_t pid)
{
	char path[64];
	unsigned long long size, resident = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%ld/statm", (long)pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	if (fscanf(file, "%llu %llu", &size, &resident) != 2)
		resident = 0;
	fclose(file);
	return resident * (unsigned long long)sysconf(_SC_PAGESIZE);
}
