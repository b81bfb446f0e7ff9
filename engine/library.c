#include "engine/library.h"

#include <string.h>

static bool member_of(const struct body *body, uint32_t i,
		      struct member_ref *ret)
{
	const struct insn *insn = &body->code->insns[i];

	return opcode_is_invoke(insn->opcode) &&
	       insn->opcode != OPC_invokedynamic &&
	       class_member_ref_at(body->class, insn->index, ret) && ret->owner;
}

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

static bool ends_with(const char *text, const char *end)
{
	size_t a = strlen(text), b = strlen(end);

	return a >= b && !strcmp(text + a - b, end);
}

static bool is_one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(text, *list))
			return true;
	return false;
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
		return starts_with(ref->name, "boxTo") ||
		       starts_with(ref->name, "unboxTo");
	if (!strcmp(ref->owner, "kotlin/coroutines/jvm/internal/Boxing"))
		return true;
	if (!strcmp(ref->name, "valueOf"))	/* of a primitive: (I)L...; */
		return is_one_of(ref->owner, wrappers) &&
		       ref->descriptor[2] == ')';
	return ends_with(ref->name, "Value") && ref->descriptor[1] == ')' &&
	       !ref->descriptor[3] &&
	       (is_one_of(ref->owner, wrappers) ||
		!strcmp(ref->owner, "java/lang/Number"));
}

void library_mark_boxing(const struct body *body, bool *marks)
{
	struct member_ref ref;

	for (uint32_t i = 0; i < body->code->n_insns; i++)
		marks[i] = member_of(body, i, &ref) && is_boxing(&ref);
}

/* ---- + on strings ---- */

void library_mark_string_concat(const struct body *body, bool *marks)
{
	(void)body; (void)marks;
}

/* ---- logging ---- */

void library_mark_logging(const struct body *body, bool *marks)
{
	(void)body; (void)marks;
}

/* ---- Kotlin ---- */

/* What kotlinc gives a class without being asked (componentN, copy, equals of
 * a data class ...) has no line numbers; what a person wrote has. */
static bool is_unwritten(const struct body *body)
{
	return body->code->n_lines == 0 &&
	       class_has_annotation(body->class, &body->class->attributes,
				    "Metadata") &&
	       class_source_file(body->class);
}

void library_mark_kotlin(const struct body *body, bool *marks)
{
	struct member_ref ref;
	bool whole = is_unwritten(body) || ends_with(body->method->name, "$default");

	for (uint32_t i = 0; i < body->code->n_insns; i++)
		marks[i] = whole || (member_of(body, i, &ref) &&
				     starts_with(ref.owner, "kotlin/jvm/internal/Intrinsics"));
}
