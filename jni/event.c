#include "jni/event.h"

#include "jni/call.h"
#include "jni/job.h"

struct counts {			/* of the probes' counters that are not 0 */
	struct count {
		uint32_t counter, count;
	} *items;
	uint32_t n;
};

static uint32_t count_set(const uint32_t *counters, uint32_t len)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < len; i++)
		n += counters[i] != 0;
	return n;
}

/* Takes the counts out of the array. */
static struct counts collect(JNIEnv *env, jintArray hits, struct arena *arena)
{
	struct counts counts = { NULL, 0 };
	uint32_t len, room;
	uint32_t *counters;

	if (!hits)
		return counts;
	len = (uint32_t)(*env)->GetArrayLength(env, hits);
	counters = (*env)->GetPrimitiveArrayCritical(env, hits, NULL);
	if (!counters)
		return counts;
	room = count_set(counters, len);	/* other threads may add more meanwhile */
	counts.items = ARENA_NEW_N(arena, struct count, room);
	for (uint32_t i = 0; i < len && counts.n < room; i++) {
		if (!counters[i])
			continue;
		counts.items[counts.n++] = (struct count){ i, counters[i] };
		counters[i] = 0;
	}
	(*env)->ReleasePrimitiveArrayCritical(env, hits, counters, 0);
	return counts;
}

static void add_outside(struct job *job, const struct counts *counts)
{
	for (uint32_t i = 0; job->outside && i < counts->n; i++)
		if (counts->items[i].counter < job->n_counters)
			job->outside[counts->items[i].counter] += counts->items[i].count;
}

static void send_started(struct worker *worker, uint32_t job, uint32_t unit)
{
	struct wire *out = context_begin(worker, WIRE_STARTED);

	wire_u4(out, job);
	wire_u4(out, unit);
	context_send(worker);
}

bool event_started(struct worker *worker, JNIEnv *env, uint32_t number,
		   uint32_t unit, jintArray hits)
{
	struct arena arena = ARENA_INIT;
	struct counts counts = collect(env, hits, &arena);
	struct job *job;
	bool end = true;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job) {
		add_outside(job, &counts);
		end = job->stop_asked;
	}
	if (!end && unit < job->n_units && !job->units[unit].started) {
		job->units[unit].started = true;
		send_started(worker, number, unit);
		job->units[unit].wall = context_now();
		job->units[unit].cpu = job_cpu(worker, job);
	}
	pthread_mutex_unlock(&worker->lock);
	arena_release(&arena);
	return end;
}

static void send_finished(struct worker *worker, const struct job *job, uint32_t number,
			  uint8_t result, const char *failure, const struct counts *counts)
{
	const struct job_unit *unit = &job->units[number];
	struct wire *out = context_begin(worker, WIRE_FINISHED);

	wire_u4(out, job->number);
	wire_u4(out, number);
	wire_u1(out, result);
	wire_u8(out, unit->started ? unit->ended_wall - unit->wall : 0);
	wire_u8(out, unit->started && unit->ended_cpu > unit->cpu ? unit->ended_cpu - unit->cpu : 0);
	wire_text(out, failure);
	wire_u4(out, counts->n);
	for (uint32_t i = 0; i < counts->n; i++) {
		wire_u4(out, counts->items[i].counter);
		wire_u4(out, counts->items[i].count);
	}
	wire_u1(out, job->touched_place);
	/* STARTED or DONE follows, and each time the supervisor wakes up costs
	 * both of us; but a failure may be all it waits for. */
	if (result == WIRE_FAILED_TEST)
		context_send(worker);
	else
		context_queue(worker);
}

/* With the lock held. */
static bool finish(struct worker *worker, struct job *job, uint32_t number,
		   uint8_t result, const char *failure, const struct counts *counts)
{
	bool failed = result == WIRE_FAILED_TEST;

	/* Once a stop is under way, a failure may be its doing. */
	if (number >= job->n_units || job->units[number].reported || (failed && job->stop_asked)) {
		add_outside(job, counts);
		return job->stop_asked;
	}
	job->units[number].reported = true;
	job->failed |= failed;
	send_finished(worker, job, number, result, failure, counts);
	return job->stop_asked || (failed && job->flags & WIRE_RUN_FAIL_FAST);
}

