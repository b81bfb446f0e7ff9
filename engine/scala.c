#include "engine/scala.h"

#include <string.h>

#include "util/name.h"

bool scala_is(const struct class *class)
{
	static const char *const marks[] = { "ScalaSig", "Scala", "ScalaInlineInfo", "TASTY", NULL };

	for (const char *const *mark = marks; *mark; mark++)
		if (attributes_find(&class->attributes, *mark))
			return true;
	return class_has_annotation(class, &class->attributes, "ScalaSignature");
}

static bool calls_owner(const struct body *body, const char *start)
{
	for (uint32_t i = 0; i < body->code->n_insns; i++)
		if (name_starts_with(body_ref_at(body, i).owner, start))
			return true;
	return false;
}

static bool has_local(const struct body *body, const char *name)
{
	for (uint32_t i = 0; i < body->code->n_locals; i++)
		if (!strcmp(body->code->locals[i].name, name))
			return true;
	return false;
}

static bool returns_constant(const struct body *body)
{
	return body->code->n_insns == 2 &&
	       opcode_is_return(body->code->insns[1].opcode);
}

/* ---- whole methods ---- */

static bool is_product(const struct class *class)
{
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		const char *name = class_name_at(class, class->interfaces[i]);

		if (name && !strcmp(name, "scala/Product"))
			return true;
	}
	return false;
}

/* Of a case class or case object, unless a person wrote one of his own. */
static bool is_case_method(const struct body *body)
{
	static const char *const given[] = {
		"copy", "productPrefix", "productArity", "productElement", "productElementName",
		"productElementNames", "productIterator", "canEqual", NULL,
	};
	const char *name = body->method->name;

	if (!is_product(body->class))
		return false;
	if (name_is_one_of(name, given) || name_starts_with(name, "copy$default$"))
		return true;
	if (!strcmp(name, "hashCode") || !strcmp(name, "toString"))
		return returns_constant(body) || calls_owner(body, "scala/runtime/ScalaRunTime") ||
		       calls_owner(body, "scala/runtime/Statics");
	return !strcmp(name, "equals") && has_local(body, "x$1");
}

/* new X(what it was given). */
static bool is_factory(const struct body *body)
{
	const struct code *code = body->code;
	const char *made = code->insns[0].opcode == OPC_new
				   ? class_name_at(body->class, code->insns[0].index) : NULL;
	size_t len = made ? strlen(made) : 0;

	if (!made || strncmp(body->class->name, made, len) || strcmp(body->class->name + len, "$"))
		return false;
	for (uint32_t i = 2; i + 2 < code->n_insns; i++)
		if (!opcode_is_load(code->insns[i].opcode))
			return false;
	return code->n_insns > 3 && code->insns[code->n_insns - 2].opcode == OPC_invokespecial;
}

static bool has_method(const struct class *class, const char *start, const char *end)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (name_starts_with(class->methods[i].name, start) && name_ends_with(class->methods[i].name, end))
			return true;
	return false;
}

static bool is_companion_method(const struct body *body)
{
	static const char constructor_default[] = "$lessinit$greater$default$";
	const char *name = body->method->name;

	if (!name_ends_with(body->class->name, "$"))
		return false;
	if (!strcmp(name, "apply"))
		return is_factory(body);
	if (!strcmp(name, "unapply"))
		return has_local(body, "x$0") || has_local(body, "x$1");
	if (!strcmp(name, "toString"))
		return returns_constant(body);
	/* The default of a parameter of a case class stands in apply() as well. */
	return name_starts_with(name, constructor_default) &&
	       has_method(body->class, "apply$default$", name + strlen(constructor_default));
}

/* static m(a, b) { return X$.MODULE$.m(a, b); } */
static bool is_forwarder(const struct body *body)
{
	const struct code *code = body->code;
	uint32_t n = code->n_insns;
	struct member_ref module = body_ref_at(body, 0);

	if (!(body->method->access & ACCESS_STATIC) || n < 3 ||
	    code->insns[0].opcode != OPC_getstatic || strcmp(module.name, "MODULE$"))
		return false;
	for (uint32_t i = 1; i + 2 < n; i++)
		if (!opcode_is_load(code->insns[i].opcode))
			return false;
	return !strcmp(body_ref_at(body, n - 2).name, body->method->name);
}

/* Of a partial function: the patterns once more, for those who ask first. */
static bool is_defined_at(const struct body *body)
{
	return name_starts_with(body->method->name, "isDefinedAt") && body->class->super_name &&
	       name_starts_with(body->class->super_name, "scala/runtime/AbstractPartialFunction");
}

/* What a method does that only calls another, with what it was given and fields; a
 * name of "" for others. */
static struct member_ref only_call(const struct body *body)
{
	const struct code *code = body->code;
	uint32_t n = code->n_insns;
	struct member_ref none = { .owner = "", .name = "", .descriptor = "" };

