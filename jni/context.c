#include "jni/context.h"

#include <unistd.h>

#include "util/clock.h"

#define QUEUE_MAX ((size_t)1 << 16)

struct wire *context_begin(struct worker *worker, enum wire_kind kind)
{
	pthread_mutex_lock(&worker->send_lock);
	wire_begin(&worker->out, kind);
	return &worker->out;
}

void context_send(struct worker *worker)
{
	struct err err = ERR_INIT;

	/* A message that cannot be sent leaves the supervisor waiting for ever
	 * whatever the reason; an end of the worker it can see. */
	if (wire_send(&worker->out, &err) != ERR_OK)
		_exit(1);
	pthread_mutex_unlock(&worker->send_lock);
}

void context_queue(struct worker *worker)
{
	if (worker->out.out.len > QUEUE_MAX) {
		context_send(worker);
		return;
	}
	wire_queue(&worker->out);
	pthread_mutex_unlock(&worker->send_lock);
}

uint64_t context_now(void)
{
	return clock_ns();
}
