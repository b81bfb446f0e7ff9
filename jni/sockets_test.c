#include "jni/sockets.h"

#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util/test.h"

static struct sockaddr_in loopback(uint16_t port)
{
	struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons(port) };

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return name;
}

static int bound(int type, uint16_t port)
{
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;
	struct sockaddr_in name = loopback(port);

	if (type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));	/* as Java does */
	if (bind(fd, (struct sockaddr *)&name, sizeof(name)) == 0)
		return fd;
	close(fd);
	return -1;
}

static int listening(uint16_t port)
{
	int fd = bound(SOCK_STREAM, port);

	if (fd >= 0)
		listen(fd, 5);
	return fd;
}

static uint16_t port_of(int fd)
{
	struct sockaddr_in name;
	socklen_t len = sizeof(name);

	memset(&name, 0, sizeof(name));
	getsockname(fd, (struct sockaddr *)&name, &len);
	return ntohs(name.sin_port);
}

static int connected(uint16_t port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in name = loopback(port);

	EXPECT_LONG(connect(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	return fd;
}

TEST(a_port_that_somebody_listens_at_is_free_afterwards)
{
	struct sockets none = { .n_ports = 0 };
	int fd = listening(0), again;
	uint16_t port = port_of(fd);

	EXPECT(sockets_end(&none));
	again = listening(port);
	EXPECT(again >= 0);
	EXPECT_LONG(close(again), 0);
	EXPECT_LONG(close(fd), 0);	/* still its owner's to close */
}

TEST(a_port_for_datagrams_is_free_afterwards_where_it_is_known)
{
	struct sockets sockets = { .n_ports = 0 };
	int fd = bound(SOCK_DGRAM, 0), other = bound(SOCK_DGRAM, 0), again;
	uint16_t port = port_of(fd);

	sockets_bound(&sockets, fd);
	sockets_end(&sockets);
	again = bound(SOCK_DGRAM, port);
	EXPECT(again >= 0);
	EXPECT(port_of(other) != 0);
	close(again);
	close(fd);
	close(other);
}

static void *accepts(void *context)
{
	const int *fd = context;

	return accept(*fd, NULL, NULL) < 0 ? context : NULL;
}

TEST(whoever_waits_for_a_connection_is_woken)
{
	struct sockets none = { .n_ports = 0 };
	int fd = listening(0);
	pthread_t thread;
	void *failed;

	pthread_create(&thread, NULL, accepts, &fd);
	sockets_end(&none);	/* before or while it waits */
	pthread_join(thread, &failed);
	EXPECT(failed == &fd);
	close(fd);
}

TEST(connections_with_a_port_are_shut_down_although_nobody_listens_any_more)
{
	struct sockets sockets = { .n_ports = 0 };
	int fd = listening(0), client = connected(port_of(fd)), server = accept(fd, NULL, NULL);
	char byte;

	sockets_bound(&sockets, fd);
	close(fd);
	sockets_end(&sockets);
	EXPECT_LONG(read(server, &byte, 1), 0);
	EXPECT_LONG(read(client, &byte, 1), 0);
	close(server);
	close(client);
}

TEST(descriptors_that_are_no_internet_sockets_stay_as_they_are)
{
	struct sockets none = { .n_ports = 0 };
	int pair[2], pipes[2];
	char byte = 1;

	EXPECT_LONG(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	EXPECT_LONG(pipe(pipes), 0);
	sockets_end(&none);
	EXPECT_LONG(write(pair[0], &byte, 1), 1);
	EXPECT_LONG(read(pair[1], &byte, 1), 1);
	EXPECT_LONG(write(pipes[1], &byte, 1), 1);
	EXPECT_LONG(read(pipes[0], &byte, 1), 1);
	for (int i = 0; i < 2; i++) {
		close(pair[i]);
		close(pipes[i]);
	}
}

TEST(more_ports_than_are_remembered_are_no_harm)
{
	struct sockets sockets = { .n_ports = 0 };
	int fds[SOCKETS_PORTS_MAX + 2];

	for (int i = 0; i < SOCKETS_PORTS_MAX + 2; i++) {
		fds[i] = bound(SOCK_DGRAM, 0);
		sockets_bound(&sockets, fds[i]);
	}
	EXPECT_LONG(sockets.n_ports, SOCKETS_PORTS_MAX);
	sockets_end(&sockets);
	for (int i = 0; i < SOCKETS_PORTS_MAX + 2; i++)
		close(fds[i]);
}