	if (n < 3 || !opcode_is_return(code->insns[n - 1].opcode))
		return none;
	for (uint32_t i = 0; i + 2 < n; i++) {
		struct member_ref ref = body_ref_at(body, i);
		bool is_own_field = opcode_is_invoke(code->insns[i].opcode) &&
				    !strcmp(ref.owner, body->class->name) && !strncmp(ref.descriptor, "()", 2);

		if (!opcode_is_load(code->insns[i].opcode) && code->insns[i].opcode != OPC_getstatic &&
		    code->insns[i].opcode != OPC_getfield && !is_own_field)
			return none;
	}
	return body_ref_at(body, n - 2);
}

static bool is_name_and(const char *longer, const char *name, const char *end)
{
	return name_starts_with(longer, name) && !strcmp(longer + strlen(name), end);
}

/* To the body that a trait has for the method (X$class.m before 2.12, X.m$ since), that
 * a value class has in its companion, or that works without boxing. */
static bool is_mixed_in(const struct body *body)
{
	struct member_ref ref = only_call(body);
	const char *name = body->method->name;

	return (name_ends_with(ref.owner, "$class") && !strcmp(ref.name, name)) ||
	       is_name_and(ref.name, name, "$") || is_name_and(name, ref.name, "$") ||
	       is_name_and(ref.name, name, "$extension") ||
	       (!strcmp(ref.owner, body->class->name) && name_starts_with(ref.name, name) &&
		name_starts_with(ref.name + strlen(name), "$mc") && name_ends_with(ref.name, "$sp"));
}

/* The accessor of a val or var. */
static bool is_accessor(const struct body *body)
{
	const struct insn *insns = body->code->insns;
	struct member_ref field;

	return body->code->n_insns == 3 && insns[0].opcode == OPC_aload_0 && insns[1].opcode == OPC_getfield &&
	       !strncmp(body->method->descriptor, "()", 2) &&
	       class_member_ref_at(body->class, insns[1].index, &field) &&
	       !strcmp(field.name, body->method->name);
}

/* Methods with names that only the compiler gives: of value classes, and of calls by
 * reflection. */
static bool is_named_by_compiler(const struct body *body)
{
	static const char *const names[] = { "equals$extension", "hashCode$extension", NULL };

	return name_is_one_of(body->method->name, names) ||
	       name_starts_with(body->method->name, "reflMethod$Method");
}

/* for ((a, b) <- pairs): passes over what is no pair. */
static bool is_pattern_check(const struct body *body)
{
	for (uint32_t i = 0; i < body->code->n_locals; i++)
		if (name_starts_with(body->code->locals[i].name, "check$ifrefutable$"))
			return true;
	return false;
}

/* Of a value class. */
static bool is_value_method(const struct body *body)
{
	static const char *const given[] = { "equals", "hashCode", NULL };

	if (!name_is_one_of(body->method->name, given))
		return false;
	for (uint32_t i = 0; i < body->code->n_insns; i++)
		if (is_name_and(body_ref_at(body, i).name, body->method->name, "$extension"))
			return true;
	return false;
}

/* Of an object X in a class: X(), and X$lzycompute() that makes it when it is first asked for. */
static bool is_module_accessor(const struct body *body)
{
	const char *name = body->method->name;
	size_t len = strlen(name);

	if (name_ends_with(name, "$lzycompute"))
		len -= strlen("$lzycompute");
	for (uint16_t i = 0; i < body->class->n_fields; i++) {
		const char *field = body->class->fields[i].name;

		if (!strncmp(field, name, len) && !strcmp(field + len, "$module"))
			return true;
	}
	return false;
}

static bool is_plumbing_method(const struct body *body)
{
	static const char *const serial[] = { "readResolve", "writeReplace", NULL };

	return is_case_method(body) || is_companion_method(body) || is_forwarder(body) ||
	       is_defined_at(body) || is_mixed_in(body) || is_accessor(body) ||
	       is_named_by_compiler(body) || is_module_accessor(body) || is_pattern_check(body) || is_value_method(body) ||
	       (name_is_one_of(body->method->name, serial) && body->code->n_insns <= 6);
}

/* ---- single instructions ---- */

/* Views that the compiler puts around a value, as boxing is: intWrapper, augmentString ... */
static bool is_view(const struct member_ref *ref)
{
	static const char *const ends[] = {
		"Wrapper", "ArrayOps", "augmentString", "wrapString", "ArrowAssoc", "StringFormat",
		"any2stringadd", "Ensuring", NULL,
	};

	if (strcmp(ref->owner, "scala/Predef$") && strcmp(ref->owner, "scala/LowPriorityImplicits") &&
	    strcmp(ref->owner, "scala/runtime/ScalaRunTime$"))
		return false;
	for (const char *const *end = ends; *end; end++)
		if (name_ends_with(ref->name, *end))
			return true;
	return (name_starts_with(ref->name, "wrap") || name_starts_with(ref->name, "genericWrap")) &&
	       name_ends_with(ref->name, "Array");
}

