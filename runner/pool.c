#include "runner/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "runner/worker_process.h"
#include "util/die.h"

#define SECOND 1000000000ull
#define START_LIMIT (60 * SECOND)	/* from fork to READY */
#define STOP_LIMIT (3 * SECOND)		/* from STOP to DONE; then the worker is killed */
#define DISCOVER_LIMIT (600 * SECOND)	/* between two messages of a discovery or a compilation */
#define START_FAILURES_MAX 3		/* in a row */
#define ASK_TRIES_MAX 3
#define MEMORY_CHECK_INTERVAL 64	/* jobs */
#define NEVER UINT64_MAX

enum worker_state { WORKER_NONE, WORKER_STARTING, WORKER_READY };

struct worker {
	enum worker_state state;
	pid_t pid;
	struct wire wire;
	uint64_t start_deadline;
	struct pool_job **jobs;		/* [slots], NULL where free */
	uint32_t n_jobs, n_done;
	bool retiring;			/* takes no more jobs; ended when it has none */
};

struct pool {
	struct arena *arena;
	struct pool_settings settings;
	struct worker *workers;		/* [settings.workers] */
	struct pollfd *polls;		/* [settings.workers + 1] */
	struct buf table;
	struct pool_job *retries;	/* to be done again, each alone in its worker */
	uint32_t last_job, started, lost, start_failures;
	bool was_ever_ready;
	const char *java_version, *drivers;
};

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

/* ---- workers: start, end ---- */

static enum err_code send_start(const struct pool *pool, struct worker *worker, struct err *err)
{
	struct wire *wire = &worker->wire;

	wire_begin(wire, WIRE_START);
	wire_u4(wire, WIRE_VERSION);
	wire_text(wire, pool->settings.libjvm);
	wire_u4(wire, pool->settings.n_jvm_options);
	for (uint32_t i = 0; i < pool->settings.n_jvm_options; i++)
		wire_text(wire, pool->settings.jvm_options[i]);
	return wire_send(wire, err);
}

static enum err_code worker_start(struct pool *pool, struct worker *worker, struct err *err)
{
	struct err gone = ERR_INIT;
	int fd;

	TRY(worker_process_start(pool->settings.directory, &worker->pid, &fd, err));
	wire_init(&worker->wire, fd);
	worker->state = WORKER_STARTING;
	worker->start_deadline = now_ns() + START_LIMIT;
	worker->n_jobs = worker->n_done = 0;
	worker->retiring = false;
	pool->started++;
	if (send_start(pool, worker, &gone) != ERR_OK)
		return ERR_OK;	/* gone already: shows as end of stream in the loop */
	return ERR_OK;
}

/* Ends the process whatever it does. Returns as worker_process_end(). */
static int worker_end(struct worker *worker)
{
	int status;

	if (worker->state == WORKER_NONE)
		return -1;
	status = worker_process_end(worker->pid);
	wire_close(&worker->wire);
	worker->state = WORKER_NONE;
	return status;
}

static void worker_retire_if_idle(struct worker *worker)
{
	if (worker->retiring && !worker->n_jobs)
		worker_end(worker);
}

/* ---- jobs: answer, retry, done ---- */

static void job_reset(struct pool_job *job)
{
	arena_clear(&job->arena);
	job->end = JOB_RAN;
	job->detail = "";
	job->results = ARENA_NEW_N(&job->arena, struct pool_result, job->n_units);
	job->container_failure = NULL;
	job->container_group = 0;
	job->first_failed = job->running = UINT32_MAX;
	job->points = NULL;
	job->n_points = 0;
	job->wall_ns = 0;
	job->is_stopping = false;
}

static void worker_forget(struct worker *worker, struct pool_job *job, uint32_t slots)
{
	for (uint32_t i = 0; i < slots; i++) {
		if (worker->jobs[i] != job)
			continue;
		worker->jobs[i] = NULL;
		worker->n_jobs--;
	}
	job->is_under_way = false;
}

