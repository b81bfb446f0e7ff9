#include "jni/sockets.h"

#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define NOT_A_PORT 0
#define ENDS_MAX 1024u	/* at once */

/* ---- ports ---- */

static uint16_t port_of(const struct sockaddr_storage *name)
{
	if (name->ss_family == AF_INET)
		return ntohs(((const struct sockaddr_in *)name)->sin_port);
	if (name->ss_family == AF_INET6)
		return ntohs(((const struct sockaddr_in6 *)name)->sin6_port);
	return NOT_A_PORT;
}

static uint16_t own_port(int fd)
{
	struct sockaddr_storage name = { 0 };
	socklen_t len = sizeof(name);

	return getsockname(fd, (struct sockaddr *)&name, &len) ? NOT_A_PORT : port_of(&name);
}

/* NOT_A_PORT where it is not connected. */
static uint16_t peer_port(int fd)
{
	struct sockaddr_storage name = { 0 };
	socklen_t len = sizeof(name);

	return getpeername(fd, (struct sockaddr *)&name, &len) ? NOT_A_PORT : port_of(&name);
}

static bool has_port(const struct sockets *sockets, uint16_t port)
{
	for (uint32_t i = 0; i < sockets->n_ports; i++)
		if (sockets->ports[i] == port)
			return true;
	return false;
}

void sockets_bound(struct sockets *sockets, int fd)
{
	uint16_t port = own_port(fd);

	if (port != NOT_A_PORT && sockets->n_ports < SOCKETS_PORTS_MAX && !has_port(sockets, port))
		sockets->ports[sockets->n_ports++] = port;
}

static bool listens(int fd)
{
	int answer = 0;
	socklen_t len = sizeof(answer);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &answer, &len) == 0 && answer;
}

/* ---- ends ---- */

/* A socket whose other end is closed; -1 where there is none to be had. */
static int dead_end(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return -1;
	close(pair[1]);
	return pair[0];
}

/* One that whoever owns it may still close: another must not have its number by then. */
static void put_to_rest(int fd)
{
	int dead = dead_end();

	shutdown(fd, SHUT_RDWR);	/* wakes; what comes next would not */
	if (dead < 0)
		return;
	dup3(dead, fd, O_CLOEXEC);
	close(dead);
}

struct end {			/* of a connection, or what has none yet */
	int fd;
	uint16_t port;
	bool listens;
};

/* The internet sockets of the process, up to `max`. */
static uint32_t list_ends(struct end *ends, uint32_t max, int *ret_highest)
{
	DIR *all = opendir("/proc/self/fd");
	struct dirent *entry;
	uint32_t n = 0;

	*ret_highest = 0;
	while (all && (entry = readdir(all))) {
		int fd = atoi(entry->d_name);	/* 0 for "." and ".." */
		uint16_t port = fd > STDERR_FILENO ? own_port(fd) : NOT_A_PORT;

		if (fd > *ret_highest)
			*ret_highest = fd;
		if (port != NOT_A_PORT && n < max)
			ends[n++] = (struct end){ fd, port, listens(fd) };
	}
	if (all)
		closedir(all);
	return n;
}

static void end_one(const struct end *end, const struct sockets *sockets)
{
	uint16_t peer = peer_port(end->fd);

	if (end->listens || (peer == NOT_A_PORT && has_port(sockets, end->port)))
		put_to_rest(end->fd);
	else if (has_port(sockets, end->port) || has_port(sockets, peer))
		shutdown(end->fd, SHUT_RDWR);
}

bool sockets_end(const struct sockets *sockets)
{
	struct end ends[ENDS_MAX];
	struct sockets all = *sockets;
	struct rlimit limit;
	int highest;
	uint32_t n = list_ends(ends, ENDS_MAX, &highest);

	for (uint32_t i = 0; i < n; i++)
		if (ends[i].listens)
			sockets_bound(&all, ends[i].fd);
	for (uint32_t i = 0; i < n; i++)
		end_one(&ends[i], &all);
	return n < ENDS_MAX &&
	       (getrlimit(RLIMIT_NOFILE, &limit) || (rlim_t)highest < limit.rlim_cur / 2);
}
