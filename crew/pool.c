#include "crew/pool.h"

#include "crew/attempt.h"
#include "crew/places.h"
#include "crew/touched.h"
#include "crew/worker_process.h"

#define SECOND 1000000000ull
#define STOP_LIMIT (3 * SECOND)		/* from STOP to DONE; then the worker is killed */
#define HELD_MAX 64			/* jobs that wait for what others use */
#define MEMORY_CHECK_INTERVAL 64	/* jobs */
#define COMPANY_AFTER (SECOND / 2)	/* of work: less is done sooner by one worker alone,
					   while another JVM would only be starting */

struct pool {
	struct crew *crew;
	const struct pool_client *client;
	struct pool_job *retries;	/* to be done again, each alone in its worker */
	struct pool_job *held;		/* the client's next, in their order: no worker is free, or
					   another job uses what they use */
	uint32_t n_held;
	bool exhausted;			/* the client has no more, until a job or a unit is done */
	uint64_t company_at;		/* when more than one worker may be started */
};

/* ---- jobs: retry, done ---- */

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

	ledger_attempt(&pool->crew->ledger, job);
	job->alone |= alone;
	while (*at)
		at = &(*at)->next;
	job->next = NULL;
	*at = job;
}

static void job_done(struct pool *pool, struct pool_job *job, enum job_end end)
{
	struct arena answer = job->arena;

	job->end = end;
	ledger_job(&pool->crew->ledger, job);
	pool->client->done(pool->client->context, job);	/* may free it */
	arena_release(&answer);
	pool->exhausted = false;
}

/* Where it was to run is no more. */
static void job_gone(struct pool *pool, struct pool_job *job)
{
	attempt_reset(job);
	job_done(pool, job, JOB_GONE);
}

static void job_timed_out(struct pool *pool, struct pool_job *job)
{
	if (++job->timeouts < 2 && !job->once)
		job_retry(pool, job, true);
	else
		job_done(pool, job, JOB_TIMED_OUT);
}

/* ---- messages ---- */

static void on_done(struct pool *pool, struct worker *worker, struct pool_job *job,
		    struct wire_reader *in)
{
	uint32_t left_behind;
	enum wire_end end = attempt_hear_end(job, in, &left_behind);
	bool had_company;

	if (in->failed)
		return;
	if (left_behind || end == WIRE_END_MEMORY)
		worker->retiring = true;
	worker->spoilt |= left_behind == WIRE_LEFT_CLASSES;
	if (end == WIRE_END_MEMORY && worker->n_jobs > 1)
		for (uint32_t i = 0; i < pool->crew->settings.slots; i++)
			if (worker->jobs[i])	/* whoever shared the heap is in doubt too */
				worker->jobs[i]->alone = true;
	had_company = worker->n_jobs > 1;
	worker_forget(worker, job, pool->crew->settings.slots);
	worker->n_done++;
	if (end == WIRE_END_BUDGET)
		job_done(pool, job, JOB_TIMED_OUT);
	else if (end == WIRE_END_STOPPED || job->is_stopping)
		job_timed_out(pool, job);
	else if (end == WIRE_END_MEMORY && !job->memory_errors++ && (had_company || !job->once))
		job_retry(pool, job, true);
	else if (end == WIRE_END_MEMORY)
		job_done(pool, job, JOB_MEMORY);
	else if (end == WIRE_END_ERROR)
		job_done(pool, job, JOB_BROKEN);
	else
		job_done(pool, job, JOB_RAN);
}

static struct pool_job *worker_job(const struct pool *pool, const struct worker *worker, uint32_t id)
{
	for (uint32_t i = 0; i < pool->crew->settings.slots; i++)
		if (worker->jobs[i] && worker->jobs[i]->id == id)
			return worker->jobs[i];
	return NULL;
}

static void unit_done(struct pool *pool, const struct pool_job *job,
		      const struct wire_message *message)
{
	struct wire_reader in = wire_reader(message);

	if (!pool->client->unit_done || job->is_stopping)
		return;
	wire_get_u4(&in);	/* the job */
	pool->client->unit_done(pool->client->context, job, wire_get_u4(&in));
	pool->exhausted = false;
}

static enum err_code on_message(struct pool *pool, struct worker *worker,
				const struct wire_message *message, struct err *err)
{
	struct wire_reader in = wire_reader(message);
	struct pool_job *job = NULL;

	if (worker->state == WORKER_STARTING)
		return crew_hear_start(pool->crew, worker, message, err);
	job = worker_job(pool, worker, wire_get_u4(&in));
	if (!job)
		return ERR_OK;		/* the end of one that was given up */
	if (message->kind == WIRE_DONE)
		on_done(pool, worker, job, &in);
	else if (!attempt_hear(worker, job, message->kind, &in))
		return err_set(err, ERR_WORKER, "a worker sent a message of kind %u", message->kind);
	TRY(wire_check(&in, err));
	if (message->kind == WIRE_FINISHED)
		unit_done(pool, job, message);
	return ERR_OK;
}