static void job_retry(struct pool *pool, struct pool_job *job, bool alone)
{
	struct pool_job **at = &pool->retries;

	job->alone |= alone;
	while (*at)
		at = &(*at)->next;
	job->next = NULL;
	*at = job;
}

static void job_done(struct pool_job *job, const struct pool_client *client, enum job_end end)
{
	job->end = end;
	client->done(client->context, job);
	arena_release(&job->arena);
}

static void job_timed_out(struct pool *pool, struct pool_job *job,
			  const struct pool_client *client)
{
	if (++job->timeouts < 2)
		job_retry(pool, job, true);
	else
		job_done(job, client, JOB_TIMED_OUT);
}

static const struct pool_group *group_of_unit(const struct pool_job *job, uint32_t unit,
					      const struct pool_unit **ret)
{
	for (uint32_t i = 0; i < job->n_groups; i++) {
		if (unit < job->groups[i].n_units) {
			*ret = &job->groups[i].units[unit];
			return &job->groups[i];
		}
		unit -= job->groups[i].n_units;
	}
	BUG("unit outside its job");
}

static const uint32_t *read_points(struct wire_reader *in, struct arena *arena, uint32_t *ret_n)
{
	uint32_t n = wire_get_count(in, 4);
	uint32_t *points = ARENA_NEW_N(arena, uint32_t, n);

	for (uint32_t i = 0; i < n; i++)
		points[i] = wire_get_u4(in);
	*ret_n = n;
	return points;
}

/* ---- messages ---- */

static enum err_code on_ready(struct pool *pool, struct worker *worker,
			      struct wire_reader *in, struct err *err)
{
	const char *version = wire_get_text(in, pool->arena);
	uint32_t n;

	wire_get_text(in, pool->arena);		/* java.vm.name */
	pool->java_version = version;
	n = wire_get_count(in, 4);
	pool->drivers = "";
	for (uint32_t i = 0; i < n; i++)
		pool->drivers = arena_strfmt(pool->arena, "%s%s%s", pool->drivers, i ? ", " : "",
					     wire_get_text(in, pool->arena));
	TRY(wire_check(in, err));
	worker->state = WORKER_READY;
	pool->was_ever_ready = true;
	pool->start_failures = 0;
	if (!pool->table.len)
		return ERR_OK;
	wire_begin(&worker->wire, WIRE_TABLE);
	buf_span(&worker->wire.out, buf_get(&pool->table));
	return wire_send(&worker->wire, err);
}

static void on_finished(struct pool_job *job, struct wire_reader *in, uint64_t now)
{
	uint32_t unit = wire_get_u4(in);
	uint8_t result = wire_get_u1(in);
	uint64_t wall = wire_get_u8(in);
	const struct pool_unit *asked;
	struct pool_result *at;

	wire_get_u8(in);	/* CPU time */
	if (in->failed || unit >= job->n_units || result > WIRE_MISSING) {
		in->failed = true;
		return;
	}
	at = &job->results[unit];
	at->is_there = true;
	at->result = result;
	at->wall_ns = wall;
	at->failure = wire_get_text(in, &job->arena);
	at->points = read_points(in, &job->arena, &at->n_points);
	if (result == WIRE_FAILED_TEST && job->first_failed == UINT32_MAX)
		job->first_failed = unit;
	if (!job->is_stopping)
		job->deadline = now + group_of_unit(job, unit, &asked)->limit_ns;
}

static void on_started(struct pool_job *job, struct wire_reader *in, uint64_t now)
{
	uint32_t unit = wire_get_u4(in);
	const struct pool_unit *asked;

	if (in->failed || unit >= job->n_units) {
		in->failed = true;
		return;
	}
	job->running = unit;
	group_of_unit(job, unit, &asked);
	if (!job->is_stopping)
		job->deadline = now + asked->limit_ns;
}

