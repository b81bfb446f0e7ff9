#include "oracle/oracle_reach.h"

#define NESTING_MAX 64u		/* of handlers that only handlers lead to */

struct walk {
	const struct express *express;
	const struct code *code;
	uint8_t *reached;
	uint32_t *todo, n_todo;
	uint8_t as;
};

static void visit(struct walk *walk, uint32_t i)
{
	if (i >= walk->code->n_insns || walk->reached[i])
		return;
	walk->reached[i] = walk->as;
	walk->todo[walk->n_todo++] = i;
}

static bool compare(enum opcode opcode, int64_t a, int64_t b)
{
	switch (opcode) {
	case OPC_ifeq: case OPC_if_icmpeq: return a == b;
	case OPC_ifne: case OPC_if_icmpne: return a != b;
	case OPC_iflt: case OPC_if_icmplt: return a < b;
	case OPC_ifge: case OPC_if_icmpge: return a >= b;
	case OPC_ifgt: case OPC_if_icmpgt: return a > b;
	default: return a <= b;
	}
}

/* A number, or a variable that is never anything but one. */
static bool constant_of(const struct walk *walk, const struct expr *expr, int64_t *ret)
{
	uint32_t n = 0;

	if (expr->kind == EXPR_LOCAL && expr->stored && expr->stored->kind == EXPR_NUMBER) {
		for (uint32_t i = 0; i < walk->code->n_insns; i++)
			n += opcode_is_store(walk->code->insns[i].opcode) &&
			     walk->code->insns[i].index == expr->index;
		expr = n == 1 ? expr->stored : expr;
	}
	if (expr->kind != EXPR_NUMBER || !expr->type || *expr->type != 'I')
		return false;
	*ret = (int64_t)expr->bits;
	return true;
}

/* Whether the jump's condition is a constant, and which. */
static bool is_decided(const struct walk *walk, uint32_t i, bool *ret)
{
	enum opcode opcode = walk->code->insns[i].opcode;
	const struct expr *made = walk->express->made[i];
	int64_t a, b = 0;

	if (!made || made->kind != EXPR_CONDITION || !made->n_args ||
	    opcode < OPC_ifeq || opcode > OPC_if_icmple ||
	    !constant_of(walk, made->args[0], &a) ||
	    (made->n_args > 1 && !constant_of(walk, made->args[1], &b)))
		return false;
	*ret = compare(opcode, a, b);
	return true;
}

static void step(struct walk *walk, uint32_t i)
{
	const struct insn *insn = &walk->code->insns[i];
	bool decided, taken = true;

	decided = opcode_is_conditional_jump(insn->opcode) && is_decided(walk, i, &taken);
	if (opcode_is_jump(insn->opcode) && taken)
		visit(walk, walk->code->insn_at[insn->target]);
	if (insn->table) {
		visit(walk, walk->code->insn_at[insn->table->default_pc]);
		for (uint32_t k = 0; k < insn->table->n; k++)
			visit(walk, walk->code->insn_at[insn->table->targets[k]]);
	}
	if (!opcode_ends_block(insn->opcode) && !(decided && taken))
		visit(walk, i + 1);
}

static void walk_all(struct walk *walk)
{
	while (walk->n_todo)
		step(walk, walk->todo[--walk->n_todo]);
}

/* Handlers of ranges in which something runs. */
static void visit_handlers(struct walk *walk)
{
	for (unsigned e = 0; e < walk->code->n_exceptions; e++) {
		const struct exception_entry *entry = &walk->code->exceptions[e];

		for (uint32_t i = walk->code->insn_at[entry->start];
		     i < walk->code->n_insns && walk->code->insns[i].pc < entry->end; i++)
			if (walk->reached[i]) {
				visit(walk, walk->code->insn_at[entry->handler]);
				break;
			}
	}
}

uint8_t *oracle_reach(struct arena *arena, const struct express *express)
{
	struct walk walk = { .express = express, .code = express->code, .as = ORACLE_REACHED };

	walk.reached = ARENA_NEW_N(arena, uint8_t, walk.code->n_insns + 1u);
	walk.todo = ARENA_NEW_N(arena, uint32_t, walk.code->n_insns + 1u);
	visit(&walk, 0);
	walk_all(&walk);
	walk.as = ORACLE_AFTER_THROW;
	for (unsigned e = 0; e < NESTING_MAX; e++) {
		visit_handlers(&walk);
		if (!walk.n_todo)
			break;
		walk_all(&walk);
	}
	return walk.reached;
}
