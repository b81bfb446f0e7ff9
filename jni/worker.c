#include "jni/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "jni/agent.h"
#include "jni/call.h"
#include "jni/compile.h"
#include "jni/context.h"
#include "jni/job.h"
#include "jni/request.h"
#include "util/die.h"

#define CONTROL_STACK ((size_t)16 << 20)	/* javac recurses deeply */
#define STOPPER_STACK ((size_t)1 << 20)
#define RUNS_GONE_NS 500000000ull	/* what an archive is worth waiting for */

/* A message on its way from the reader to control; owns its payload. */
struct request {
	struct request *next;
	struct wire_message message;
};

/* --- the reader's side of the queue --- */

static void queue_push(struct worker *worker, const struct wire_message *message)
{
	struct request *request = calloc(1, sizeof(*request));
	uint8_t *bytes = malloc(message->payload.len + 1);

	if (!request || !bytes)
		die_out_of_memory();
	memcpy(bytes, message->payload.bytes, message->payload.len);
	request->message.kind = message->kind;
	request->message.payload = (struct span){ bytes, message->payload.len };
	pthread_mutex_lock(&worker->queue_lock);
	*worker->requests_end = request;
	worker->requests_end = &request->next;
	worker->n_pending++;
	pthread_cond_signal(&worker->queue_grew);
	pthread_mutex_unlock(&worker->queue_lock);
}

static struct request *queue_pop(struct worker *worker)
{
	struct request *request;

	pthread_mutex_lock(&worker->queue_lock);
	while (!worker->requests)
		pthread_cond_wait(&worker->queue_grew, &worker->queue_lock);
	request = worker->requests;
	worker->requests = request->next;
	if (!worker->requests)
		worker->requests_end = &worker->requests;
	pthread_mutex_unlock(&worker->queue_lock);
	return request;
}

static void queue_done(struct worker *worker, struct request *request)
{
	pthread_mutex_lock(&worker->queue_lock);
	worker->n_pending--;
	pthread_mutex_unlock(&worker->queue_lock);
	free((void *)(uintptr_t)request->message.payload.bytes);
	free(request);
}

/* --- threads --- */

static void start_native_thread(size_t stack, void *(*run)(void *), struct worker *worker)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, stack);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attributes, run, worker) != 0)
		BUG("cannot start a thread");
	pthread_attr_destroy(&attributes);
}

static void *stopper(void *arg)
{
	struct worker *worker = arg;
	void *attached;
	JNIEnv *env;

	if ((*worker->vm)->AttachCurrentThreadAsDaemon(worker->vm, &attached, NULL) != JNI_OK)
		return NULL;	/* runs that must be stopped then cost the worker */
	env = attached;
	clocks_leave_out(&worker->clocks);
	pthread_mutex_lock(&worker->lock);
	for (;;) {
		uint64_t due = job_stop_due(worker, env);
		struct timespec until = { (time_t)(due / 1000000000u), (long)(due % 1000000000u) };

		if (due == UINT64_MAX)
			pthread_cond_wait(&worker->stop_changed, &worker->lock);
		else
			pthread_cond_timedwait(&worker->stop_changed, &worker->lock, &until);
	}
}

/* The JVM leaves an archive of its classes as it ends, in which those that an agent
 * changed must not be. Nor need those of the project: they go with their loaders, and those
 * when the last run's thread is gone, which had still to end when it was done. One that
 * something keeps for good does no harm there: the JVM takes it out again only for a class
 * of the same name, length and checksum. */
static _Noreturn void leave_in_order(struct worker *worker, JNIEnv *env)
{
	if (agent_instruments(worker, env))
		_exit(1);
	(*env)->CallVoidMethod(env, worker->harness, worker->settle_method);
	call_failed(env);
	agent_let_runs_go(worker, env, context_now() + RUNS_GONE_NS);
	(*worker->vm)->DestroyJavaVM(worker->vm);
	_exit(0);
}

/* --- control --- */

static enum err_code serve(struct worker *worker, JNIEnv **env, struct request *request,
			   struct err *err)
{
	struct wire_message *message = &request->message;
	struct wire_reader in = wire_reader(message);