static void on_container(struct pool_job *job, struct wire_reader *in)
{
	uint32_t group = wire_get_u4(in);
	const char *failure = wire_get_text(in, &job->arena);

	if (group >= job->n_groups)
		in->failed = true;
	if (in->failed || job->container_failure)
		return;
	job->container_failure = failure;
	job->container_group = group;
}

static void on_done(struct pool *pool, struct worker *worker, struct pool_job *job,
		    struct wire_reader *in, const struct pool_client *client)
{
	enum wire_end end = wire_get_u1(in);
	uint32_t left_behind;

	job->wall_ns = wire_get_u8(in);
	wire_get_u8(in);	/* CPU time */
	left_behind = wire_get_u4(in);
	job->detail = wire_get_text(in, &job->arena);
	job->points = read_points(in, &job->arena, &job->n_points);
	if (in->failed)
		return;
	if (left_behind || end == WIRE_END_MEMORY)
		worker->retiring = true;
	if (end == WIRE_END_MEMORY && worker->n_jobs > 1)
		for (uint32_t i = 0; i < pool->settings.slots; i++)
			if (worker->jobs[i])	/* whoever shared the heap is in doubt too */
				worker->jobs[i]->alone = true;
	worker_forget(worker, job, pool->settings.slots);
	worker->n_done++;
	if (end == WIRE_END_STOPPED || job->is_stopping)
		job_timed_out(pool, job, client);
	else if (end == WIRE_END_MEMORY && !job->memory_errors++)
		job_retry(pool, job, true);
	else if (end == WIRE_END_MEMORY)
		job_done(job, client, JOB_MEMORY);
	else if (end == WIRE_END_ERROR)
		job_done(job, client, JOB_BROKEN);
	else
		job_done(job, client, JOB_RAN);
}

static struct pool_job *worker_job(const struct pool *pool, const struct worker *worker, uint32_t id)
{
	for (uint32_t i = 0; i < pool->settings.slots; i++)
		if (worker->jobs[i] && worker->jobs[i]->id == id)
			return worker->jobs[i];
	return NULL;
}

static enum err_code on_start_failed(struct pool *pool, struct wire_reader *in, struct err *err)
{
	const char *why = wire_get_text(in, pool->arena);

	return err_set(err, ERR_MISSING, "the JVM %s does not start: %s",
		       pool->settings.libjvm, why);
}

static enum err_code on_message(struct pool *pool, struct worker *worker,
				const struct wire_message *message,
				const struct pool_client *client, struct err *err)
{
	struct wire_reader in = wire_reader(message);
	struct pool_job *job = NULL;

	if (message->kind == WIRE_READY)
		return on_ready(pool, worker, &in, err);
	if (message->kind == WIRE_FAILED)
		return on_start_failed(pool, &in, err);
	job = worker_job(pool, worker, wire_get_u4(&in));
	if (!job)
		return ERR_OK;		/* the end of one that was given up */
	switch (message->kind) {
	case WIRE_STARTED:
		on_started(job, &in, now_ns());
		break;
	case WIRE_FINISHED:
		on_finished(job, &in, now_ns());
		break;
	case WIRE_CONTAINER:
		on_container(job, &in);
		break;
	case WIRE_DONE:
		on_done(pool, worker, job, &in, client);
		break;
	default:
		return err_set(err, ERR_WORKER, "a worker sent a message of kind %u", message->kind);
	}
	return wire_check(&in, err);
}

/* ---- a worker's death ---- */