/* ---- a worker's death ---- */

/* What the client wants to know of it, nobody can tell any more. */
static void drop_question(struct pool *pool, struct worker *worker)
{
	struct pool_job *question = worker->question;

	worker->question = NULL;
	if (question)
		job_gone(pool, question);
}

/* The worker is ended; what it was doing is done again or given up. A job that
 * shared it with others is no suspect before it has failed alone. */
static void worker_lost(struct pool *pool, struct worker *worker)
{
	int status = crew_lose(pool->crew, worker);

	for (uint32_t i = 0; i < pool->crew->settings.slots; i++) {
		struct pool_job *job = worker->jobs[i];
		bool was_alone = worker->n_jobs == 1;

		if (!job)
			continue;
		worker->jobs[i] = NULL;
		attempt_lost(worker, job);
		if (job->is_stopping) {
			job_timed_out(pool, job);
		} else if (was_alone && (++job->crashes >= 2 || job->once)) {
			attempt_describe_death(job, status);
			job_done(pool, job, JOB_CRASHED);
		} else {
			job_retry(pool, job, true);
		}
	}
	worker->n_jobs = 0;
	drop_question(pool, worker);
}

/* A worker past its time: the job that would not stop goes with it, the others
 * are only unlucky. */
static void worker_kill(struct pool *pool, struct worker *worker)
{
	crew_lose(pool->crew, worker);
	for (uint32_t i = 0; i < pool->crew->settings.slots; i++) {
		struct pool_job *job = worker->jobs[i];

		if (!job)
			continue;
		worker->jobs[i] = NULL;
		attempt_lost(worker, job);
		if (job->is_stopping)
			job_timed_out(pool, job);
		else
			job_retry(pool, job, false);
	}
	worker->n_jobs = 0;
	drop_question(pool, worker);
}

static enum err_code worker_read(struct pool *pool, struct worker *worker,
				 struct err *err)
{
	struct err why = ERR_INIT;
	struct wire_message message;
	enum err_code code = wire_fill(&worker->wire, &why);

	while (worker->state != WORKER_NONE && wire_next(&worker->wire, &message, &why)) {
		struct err bad = ERR_INIT;

		if (on_message(pool, worker, &message, &bad) != ERR_OK) {
			why = bad;
			code = bad.code;
			break;
		}
	}
	if (code == ERR_OK && why.code == ERR_OK)
		return ERR_OK;
	if (worker->state == WORKER_STARTING)
		return crew_start_failed(pool->crew, worker, &why, err);
	worker_lost(pool, worker);
	return ERR_OK;
}

/* ---- handing out work ---- */

static void job_start(struct pool *pool, struct worker *worker, struct pool_job *job)
{
	struct err err = ERR_INIT;

	attempt_reset(job);
	job->id = ++pool->crew->last_job;
	job->is_under_way = true;
	job->ran_in = worker->number;
	job->turn = ++worker->turns;
	attempt_expect(worker, job, job->n_groups ? job->groups[0].limit_ns : job->grace_ns + SECOND);
	for (uint32_t i = 0; i < pool->crew->settings.slots; i++) {
		if (worker->jobs[i])
			continue;
		worker->jobs[i] = job;
		break;
	}
	job->cpu_began = job->patience.cpu;
	worker->n_jobs++;
	if (attempt_send(worker, job, pool->crew->settings.slots == 1, &err) != ERR_OK)
		worker_lost(pool, worker);
}

/* ---- a worker's leave ---- */

/* Of an idle one: true while there is still something to ask it. */
static bool worker_is_asked(struct pool *pool, struct worker *worker)
{
	struct pool_job *question = worker->question;

	if (!question && pool->client->question)
		question = pool->client->question(pool->client->context, worker->number);
	worker->question = question;
	if (!question)
		return false;
	if (!places_blocked(pool->crew, question)) {
		worker->question = NULL;
		job_start(pool, worker, question);
	}
	return true;
}

static void worker_retire_if_idle(struct pool *pool, struct worker *worker)
{
	if (worker->state != WORKER_READY || !worker->retiring || worker->n_jobs)
		return;
	if (worker->spoilt || !worker_is_asked(pool, worker))
		crew_end(pool->crew, worker);
}

/* ---- which worker ---- */

