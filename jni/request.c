#include "jni/request.h"

#include <unistd.h>

#include "jni/agent.h"
#include "jni/call.h"
#include "jni/class_path.h"
#include "jni/classes.h"
#include "jni/vm.h"
#include "jni/watch.h"
#include "jni/table.h"

void request_failed(struct worker *worker, const char *why)
{
	struct wire *out = context_begin(worker, WIRE_FAILED);

	wire_text(out, why);
	context_send(worker);
}

/* --- start --- */

/* From within the JVM, on whatever thread of its. */
static void dying(void *arg, const char *words)
{
	request_failed(arg, *words ? words : "the JVM ended while it started, without a word");
	_exit(1);
}

static enum err_code send_ready(struct worker *worker, JNIEnv *env, struct arena *arena,
				struct err *err)
{
	const char *version, *name, **drivers;
	jobjectArray list;
	struct wire *out;
	jsize n;

	TRY(call_property(env, "java.version", arena, &version, err));
	TRY(call_property(env, "java.vm.name", arena, &name, err));
	TRY(call_ask_strings(env, worker->harness, "drivers", &list, err));
	n = (*env)->GetArrayLength(env, list);
	drivers = ARENA_NEW_N(arena, const char *, (size_t)n);
	for (jsize i = 0; i < n; i++)
		drivers[i] = call_text(env, (*env)->GetObjectArrayElement(env, list, i), arena);
	out = context_begin(worker, WIRE_READY);
	wire_text(out, version);
	wire_text(out, name);
	wire_u4(out, (uint32_t)n);
	for (jsize i = 0; i < n; i++)
		wire_text(out, drivers[i]);
	context_send(worker);
	return ERR_OK;
}

static enum err_code start_jvm(struct worker *worker, const struct wire_message *message,
			       struct arena *arena, JNIEnv **ret_env, struct err *err)
{
	struct wire_reader in = wire_reader(message);
	uint32_t version = wire_get_u4(&in), n;
	const char *libjvm = wire_get_text(&in, arena);
	const char **options = wire_get_texts(&in, arena, &n);
	const char *class_path = wire_get_text(&in, arena);

	worker->ends_in_order = wire_get_u1(&in) != 0;
	TRY(wire_check(&in, err));
	if (version != WIRE_VERSION)
		return err_set(err, ERR_WORKER, "the supervisor speaks version %u, the worker %u",
			       version, (unsigned)WIRE_VERSION);
	TRY(vm_open(libjvm, options, n, dying, worker, &worker->vm, ret_env, err));
	if (*class_path)
		TRY(class_path_replace(*ret_env, class_path, err));
	TRY(agent_open(worker, err));
	defaults_open(worker, *ret_env);
	watch_open(worker, *ret_env, libjvm);
	TRY(classes_open(worker, *ret_env, err));
	return send_ready(worker, *ret_env, arena, err);
}

enum err_code request_start(struct worker *worker, const struct wire_message *message,
			    JNIEnv **ret_env, struct err *err)
{
	struct arena arena = ARENA_INIT;
	enum err_code code;

	if (worker->vm)
		return err_set(err, ERR_WORKER, "a second start");
	code = start_jvm(worker, message, &arena, ret_env, err);
	arena_release(&arena);
	return code;
}

/* --- table and discovery --- */

static enum err_code redefine_libraries(struct worker *worker, JNIEnv *env, struct err *err)
{
	const struct table *table = worker->table;

	for (uint32_t i = 0; i < table->n_libraries; i++)
		TRY(agent_redefine(worker, env, table->libraries[i].name, table->libraries[i].bytes, err));
	return ERR_OK;
}

enum err_code request_table(struct worker *worker, JNIEnv *env,
			    const struct wire_message *message, struct err *err)
{
	jobjectArray roots;
	struct table *table;

	TRY(table_parse(message, &table, err));
	TRY(call_strings(env, table->roots, table->n_roots, &roots, err));
	(*env)->CallVoidMethod(env, worker->harness, worker->table_method,
			       (jlong)(intptr_t)table, roots, (jint)table->n_counters);
	TRY(call_check(env, "Harness.table", err));
	worker->table = table;
	return redefine_libraries(worker, env, err);
}

enum err_code request_woven(struct worker *worker, JNIEnv *env, const struct wire_message *message,
			    struct err *err)
{
	if (!worker->table)
		return err_set(err, ERR_WORKER, "woven classes before any table of classes");
	TRY(table_weave(worker->table, message, err));
	return redefine_libraries(worker, env, err);
}

static enum err_code discover(struct worker *worker, JNIEnv *env,
			      const struct wire_message *message, struct arena *arena,
			      struct err *err)
{
	struct wire_reader in = wire_reader(message);
	uint32_t n;
	const char **classes = wire_get_texts(&in, arena, &n);
	jobjectArray class_array;
	jstring choice[4];
	const char *texts[4];

	for (int i = 0; i < 4; i++)
		texts[i] = wire_get_text(&in, arena);
	TRY(wire_check(&in, err));
	TRY(call_strings(env, classes, n, &class_array, err));
	for (int i = 0; i < 4; i++)
		TRY(call_string(env, texts[i], &choice[i], err));
	(*env)->CallVoidMethod(env, worker->harness, worker->discover_method, class_array, choice[0],
			       choice[1], choice[2], choice[3]);
	return call_check(env, "discovery", err);
}

static void send_problem(struct worker *worker, const char *why)
{
	struct wire *out = context_begin(worker, WIRE_PROBLEM);

	wire_text(out, "");
	wire_text(out, why);
	context_send(worker);
}

enum err_code request_discover(struct worker *worker, JNIEnv *env,
			       const struct wire_message *message, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct wire *out;

	worker->n_found = 0;
	/* What is found so far stands, whatever a class did to an engine. */
	if (discover(worker, env, message, &arena, err) != ERR_OK)
		send_problem(worker, err->text);
	out = context_begin(worker, WIRE_DISCOVERED);
	wire_u4(out, worker->n_found);
	context_send(worker);
	arena_release(&arena);
	return ERR_OK;
}
