#include "jni/job.h"

#include <stdlib.h>

#include "jni/agent.h"
#include "jni/call.h"
#include "jni/system_loader.h"
#include "jni/table.h"
#include "util/die.h"

#define CLASS_SIZE_MIN 8	/* of a class in the message */
#define GROUP_SIZE_MIN 13	/* of a group in it */
#define UNIT_SIZE_MIN 12	/* of a unit in that */
#define MS ((uint64_t)1000000)
#define STOP_AGAIN (20 * MS)	/* a `finally` may have swallowed the first */
#define STOP_LATER (1 * MS)	/* it was where it must not be stopped */
#define STOP_ANYWHERE (300 * MS)	/* until then only in the project's own code */
#define STOP_FOR (1000 * MS)

/* --- starting --- */

/* What a WIRE_RUN says, besides what struct job keeps of it. */
struct order {
	const char **names;		/* of classes with other bytes than the table's */
	struct span *bytes;
	uint32_t n_classes;
	struct order_group {
		const char *driver, *container;
		bool whole;
		const char **ids;
		uint64_t *budgets;	/* [n_ids] of loops, 0: none */
		uint32_t n_ids;
	} *groups;
};

static void read_classes(struct wire_reader *in, struct arena *arena, struct order *order)
{
	order->n_classes = wire_get_count(in, CLASS_SIZE_MIN);
	order->names = ARENA_NEW_N(arena, const char *, order->n_classes);
	order->bytes = ARENA_NEW_N(arena, struct span, order->n_classes);
	for (uint32_t i = 0; i < order->n_classes; i++) {
		order->names[i] = wire_get_text(in, arena);
		order->bytes[i] = wire_get_blob(in);
	}
}

static void read_groups(struct wire_reader *in, struct job *job, struct order *order)
{
	struct arena *arena = &job->arena;

	order->groups = ARENA_NEW_N(arena, struct order_group, job->n_groups);
	for (uint32_t i = 0; i < job->n_groups; i++) {
		struct order_group *group = &order->groups[i];

		group->driver = wire_get_text(in, arena);
		group->container = wire_get_text(in, arena);
		group->whole = wire_get_u1(in) != 0;
		group->n_ids = wire_get_count(in, UNIT_SIZE_MIN);
		group->ids = ARENA_NEW_N(arena, const char *, group->n_ids);
		group->budgets = ARENA_NEW_N(arena, uint64_t, group->n_ids);
		for (uint32_t j = 0; j < group->n_ids; j++) {
			group->ids[j] = wire_get_text(in, arena);
			group->budgets[j] = wire_get_u8(in);
		}
		job->n_units += group->n_ids;
	}
}

static enum err_code read_order(struct worker *worker, struct wire_reader *in,
				struct job *job, struct order *order, struct err *err)
{
	struct job_unit *unit;

	job->flags = wire_get_u1(in);
	read_classes(in, &job->arena, order);
	job->n_groups = wire_get_count(in, GROUP_SIZE_MIN);
	read_groups(in, job, order);
	TRY(wire_check(in, err));
	if (!worker->table)
		return err_set(err, ERR_WORKER, "a run before any table of classes");
	if (job->flags & WIRE_RUN_TRACED && !worker->table->is_woven)
		return err_set(err, ERR_WORKER, "a traced run before the woven classes");
	job->group_failed = ARENA_NEW_N(&job->arena, bool, job->n_groups);
	job->units = unit = ARENA_NEW_N(&job->arena, struct job_unit, job->n_units);
	for (uint32_t i = 0; i < job->n_groups; i++)
		for (uint32_t j = 0; j < order->groups[i].n_ids; j++)
			unit++->group = i;
	job->n_counters = worker->table->n_counters;
	if (job->flags & WIRE_RUN_PROBED)
		job->outside = ARENA_NEW_N(&job->arena, uint32_t, job->n_counters);
	return ERR_OK;
}

static enum err_code make_group(struct worker *worker, JNIEnv *env,
				const struct order_group *group, jobject *ret,
				struct err *err)
{
	jstring driver, container;
	jobjectArray ids;
	jlongArray budgets;

	TRY(call_string(env, group->driver, &driver, err));
	TRY(call_string(env, group->container, &container, err));
	TRY(call_strings(env, group->ids, group->n_ids, &ids, err));
	TRY(call_longs(env, group->budgets, group->n_ids, &budgets, err));
	*ret = (*env)->CallObjectMethod(env, worker->harness, worker->group_method,
					driver, container, (jboolean)group->whole, ids, budgets);
	TRY(call_check(env, "Harness.group", err));
	(*env)->DeleteLocalRef(env, driver);
	(*env)->DeleteLocalRef(env, container);
	(*env)->DeleteLocalRef(env, ids);
	(*env)->DeleteLocalRef(env, budgets);
	return ERR_OK;
}