static void describe_death(struct pool_job *job, int status)
{
	if (status >= 0 && WIFSIGNALED(status))
		job->detail = arena_strfmt(&job->arena, "the JVM died of signal %d (%s)",
					   WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (status >= 0 && WIFEXITED(status))
		job->detail = arena_strfmt(&job->arena, "the JVM left with status %d",
					   WEXITSTATUS(status));
	else
		job->detail = "the JVM died";
}

/* The worker is ended; what it was doing is done again or given up. A job that
 * shared it with others is no suspect before it has failed alone. */
static void worker_lost(struct pool *pool, struct worker *worker, const struct pool_client *client)
{
	int status = worker_end(worker);

	pool->lost++;
	for (uint32_t i = 0; i < pool->settings.slots; i++) {
		struct pool_job *job = worker->jobs[i];
		bool was_alone = worker->n_jobs == 1;

		if (!job)
			continue;
		worker->jobs[i] = NULL;
		job->is_under_way = false;
		if (job->is_stopping) {
			job_timed_out(pool, job, client);
		} else if (was_alone && ++job->crashes >= 2) {
			describe_death(job, status);
			job_done(job, client, JOB_CRASHED);
		} else {
			job_retry(pool, job, true);
		}
	}
	worker->n_jobs = 0;
}

/* A worker past its time: the job that would not stop goes with it, the others
 * are only unlucky. */
static void worker_kill(struct pool *pool, struct worker *worker, const struct pool_client *client)
{
	worker_end(worker);
	pool->lost++;
	for (uint32_t i = 0; i < pool->settings.slots; i++) {
		struct pool_job *job = worker->jobs[i];

		if (!job)
			continue;
		worker->jobs[i] = NULL;
		job->is_under_way = false;
		if (job->is_stopping)
			job_timed_out(pool, job, client);
		else
			job_retry(pool, job, false);
	}
	worker->n_jobs = 0;
}

/* A worker that never got READY. Where the JVM said why (ERR_MISSING) and none
 * was ever up, that is the run's failure; else it is tried again a few times. */
static enum err_code start_failed(struct pool *pool, struct worker *worker, const struct err *why,
				  struct err *err)
{
	worker_end(worker);
	pool->lost++;
	if ((why->code == ERR_MISSING && !pool->was_ever_ready) ||
	    ++pool->start_failures >= START_FAILURES_MAX) {
		*err = *why;
		if (pool->was_ever_ready)
			err->code = ERR_WORKER;
		return err->code;
	}
	return ERR_OK;
}

static void describe_early_death(const struct pool *pool, struct err *why)
{
	if (why->code == ERR_WORKER)
		err_set(why, ERR_WORKER, "the JVM %s dies while it starts; try another with --jvm",
			pool->settings.libjvm);
}

static enum err_code worker_read(struct pool *pool, struct worker *worker,
				 const struct pool_client *client, struct err *err)
{
	struct err why = ERR_INIT;
	struct wire_message message;
	enum err_code code = wire_fill(&worker->wire, &why);

	while (worker->state != WORKER_NONE && wire_next(&worker->wire, &message, &why)) {
		struct err bad = ERR_INIT;

		if (on_message(pool, worker, &message, client, &bad) != ERR_OK) {
			why = bad;
			code = bad.code;
			break;
		}
	}
	if (code == ERR_OK && why.code == ERR_OK) {
		worker_retire_if_idle(worker);
		return ERR_OK;
	}
	if (worker->state == WORKER_STARTING) {
		describe_early_death(pool, &why);
		return start_failed(pool, worker, &why, err);
	}
	worker_lost(pool, worker, client);
	return ERR_OK;
}

/* ---- handing out work ---- */

static enum err_code job_send(struct worker *worker, const struct pool_job *job, struct err *err)
{
	struct wire *wire = &worker->wire;

	wire_begin(wire, WIRE_RUN);
	wire_u4(wire, job->id);
	wire_u1(wire, job->flags);
	wire_text(wire, job->class_name);
	wire_blob(wire, job->class_bytes);
	wire_u4(wire, job->n_groups);
	for (uint32_t i = 0; i < job->n_groups; i++) {
		const struct pool_group *group = &job->groups[i];

		wire_text(wire, group->driver);
		wire_text(wire, group->container);
		wire_u1(wire, group->whole);
		wire_u4(wire, group->n_units);
		for (uint32_t k = 0; k < group->n_units; k++)
			wire_text(wire, group->units[k].id);
	}
	return wire_send(wire, err);
}

static void job_start(struct pool *pool, struct worker *worker, struct pool_job *job,
		      const struct pool_client *client)
{
	struct err err = ERR_INIT;

	job_reset(job);
	job->id = ++pool->last_job;
	job->is_under_way = true;
	job->deadline = now_ns() + (job->n_groups ? job->groups[0].limit_ns : SECOND);
	for (uint32_t i = 0; i < pool->settings.slots; i++) {
		if (worker->jobs[i])
			continue;
		worker->jobs[i] = job;
		break;
	}
	worker->n_jobs++;
	if (job_send(worker, job, &err) != ERR_OK)
		worker_lost(pool, worker, client);
}

static bool worker_takes(const struct pool *pool, const struct worker *worker, bool alone)
{
	if (worker->state != WORKER_READY || worker->retiring)
		return false;
	if (worker->n_jobs == 0)
		return true;
	if (alone || worker->n_jobs == pool->settings.slots)
		return false;
	for (uint32_t i = 0; i < pool->settings.slots; i++)
		if (worker->jobs[i] && worker->jobs[i]->alone)
			return false;
	return true;
}

/* A worker that has grown is replaced before its next job. */
static void check_memory(struct pool *pool, struct worker *worker)
{
	if (!pool->settings.memory_limit || worker->n_done < MEMORY_CHECK_INTERVAL)
		return;
	worker->n_done = 0;
	if (worker_process_memory(worker->pid) <= pool->settings.memory_limit)
		return;
	worker->retiring = true;
	worker_retire_if_idle(worker);
}

static struct worker *find_worker(struct pool *pool, bool alone)
{
	for (uint32_t i = 0; i < pool->settings.workers; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker_takes(pool, worker, alone))
			check_memory(pool, worker);
		if (worker_takes(pool, worker, alone))
			return worker;
	}
	return NULL;
}