/* A worker that has grown is replaced before its next job. */
static void check_memory(struct pool *pool, struct worker *worker)
{
	if (!pool->crew->settings.memory_limit || worker->n_done < MEMORY_CHECK_INTERVAL)
		return;
	worker->n_done = 0;
	if (worker_process_memory(worker->pid) <= pool->crew->settings.memory_limit)
		return;
	worker->retiring = true;
	worker_retire_if_idle(pool, worker);
}

/* One that is ready and had no job; where there is none, none on its way and no room
 * for another, an idle one goes. */
static struct worker *find_new_worker(struct pool *pool)
{
	struct worker *idle = NULL;
	bool waits = false;

	for (uint32_t i = 0; i < pool->crew->settings.workers; i++) {
		struct worker *worker = &pool->crew->workers[i];

		if (places_takes(pool->crew, worker, true) && !worker->turns)
			return worker;
		waits |= worker->state != WORKER_READY || worker->retiring;
		if (!worker->n_jobs)
			idle = worker;
	}
	if (idle && !waits) {
		idle->retiring = true;
		worker_retire_if_idle(pool, idle);
	}
	return NULL;
}

static struct worker *find_worker(struct pool *pool, bool alone)
{
	for (uint32_t i = 0; i < pool->crew->settings.workers; i++) {
		struct worker *worker = &pool->crew->workers[i];

		if (places_takes(pool->crew, worker, alone))
			check_memory(pool, worker);
		if (places_takes(pool->crew, worker, alone))
			return worker;
	}
	return NULL;
}

/* Starts one more worker unless one is on its way. The first is started at once,
 * others only for work that takes longer than starting them. */
static enum err_code start_another(struct pool *pool, struct err *err)
{
	bool too_early = crew_now() < pool->company_at;
	struct worker *none = NULL;

	for (uint32_t i = 0; i < pool->crew->settings.workers; i++) {
		if (pool->crew->workers[i].state == WORKER_STARTING)
			return ERR_OK;
		if (pool->crew->workers[i].state == WORKER_READY && too_early)
			return ERR_OK;
		if (pool->crew->workers[i].state == WORKER_NONE && !none)
			none = &pool->crew->workers[i];
	}
	return none ? crew_start_worker(pool->crew, none, err) : ERR_OK;
}

static bool is_in(const struct pool_job *list, const struct pool_job *job)
{
	while (list && list != job)
		list = list->next;
	return list != NULL;
}

/* The place of the first that could be under way now, or of the end. */
static struct pool_job **first_free(const struct pool *pool, struct pool_job **at)
{
	while (*at && places_blocked(pool->crew, *at))
		at = &(*at)->next;
	return at;
}

static void take_what_goes_on(struct pool *pool)
{
	const struct pool_client *client = pool->client;

	while (client->goes_on && client->goes_on(client->context)) {
		struct pool_job *job = client->next(client->context);

		if (!job)
			return;
		job->alone |= touched_jvm(job->uses, job->n_uses);
		job->next = pool->held;
		pool->held = job;
		pool->n_held++;
	}
}

/* The place of the job to start next, in its list; *NULL where there is none now. */
static struct pool_job **choose_job(struct pool *pool)
{
	struct pool_job **at = first_free(pool, &pool->retries);

	if (*at)
		return at;
	take_what_goes_on(pool);
	at = first_free(pool, &pool->held);
	while (!*at && !pool->exhausted && pool->n_held < HELD_MAX) {
		*at = pool->client->next(pool->client->context);
		pool->exhausted = !*at;
		if (!*at)
			break;
		pool->n_held++;
		(*at)->alone |= touched_jvm((*at)->uses, (*at)->n_uses);
		at = first_free(pool, at);
	}
	return at;
}

static enum err_code hand_out(struct pool *pool, struct err *err)
{
	for (;;) {
		struct pool_job **at = choose_job(pool), *job = *at;
		struct worker *worker;

		if (!job)
			return ERR_OK;
		worker = job->only_in ? crew_find(pool->crew, job->only_in)
		       : job->anew ? find_new_worker(pool) : find_worker(pool, job->alone);
		if (!worker && !job->only_in)
			return start_another(pool, err);
		pool->n_held -= !is_in(pool->retries, job);
		*at = job->next;
		job->next = NULL;
		if (worker)
			job_start(pool, worker, job);
		else
			job_gone(pool, job);
	}
}

/* ---- time ---- */

static uint64_t worker_deadline(const struct pool *pool, const struct worker *worker)
{
	uint64_t deadline = CREW_NEVER;

	if (worker->state == WORKER_STARTING)
		return worker->start_deadline;
	for (uint32_t i = 0; i < pool->crew->settings.slots && worker->state == WORKER_READY; i++)
		if (worker->jobs[i] && worker->jobs[i]->patience.deadline < deadline)
			deadline = worker->jobs[i]->patience.deadline;
	return deadline;
}

