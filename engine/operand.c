#include "engine/operand.h"

struct expr *operand_make(struct simulation *s, enum expr_kind kind,
			  uint32_t number, uint16_t n_args)
{
	struct expr *expr = ARENA_NEW(s->express->arena, struct expr);

	expr->kind = kind;
	expr->number = expr->first = number;
	expr->opcode = s->code->insns[number].opcode;
	expr->n_args = n_args;
	if (n_args)
		expr->args = ARENA_NEW_N(s->express->arena, struct expr *, n_args);
	return expr;
}

void operand_set_arg(struct expr *expr, uint16_t i, struct expr *arg)
{
	expr->args[i] = arg;
	if (arg && arg->first < expr->first)
		expr->first = arg->first;
}

static unsigned slots_of(const struct expr *expr)
{
	return expr->type && (*expr->type == 'J' || *expr->type == 'D') ? 2 : 1;
}

void operand_push_slot(struct simulation *s, struct expr *expr)
{
	if (s->stack.n < s->stack.size)
		s->stack.items[s->stack.n++] = expr;
}

struct expr *operand_pop_slot(struct simulation *s)
{
	return s->stack.n > 0 ? s->stack.items[--s->stack.n] : NULL;
}

void operand_push(struct simulation *s, struct expr *expr)
{
	operand_push_slot(s, expr);
	if (slots_of(expr) == 2)
		operand_push_slot(s, NULL);
}

struct expr *operand_pop(struct simulation *s, char type, uint32_t number)
{
	struct expr *expr;

	if (type == 'J' || type == 'D')
		operand_pop_slot(s);
	expr = operand_pop_slot(s);
	return expr ? expr : operand_make(s, EXPR_UNKNOWN, number, 0);
}

void operand_push_made(struct simulation *s, uint32_t i, struct expr *expr)
{
	s->express->made[i] = expr;
	operand_push(s, expr);
}
