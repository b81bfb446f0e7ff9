#include "engine/kotlin.h"

#include <string.h>

#include "util/name.h"

bool kotlin_is(const struct class *class)
{
	return class_has_annotation(class, &class->attributes, "Metadata") && class_source_file(class);
}

static bool member_of(const struct body *body, uint32_t i, struct member_ref *ret)
{
	const struct insn *insn = &body->code->insns[i];

	return opcode_is_invoke(insn->opcode) && insn->opcode != OPC_invokedynamic &&
	       class_member_ref_at(body->class, insn->index, ret) && ret->owner;
}

static bool is_call(const struct expr *expr, const char *owner, const char *name)
{
	return expr && expr->kind == EXPR_CALL && expr->ref.owner &&
	       name_starts_with(expr->ref.owner, owner) && !strcmp(expr->ref.name, name);
}

/* ---- whole methods ---- */

/* What kotlinc gives a class without being asked (componentN, copy, equals of
 * a data class ...) has no line numbers; what a person wrote has. */
static bool is_unwritten(const struct body *body)
{
	return body->code->n_lines == 0 && body->shared->is_kotlin;
}

static bool is_intrinsic(const struct member_ref *ref)
{
	return name_starts_with(ref->owner, "kotlin/jvm/internal/Intrinsics") ||
	       !strcmp(ref->name, "closeFinally") ||
	       !strcmp(ref->name, "collectionSizeOrDefault");
}

/* The first instruction after the checks of parameters. */
static uint32_t after_checks(const struct body *body)
{
	struct member_ref ref;
	uint32_t i = 0;

	while (i + 2 < body->code->n_insns && opcode_is_load(body->code->insns[i].opcode) &&
	       member_of(body, i + 2, &ref) && is_intrinsic(&ref))
		i += 3;
	return i;
}

/* Nothing but a call of what `ref` is set to, with what there is to be passed on. */
static bool is_forwarder(const struct body *body, uint32_t first, struct member_ref *ref)
{
	uint32_t n = body->code->n_insns;

	if (first + 2 > n || !opcode_is_return(body->code->insns[n - 1].opcode) ||
	    !member_of(body, n - 2, ref))
		return false;
	for (uint32_t i = first; i + 2 < n; i++)
		if (!opcode_is_load(body->code->insns[i].opcode))
			return false;
	return true;
}

/* Of @JvmStatic: X.Companion.m(...) behind X.m(...). */
static bool calls_companion(const struct body *body)
{
	const struct insn *first = &body->code->insns[0];
	struct member_ref field, ref;
	size_t len = strlen(body->class->name);

	return body->method->access & ACCESS_STATIC && first->opcode == OPC_getstatic &&
	       class_member_ref_at(body->class, first->index, &field) && field.owner &&
	       !strcmp(field.owner, body->class->name) && !strncmp(field.descriptor + 1, field.owner, len) &&
	       field.descriptor[len + 1] == '$' && body->shared->is_kotlin &&
	       is_forwarder(body, 1, &ref) && !strcmp(ref.name, body->method->name);
}

/* To the body of a method of an interface, from a class that implements it or for
 * those that were compiled long ago. */
static bool calls_interface(const struct body *body)
{
	struct member_ref ref;

	if (!is_forwarder(body, after_checks(body), &ref))
		return false;
	return (name_ends_with(ref.owner, "$DefaultImpls") && !strcmp(ref.name, body->method->name)) ||
	       (name_ends_with(body->class->name, "$DefaultImpls") && name_ends_with(ref.name, "$jd"));
}

/* A function handed to Java as an object of another type, in which it is called. */
static bool is_adapter(const struct body *body)
{
	const struct local_entry *first = body->code->n_insns ? code_local(body->code, 0, 0) : NULL;

	return first && !strcmp(first->name, "$tmp0");
}

/* getName for name, isOpen for isOpen; also of a property kept by a delegate. */
static bool is_accessor_name(const char *method, const char *field)
{
	size_t len = strlen(field);

	if (name_ends_with(field, "$delegate"))
		len -= strlen("$delegate");
	if (name_starts_with(field, "is") && !strncmp(method, field, len) && !method[len])
		return true;
	return name_starts_with(method, "get") && len > 0 && strlen(method) == len + 3 &&
	       (method[3] | 32) == (field[0] | 32) && !strncmp(method + 4, field + 1, len - 1);
}