/* Starts one more worker where there is none and none is on its way. */
static enum err_code start_another(struct pool *pool, struct err *err)
{
	struct worker *none = NULL;

	for (uint32_t i = 0; i < pool->settings.workers; i++) {
		if (pool->workers[i].state == WORKER_STARTING)
			return ERR_OK;
		if (pool->workers[i].state == WORKER_NONE && !none)
			none = &pool->workers[i];
	}
	return none ? worker_start(pool, none, err) : ERR_OK;
}

static enum err_code hand_out(struct pool *pool, const struct pool_client *client,
			      struct pool_job **waiting, bool *exhausted, struct err *err)
{
	for (;;) {
		bool is_retry = pool->retries != NULL;
		struct pool_job *job;
		struct worker *worker;

		if (!is_retry && !*waiting && !*exhausted) {
			*waiting = client->next(client->context);
			*exhausted = !*waiting;
		}
		job = is_retry ? pool->retries : *waiting;
		if (!job)
			return ERR_OK;
		worker = find_worker(pool, job->alone);
		if (!worker)
			return start_another(pool, err);
		if (is_retry)
			pool->retries = job->next;
		else
			*waiting = NULL;
		job_start(pool, worker, job, client);
	}
}

/* ---- time ---- */

static uint64_t worker_deadline(const struct pool *pool, const struct worker *worker)
{
	uint64_t deadline = NEVER;

	if (worker->state == WORKER_STARTING)
		return worker->start_deadline;
	for (uint32_t i = 0; i < pool->settings.slots && worker->state == WORKER_READY; i++)
		if (worker->jobs[i] && worker->jobs[i]->deadline < deadline)
			deadline = worker->jobs[i]->deadline;
	return deadline;
}

static void stop_late_job(struct pool *pool, struct worker *worker, struct pool_job *job,
			  uint64_t now, const struct pool_client *client)
{
	struct err err = ERR_INIT;

	job->is_stopping = true;
	job->deadline = now + STOP_LIMIT;
	wire_begin(&worker->wire, WIRE_STOP);
	wire_u4(&worker->wire, job->id);
	if (wire_send(&worker->wire, &err) != ERR_OK)
		worker_lost(pool, worker, client);
}

