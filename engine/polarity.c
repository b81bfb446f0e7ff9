#include "engine/polarity.h"

#define CONDITION_MAX 200	/* instructions between two jumps of one condition */

static uint32_t target_of(const struct code *code, uint32_t jump)
{
	return code->insn_at[code->insns[jump].target];
}

/* Whether what lies between two jumps can be the rest of one condition: values
 * are computed, nothing is done for its effect alone. */
static bool is_one_condition(const struct code *code, uint32_t from, uint32_t to)
{
	if (to - from > CONDITION_MAX)
		return false;
	for (uint32_t i = from + 1; i < to; i++) {
		enum opcode opcode = code->insns[i].opcode;

		if (opcode_is_return(opcode) || opcode == OPC_athrow ||
		    opcode == OPC_pop || opcode == OPC_pop2 ||
		    opcode_is_switch(opcode) || opcode == OPC_monitorenter ||
		    opcode == OPC_monitorexit)
			return false;
		/* (x = f()) != null leaves a copy; a statement does not */
		if ((opcode_is_store(opcode) || opcode == OPC_putstatic) &&
		    code->insns[i - 1].opcode != OPC_dup &&
		    code->insns[i - 1].opcode != OPC_dup2)
			return false;
	}
	return true;
}

/* A jump back to where a later goto leads too: javac ends the body of a loop
 * with that goto, and makes an `if` that ends the body skip straight to it. */
static bool skips_to_loop(const uint32_t *last_goto, uint32_t jump,
			  uint32_t target)
{
	return last_goto[target] > jump;
}

void polarity_find(struct arena *arena, const struct code *code,
		   bool *ret_if_true)
{
	uint32_t *last_goto = ARENA_NEW_N(arena, uint32_t, code->n_insns);

	for (uint32_t i = 0; i < code->n_insns; i++)
		if (code->insns[i].opcode == OPC_goto)
			last_goto[target_of(code, i)] = i;
	/* Later ones first: what an earlier one jumps to depends on them. */
	for (uint32_t i = code->n_insns; i-- > 0; ) {
		uint32_t target, end;

		if (!opcode_is_conditional_jump(code->insns[i].opcode))
			continue;
		target = target_of(code, i);
		if (target <= i) {
			ret_if_true[i] = !skips_to_loop(last_goto, i, target);
			continue;
		}
		/* To just behind another jump: past the rest of a || or && */
		end = target - 1;
		ret_if_true[i] = end > i &&
			opcode_is_conditional_jump(code->insns[end].opcode) &&
			target_of(code, end) != target &&
			is_one_condition(code, i, end) && !ret_if_true[end];
	}
}