static enum err_code make_thread(struct worker *worker, JNIEnv *env, struct job *job,
				 const struct order *order, struct err *err)
{
	jobjectArray groups, names, bytes;
	jobject thread;

	groups = (*env)->NewObjectArray(env, (jsize)job->n_groups, worker->group_class, NULL);
	TRY(call_check(env, "NewObjectArray", err));
	for (uint32_t i = 0; i < job->n_groups; i++) {
		jobject group;

		TRY(make_group(worker, env, &order->groups[i], &group, err));
		(*env)->SetObjectArrayElement(env, groups, (jsize)i, group);
		(*env)->DeleteLocalRef(env, group);
	}
	TRY(call_strings(env, order->names, order->n_classes, &names, err));
	TRY(call_blobs(env, order->bytes, order->n_classes, &bytes, err));
	thread = (*env)->CallObjectMethod(env, worker->harness, worker->run_method, (jint)job->number,
					  (jint)job->flags,
					  names, bytes, groups);
	TRY(call_check(env, "Harness.run", err));
	job->thread = (*env)->NewGlobalRef(env, thread);
	return ERR_OK;
}

static void list_add(struct worker *worker, struct job *job)
{
	pthread_mutex_lock(&worker->lock);
	for (struct job *other = worker->jobs; other; other = other->next)
		job->overlapped = other->overlapped = true;
	job->exhaustions = atomic_load(&worker->exhaustions);
	job->stops = atomic_load(&worker->stops);
	job->stops_outside = atomic_load(&worker->stops_outside);
	job->next = worker->jobs;
	worker->jobs = job;
	pthread_mutex_unlock(&worker->lock);
}

/* With the lock held. */
static void list_remove(struct worker *worker, struct job *job)
{
	struct job **at = &worker->jobs;

	while (*at != job)
		at = &(*at)->next;
	*at = job->next;
}

static void job_release(JNIEnv *env, struct job *job)
{
	if (job->thread)
		(*env)->DeleteGlobalRef(env, job->thread);
	if (job->loader)
		(*env)->DeleteGlobalRef(env, job->loader);
	arena_release(&job->arena);
	free(job);
}

static enum err_code start_thread(struct worker *worker, JNIEnv *env,
				  struct job *job, struct err *err)
{
	enum err_code code;

	list_add(worker, job);
	(*env)->CallVoidMethod(env, job->thread, worker->start_method);
	code = call_check(env, "Thread.start", err);
	if (code != ERR_OK) {
		pthread_mutex_lock(&worker->lock);
		list_remove(worker, job);
		pthread_mutex_unlock(&worker->lock);
	}
	return code;
}

static void report_no_start(struct worker *worker, uint32_t number, bool exhausted,
			    const char *why)
{
	struct wire *out = context_begin(worker, WIRE_DONE);

	wire_u4(out, number);
	wire_u1(out, exhausted ? WIRE_END_MEMORY : WIRE_END_ERROR);
	wire_u8(out, 0);
	wire_u8(out, 0);
	wire_u4(out, 0);
	wire_text(out, why);
	wire_u4(out, 0);
	wire_u4(out, 0);
	wire_u4(out, 0);
	context_send(worker);
}

void job_start(struct worker *worker, JNIEnv *env, const struct wire_message *message)
{
	struct wire_reader in = wire_reader(message);
	unsigned exhaustions = atomic_load(&worker->exhaustions);
	struct job *job = calloc(1, sizeof(*job));
	struct order order = { 0 };
	struct err err = ERR_INIT;
	enum err_code code;
	uint32_t number;

	if (!job)
		die_out_of_memory();
	job->number = number = wire_get_u4(&in);
	code = read_order(worker, &in, job, &order, &err);
	if (code == ERR_OK)
		code = make_thread(worker, env, job, &order, &err);
	if (code == ERR_OK)
		code = start_thread(worker, env, job, &err);
	if (code != ERR_OK) {
		job_release(env, job);
		report_no_start(worker, number,
				atomic_load(&worker->exhaustions) != exhaustions, err.text);
	}
}

/* --- running --- */

struct job *job_find(struct worker *worker, uint32_t number)
{
	struct job *job = worker->jobs;

	while (job && job->number != number)
		job = job->next;
	return job;
}

void job_touch(struct job *job, uint64_t what)
{
	for (uint32_t i = 0; i < job->n_touched; i++)
		if (job->touched[i] == what || job->touched[i] == WIRE_TOUCHED_MANY)
			return;
	if (job->n_touched == JOB_TOUCHED_MAX - 1)
		what = WIRE_TOUCHED_MANY;
	job->touched[job->n_touched++] = what;
	job->touched_place |= what != WIRE_TOUCHED_JVM;
}