/* Collecting from a large project's counters takes longer than a short test, and
 * is no part of it: the clocks are read first. */
static void note_end(struct worker *worker, uint32_t number, uint32_t unit)
{
	struct job *job;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job && unit < job->n_units && !job->units[unit].reported) {
		job->units[unit].ended_wall = context_now();
		job->units[unit].ended_cpu = job_cpu(worker, job);
	}
	pthread_mutex_unlock(&worker->lock);
}

bool event_finished(struct worker *worker, JNIEnv *env, uint32_t number, uint32_t unit,
		    uint8_t result, jstring failure, jintArray hits)
{
	struct arena arena = ARENA_INIT;
	struct counts counts;
	const char *text;
	struct job *job;
	bool end = true;

	note_end(worker, number, unit);
	counts = collect(env, hits, &arena);
	text = call_text(env, failure, &arena);
	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job)
		end = finish(worker, job, unit, result, text, &counts);
	pthread_mutex_unlock(&worker->lock);
	arena_release(&arena);
	return end;
}

void event_trace(struct worker *worker, JNIEnv *env, uint32_t number, uint32_t unit,
		 jbyteArray trace)
{
	jsize len = (*env)->GetArrayLength(env, trace);
	struct arena arena = ARENA_INIT;
	uint8_t *bytes = arena_alloc(&arena, (size_t)len);
	struct wire *out;
	struct job *job;

	note_end(worker, number, unit);
	(*env)->GetByteArrayRegion(env, trace, 0, len, (jbyte *)bytes);
	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job && unit < job->n_units && !job->units[unit].reported) {
		out = context_begin(worker, WIRE_TRACE);
		wire_u4(out, number);
		wire_u4(out, unit);
		buf_bytes(&out->out, bytes, (size_t)len);
		context_queue(worker);
	}
	pthread_mutex_unlock(&worker->lock);
	arena_release(&arena);
}

/* With the lock held. */
static bool fail_container(struct worker *worker, struct job *job, uint32_t group,
			   const char *failure)
{
	struct wire *out;

	if (job->stop_asked || group >= job->n_groups)
		return job->stop_asked;
	job->group_failed[group] = true;
	job->failed = true;
	out = context_begin(worker, WIRE_CONTAINER);
	wire_u4(out, job->number);
	wire_u4(out, group);
	wire_text(out, failure);
	context_send(worker);
	return (job->flags & WIRE_RUN_FAIL_FAST) != 0;
}

bool event_container_failed(struct worker *worker, JNIEnv *env, uint32_t number,
			    uint32_t group, jstring failure)
{
	struct arena arena = ARENA_INIT;
	const char *text = call_text(env, failure, &arena);
	struct job *job;
	bool end = true;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job)
		end = fail_container(worker, job, group, text);
	pthread_mutex_unlock(&worker->lock);
	arena_release(&arena);
	return end;
}

bool event_ends_at_failure(struct worker *worker, uint32_t number)
{
	struct job *job;
	bool ends;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	ends = job && job->flags & WIRE_RUN_FAIL_FAST;
	pthread_mutex_unlock(&worker->lock);
	return ends;
}

void event_out_of_memory(struct worker *worker, uint32_t number)
{
	struct job *job;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job)
		job->out_of_memory = true;
	pthread_mutex_unlock(&worker->lock);
}

void event_over_budget(struct worker *worker, uint32_t number)
{
	struct job *job;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job)
		job->over_budget = true;
	pthread_mutex_unlock(&worker->lock);
}

void event_last_points(struct worker *worker, JNIEnv *env, uint32_t number, jintArray hits)
{
	struct arena arena = ARENA_INIT;
	struct counts counts = collect(env, hits, &arena);
	struct job *job;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job)
		add_outside(job, &counts);
	pthread_mutex_unlock(&worker->lock);
	arena_release(&arena);
}