/* What scalac finds for an implicit parameter, or for one that was left out. */
static bool is_given_argument(const struct member_ref *ref)
{
	return strstr(ref->name, "$default$") != NULL || !strcmp(ref->name, "canBuildFrom") ||
	       (!strcmp(ref->owner, "scala/reflect/ClassTag$") && !strncmp(ref->descriptor, "()", 2));
}

/* The object around a closure or a nested class. */
static bool is_outer(const char *name)
{
	return name_ends_with(name, "$outer");
}

static bool is_plumbing_call(const struct body *body, uint32_t i)
{
	struct member_ref ref = body_ref_at(body, i);

	return opcode_is_invoke(body->code->insns[i].opcode) &&
	       (!strcmp(ref.name, "$init$") || !strcmp(ref.name, "$init") ||
		name_ends_with(ref.name, "$lzycompute") || is_view(&ref) || is_given_argument(&ref) ||
		is_outer(ref.name));
}

/* ---- checks for null ---- */

static bool is_null_jump(const struct body *body, uint32_t i)
{
	enum opcode opcode = i < body->code->n_insns ? body->code->insns[i].opcode : OPC_nop;

	return opcode == OPC_ifnull || opcode == OPC_ifnonnull;
}

static bool is_opcode(const struct body *body, uint32_t i, enum opcode opcode)
{
	return i < body->code->n_insns && body->code->insns[i].opcode == opcode;
}

/* a == b: dup; ifnonnull CALL; pop; load b; ifnull SAME; goto OTHER; CALL: load b; equals.
 * Nobody writes the two checks. */
static bool is_check_of_equality(const struct body *body, uint32_t i)
{
	if (!is_null_jump(body, i))
		return false;
	if (i >= 1 && is_opcode(body, i - 1, OPC_dup) && is_opcode(body, i + 1, OPC_pop))
		return true;
	return i >= 4 && is_opcode(body, i - 4, OPC_dup) && is_null_jump(body, i - 3) &&
	       is_opcode(body, i - 2, OPC_pop) && opcode_is_load(body->code->insns[i - 1].opcode);
}

/* if ($outer == null) throw null, when a closure or nested object is made. */
static bool is_check_of_outer(const struct body *body, uint32_t i)
{
	const struct expr *made = body->express->made[i];
	const struct local_entry *local;

	if (!is_null_jump(body, i) || !made || made->kind != EXPR_CONDITION ||
	    strcmp(body->method->name, "<init>") || made->args[0]->kind != EXPR_LOCAL)
		return false;
	local = code_local(body->code, made->args[0]->pc, made->args[0]->index);
	return local && !strcmp(local->name, "$outer");
}

/* Has the object X in a class been made: X$module == null. */
static bool is_of_module(const struct expr *made)
{
	return made->kind == EXPR_CONDITION && made->args[0]->kind == EXPR_FIELD &&
	       name_ends_with(made->args[0]->ref.name, "$module");
}

/* The flag with which a pattern match goes on at its next case: it has no name, and 0 or 1. */
static bool is_known_flag(const struct body *body, const struct expr *made)
{
	const struct expr *flag = made->kind == EXPR_CONDITION ? made->args[0] : NULL;

	if (!flag || (made->n_args > 1 && made->args[1]->kind != EXPR_NUMBER))
		return false;
	if (flag->kind == EXPR_LOCAL && body->code->n_locals > 0 && flag->stored &&
	    !code_local(body->code, flag->pc, flag->index))
		flag = flag->stored;
	return flag->kind == EXPR_NUMBER;
}

static bool is_plumbing_condition(const struct body *body, uint32_t i)
{
	const struct expr *made = body->express->made[i];

	return is_check_of_equality(body, i) || is_check_of_outer(body, i) ||
	       (made && (is_of_module(made) || is_known_flag(body, made)));
}

/* bitmap$0: whether a lazy value is there already. */
static bool is_of_bitmap(const struct body *body, const struct expr *expr, unsigned depth)
{
	const struct local_entry *local;

	if (!expr || depth == 0)
		return false;
	if (expr->kind == EXPR_FIELD && name_starts_with(expr->ref.name, "bitmap$"))
		return true;
	local = expr->kind == EXPR_LOCAL ? code_local(body->code, expr->pc, expr->index) : NULL;
	if (local)	/* of a lazy value in a method */
		return name_starts_with(local->name, "bitmap$");
	for (uint16_t i = 0; i < expr->n_args; i++)
		if (is_of_bitmap(body, expr->args[i], depth - 1))
			return true;
	return false;
}

void scala_mark(const struct body *body, bool *marks)
{
	bool whole;

	if (!body->shared->is_scala)
		return;
	whole = is_plumbing_method(body);
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		const struct expr *made = body->express->made[i];

		marks[i] = whole || is_plumbing_call(body, i) || is_plumbing_condition(body, i) ||
			   (made && made->kind == EXPR_CONDITION && is_of_bitmap(body, made, 5)) ||
			   (made && made->kind == EXPR_BINARY && is_of_bitmap(body, made, 4));
	}
}
