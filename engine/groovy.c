#include "engine/groovy.h"

#include <string.h>

#include "util/name.h"

bool groovy_is(const struct class *class)
{
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		const char *name = class_name_at(class, class->interfaces[i]);

		if (name && (name_starts_with(name, "groovy/lang/") ||
			     name_starts_with(name, "org/codehaus/groovy/runtime/")))
			return true;
	}
	return false;
}

/* ---- calls ---- */

/* Conversions that stand for a declared type, as boxing does. */
static bool is_conversion(const struct member_ref *ref)
{
	if (name_ends_with(ref->owner, "/typehandling/DefaultTypeTransformation"))
		return name_ends_with(ref->name, "nbox") || name_ends_with(ref->name, "box");
	if (name_ends_with(ref->owner, "/typehandling/ShortTypeHandling"))
		return true;
	return name_ends_with(ref->owner, "/ScriptBytecodeAdapter") && !strcmp(ref->name, "castToType");
}

/* What `assert` writes down for its message. */
static bool is_of_assert(const struct member_ref *ref)
{
	return name_starts_with(ref->owner, "org/codehaus/groovy/runtime/powerassert/") ||
	       (name_ends_with(ref->owner, "/InvokerHelper") && !strcmp(ref->name, "createAssertError"));
}

static const char *const plumbing[] = {
	"$getCallSiteArray", "$getStaticMetaClass", "$init$", "$static$init$", NULL,
};

static bool is_plumbing_call(const struct body *body, uint32_t i)
{
	struct member_ref ref = body_ref_at(body, i);

	return opcode_is_invoke(body->code->insns[i].opcode) &&
	       (name_is_one_of(ref.name, plumbing) || is_conversion(&ref) ||
		!strcmp(ref.owner, "groovy/lang/Reference") || is_of_assert(&ref) ||
		!strcmp(ref.owner, "org/codehaus/groovy/runtime/BytecodeInterface8"));
}

/* ---- conditions ---- */

/* May numbers be reckoned with as Java does, or did somebody change what + means? */
static bool asks_for_meaning(const struct body *body, uint32_t i)
{
	struct member_ref ref;

	if (i == 0 || !opcode_is_conditional_jump(body->code->insns[i].opcode))
		return false;
	ref = body_ref_at(body, i - 1);
	return !strcmp(ref.name, "__$stMC") ||
	       !strcmp(ref.owner, "org/codehaus/groovy/runtime/BytecodeInterface8");
}

/* if (condition ? true : false): the condition itself was asked before. */
static bool asks_again(const struct body *body, uint32_t i)
{
	const struct insn *insns = body->code->insns;

	return i >= 3 && (insns[i].opcode == OPC_ifeq || insns[i].opcode == OPC_ifne) &&
	       insns[i - 1].opcode == OPC_iconst_0 && insns[i - 2].opcode == OPC_goto &&
	       insns[i - 2].target == insns[i].pc && insns[i - 3].opcode == OPC_iconst_1;
}

/* Where meanings were changed, the same code stands once more, with all that could
 * be meant. ifne OTHER; goto PLAIN; OTHER: ...; PLAIN: */
static void mark_other_meanings(const struct body *body, uint32_t i, bool *marks)
{
	const struct insn *insns = body->code->insns;
	uint32_t n = body->code->n_insns;

	if (i + 2 >= n || insns[i + 1].opcode != OPC_goto || insns[i].target != insns[i + 2].pc)
		return;
	for (uint32_t k = i + 2; k < n && insns[k].pc < insns[i + 1].target; k++)
		marks[k] = true;
}

/* ---- all of it ---- */

/* What no line of the source stands for: accessors, what annotations like @Canonical
 * ask for, the beginning of constructors. */
static bool is_unwritten(const struct body *body, uint32_t i)
{
	return class_source_file(body->class) &&
	       code_line(body->code, body->code->insns[i].pc) == 0;
}

static bool ends_flow(enum opcode opcode)
{
	return opcode_is_return(opcode) || opcode == OPC_goto || opcode == OPC_athrow;
}

/* What a method gives back whose end nobody reaches: a 0 as no literal is compiled,
 * made to fit, or null. */
static bool is_last_resort(const struct body *body, uint32_t i)
{
	const struct insn *insns = body->code->insns;
	const struct expr *made;
	uint32_t k = i;

	if (i + 1 != body->code->n_insns || !opcode_is_return(insns[i].opcode))
		return false;
	while (k > 1 && insns[k - 1].opcode == OPC_invokestatic)
		k--;
	if (k < 2 || !ends_flow(insns[k - 2].opcode))
		return false;
	made = body->express->made[i];
	return insns[k - 1].opcode == OPC_aconst_null ||
	       (insns[k - 1].opcode == OPC_ldc &&
		(k < i || !made || (made->kind == EXPR_NUMBER && made->bits == 0)));
}

void groovy_mark(const struct body *body, bool *marks)
{
	bool whole = name_is_one_of(body->method->name, plumbing);

	if (!body->shared->is_groovy)
		return;
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		bool asks = asks_for_meaning(body, i);

		marks[i] |= whole || asks || is_plumbing_call(body, i) || asks_again(body, i) ||
			    is_unwritten(body, i) || is_last_resort(body, i);
		if (asks)
			mark_other_meanings(body, i, marks);
	}
}
