#include "tests/worker/host.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/worker/setting.h"
#include "util/test.h"

void host_spawn(struct host *host)
{
	char fd[12];
	int fds[2];

	memset(host, 0, sizeof(*host));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		abort();
	snprintf(fd, sizeof(fd), "%d", fds[1]);
	host->pid = fork();
	if (host->pid == 0) {
		close(fds[0]);
		execl("/proc/self/exe", "worker", "--worker", fd, (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	wire_init(&host->wire, fds[0]);
}

bool host_next(struct host *host, struct wire_message *message, int ms)
{
	struct pollfd fd = { host->wire.fd, POLLIN, 0 };

	while (!wire_next(&host->wire, message, &host->err)) {
		if (poll(&fd, 1, ms) <= 0)
			return false;
		if (wire_fill(&host->wire, &host->err) != ERR_OK)
			return false;
	}
	return true;
}

void host_send(struct host *host)
{
	if (wire_send(&host->wire, &host->err) != ERR_OK)
		printf("send: %s\n", host->err.text);
}

void host_send_start(struct host *host, const char *libjvm, const char *option)
{
	const char *options[] = {
		"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
		"-XX:SoftRefLRUPolicyMSPerMB=0", "-Duser.language=en", "-Duser.timezone=UTC",
		arena_strfmt(&host->arena, "-Djava.class.path=%s", setting.classpath), option,
	};
	uint32_t n = sizeof(options) / sizeof(options[0]) - (option ? 0 : 1);

	wire_begin(&host->wire, WIRE_START);
	wire_u4(&host->wire, WIRE_VERSION);
	wire_text(&host->wire, libjvm);
	wire_u4(&host->wire, n);
	for (uint32_t i = 0; i < n; i++)
		wire_text(&host->wire, options[i]);
	wire_text(&host->wire, "");
	wire_u1(&host->wire, 0);
	host_send(host);
}

bool host_expect(struct host *host, enum wire_kind kind, struct wire_message *message)
{
	bool there = host_next(host, message, HOST_PATIENCE);

	EXPECT(there);
	if (!there)
		return false;
	EXPECT_LONG(message->kind, kind);
	if (message->kind == WIRE_FAILED && kind != WIRE_FAILED) {
		struct wire_reader in = wire_reader(message);

		printf("the worker says: %s\n", wire_get_text(&in, &host->arena));
	}
	return message->kind == kind;
}

bool host_start(struct host *host)
{
	struct wire_message message;

	host_spawn(host);
	host_send_start(host, setting.libjvm, NULL);
	return host_expect(host, WIRE_READY, &message);
}

/* How the worker ended: its exit status, or minus the signal. */
int host_wait(struct host *host)
{
	int status;

	if (waitpid(host->pid, &status, 0) != host->pid)
		return -1000;
	host->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void host_close(struct host *host)
{
	wire_close(&host->wire);	/* the worker leaves by itself */
	if (host->pid)
		EXPECT_LONG(host_wait(host), 1);
	arena_release(&host->arena);
}

void host_send_table(struct host *host)
{
	wire_begin(&host->wire, WIRE_TABLE);
	wire_u4(&host->wire, 1);
	wire_text(&host->wire, "/tmp");
	wire_u4(&host->wire, setting.n_classes);
	for (uint32_t i = 0; i < setting.n_classes; i++) {
		wire_text(&host->wire, setting.classes[i].name);
		wire_u4(&host->wire, 0);
		wire_blob(&host->wire, setting.classes[i].bytes);
		wire_blob(&host->wire, strcmp(setting.classes[i].name, "faults.Target") ?
				       span_none : setting.probed);
	}
	wire_u4(&host->wire, HOST_POINTS);
	wire_u4(&host->wire, 0);
	host_send(host);
}

bool host_ready(struct host *host)
{
	if (!host_start(host))
		return false;
	host_send_table(host);
	return true;
}