/* The accessor of a property for which nobody wrote one. */
static bool is_given_accessor(const struct body *body)
{
	const struct code *code = body->code;
	uint32_t first = code->n_insns > 0 && code->insns[0].opcode == OPC_aload_0;
	struct member_ref field, ref;

	if (strncmp(body->method->descriptor, "()", 2) || code->n_insns < first + 2 || code->n_insns > 12 ||
	    code->insns[first].opcode != (first ? OPC_getfield : OPC_getstatic) ||
	    !class_member_ref_at(body->class, code->insns[first].index, &field) ||
	    !is_accessor_name(body->method->name, field.name) || !body->shared->is_kotlin)
		return false;
	for (uint32_t i = first + 1; i < code->n_insns; i++)
		if (member_of(body, i, &ref) && !is_intrinsic(&ref) &&
		    (strcmp(ref.name, "getValue") || !name_ends_with(field.name, "$delegate")))
			return false;
	return true;
}

static bool is_plumbing_method(const struct body *body)
{
	return is_unwritten(body) || name_ends_with(body->method->name, "$default") ||
	       calls_companion(body) || calls_interface(body) || is_adapter(body) || is_given_accessor(body);
}

/* ---- checks for null ---- */

/* ifnonnull L; [ldc;] Intrinsics.throwNpe(): of !! and of lateinit. */
static bool guards_intrinsic(const struct body *body, uint32_t i)
{
	const struct insn *insn = &body->code->insns[i];
	struct member_ref ref;

	if (!opcode_is_conditional_jump(insn->opcode))
		return false;
	for (uint32_t k = i + 1; k < body->code->n_insns && k <= i + 2; k++)
		if (member_of(body, k, &ref) && is_intrinsic(&ref) &&
		    name_starts_with(ref.name, "throw"))
			return true;
	return false;
}

/* ---- what was written out in place of a call ---- */

#define INLINED_SUFFIX "$iv"

/* Variables of a library function that kotlinc wrote out in place are called
 * something$iv; what is done with them is the library's code. */
static bool is_inlined(const struct body *body, const struct expr *made)
{
	const struct local_entry *entry;
	const struct expr *receiver;

	if (!made || made->kind != EXPR_CALL || made->n_args == 0)
		return false;
	receiver = made->args[0];
	if (receiver->kind != EXPR_LOCAL)
		return false;
	entry = code_local(body->code, receiver->pc, receiver->index);
	if (!entry && receiver->stored && receiver->stored->kind == EXPR_LOCAL)
		entry = code_local(body->code, receiver->stored->pc,
				   receiver->stored->index);
	return entry && name_ends_with(entry->name, INLINED_SUFFIX);
}

static bool has_inlined_variables(const struct body *body)
{
	for (uint32_t i = 0; i < body->code->n_locals; i++)
		if (name_ends_with(body->code->locals[i].name, INLINED_SUFFIX))
			return true;
	return false;
}

/* The same, as the class itself tells where a line comes from. */
static bool is_from_elsewhere(const struct body *body, uint32_t i)
{
	bool elsewhere;

	if (!body->shared->source_map)
		return false;
	source_map_line(body->shared->source_map, code_line(body->code, body->code->insns[i].pc), &elsewhere);
	return elsewhere;
}

/* toString() of a text: of require(...) { "..." }, whose message may be anything. */
static bool is_text_of_text(const struct expr *made)
{
	const struct expr *of;

	if (!is_call(made, "java/lang/Object", "toString") || made->n_args != 1)
		return false;
	of = made->args[0];
	if (of->kind == EXPR_LOCAL && of->stored)
		of = of->stored;
	return of->kind == EXPR_STRING || of->kind == EXPR_CONCAT ||
	       (of->type && name_starts_with(of->type, "Ljava/lang/String;"));
}

/* ---- loops over ranges ---- */

static bool is_progression_end(const struct expr *expr)
{
	if (expr->kind != EXPR_CALL || !expr->ref.owner)
		return false;
	if (!strcmp(expr->ref.owner, "kotlin/internal/ProgressionUtilKt"))
		return true;
	return name_starts_with(expr->ref.owner, "kotlin/ranges/") &&
	       name_ends_with(expr->ref.owner, "Progression") && name_starts_with(expr->ref.name, "get");
}

/* The bounds of a range that a loop goes through in steps: kept in variables
 * without a name, and compared before the first step and after each. */
static bool is_bound(const struct body *body, const struct expr *expr)
{
	if (expr->kind == EXPR_LOCAL && expr->stored && body->code->n_locals > 0 &&
	    !code_local(body->code, expr->pc, expr->index))
		expr = expr->stored;
	return is_progression_end(expr);
}

/* if (i == last) break; i++: both on the loop's line. What a person wrote of it was
 * compared when the loop began. */