static enum err_code check_deadlines(struct pool *pool, const struct pool_client *client,
				     struct err *err)
{
	uint64_t now = now_ns();

	for (uint32_t w = 0; w < pool->settings.workers; w++) {
		struct worker *worker = &pool->workers[w];
		struct err why = ERR_INIT;

		if (worker_deadline(pool, worker) > now)
			continue;
		if (worker->state == WORKER_STARTING) {
			err_set(&why, ERR_WORKER, "the JVM %s is not up after %llu s",
				pool->settings.libjvm, START_LIMIT / SECOND);
			TRY(start_failed(pool, worker, &why, err));
			continue;
		}
		for (uint32_t i = 0; i < pool->settings.slots; i++) {
			struct pool_job *job = worker->jobs[i];

			if (!job || job->deadline > now)
				continue;
			if (job->is_stopping) {
				worker_kill(pool, worker, client);
				break;
			}
			stop_late_job(pool, worker, job, now, client);
			if (worker->state != WORKER_READY)
				break;
		}
	}
	return ERR_OK;
}

/* Waits until a worker has something to say, a deadline has passed, or the
 * user interrupts; fills pool->polls ([workers] is the interrupt). */
static enum err_code wait_for_something(struct pool *pool, uint64_t deadline, struct err *err)
{
	uint32_t n = pool->settings.workers;
	uint64_t now = now_ns();
	int wait = -1;

	for (uint32_t i = 0; i < n; i++) {
		struct worker *worker = &pool->workers[i];
		uint64_t due = worker_deadline(pool, worker);

		pool->polls[i].fd = worker->state == WORKER_NONE ? -1 : worker->wire.fd;
		pool->polls[i].events = POLLIN;
		pool->polls[i].revents = 0;
		if (due < deadline)
			deadline = due;
	}
	pool->polls[n] = (struct pollfd){ pool->settings.interrupt_fd, POLLIN, 0 };
	if (deadline != NEVER) {
		uint64_t left = deadline > now ? (deadline - now) / 1000000 + 1 : 0;

		wait = left > 1000000 ? 1000000 : (int)left;
	}
	if (poll(pool->polls, n + 1, wait) < 0 && errno != EINTR)
		return err_set(err, ERR_IO, "poll: %s", strerror(errno));
	if (pool->polls[n].revents)
		return err_set(err, ERR_STOPPED, "interrupted");
	return ERR_OK;
}

static bool is_busy(const struct pool *pool)
{
	for (uint32_t i = 0; i < pool->settings.workers; i++)
		if (pool->workers[i].n_jobs)
			return true;
	return pool->retries != NULL;
}

enum err_code pool_run(struct pool *pool, const struct pool_client *client, struct err *err)
{
	struct pool_job *waiting = NULL;
	bool exhausted = false;

	for (;;) {
		TRY(hand_out(pool, client, &waiting, &exhausted, err));
		if (exhausted && !waiting && !is_busy(pool))
			return ERR_OK;
		TRY(wait_for_something(pool, NEVER, err));
		for (uint32_t i = 0; i < pool->settings.workers; i++)
			if (pool->polls[i].revents && pool->workers[i].state != WORKER_NONE)
				TRY(worker_read(pool, &pool->workers[i], client, err));
		TRY(check_deadlines(pool, client, err));
	}
}

/* ---- one worker, one question ---- */

/* The next message of a worker that has no jobs, however long it takes up to
 * the limit. */
static enum err_code ask_receive(struct pool *pool, struct worker *worker, uint64_t limit,
				 struct wire_message *ret, struct err *err)
{
	uint64_t deadline = now_ns() + limit;

	while (!wire_next(&worker->wire, ret, err)) {
		if (err->code != ERR_OK)
			return err->code;
		TRY(wait_for_something(pool, deadline, err));
		if (pool->polls[worker - pool->workers].revents)
			TRY(wire_fill(&worker->wire, err));
		else if (now_ns() >= deadline)
			return err_set(err, ERR_WORKER, "the JVM %s does not answer; try another with --jvm",
				       pool->settings.libjvm);
	}
	return ERR_OK;
}