	if (!*env && message->kind != WIRE_START)
		return err_set(err, ERR_WORKER, "message %d before the start", (int)message->kind);
	switch (message->kind) {
	case WIRE_START:
		TRY(request_start(worker, message, env, err));
		start_native_thread(STOPPER_STACK, stopper, worker);
		return ERR_OK;
	case WIRE_COMPILE:
		return compile_sources(worker, *env, message, err);
	case WIRE_PROPOSE:
		return compile_proposal(worker, *env, message, err);
	case WIRE_TABLE: {
		struct wire_message taken = *message;

		message->payload = span_none;	/* the table's now */
		return request_table(worker, *env, &taken, err);
	}
	case WIRE_WOVEN: {
		struct wire_message taken = *message;

		message->payload = span_none;	/* the table's too */
		return request_woven(worker, *env, &taken, err);
	}
	case WIRE_DISCOVER:
		return request_discover(worker, *env, message, err);
	case WIRE_RUN:
		job_start(worker, *env, message);
		return ERR_OK;
	case WIRE_QUIT:
		leave_in_order(worker, *env);
	case WIRE_STOP:
		job_stop(worker, wire_get_u4(&in));
		return wire_check(&in, err);
	default:
		return err_set(err, ERR_WORKER, "a message of unknown kind %d", (int)message->kind);
	}
}

static void *control(void *arg)
{
	struct worker *worker = arg;
	JNIEnv *env = NULL;

	for (;;) {
		struct request *request = queue_pop(worker);
		struct err err = ERR_INIT;
		bool in_frame = env && (*env)->PushLocalFrame(env, 64) == 0;

		if (env && !in_frame)
			call_failed(env);

		if (serve(worker, &env, request, &err) != ERR_OK) {
			request_failed(worker, err.text);
			_exit(1);
		}
		if (in_frame)
			(*env)->PopLocalFrame(env, NULL);
		queue_done(worker, request);
	}
}

/* --- the reader --- */

/* Its own, once there is a JVM; control must be idle. */
static JNIEnv *attach_reader(struct worker *worker)
{
	void *env;

	if (!worker->harness ||
	    (*worker->vm)->AttachCurrentThreadAsDaemon(worker->vm, &env, NULL) != JNI_OK)
		return NULL;
	clocks_leave_out(&worker->clocks);
	return env;
}

static void run(struct worker *worker, JNIEnv *env, const struct wire_message *message)
{
	bool in_frame = (*env)->PushLocalFrame(env, 64) == 0;

	if (!in_frame)
		call_failed(env);
	job_start(worker, env, message);
	if (in_frame)
		(*env)->PopLocalFrame(env, NULL);
}

/* A run while control is idle: one change of threads less for each mutant. */
static bool run_here(struct worker *worker, JNIEnv **env, const struct wire_message *message)
{
	bool idle;

	pthread_mutex_lock(&worker->queue_lock);
	idle = worker->n_pending == 0;
	pthread_mutex_unlock(&worker->queue_lock);
	if (!idle)
		return false;
	if (!*env)
		*env = attach_reader(worker);
	if (!*env)
		return false;
	run(worker, *env, message);
	return true;
}

static void read_messages(struct worker *worker)
{
	struct wire_message message;
	struct err err = ERR_INIT;
	JNIEnv *env = NULL;

	while (wire_receive(&worker->in, &message, &err) == ERR_OK) {
		if (message.kind == WIRE_QUIT && !worker->ends_in_order)
			_exit(0);
		if (message.kind != WIRE_RUN || !run_here(worker, &env, &message))
			queue_push(worker, &message);
	}
}

/* --- the process --- */

static void worker_init(struct worker *worker, int fd)
{
	pthread_condattr_t attributes;

	memset(worker, 0, sizeof(*worker));
	wire_init(&worker->in, fd);
	wire_init(&worker->out, fd);
	worker->requests_end = &worker->requests;
	pthread_mutex_init(&worker->send_lock, NULL);
	pthread_mutex_init(&worker->clocks.lock, NULL);
	pthread_mutex_init(&worker->queue_lock, NULL);
	pthread_mutex_init(&worker->lock, NULL);
	pthread_cond_init(&worker->queue_grew, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->stop_changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

int worker_main(int fd)
{
	const struct rlimit no_core = { 0, 0 };
	struct worker worker;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &no_core);
	fcntl(fd, F_SETFD, FD_CLOEXEC);	/* not for what tests start */
	worker_init(&worker, fd);
	start_native_thread(CONTROL_STACK, control, &worker);
	read_messages(&worker);
	_exit(1);	/* the supervisor is gone */
}

/* HotSpot needs SIGSEGV for itself. What a sanitizer finds at the end of a
 * process does not matter here: a worker leaves by _exit(). */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "handle_segv=0";
}
