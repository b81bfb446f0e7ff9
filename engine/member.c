#include "engine/member.h"

#include <string.h>

#include "engine/indy.h"

void member_get(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	bool is_static = insn->opcode == OPC_getstatic;
	struct expr *expr = operand_make(s, EXPR_FIELD, i, !is_static);

	if (!is_static)
		operand_set_arg(expr, 0, operand_pop(s, 'A', i));
	if (!class_member_ref_at(s->express->class, insn->index, &expr->ref))
		expr->kind = EXPR_UNKNOWN;
	expr->type = expr->ref.descriptor;
	operand_push_made(s, i, expr);
}

void member_put(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct member_ref ref;

	if (!class_member_ref_at(s->express->class, insn->index, &ref))
		return;
	s->express->made[i] = operand_pop(s, *ref.descriptor, i);
	if (insn->opcode == OPC_putfield)
		operand_pop(s, 'A', i);
}

static uint16_t count_arguments(const char *descriptor, char *ret_types)
{
	struct descriptor_type type;
	const char *at = descriptor + 1;
	uint16_t n = 0;

	while (n < OPERAND_ARGS_MAX && descriptor_next(&at, &type))
		ret_types[n++] = type.kind;
	return n;
}

static bool is_builder(const struct expr *expr)
{
	if (expr->kind == EXPR_CONCAT)
		return !expr->is_filled;
	return expr->kind == EXPR_NEW && expr->text && expr->n_args == 0 &&
	       (!strcmp(expr->text, "java/lang/StringBuilder") ||
		!strcmp(expr->text, "scala/collection/mutable/StringBuilder") ||
		!strcmp(expr->text, "java/lang/StringBuffer"));
}

/* new StringBuilder().append(a).append(b).toString() is what + was compiled
 * to before Java 9. `is_filled` says that it is a string now. */
static bool concatenate(struct simulation *s, uint32_t i, struct expr *call)
{
	struct expr *expr;

	if (call->n_args == 0 || !is_builder(call->args[0]))
		return false;
	if (!strcmp(call->ref.name, "append") && call->n_args == 2) {
		expr = operand_make(s, EXPR_CONCAT, i, 2);
		operand_set_arg(expr, 0, call->args[0]);
		operand_set_arg(expr, 1, call->args[1]);
		expr->type = call->ref.descriptor + 1;
	} else if (!strcmp(call->ref.name, "toString") &&
		   call->args[0]->kind == EXPR_CONCAT) {
		expr = operand_make(s, EXPR_CONCAT, i, 2);
		operand_set_arg(expr, 0, call->args[0]);
		expr->is_filled = true;
		expr->type = "Ljava/lang/String;";
	} else {
		return false;
	}
	s->express->made[i] = call;
	operand_push(s, expr);
	return true;
}

static void construct(struct simulation *s, uint32_t i, struct expr *call)
{
	struct expr *made = call->args[0];

	s->express->made[i] = call;
	if (made->kind != EXPR_NEW || made->is_filled)
		return;
	made->is_filled = true;
	made->ref = call->ref;
	made->args = call->args + 1;
	made->n_args = (uint16_t)(call->n_args - 1);
	for (uint16_t n = 0; n < made->n_args; n++)
		if (made->args[n]->first < made->first)
			made->first = made->args[n]->first;
}

void member_invoke(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	bool has_receiver = insn->opcode != OPC_invokestatic;
	struct member_ref ref;
	char types[OPERAND_ARGS_MAX];
	struct expr *call;
	uint16_t n;

	if (!class_member_ref_at(s->express->class, insn->index, &ref))
		return;
	n = count_arguments(ref.descriptor, types);
	call = operand_make(s, EXPR_CALL, i, (uint16_t)(n + has_receiver));
	call->ref = ref;
	while (n > 0) {
		n--;
		operand_set_arg(call, (uint16_t)(n + has_receiver),
			     operand_pop(s, types[n], i));
	}
	if (has_receiver)
		operand_set_arg(call, 0, operand_pop(s, 'A', i));
	call->type = descriptor_return(ref.descriptor).start;
	if (!strcmp(ref.name, "<init>") && has_receiver)
		construct(s, i, call);
	else if (!concatenate(s, i, call)) {
		s->express->made[i] = call;
		if (*call->type != 'V')
			operand_push(s, call);
	}
}

void member_invoke_dynamic(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct expr *expr, *args[OPERAND_ARGS_MAX];
	char types[OPERAND_ARGS_MAX];
	struct member_ref ref;
	uint16_t n, n_args;

	if (!class_member_ref_at(s->express->class, insn->index, &ref))
		return;
	n = n_args = count_arguments(ref.descriptor, types);
	while (n > 0) {
		n--;
		args[n] = operand_pop(s, types[n], i);
	}
	expr = indy_expression(s->express, i, &ref, args, n_args);
	for (n = 0; n < n_args; n++)
		if (args[n]->first < expr->first)
			expr->first = args[n]->first;
	expr->type = descriptor_return(ref.descriptor).start;
	if (*expr->type != 'V')
		operand_push_made(s, i, expr);
}
