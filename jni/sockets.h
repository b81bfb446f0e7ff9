/* What the servers of a run leave in the process when the run is over: a port that
 * stays taken would fail the next run, and a thread that waits in native code for a
 * connection ends only when the socket does.
 *
 *	sockets_bound(&sockets, fd)	whenever the run has bound a socket
 *	sockets_end(&sockets)		at its end, as often as wanted
 *
 * Sockets are looked for in the whole process: for use while no other run is, or
 * has been, under way beside it. */
#ifndef JNI_SOCKETS_H
#define JNI_SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

#define SOCKETS_PORTS_MAX 64

/* Zeroed: of a run that has bound none. */
struct sockets {
	uint16_t ports[SOCKETS_PORTS_MAX];	/* further ones are known as long as somebody listens */
	uint32_t n_ports;
};

/* Takes the port of `fd`, where it is an internet socket. */
void sockets_bound(struct sockets *sockets, int fd);

/* Every internet socket that listens, and every one without connections at a port
 * of `sockets`, becomes one that is closed at the other end: its port is free, its
 * descriptor stays taken until whoever owns it closes it, and whoever waits at it
 * is woken. The connections to those ports are shut down, at either side.
 *
 * Returns whether all could be done, and descriptors are left for as many again. */
bool sockets_end(const struct sockets *sockets);

#endif
