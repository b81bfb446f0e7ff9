#include "crew/attempt.h"

#include <string.h>
#include <sys/wait.h>

#include "crew/touched.h"
#include "crew/traces.h"
#include "crew/worker_process.h"
#include "util/die.h"

/* ---- what is asked ---- */

void attempt_reset(struct pool_job *job)
{
	arena_clear(&job->arena);
	job->end = JOB_RAN;
	job->detail = "";
	job->results = ARENA_NEW_N(&job->arena, struct pool_result, job->n_units);
	job->container_failure = NULL;
	job->container_group = 0;
	job->first_failed = job->first_started = job->running = UINT32_MAX;
	job->counts = NULL;
	job->n_counts = 0;
	job->touched = NULL;
	job->n_touched = 0;
	job->copies = NULL;
	job->n_copies = 0;
	job->wall_ns = job->cpu_ns = 0;
	job->is_stopping = false;
}

enum err_code attempt_send(struct worker *worker, const struct pool_job *job, bool is_alone, struct err *err)
{
	struct wire *wire = &worker->wire;

	wire_begin(wire, WIRE_RUN);
	wire_u4(wire, job->id);
	wire_u1(wire, job->flags | (is_alone ? WIRE_RUN_ALONE : 0));
	wire_u4(wire, job->n_classes);
	for (uint32_t i = 0; i < job->n_classes; i++) {
		wire_text(wire, job->classes[i].name);
		wire_blob(wire, job->classes[i].bytes);
	}
	wire_u4(wire, job->n_groups);
	for (uint32_t i = 0; i < job->n_groups; i++) {
		const struct pool_group *group = &job->groups[i];

		wire_text(wire, group->driver);
		wire_text(wire, group->container);
		wire_u1(wire, group->whole);
		wire_u4(wire, group->n_units);
		for (uint32_t k = 0; k < group->n_units; k++) {
			wire_text(wire, group->units[k].id);
			wire_u8(wire, group->units[k].budget);
		}
	}
	return wire_send(wire, err);
}

/* ---- what is heard ---- */

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

static const struct pool_count *read_counts(struct wire_reader *in, struct arena *arena,
					    uint32_t *ret_n)
{
	uint32_t n = wire_get_count(in, 8);
	struct pool_count *counts = ARENA_NEW_N(arena, struct pool_count, n);

	for (uint32_t i = 0; i < n; i++) {
		counts[i].counter = wire_get_u4(in);
		counts[i].count = wire_get_u4(in);
	}
	*ret_n = n;
	return counts;
}

void attempt_expect(const struct worker *worker, struct pool_job *job, uint64_t limit)
{
	if (job->is_stopping)
		return;
	if (!job->timeouts && job->turn > 1)	/* a new JVM has everything to load */
		limit -= job->grace_ns;
	patience_start(&job->patience, limit, crew_now(), worker_process_cpu(worker->pid));
}

static void on_finished(const struct worker *worker, struct pool_job *job, struct wire_reader *in)
{
	uint32_t unit = wire_get_u4(in);
	uint8_t result = wire_get_u1(in);
	uint64_t wall = wire_get_u8(in), cpu = wire_get_u8(in);
	const struct pool_unit *asked;
	struct pool_result *at;

	if (in->failed || unit >= job->n_units || result > WIRE_MISSING) {
		in->failed = true;
		return;
	}
	at = &job->results[unit];
	at->is_there = true;
	at->result = result;
	at->wall_ns = wall;
	at->cpu_ns = cpu;
	at->failure = wire_get_text(in, &job->arena);
	at->counts = read_counts(in, &job->arena, &at->n_counts);
	at->touched_place = wire_get_u1(in);
	if (result == WIRE_FAILED_TEST && job->first_failed == UINT32_MAX)
		job->first_failed = unit;
	attempt_expect(worker, job, group_of_unit(job, unit, &asked)->limit_ns);
}

static void on_started(const struct worker *worker, struct pool_job *job, struct wire_reader *in)
{
	uint32_t unit = wire_get_u4(in);
	const struct pool_unit *asked;

	if (in->failed || unit >= job->n_units) {
		in->failed = true;
		return;
	}
	job->running = unit;
	if (job->first_started == UINT32_MAX)
		job->first_started = unit;
	group_of_unit(job, unit, &asked);
	attempt_expect(worker, job, asked->limit_ns);
}

static void on_trace(struct pool_job *job, struct wire_reader *in)
{
	uint32_t unit = wire_get_u4(in);

	if (in->failed || unit >= job->n_units)
		in->failed = true;
	else
		job->results[unit].trace = traces_read(in, &job->arena);
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

bool attempt_hear(const struct worker *worker, struct pool_job *job, enum wire_kind kind,
		  struct wire_reader *in)
{
	switch (kind) {
	case WIRE_STARTED:
		on_started(worker, job, in);
		return true;
	case WIRE_FINISHED:
		on_finished(worker, job, in);
		return true;
	case WIRE_TRACE:
		on_trace(job, in);
		return true;
	case WIRE_CONTAINER:
		on_container(job, in);
		return true;
	default:
		return false;
	}
}

enum wire_end attempt_hear_end(struct pool_job *job, struct wire_reader *in,
			       uint32_t *ret_left_behind)
{
	enum wire_end end = wire_get_u1(in);

	job->wall_ns = wire_get_u8(in);
	job->cpu_ns = wire_get_u8(in);
	*ret_left_behind = wire_get_u4(in);
	job->detail = wire_get_text(in, &job->arena);
	job->counts = read_counts(in, &job->arena, &job->n_counts);
	job->touched = touched_read(in, &job->arena, &job->n_touched);
	job->copies = wire_get_texts(in, &job->arena, &job->n_copies);
	return end;
}

/* ---- when its worker is lost ---- */

void attempt_describe_death(struct pool_job *job, int status)
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

void attempt_lost(const struct worker *worker, struct pool_job *job)
{
	if (worker->cpu_ns > job->cpu_began)
		job->cpu_ns = (worker->cpu_ns - job->cpu_began) / worker->n_jobs;
	job->is_under_way = false;
}
