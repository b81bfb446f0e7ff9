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

/* A list of texts: u4 n, n x text. */
static const char **get_texts(struct wire_reader *in, struct arena *arena, uint32_t *ret_n)
{
	uint32_t n = wire_get_count(in, 4);
	const char **texts = ARENA_NEW_N(arena, const char *, n);

	for (uint32_t i = 0; i < n; i++)
		texts[i] = wire_get_text(in, arena);
	*ret_n = n;
	return texts;
}

/* Calls an instance or static method without arguments that returns texts. */
static enum err_code ask_strings(JNIEnv *env, jobject object, const char *method,
				 jobjectArray *ret, struct err *err)
{
	jclass class = (*env)->GetObjectClass(env, object);
	jmethodID id;

	TRY(call_method(env, class, method, "()[Ljava/lang/String;", &id, err));
	*ret = (*env)->CallObjectMethod(env, object, id);
	TRY(call_check(env, method, err));
	(*env)->DeleteLocalRef(env, class);
	return ERR_OK;
}

/* --- start --- */

/* From within the JVM, on whatever thread of its. */
static void dying(void *arg, const char *words)
{
	request_failed(arg, *words ? words : "the JVM ended while it started, without a word");
	_exit(1);
}

static enum err_code property(JNIEnv *env, const char *name, struct arena *arena,
			      const char **ret, struct err *err)
{
	jclass class = (*env)->FindClass(env, "java/lang/System");
	jstring key, value;
	jmethodID id;

	TRY(call_check(env, "System", err));
	TRY(call_static_method(env, class, "getProperty",
			       "(Ljava/lang/String;)Ljava/lang/String;", &id, err));
	TRY(call_string(env, name, &key, err));
	value = (*env)->CallStaticObjectMethod(env, class, id, key);
	TRY(call_check(env, name, err));
	*ret = call_text(env, value, arena);
	return ERR_OK;
}

static enum err_code send_ready(struct worker *worker, JNIEnv *env, struct arena *arena,
				struct err *err)
{
	const char *version, *name, **drivers;
	jobjectArray list;
	struct wire *out;
	jsize n;

	TRY(property(env, "java.version", arena, &version, err));
	TRY(property(env, "java.vm.name", arena, &name, err));
	TRY(ask_strings(env, worker->harness, "drivers", &list, err));
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
	const char **options = get_texts(&in, arena, &n);
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

/* --- compile --- */

struct compiled {
	bool success;
	const char *diagnostics;
	uint32_t n;
	const char **names;
	struct span *bytes;
};

static enum err_code get_class_bytes(JNIEnv *env, jobject result, jmethodID bytes_method,
				     jstring name, struct arena *arena, struct span *ret,
				     struct err *err)
{
	jbyteArray array = (*env)->CallObjectMethod(env, result, bytes_method, name);
	uint8_t *bytes;
	jsize len;

	TRY(call_check(env, "Compiler.bytes", err));
	len = (*env)->GetArrayLength(env, array);
	bytes = arena_alloc(arena, (size_t)len);
	(*env)->GetByteArrayRegion(env, array, 0, len, (jbyte *)bytes);
	(*env)->DeleteLocalRef(env, array);
	*ret = (struct span){ bytes, (size_t)len };
	return ERR_OK;
}

static enum err_code get_compiled(JNIEnv *env, jobject result, struct arena *arena,
				  struct compiled *ret, struct err *err)
{
	jmethodID success, diagnostics, bytes;
	jobjectArray names;
	jclass class = (*env)->GetObjectClass(env, result);