/* The first worker, up and ready. */
static enum err_code ask_worker(struct pool *pool, struct worker **ret, struct err *err)
{
	const struct pool_client none = { NULL, NULL, NULL };
	struct worker *worker = &pool->workers[0];

	while (worker->state != WORKER_READY) {
		struct wire_message message;
		struct err why = ERR_INIT;
		enum err_code code;

		if (worker->state == WORKER_NONE)
			TRY(worker_start(pool, worker, err));
		code = ask_receive(pool, worker, START_LIMIT, &message, &why);
		if (code == ERR_OK)
			code = on_message(pool, worker, &message, &none, &why);
		if (code == ERR_OK)
			continue;
		if (code == ERR_STOPPED)
			return err_set(err, code, "%s", why.text);
		describe_early_death(pool, &why);
		TRY(start_failed(pool, worker, &why, err));
	}
	*ret = worker;
	return ERR_OK;
}

/* Asks again where the worker was lost over the question. */
static enum err_code ask(struct pool *pool,
			 enum err_code (*question)(struct pool *pool, struct worker *worker,
						   void *context, struct err *err),
			 void *context, struct err *err)
{
	for (unsigned tries = 1;; tries++) {
		struct worker *worker;
		struct err why = ERR_INIT;

		TRY(ask_worker(pool, &worker, err));
		if (question(pool, worker, context, &why) == ERR_OK)
			return ERR_OK;
		if (why.code == ERR_WORKER) {
			worker_end(worker);
			pool->lost++;
		}
		if (why.code != ERR_WORKER || tries == ASK_TRIES_MAX) {
			*err = why;
			return why.code;
		}
	}
}

struct compilation {
	const char *classpath;
	const char *const *sources;
	uint32_t n_sources;
	void (*add)(void *context, const char *name, struct span bytes);
	void *context;
};

static enum err_code ask_compile(struct pool *pool, struct worker *worker, void *context,
				 struct err *err)
{
	const struct compilation *asked = context;
	struct wire_message message;
	struct wire_reader in;
	const char *diagnostics;
	bool compiled;
	uint32_t n;

	wire_begin(&worker->wire, WIRE_COMPILE);
	wire_text(&worker->wire, asked->classpath);
	wire_u4(&worker->wire, asked->n_sources);
	for (uint32_t i = 0; i < asked->n_sources; i++)
		wire_text(&worker->wire, asked->sources[i]);
	TRY(wire_send(&worker->wire, err));
	TRY(ask_receive(pool, worker, DISCOVER_LIMIT, &message, err));
	in = wire_reader(&message);
	if (message.kind != WIRE_COMPILED)
		return err_set(err, ERR_WORKER, "a worker answered a compilation with message %u",
			       message.kind);
	compiled = wire_get_u1(&in);
	diagnostics = wire_get_text(&in, pool->arena);
	if (!in.failed && !compiled)
		return err_set(err, ERR_FORMAT, "%s", diagnostics);
	n = wire_get_count(&in, 8);
	for (uint32_t i = 0; i < n; i++) {
		const char *name = wire_get_text(&in, pool->arena);
		struct span bytes = wire_get_blob(&in);

		asked->add(asked->context, name,
			   (struct span){ arena_memdup(pool->arena, bytes.bytes, bytes.len),
					  bytes.len });
	}
	return wire_check(&in, err);
}

enum err_code pool_compile(struct pool *pool, const char *classpath,
			   const char *const *sources, uint32_t n_sources,
			   void (*add)(void *context, const char *name, struct span bytes),
			   void *context, struct err *err)
{
	struct compilation asked = { classpath, sources, n_sources, add, context };

	return ask(pool, ask_compile, &asked, err);
}

struct discovery {
	const char *const *names;
	uint32_t n_names;
	const struct pool_finder *finder;
};

