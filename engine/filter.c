#include "engine/filter.h"

#include <string.h>

#include "engine/groovy.h"
#include "engine/javac.h"
#include "engine/kotlin.h"
#include "engine/library.h"
#include "engine/scala.h"

const struct filter_info filter_info[N_FILTERS] = {
#define FILTER(name, typed, says) { typed, says },
#include "engine/filters.def"
#undef FILTER
};

enum filter filter_find(const char *name)
{
	for (unsigned i = 0; i < N_FILTERS; i++) {
		const char *a = name, *b = filter_info[i].name;

		while (*a && (*a == '_' ? '-' : *a) == *b) {
			a++;
			b++;
		}
		if (!*a && !*b)
			return (enum filter)i;
	}
	return N_FILTERS;
}

/* ---- whole methods ---- */

/* A lambda's body is the user's, though the method around it is not. */
static bool is_lambda(const char *name)
{
	return strstr(name, "lambda$") || strstr(name, "$lambda") ||
	       !strncmp(name, "$anonfun$", 9);
}

static bool drops_synthetic(const struct body *body)
{
	const struct member *method = body->method;

	if (body->shared->is_synthetic)
		return true;
	return (method->access & ACCESS_BRIDGE ||
		body_is_synthetic(method->access, &method->attributes)) &&
	       !is_lambda(method->name);
}

static bool drops_generated(const struct body *body)
{
	return body->shared->is_generated ||
	       class_has_annotation(body->class, &body->method->attributes,
				    "Generated");
}

static bool is_method(const struct body *body, const char *name,
		      const char *descriptor)
{
	return !strcmp(body->method->name, name) &&
	       (!descriptor || !strcmp(body->method->descriptor, descriptor));
}

static bool drops_hashcode(const struct body *body)
{
	return is_method(body, "hashCode", "()I");
}

/* values() and valueOf(String) of the enum itself. */
static bool drops_enum_method(const struct body *body)
{
	const struct class *class = body->class;

	if (!(class->access & ACCESS_ENUM) || !class->super_name ||
	    strcmp(class->super_name, "java/lang/Enum") ||
	    !(body->method->access & ACCESS_STATIC))
		return false;
	return is_method(body, "values", NULL)
	       ? !strncmp(body->method->descriptor, "()[", 3)
	       : is_method(body, "$values", NULL) ||
		 (is_method(body, "valueOf", NULL) &&
		  !strncmp(body->method->descriptor, "(Ljava/lang/String;)L", 21));
}

/* An accessor that only reads the component of its name. */
static bool is_plain_accessor(const struct body *body)
{
	const struct code *code = body->code;
	struct member_ref ref;

	return !strncmp(body->method->descriptor, "()", 2) &&
	       code->n_insns == 3 && code->insns[0].opcode == OPC_aload_0 &&
	       code->insns[1].opcode == OPC_getfield &&
	       class_member_ref_at(body->class, code->insns[1].index, &ref) &&
	       !strcmp(ref.name, body->method->name);
}

static bool is_object_methods(const struct body *body)
{
	struct member_ref ref;

	for (uint32_t i = 0; i < body->code->n_insns && i < 4; i++) {
		const struct insn *insn = &body->code->insns[i];

		if (insn->opcode == OPC_invokedynamic &&
		    class_member_ref_at(body->class, insn->index, &ref) &&
		    !strcmp(ref.name, body->method->name))
			return true;
	}
	return false;
}

static bool drops_record_method(const struct body *body)
{
	const char *super_name = body->class->super_name;

	if (!super_name || strcmp(super_name, "java/lang/Record"))
		return false;
	return is_plain_accessor(body) || is_object_methods(body);
}

/* ---- parts of methods ---- */

static void mark_all(const struct body *body, bool *marks)
{
	memset(marks, true, body->code->n_insns * sizeof(*marks));
}

static void mark_synthetic(const struct body *body, bool *marks)
{
	if (drops_synthetic(body))
		mark_all(body, marks);
}

static void mark_generated(const struct body *body, bool *marks)
{
	if (drops_generated(body))
		mark_all(body, marks);
}

static void mark_record_plumbing(const struct body *body, bool *marks)
{
	if (drops_record_method(body))
		mark_all(body, marks);
}

static void mark_enum_plumbing(const struct body *body, bool *marks)
{
	struct member_ref ref;

	if (drops_enum_method(body)) {
		mark_all(body, marks);
		return;
	}
	if (!(body->class->access & ACCESS_ENUM) ||
	    !is_method(body, "<clinit>", NULL))
		return;
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		const struct insn *insn = &body->code->insns[i];

		if (insn->opcode == OPC_invokestatic &&
		    class_member_ref_at(body->class, insn->index, &ref) &&
		    !strcmp(ref.name, "$values"))
			marks[i] = true;
	}
}

static void mark_hashcode(const struct body *body, bool *marks)
{
	if (!drops_hashcode(body))
		return;
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		enum opcode opcode = body->code->insns[i].opcode;

		marks[i] = opcode >= OPC_iadd && opcode <= OPC_lxor;
	}
}

/* finally_copies is done by copies.c; it marks nothing. */
static void (*const marking[N_FILTERS])(const struct body *body, bool *marks) = {
	[FILTER_synthetic] = mark_synthetic,
	[FILTER_enum_plumbing] = mark_enum_plumbing,
	[FILTER_record_plumbing] = mark_record_plumbing,
	[FILTER_generated] = mark_generated,
	[FILTER_try_resources] = javac_mark_try_resources,
	[FILTER_string_switch] = javac_mark_string_switch,
	[FILTER_enum_switch] = javac_mark_enum_switch,
	[FILTER_pattern_switch] = javac_mark_pattern_switch,
	[FILTER_assertions] = javac_mark_assertions,
	[FILTER_foreach] = javac_mark_foreach,
	[FILTER_boxing] = library_mark_boxing,
	[FILTER_string_concat] = library_mark_string_concat,
	[FILTER_logging] = library_mark_logging,
	[FILTER_kotlin] = kotlin_mark,
	[FILTER_scala] = scala_mark,
	[FILTER_groovy] = groovy_mark,
	[FILTER_hashcode] = mark_hashcode,
};

void filter_body(const struct body *body, uint32_t switched_on,
		 enum filter *ret_drops)
{
	uint32_t n = body->code->n_insns;
	bool *marks = ARENA_NEW_N(body->arena, bool, n);

	for (uint32_t i = 0; i < n; i++)
		ret_drops[i] = N_FILTERS;
	for (unsigned filter = 0; filter < N_FILTERS; filter++) {
		if (!marking[filter] || !(switched_on >> filter & 1))
			continue;
		marking[filter](body, marks);
		if (!memchr(marks, true, n))	/* most often */
			continue;
		for (uint32_t i = 0; i < n; i++)
			if (marks[i] && ret_drops[i] == N_FILTERS)
				ret_drops[i] = (enum filter)filter;
		memset(marks, false, n);
	}
}