static bool is_end_of_steps(const struct body *body, uint32_t i)
{
	const struct code *code = body->code;
	const struct expr *made = body->express->made[i];
	const struct expr *counter = made->args[0];

	if ((code->insns[i].opcode != OPC_if_icmpeq && code->insns[i].opcode != OPC_if_icmpne) ||
	    counter->kind != EXPR_LOCAL || !body->shared->is_kotlin)
		return false;
	for (uint32_t k = 0; k < code->n_insns; k++)
		if (code->insns[k].opcode == OPC_iinc && code->insns[k].index == counter->index &&
		    (k == i + 1 || code->insns[k].pc == code->insns[i].target) &&
		    code_line(code, code->insns[k].pc) == code_line(code, code->insns[i].pc))
			return true;
	return false;
}

static bool is_stepping(const struct body *body, uint32_t i)
{
	const struct expr *made = body->express->made[i];

	if (!made || made->n_args == 0)
		return false;
	if (made->kind == EXPR_CALL)
		return made->number == i && is_bound(body, made);
	return made->kind == EXPR_CONDITION &&
	       (is_bound(body, made->args[0]) ||
		(made->n_args > 1 && (is_bound(body, made->args[1]) || is_end_of_steps(body, i))));
}

/* ---- coroutines ---- */

static bool is_suspended(const struct expr *expr)
{
	if (expr && expr->kind == EXPR_LOCAL)
		expr = expr->stored;
	return is_call(expr, "kotlin/coroutines/intrinsics/", "getCOROUTINE_SUSPENDED");
}

/* Which step of a suspending function comes next. */
static bool is_label(const struct expr *expr)
{
	return expr->kind == EXPR_FIELD && !strcmp(expr->ref.name, "label") && expr->type && *expr->type == 'I';
}

/* Was the function called, or is it gone on with? Then its own object comes back. */
static bool is_own_continuation(const struct body *body, const struct expr *expr)
{
	const char *class = body->class->name;
	size_t len = strlen(class);

	return expr->kind == EXPR_INSTANCEOF && expr->text && !strncmp(expr->text, class, len) &&
	       expr->text[len] == '$' && strstr(body->method->descriptor, "Lkotlin/coroutines/Continuation;)");
}

static bool is_of_steps(const struct body *body, const struct expr *expr)
{
	return is_suspended(expr) || is_label(expr) || is_own_continuation(body, expr) ||
	       (expr->kind == EXPR_BINARY && is_label(expr->args[0]));
}

static bool is_coroutine_call(const struct expr *made)
{
	return is_suspended(made) || is_call(made, "kotlin/ResultKt", "throwOnFailure") ||
	       (made->ref.owner && name_starts_with(made->ref.owner, "kotlin/coroutines/jvm/internal/"));
}

static bool is_suspending(const struct body *body)
{
	return body->shared->is_kotlin &&
	       (!strcmp(body->method->name, "invokeSuspend") ||
		strstr(body->method->descriptor, "Lkotlin/coroutines/Continuation;)"));
}

static bool is_coroutine_plumbing(const struct body *body, uint32_t i)
{
	const struct expr *made = body->express->made[i];

	if (!made || !is_suspending(body))
		return false;
	if (opcode_is_return(body->code->insns[i].opcode))
		return is_suspended(made);
	if (made->kind == EXPR_CALL)
		return made->number == i && is_coroutine_call(made);
	if (made->kind == EXPR_BINARY)
		return is_label(made->args[0]);
	return made->kind == EXPR_CONDITION &&
	       (is_of_steps(body, made->args[0]) || (made->n_args > 1 && is_of_steps(body, made->args[1])));
}

/* ---- single instructions ---- */

/* What a function returns that returns nothing. */
static bool is_unit(const struct body *body, uint32_t i)
{
	const struct expr *made = body->express->made[i];

	return made && opcode_is_return(body->code->insns[i].opcode) && made->kind == EXPR_FIELD &&
	       made->ref.owner && !strcmp(made->ref.owner, "kotlin/Unit");
}

static bool is_plumbing_call(const struct body *body, uint32_t i)
{
	struct member_ref ref;

	return member_of(body, i, &ref) &&
	       (is_intrinsic(&ref) || !strcmp(ref.owner, "kotlin/enums/EnumEntriesKt") ||
		(is_text_of_text(body->express->made[i]) && body->shared->is_kotlin));
}

void kotlin_mark(const struct body *body, bool *marks)
{
	bool whole = is_plumbing_method(body), may_be_inlined = has_inlined_variables(body);

	for (uint32_t i = 0; i < body->code->n_insns; i++)
		marks[i] = whole || is_plumbing_call(body, i) || guards_intrinsic(body, i) ||
			   (may_be_inlined && is_inlined(body, body->express->made[i])) ||
			   is_from_elsewhere(body, i) ||
			   is_stepping(body, i) || is_coroutine_plumbing(body, i) || is_unit(body, i);
}
