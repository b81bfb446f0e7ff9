#include "crew/crew.h"

#include <errno.h>
#include <string.h>

#include "crew/worker_process.h"
#include "util/clock.h"

#define SECOND 1000000000ull
#define START_LIMIT (60 * SECOND)	/* from fork to READY */
#define LEAVE_LIMIT (10 * SECOND)	/* from QUIT to the end of the process */
#define START_FAILURES_MAX 3		/* in a row */

uint64_t crew_now(void)
{
	return clock_ns();
}

/* The first worker records, where that is wanted; a later one takes its place
 * only if it never came up. */
static const struct crew_jvm *choose_jvm(const struct crew *crew, struct worker *worker)
{
	worker->records = !crew->was_ever_ready && crew->settings.recorder.options;
	if (worker->records)
		return &crew->settings.recorder;
	return crew->settings.archived.options ? &crew->settings.archived : &crew->settings.plain;
}

static enum err_code send_start(const struct crew *crew, struct worker *worker, struct err *err)
{
	const struct crew_jvm *jvm = choose_jvm(crew, worker);
	struct wire *wire = &worker->wire;

	wire_begin(wire, WIRE_START);
	wire_u4(wire, WIRE_VERSION);
	wire_text(wire, crew->settings.libjvm);
	wire_u4(wire, jvm->n_options);
	for (uint32_t i = 0; i < jvm->n_options; i++)
		wire_text(wire, jvm->options[i]);
	wire_text(wire, jvm->class_path ? jvm->class_path : "");
	wire_u1(wire, jvm->ends_in_order);
	return wire_send(wire, err);
}

enum err_code crew_start_worker(struct crew *crew, struct worker *worker, struct err *err)
{
	struct err gone = ERR_INIT;
	int fd;

	TRY(worker_process_start(&crew->settings.place, &worker->pid, &fd, err));
	wire_init(&worker->wire, fd);
	worker->state = WORKER_STARTING;
	worker->start_deadline = crew_now() + START_LIMIT;
	worker->n_jobs = worker->n_done = 0;
	worker->turns = 0;
	worker->retiring = worker->spoilt = false;
	worker->cpu_ns = 0;
	worker->number = ++crew->started;
	if (send_start(crew, worker, &gone) != ERR_OK)
		return ERR_OK;	/* gone already: shows as end of stream in the loop */
	return ERR_OK;
}

int crew_end(struct crew *crew, struct worker *worker)
{
	int status;

	if (worker->state == WORKER_NONE)
		return -1;
	status = worker_process_end(worker->pid, &worker->cpu_ns);
	crew->ledger.ended += worker->cpu_ns;
	if (worker->state == WORKER_STARTING)
		crew->ledger.starting += worker->cpu_ns;
	wire_close(&worker->wire);
	worker->state = WORKER_NONE;
	return status;
}

int crew_lose(struct crew *crew, struct worker *worker)
{
	crew->lost++;
	return crew_end(crew, worker);
}

struct worker *crew_find(const struct crew *crew, uint32_t number)
{
	for (uint32_t i = 0; i < crew->settings.workers; i++)
		if (crew->workers[i].state != WORKER_NONE && crew->workers[i].number == number &&
		    !crew->workers[i].spoilt)
			return &crew->workers[i];
	return NULL;
}

void crew_retire(struct crew *crew, uint32_t number)
{
	struct worker *worker = crew_find(crew, number);

	if (worker)
		worker->retiring = true;
}

static enum err_code send_classes(struct worker *worker, enum wire_kind kind,
				  const struct buf *body, struct err *err)
{
	if (!body->len)
		return ERR_OK;	/* not known yet */
	wire_begin(&worker->wire, kind);
	buf_span(&worker->wire.out, buf_get(body));
	return wire_send(&worker->wire, err);
}

/* What is known of one that is dying must not shrink: its clock may be gone. */
static uint64_t look_at_cpu(struct worker *worker)
{
	uint64_t now = worker_process_cpu(worker->pid);

	if (now > worker->cpu_ns)
		worker->cpu_ns = now;
	return worker->cpu_ns;
}

uint64_t crew_cpu(struct crew *crew)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < crew->settings.workers; i++)
		if (crew->workers[i].state != WORKER_NONE)
			sum += look_at_cpu(&crew->workers[i]);
	return sum;
}

static enum err_code on_ready(struct crew *crew, struct worker *worker,
			      struct wire_reader *in, struct err *err)
{
	const char *version = wire_get_text(in, crew->arena);
	uint32_t n;

	wire_get_text(in, crew->arena);		/* java.vm.name */
	crew->java_version = version;
	n = wire_get_count(in, 4);
	crew->drivers = "";
	for (uint32_t i = 0; i < n; i++)
		crew->drivers = arena_strfmt(crew->arena, "%s%s%s", crew->drivers, i ? ", " : "",
					     wire_get_text(in, crew->arena));
	TRY(wire_check(in, err));
	worker->state = WORKER_READY;
	crew->ledger.starting += look_at_cpu(worker);
	crew->was_ever_ready = true;
	crew->start_failures = 0;
	TRY(send_classes(worker, WIRE_TABLE, &crew->table, err));
	return send_classes(worker, WIRE_WOVEN, &crew->woven, err);
}

enum err_code crew_hear_start(struct crew *crew, struct worker *worker,
			      const struct wire_message *message, struct err *err)
{
	struct wire_reader in = wire_reader(message);
	const char *why;

	if (message->kind == WIRE_READY)
		return on_ready(crew, worker, &in, err);
	if (message->kind != WIRE_FAILED)
		return err_set(err, ERR_WORKER, "a worker began with message %u", message->kind);
	why = wire_get_text(&in, crew->arena);
	TRY(wire_check(&in, err));
	return err_set(err, ERR_MISSING, "the JVM %s does not start: %s",
		       crew->settings.libjvm, why);
}