bool job_end_sockets(struct worker *worker, uint32_t number, bool left_threads)
{
	struct sockets sockets;
	struct job *job;
	bool any;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	any = job && !job->overlapped && (left_threads || job->sockets.n_ports);
	if (any)
		sockets = job->sockets;
	pthread_mutex_unlock(&worker->lock);
	return !any || sockets_end(&sockets);
}

uint64_t job_cpu(struct worker *worker, const struct job *job)
{
	return clocks_read(job->clock) + (job->overlapped ? 0 : clocks_used(&worker->clocks));
}

static struct job *enter(struct worker *worker, JNIEnv *env, uint32_t number, jobject run)
{
	jobject loader = (*env)->GetObjectField(env, run, worker->run_loader);
	struct job *job;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (!job)
		BUG("run %u is not in the list", number);
	pthread_getcpuclockid(pthread_self(), &job->clock);
	clocks_leave_out(&worker->clocks);
	job->wall = context_now();
	job->cpu = job_cpu(worker, job);
	job->loader = (*env)->NewGlobalRef(env, loader);
	job->entered = true;
	pthread_cond_signal(&worker->stop_changed);
	pthread_mutex_unlock(&worker->lock);
	(*env)->DeleteLocalRef(env, loader);
	return job;
}

/* After it nobody stops the thread any more, and no stop is pending for it. */
static void leave(struct worker *worker, JNIEnv *env, struct job *job)
{
	jobject loader;

	pthread_mutex_lock(&worker->lock);
	job->left = true;
	loader = job->loader;
	job->loader = NULL;
	pthread_mutex_unlock(&worker->lock);
	(*env)->DeleteGlobalRef(env, loader);	/* from here on it may go */
	for (int i = 0; i < 2; i++) {
		(*env)->CallStaticVoidMethod(env, worker->harness_class, worker->drain_method);
		call_failed(env);
	}
}

/* Runs the tests; "" or why the harness failed. */
static const char *execute(struct worker *worker, JNIEnv *env, struct job *job,
			   jobject run)
{
	const char *why = "";
	jthrowable thrown;

	(*env)->CallVoidMethod(env, run, worker->execute_method);
	thrown = (*env)->ExceptionOccurred(env);
	(*env)->ExceptionClear(env);
	leave(worker, env, job);
	if (thrown && !(*env)->IsInstanceOf(env, thrown, worker->stop_class))
		why = call_describe(env, thrown, &job->arena);
	(*env)->DeleteLocalRef(env, thrown);
	return why;
}

static enum wire_end how_it_ended(struct worker *worker, const struct job *job,
				  bool all_reported, const char *why)
{
	bool exhausted = atomic_load(&worker->exhaustions) != job->exhaustions;

	if (exhausted && (job->out_of_memory || *why || (job->failed && job->overlapped)))
		return WIRE_END_MEMORY;
	if (job->over_budget)
		return WIRE_END_BUDGET;
	if (*why)
		return WIRE_END_ERROR;
	if (all_reported || (job->failed && job->flags & WIRE_RUN_FAIL_FAST))
		return WIRE_END_RAN;
	return job->stop_asked ? WIRE_END_STOPPED : WIRE_END_RAN;
}

static void report_missing(struct worker *worker, const struct job *job, uint32_t number)
{
	struct wire *out = context_begin(worker, WIRE_FINISHED);

	wire_u4(out, job->number);
	wire_u4(out, number);
	wire_u1(out, WIRE_MISSING);
	wire_u8(out, 0);
	wire_u8(out, 0);
	wire_text(out, "");
	wire_u4(out, 0);
	wire_u1(out, job->touched_place);
	context_queue(worker);
}

/* Units that nobody reported: lost, if the run came to its own end. */
static bool is_lost(const struct job *job, const struct job_unit *unit)
{
	return !unit->reported && !job->group_failed[unit->group];
}