	TRY(call_method(env, class, "success", "()Z", &success, err));
	TRY(call_method(env, class, "diagnostics", "()Ljava/lang/String;", &diagnostics, err));
	TRY(call_method(env, class, "bytes", "(Ljava/lang/String;)[B", &bytes, err));
	ret->success = (*env)->CallBooleanMethod(env, result, success);
	TRY(call_check(env, "Compiler.success", err));
	ret->diagnostics = call_text(env, (*env)->CallObjectMethod(env, result, diagnostics), arena);
	TRY(call_check(env, "Compiler.diagnostics", err));
	TRY(ask_strings(env, result, "names", &names, err));
	ret->n = (uint32_t)(*env)->GetArrayLength(env, names);
	ret->names = ARENA_NEW_N(arena, const char *, ret->n);
	ret->bytes = ARENA_NEW_N(arena, struct span, ret->n);
	for (uint32_t i = 0; i < ret->n; i++) {
		jstring name = (*env)->GetObjectArrayElement(env, names, (jsize)i);

		ret->names[i] = call_text(env, name, arena);
		TRY(get_class_bytes(env, result, bytes, name, arena, &ret->bytes[i], err));
		(*env)->DeleteLocalRef(env, name);
	}
	return ERR_OK;
}

/* A JRE has none, and not even the class to ask. */
static bool has_compiler(JNIEnv *env)
{
	jclass class = (*env)->FindClass(env, "javax/tools/ToolProvider");
	jmethodID id = class ? (*env)->GetStaticMethodID(env, class, "getSystemJavaCompiler",
							 "()Ljavax/tools/JavaCompiler;") : NULL;
	jobject compiler = id ? (*env)->CallStaticObjectMethod(env, class, id) : NULL;

	return !call_failed(env) && compiler;
}

static enum err_code no_compiler(JNIEnv *env, struct arena *arena, struct compiled *ret,
				 struct err *err)
{
	const char *home;

	TRY(property(env, "java.home", arena, &home, err));
	ret->diagnostics = arena_strfmt(arena, "the JVM in %s has no compiler: compile the sources "
					"first, or name a JDK with --jvm", home);
	return ERR_OK;
}

static enum err_code compile(JNIEnv *env, const struct wire_message *message,
			     struct arena *arena, struct compiled *ret, struct err *err)
{
	struct wire_reader in = wire_reader(message);
	const char *class_path = wire_get_text(&in, arena);
	uint32_t n;
	const char **sources = get_texts(&in, arena, &n);
	jobjectArray source_array;
	jstring path_string;
	jmethodID id;
	jobject result;
	jclass class;

	TRY(wire_check(&in, err));
	if (!has_compiler(env))
		return no_compiler(env, arena, ret, err);
	TRY(call_string(env, class_path, &path_string, err));
	TRY(call_strings(env, sources, n, &source_array, err));
	class = (*env)->FindClass(env, "varyharness/Compiler");
	TRY(call_check(env, "varyharness.Compiler", err));
	TRY(call_static_method(env, class, "compile",
			       "(Ljava/lang/String;[Ljava/lang/String;)Lvaryharness/Compiler;",
			       &id, err));
	result = (*env)->CallStaticObjectMethod(env, class, id, path_string, source_array);
	TRY(call_check(env, "the compiler", err));
	return get_compiled(env, result, arena, ret, err);
}

enum err_code request_compile(struct worker *worker, JNIEnv *env,
			      const struct wire_message *message, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct compiled compiled = { false, "", 0, NULL, NULL };
	enum err_code code = compile(env, message, &arena, &compiled, err);

	if (code == ERR_OK) {
		struct wire *out = context_begin(worker, WIRE_COMPILED);

		wire_u1(out, compiled.success);
		wire_text(out, compiled.diagnostics);
		wire_u4(out, compiled.n);
		for (uint32_t i = 0; i < compiled.n; i++) {
			wire_text(out, compiled.names[i]);
			wire_blob(out, compiled.bytes[i]);
		}
		context_send(worker);
	}
	arena_release(&arena);
	return code;
}

/* --- table and discovery --- */

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
	return ERR_OK;
}

static enum err_code discover(struct worker *worker, JNIEnv *env,
			      const struct wire_message *message, struct arena *arena,
			      struct err *err)
{
	struct wire_reader in = wire_reader(message);
	uint32_t n;
	const char **classes = get_texts(&in, arena, &n);
	jobjectArray class_array;

	TRY(wire_check(&in, err));
	TRY(call_strings(env, classes, n, &class_array, err));
	(*env)->CallVoidMethod(env, worker->harness, worker->discover_method, class_array);
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