enum err_code crew_start_failed(struct crew *crew, struct worker *worker,
				struct err *why, struct err *err)
{
	bool said_why = why->code == ERR_MISSING;

	if (crew->settings.archived.options || crew->settings.recorder.options) {
		crew->settings.archived.options = crew->settings.recorder.options = NULL;
		crew_end(crew, worker);
		return ERR_OK;		/* the plain JVM may do better */
	}
	if (why->code == ERR_WORKER)
		err_set(why, ERR_WORKER, "the JVM %s dies while it starts, or takes longer than %llu s; try another with --jvm",
			crew->settings.libjvm, START_LIMIT / SECOND);
	crew_lose(crew, worker);
	if ((said_why && !crew->was_ever_ready) ||
	    ++crew->start_failures >= START_FAILURES_MAX) {
		*err = *why;
		if (crew->was_ever_ready)
			err->code = ERR_WORKER;
		return err->code;
	}
	return ERR_OK;
}

enum err_code crew_wait(struct crew *crew, uint64_t deadline, struct err *err)
{
	uint32_t n = crew->settings.workers;
	uint64_t now = crew_now();
	int wait = -1;

	for (uint32_t i = 0; i < n; i++) {
		const struct worker *worker = &crew->workers[i];

		crew->polls[i].fd = worker->state == WORKER_NONE ? -1 : worker->wire.fd;
		crew->polls[i].events = POLLIN;
		crew->polls[i].revents = 0;
		if (worker->state == WORKER_STARTING && worker->start_deadline < deadline)
			deadline = worker->start_deadline;
	}
	crew->polls[n] = (struct pollfd){ crew->settings.interrupt_fd, POLLIN, 0 };
	if (deadline != CREW_NEVER) {
		uint64_t left = deadline > now ? (deadline - now) / 1000000 + 1 : 0;

		wait = left > 1000000 ? 1000000 : (int)left;
	}
	if (poll(crew->polls, n + 1, wait) < 0 && errno != EINTR)
		return err_set(err, ERR_IO, "poll: %s", strerror(errno));
	if (crew->polls[n].revents)
		return err_set(err, ERR_STOPPED, "interrupted");
	return ERR_OK;
}

enum err_code crew_start(struct arena *arena, const struct crew_settings *settings,
			 struct crew **ret, struct err *err)
{
	struct crew *crew = ARENA_NEW(arena, struct crew);

	crew->arena = arena;
	crew->settings = *settings;
	crew->workers = ARENA_NEW_N(arena, struct worker, settings->workers);
	crew->polls = ARENA_NEW_N(arena, struct pollfd, settings->workers + 1);
	crew->java_version = crew->drivers = "";
	buf_init(&crew->table, WIRE_PAYLOAD_MAX);
	buf_init(&crew->woven, WIRE_PAYLOAD_MAX);
	for (uint32_t i = 0; i < settings->workers; i++)
		crew->workers[i].jobs = ARENA_NEW_N(arena, struct pool_job *, settings->slots);
	/* Up while the supervisor plans. */
	TRY(crew_start_worker(crew, &crew->workers[0], err));
	*ret = crew;
	return ERR_OK;
}

static void set_classes(struct crew *crew, enum wire_kind kind, struct buf *own, struct buf *body)
{
	struct err err = ERR_INIT;

	buf_release(own);
	*own = *body;
	buf_init(body, own->max);
	for (uint32_t i = 0; i < crew->settings.workers; i++) {
		struct worker *worker = &crew->workers[i];

		if (worker->state != WORKER_READY)
			continue;	/* gets it when it is */
		if (send_classes(worker, kind, own, &err) != ERR_OK)
			crew_lose(crew, worker);
	}
}

void crew_set_table(struct crew *crew, struct buf *table)
{
	set_classes(crew, WIRE_TABLE, &crew->table, table);
}

void crew_set_woven(struct crew *crew, struct buf *woven)
{
	set_classes(crew, WIRE_WOVEN, &crew->woven, woven);
}

static void wait_until_gone(struct crew *crew, struct worker *worker)
{
	uint64_t deadline = crew_now() + LEAVE_LIMIT;
	struct wire_message message;
	struct err gone = ERR_INIT;

	while (crew_now() < deadline) {
		if (wire_fill(&worker->wire, &gone) != ERR_OK) {
			worker_process_wait(worker->pid);
			return;
		}
		while (wire_next(&worker->wire, &message, &gone))
			;
		if (crew_wait(crew, deadline, &gone) != ERR_OK)
			return;
	}
}

bool crew_let_recorder_leave(struct crew *crew)
{
	struct err err = ERR_INIT;

	for (uint32_t i = 0; i < crew->settings.workers; i++) {
		struct worker *worker = &crew->workers[i];

		if (!worker->records || worker->state != WORKER_READY || worker->n_jobs)
			continue;
		wire_begin(&worker->wire, WIRE_QUIT);
		if (wire_send(&worker->wire, &err) == ERR_OK)
			wait_until_gone(crew, worker);
		return crew_end(crew, worker) == 0;
	}
	return false;
}

void crew_stop(struct crew *crew)
{
	if (!crew)
		return;
	for (uint32_t i = 0; i < crew->settings.workers; i++)
		crew_end(crew, &crew->workers[i]);
	buf_release(&crew->table);
	buf_release(&crew->woven);
}

void crew_show_output(struct crew *crew)
{
	for (uint32_t i = 0; i < crew->settings.workers; i++)
		(void)crew_end(crew, &crew->workers[i]);
	crew->settings.place.shows_output = true;
}
