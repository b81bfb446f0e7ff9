#include "jni/compile.h"

#include "jni/call.h"
#include "jni/classes.h"

struct compiled {
	bool success;
	const char *diagnostics;
	uint32_t n;
	const char **names;
	struct span *bytes;
	uint32_t n_texts;	/* of a proposal */
	const char **texts;
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
	TRY(call_ask_strings(env, result, "names", &names, err));
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

/* --- asking --- */

/* A JRE has none, and not even the class to ask. */
static bool has_compiler(JNIEnv *env)
{
	jclass class = (*env)->FindClass(env, "javax/tools/ToolProvider");
	jmethodID id = class ? (*env)->GetStaticMethodID(env, class, "getSystemJavaCompiler",
							 "()Ljavax/tools/JavaCompiler;") : NULL;
	jobject compiler = id ? (*env)->CallStaticObjectMethod(env, class, id) : NULL;

	return !call_failed(env) && compiler;
}

static enum err_code no_compiler(JNIEnv *env, bool proposes, struct arena *arena,
				 struct compiled *ret, struct err *err)
{
	const char *home;

	TRY(call_property(env, "java.home", arena, &home, err));
	ret->diagnostics = arena_strfmt(arena, "the JVM in %s has no compiler: %sname a JDK with --jvm", home,
					proposes ? "" : "compile the sources first, or ");
	return ERR_OK;
}

static enum err_code get_texts(JNIEnv *env, jobject result, struct arena *arena,
			       struct compiled *ret, struct err *err)
{
	jobjectArray texts;

	TRY(call_ask_strings(env, result, "texts", &texts, err));
	ret->n_texts = (uint32_t)(*env)->GetArrayLength(env, texts);
	ret->texts = ARENA_NEW_N(arena, const char *, ret->n_texts);
	for (uint32_t i = 0; i < ret->n_texts; i++) {
		jstring text = (*env)->GetObjectArrayElement(env, texts, (jsize)i);

		ret->texts[i] = call_text(env, text, arena);
		(*env)->DeleteLocalRef(env, text);
	}
	return ERR_OK;
}

/* A class path and a list of texts, given to a static method of `name` that
 * returns one of its own. */
static enum err_code ask(JNIEnv *env, const char *name, const char *method, const char *signature,
			 const char *class_path, const char *const *texts, uint32_t n,
			 jobject *ret, struct err *err)
{
	jobjectArray array;
	jstring path;
	jmethodID id;
	jclass class;

	TRY(call_string(env, class_path, &path, err));
	TRY(call_strings(env, texts, n, &array, err));
	class = (*env)->FindClass(env, name);
	TRY(call_check(env, name, err));
	TRY(call_static_method(env, class, method, signature, &id, err));
	*ret = (*env)->CallStaticObjectMethod(env, class, id, path, array);
	return call_check(env, name, err);
}

#define SIGNATURE(class) "(Ljava/lang/String;[Ljava/lang/String;)L" class ";"

static enum err_code compile(JNIEnv *env, const struct wire_message *message, bool proposes,
			     struct arena *arena, struct compiled *ret, struct err *err)
{
	struct wire_reader in = wire_reader(message);
	const char *class_path = wire_get_text(&in, arena);
	uint32_t n;
	const char **texts = wire_get_texts(&in, arena, &n);
	jobject result;

	TRY(wire_check(&in, err));
	if (!has_compiler(env))
		return no_compiler(env, proposes, arena, ret, err);
	if (proposes) {
		TRY(classes_add_fixer(env, err));
		TRY(ask(env, "varyharness/Fixer", "answer", SIGNATURE("varyharness/Fixer"),
			class_path, texts, n, &result, err));
		TRY(get_texts(env, result, arena, ret, err));
	} else {
		TRY(ask(env, "varyharness/Compiler", "compile", SIGNATURE("varyharness/Compiler"),
			class_path, texts, n, &result, err));
	}
	return get_compiled(env, result, arena, ret, err);
}

static enum err_code answer(struct worker *worker, JNIEnv *env,
			    const struct wire_message *message, bool proposes, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct compiled compiled = { .diagnostics = "" };
	enum err_code code = compile(env, message, proposes, &arena, &compiled, err);

	if (code == ERR_OK) {
		struct wire *out = context_begin(worker, proposes ? WIRE_PROPOSED : WIRE_COMPILED);

		wire_u1(out, compiled.success);
		wire_text(out, compiled.diagnostics);
		wire_u4(out, compiled.n);
		for (uint32_t i = 0; i < compiled.n; i++) {
			wire_text(out, compiled.names[i]);
			wire_blob(out, compiled.bytes[i]);
		}
		if (proposes)
			wire_u4(out, compiled.n_texts);
		for (uint32_t i = 0; i < compiled.n_texts; i++)
			wire_text(out, compiled.texts[i]);
		context_send(worker);
	}
	arena_release(&arena);
	return code;
}

enum err_code compile_sources(struct worker *worker, JNIEnv *env,
			      const struct wire_message *message, struct err *err)
{
	return answer(worker, env, message, false, err);
}

enum err_code compile_proposal(struct worker *worker, JNIEnv *env,
			       const struct wire_message *message, struct err *err)
{
	return answer(worker, env, message, true, err);
}