static void stop_late_job(struct pool *pool, struct worker *worker, struct pool_job *job,
			  uint64_t now)
{
	struct err err = ERR_INIT;

	job->is_stopping = true;
	patience_start(&job->patience, STOP_LIMIT, now, 0);
	wire_begin(&worker->wire, WIRE_STOP);
	wire_u4(&worker->wire, job->id);
	if (wire_send(&worker->wire, &err) != ERR_OK)
		worker_lost(pool, worker);
}

static enum err_code check_deadlines(struct pool *pool, struct err *err)
{
	uint32_t slots = pool->crew->settings.slots;
	uint64_t now = crew_now();

	for (uint32_t w = 0; w < pool->crew->settings.workers; w++) {
		struct worker *worker = &pool->crew->workers[w];
		struct err late = { ERR_WORKER, "" };

		if (worker_deadline(pool, worker) > now)
			continue;
		if (worker->state == WORKER_STARTING) {
			TRY(crew_start_failed(pool->crew, worker, &late, err));
			continue;
		}
		for (uint32_t i = 0; i < slots && worker->state == WORKER_READY; i++) {
			struct pool_job *job = worker->jobs[i];

			if (!job || job->patience.deadline > now)
				continue;
			if (job->is_stopping)
				worker_kill(pool, worker);
			else if (patience_is_over(&job->patience, now, worker_process_cpu(worker->pid),
						  worker_process_is_asleep(worker->pid)))
				stop_late_job(pool, worker, job, now);
		}
	}
	return ERR_OK;
}

static uint64_t next_deadline(const struct pool *pool)
{
	uint64_t next = pool->held && crew_now() < pool->company_at ? pool->company_at : CREW_NEVER;

	for (uint32_t i = 0; i < pool->crew->settings.workers; i++) {
		uint64_t deadline = worker_deadline(pool, &pool->crew->workers[i]);

		if (deadline < next)
			next = deadline;
	}
	return next;
}

/* ---- the loop ---- */

/* Whether some worker has still to be asked something. */
static bool ask_all(struct pool *pool)
{
	bool any = false;

	for (uint32_t i = 0; i < pool->crew->settings.workers; i++)
		if (pool->crew->workers[i].state == WORKER_READY && !pool->crew->workers[i].n_jobs)
			any |= worker_is_asked(pool, &pool->crew->workers[i]);
	return any;
}

static bool is_done(const struct pool *pool)
{
	for (uint32_t i = 0; i < pool->crew->settings.workers; i++)
		if (pool->crew->workers[i].n_jobs)
			return false;
	return pool->exhausted && !pool->held && !pool->retries;
}

static enum err_code loop(struct pool *pool, struct err *err)
{
	for (;;) {
		for (uint32_t i = 0; i < pool->crew->settings.workers; i++)
			worker_retire_if_idle(pool, &pool->crew->workers[i]);
		TRY(hand_out(pool, err));
		if (is_done(pool) && !ask_all(pool))
			return ERR_OK;
		TRY(crew_wait(pool->crew, next_deadline(pool), err));
		for (uint32_t i = 0; i < pool->crew->settings.workers; i++)
			if (pool->crew->polls[i].revents &&
			    pool->crew->workers[i].state != WORKER_NONE)
				TRY(worker_read(pool, &pool->crew->workers[i], err));
		TRY(check_deadlines(pool, err));
	}
}

static void abandon_list(struct pool *pool, struct pool_job **list)
{
	while (*list) {
		struct pool_job *job = *list;

		*list = job->next;
		job_done(pool, job, JOB_ABANDONED);
	}
}

/* The run ends early: every job goes back to the client as it is. */
static void abandon_all(struct pool *pool)
{
	for (uint32_t w = 0; w < pool->crew->settings.workers; w++) {
		struct worker *worker = &pool->crew->workers[w];

		for (uint32_t i = 0; i < pool->crew->settings.slots; i++) {
			struct pool_job *job = worker->jobs[i];

			worker->jobs[i] = NULL;
			if (job)
				job_done(pool, job, JOB_ABANDONED);
		}
		worker->n_jobs = 0;
		if (worker->question)
			job_done(pool, worker->question, JOB_ABANDONED);
		worker->question = NULL;
	}
	abandon_list(pool, &pool->retries);
	abandon_list(pool, &pool->held);
}

enum err_code pool_run(struct crew *crew, const struct pool_client *client, struct err *err)
{
	struct pool pool = { .crew = crew, .client = client,
			     .company_at = crew_now() + COMPANY_AFTER };
	enum err_code code = loop(&pool, err);

	if (code != ERR_OK)
		abandon_all(&pool);
	return code;
}