static enum err_code ask_discover(struct pool *pool, struct worker *worker, void *context,
				  struct err *err)
{
	const struct discovery *asked = context;
	const struct pool_finder *finder = asked->finder;

	finder->start(finder->context);
	wire_begin(&worker->wire, WIRE_DISCOVER);
	wire_u4(&worker->wire, asked->n_names);
	for (uint32_t i = 0; i < asked->n_names; i++)
		wire_text(&worker->wire, asked->names[i]);
	TRY(wire_send(&worker->wire, err));
	for (;;) {
		struct wire_message message;
		struct wire_reader in;
		const char *text[4];

		TRY(ask_receive(pool, worker, DISCOVER_LIMIT, &message, err));
		in = wire_reader(&message);
		if (message.kind == WIRE_DISCOVERED)
			return ERR_OK;
		for (int i = 0; i < (message.kind == WIRE_UNIT ? 4 : 2); i++)
			text[i] = wire_get_text(&in, pool->arena);
		TRY(wire_check(&in, err));
		if (message.kind == WIRE_UNIT)
			finder->unit(finder->context, text[0], text[1], text[2], text[3]);
		else if (message.kind == WIRE_PROBLEM)
			finder->problem(finder->context, text[0], text[1]);
		else
			return err_set(err, ERR_WORKER, "a worker answered a discovery with message %u",
				       message.kind);
	}
}

enum err_code pool_discover(struct pool *pool, const char *const *names, uint32_t n_names,
			    const struct pool_finder *finder, struct err *err)
{
	struct discovery asked = { names, n_names, finder };

	return ask(pool, ask_discover, &asked, err);
}

/* ---- life of the pool ---- */

enum err_code pool_start(struct arena *arena, const struct pool_settings *settings,
			 struct pool **ret, struct err *err)
{
	struct pool *pool = ARENA_NEW(arena, struct pool);

	pool->arena = arena;
	pool->settings = *settings;
	pool->workers = ARENA_NEW_N(arena, struct worker, settings->workers);
	pool->polls = ARENA_NEW_N(arena, struct pollfd, settings->workers + 1);
	pool->java_version = pool->drivers = "";
	buf_init(&pool->table, WIRE_PAYLOAD_MAX);
	for (uint32_t i = 0; i < settings->workers; i++)
		pool->workers[i].jobs = ARENA_NEW_N(arena, struct pool_job *, settings->slots);
	/* Up while the supervisor plans. */
	TRY(worker_start(pool, &pool->workers[0], err));
	*ret = pool;
	return ERR_OK;
}

void pool_set_table(struct pool *pool, struct buf *table)
{
	struct err err = ERR_INIT;

	buf_release(&pool->table);
	pool->table = *table;
	buf_init(table, table->max);
	for (uint32_t i = 0; i < pool->settings.workers; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker->state != WORKER_READY)
			continue;	/* gets it when it is */
		wire_begin(&worker->wire, WIRE_TABLE);
		buf_span(&worker->wire.out, buf_get(&pool->table));
		if (wire_send(&worker->wire, &err) != ERR_OK)
			worker_end(worker);
	}
}

const char *pool_java_version(const struct pool *pool)
{
	return pool->java_version;
}

const char *pool_drivers(const struct pool *pool)
{
	return pool->drivers;
}

void pool_counters(const struct pool *pool, uint32_t *ret_started, uint32_t *ret_lost)
{
	*ret_started = pool->started;
	*ret_lost = pool->lost;
}

void pool_stop(struct pool *pool)
{
	if (!pool)
		return;
	for (uint32_t i = 0; i < pool->settings.workers; i++) {
		struct worker *worker = &pool->workers[i];

		for (uint32_t k = 0; k < pool->settings.slots; k++)
			if (worker->jobs[k])
				arena_release(&worker->jobs[k]->arena);
		worker_end(worker);
	}
	for (struct pool_job *job = pool->retries; job; job = job->next)
		arena_release(&job->arena);
	buf_release(&pool->table);
}
