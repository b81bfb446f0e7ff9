#include "engine/library.h"

#include <string.h>

#include "util/name.h"

static bool member_of(const struct body *body, uint32_t i,
		      struct member_ref *ret)
{
	const struct insn *insn = &body->code->insns[i];

	return opcode_is_invoke(insn->opcode) &&
	       insn->opcode != OPC_invokedynamic &&
	       class_member_ref_at(body->class, insn->index, ret) && ret->owner;
}

/* ---- boxing ---- */

static bool is_boxing(const struct member_ref *ref)
{
	static const char *const wrappers[] = {
		"java/lang/Boolean", "java/lang/Byte", "java/lang/Character",
		"java/lang/Short", "java/lang/Integer", "java/lang/Long",
		"java/lang/Float", "java/lang/Double", NULL,
	};

	if (!strcmp(ref->owner, "scala/runtime/BoxesRunTime"))
		return name_starts_with(ref->name, "boxTo") ||
		       name_starts_with(ref->name, "unboxTo");
	if (!strcmp(ref->owner, "kotlin/coroutines/jvm/internal/Boxing"))
		return true;
	if (!strcmp(ref->name, "valueOf"))	/* of a primitive: (I)L...; */
		return name_is_one_of(ref->owner, wrappers) &&
		       ref->descriptor[2] == ')';
	return name_ends_with(ref->name, "Value") && ref->descriptor[1] == ')' &&
	       !ref->descriptor[3] &&
	       (name_is_one_of(ref->owner, wrappers) ||
		!strcmp(ref->owner, "java/lang/Number"));
}

void library_mark_boxing(const struct body *body, bool *marks)
{
	struct member_ref ref;

	for (uint32_t i = 0; i < body->code->n_insns; i++)
		marks[i] = member_of(body, i, &ref) && is_boxing(&ref);
}

/* ---- + on strings ---- */

/* toString() on a chain of append() on a builder made for it. */
static bool is_built_string(const struct expr *made)
{
	return made && made->kind == EXPR_CALL && made->n_args == 1 &&
	       !strcmp(made->ref.name, "toString") &&
	       made->args[0]->kind == EXPR_CONCAT && !made->args[0]->is_filled;
}

void library_mark_string_concat(const struct body *body, bool *marks)
{
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		const struct expr *made = body->express->made[i];

		if (!is_built_string(made))
			continue;
		marks[i] = true;
		for (const struct expr *part = made->args[0];
		     part && part->kind == EXPR_CONCAT; part = part->args[0])
			marks[part->number] = true;
	}
}

/* ---- logging ---- */

#define LOGGER(name) { name, sizeof(name) - 1 }

static const struct {
	const char *name;	/* a class, or a package up to a slash */
	size_t len;
} loggers[] = {
	LOGGER("android/util/Log"),
	LOGGER("ch/qos/logback/classic/Logger"),
	LOGGER("com/google/common/flogger/"),
	LOGGER("io/github/oshai/kotlinlogging/"),
	LOGGER("java/lang/System$Logger"),
	LOGGER("java/util/logging/Logger"),
	LOGGER("mu/KLogger"),
	LOGGER("org/apache/commons/logging/"),
	LOGGER("org/apache/log4j/Category"),
	LOGGER("org/apache/log4j/LogManager"),
	LOGGER("org/apache/log4j/Logger"),
	LOGGER("org/apache/logging/log4j/"),
	LOGGER("org/jboss/logging/"),
	LOGGER("org/slf4j/"),
	LOGGER("org/tinylog/"),
	LOGGER("timber/log/Timber"),
};

static bool is_logger(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(loggers) / sizeof(loggers[0]); i++) {
		size_t known = loggers[i].len;
		bool is_package = loggers[i].name[known - 1] == '/';

		if ((is_package ? len > known : len == known) &&
		    !memcmp(name, loggers[i].name, known))
			return true;
	}
	return false;
}

/* Of a logging library's own classes the calls are what is to be tested. */
static bool is_same_package(const char *a, const char *b)
{
	const char *slash = strrchr(a, '/');
	size_t len = slash ? (size_t)(slash - a) + 1 : 0;

	return !strncmp(a, b, len) && !strchr(b + len, '/');
}

static bool returns_logger(const char *descriptor)
{
	struct descriptor_type type = descriptor_return(descriptor);

	return type.kind == 'L' && is_logger(type.start + 1, type.len - 2);
}

static bool is_question(const char *name)	/* isDebugEnabled, isLoggable */
{
	return (name_starts_with(name, "is") && name_ends_with(name, "Enabled")) ||
	       name_starts_with(name, "isEnabled") || !strcmp(name, "isLoggable");
}

static bool is_logging(const struct body *body, const struct expr *made)
{
	const struct member_ref *ref = &made->ref;

	if (made->kind != EXPR_CALL || !ref->owner || *ref->name == '<')
		return false;
	if (made->opcode == OPC_invokestatic && returns_logger(ref->descriptor))
		return !is_same_package(body->class->name, ref->owner);
	if (!is_logger(ref->owner, strlen(ref->owner)) ||
	    is_same_package(body->class->name, ref->owner))
		return false;
	return *made->type == 'V' || is_question(ref->name) ||
	       !strcmp(ref->owner, "android/util/Log");
}

void library_mark_logging(const struct body *body, bool *marks)
{
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		const struct expr *made = body->express->made[i];

		if (!made)
			continue;
		if (made->kind == EXPR_CALL && made->number == i &&
		    is_logging(body, made))
			for (uint32_t k = made->first; k <= i; k++)
				marks[k] = true;
		if (made->kind == EXPR_CONDITION &&
		    made->args[0]->kind == EXPR_CALL &&
		    is_logging(body, made->args[0]))
			marks[i] = true;
	}
}