static void report_done(struct worker *worker, struct job *job, const char *why,
			const char *detail, uint32_t left)
{
	bool all_reported = true;
	enum wire_end end;
	uint64_t cpu = job_cpu(worker, job);
	uint32_t n = 0;
	struct wire *out;

	for (uint32_t i = 0; i < job->n_units; i++)
		all_reported &= !is_lost(job, &job->units[i]);
	end = how_it_ended(worker, job, all_reported, why);
	if (end == WIRE_END_RAN && !(job->failed && job->flags & WIRE_RUN_FAIL_FAST))
		for (uint32_t i = 0; i < job->n_units; i++)
			if (is_lost(job, &job->units[i]))
				report_missing(worker, job, i);
	for (uint32_t i = 0; job->outside && i < job->n_counters; i++)
		n += job->outside[i] != 0;
	out = context_begin(worker, WIRE_DONE);
	wire_u4(out, job->number);
	wire_u1(out, (uint8_t)end);
	wire_u8(out, context_now() - job->wall);
	wire_u8(out, cpu > job->cpu ? cpu - job->cpu : 0);
	wire_u4(out, left);
	wire_text(out, detail);
	wire_u4(out, n);
	for (uint32_t i = 0; job->outside && i < job->n_counters; i++)
		if (job->outside[i]) {
			wire_u4(out, i);
			wire_u4(out, job->outside[i]);
		}
	wire_u4(out, job->n_touched);
	for (uint32_t i = 0; i < job->n_touched; i++)
		wire_u8(out, job->touched[i]);
	wire_u4(out, job->n_copies);
	for (uint32_t i = 0; i < job->n_copies; i++)
		wire_text(out, job->copies[i]);
	context_send(worker);
}

/* Whether stopping a thread has broken what other runs need, too. */
static bool has_broken(struct worker *worker, JNIEnv *env, const struct job *job)
{
	uint32_t broken;

	if (atomic_load(&worker->stops) == job->stops)
		return false;
	broken = agent_broken_classes(worker, env);
	return atomic_exchange(&worker->broken, broken) < broken;
}

/* Whether it may have come to no end because of what an earlier stop left undone, a
 * lock of a library's say. Where it is tried again, that must not be in this worker. */
static bool is_in_doubt(const struct job *job)
{
	return job->stop_asked && job->stops_outside;
}

/* What the run leaves behind, as WIRE_DONE tells it. */
static uint32_t clean_up(struct worker *worker, JNIEnv *env, struct job *job, jobject run,
			 const char **why)
{
	jint left = (*env)->CallIntMethod(env, run, worker->clean_up_method);

	if (call_failed(env))
		left = 1;	/* unknown: better a fresh worker */
	if ((uint32_t)left == WIRE_LEFT_CLASSES) {
		*why = "classes of the run are held by what all runs share";
		return WIRE_LEFT_CLASSES;
	}
	if (has_broken(worker, env, job)) {
		*why = "a thread was stopped while it initialised a class that all runs share";
		return (uint32_t)left + 1;
	}
	return (uint32_t)left + is_in_doubt(job);
}

void job_work(struct worker *worker, JNIEnv *env, uint32_t number, jobject run)
{
	struct job *job = enter(worker, env, number, run);
	const char *why, *remark;
	uint32_t left;

	if ((*env)->PushLocalFrame(env, 32) != 0)
		call_failed(env);	/* then the references live until the thread ends */
	why = execute(worker, env, job, run);
	remark = why;
	left = clean_up(worker, env, job, run, &remark);
	if (job->flags & WIRE_RUN_PROBED)
		job->copies = system_loader_copies(worker, env, &job->arena, &job->n_copies);
	pthread_mutex_lock(&worker->lock);
	list_remove(worker, job);
	report_done(worker, job, why, *why ? why : remark, left);
	pthread_mutex_unlock(&worker->lock);
	job_release(env, job);
	(*env)->PopLocalFrame(env, NULL);
}

/* --- stopping --- */

void job_stop(struct worker *worker, uint32_t number)
{
	struct job *job;

	pthread_mutex_lock(&worker->lock);
	job = job_find(worker, number);
	if (job && !job->stop_asked) {
		job->stop_asked = true;
		job->stop_next = context_now();
		job->stop_until = job->stop_next + STOP_FOR;
		pthread_cond_signal(&worker->stop_changed);
	}
	pthread_mutex_unlock(&worker->lock);
}

uint64_t job_stop_due(struct worker *worker, JNIEnv *env)
{
	uint64_t now = context_now(), next = UINT64_MAX;

	for (struct job *job = worker->jobs; job; job = job->next) {
		if (!job->stop_asked || !job->entered || job->left || now > job->stop_until)
			continue;
		if (now >= job->stop_next) {
			bool only_inside = now < job->stop_until - STOP_FOR + STOP_ANYWHERE;

			if (!only_inside && !job->overlapped)	/* what it waits for in native code */
				sockets_end(&job->sockets);
			job->stop_next = now + (agent_stop(worker, env, job->thread, job->loader,
							      only_inside ? STOP_INSIDE : STOP_ANYWHERE) ?
						STOP_AGAIN : STOP_LATER);
		}
		if (job->stop_next < next)
			next = job->stop_next;
	}
	return next;
}
