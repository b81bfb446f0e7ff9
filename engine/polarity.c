#include "engine/polarity.h"

#include <string.h>

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

/* A guard that fails starts the switch on patterns again, at the next label:
 *	if guard goto BODY;  iconst n; istore k; goto SWITCH;  BODY:         */
static bool is_guard(const struct code *code, uint32_t jump, uint32_t target)
{
	const struct insn *insns = code->insns;
	uint32_t again;

	if (target != jump + 4 || target > code->n_insns ||
	    !opcode_is_store(insns[jump + 2].opcode) ||
	    insns[jump + 3].opcode != OPC_goto)
		return false;
	again = target_of(code, jump + 3);
	return again < jump && insns[again + 1].index == insns[jump + 2].index &&
	       insns[again + 2].opcode == OPC_invokedynamic;
}

/* The `ifne END` behind $assertionsDisabled: what jumps to END holds. */
static bool starts_assert(const struct class *class, const struct code *code,
			  uint32_t jump)
{
	struct member_ref ref;

	return jump > 0 && code->insns[jump].opcode == OPC_ifne &&
	       code->insns[jump - 1].opcode == OPC_getstatic &&
	       class_member_ref_at(class, code->insns[jump - 1].index, &ref) &&
	       !strcmp(ref.name, "$assertionsDisabled");
}

static void mark_asserts(const struct class *class, const struct code *code,
			 bool *if_true)
{
	uint32_t end = 0;

	for (uint32_t i = 0; i < code->n_insns; i++) {
		if (!opcode_is_conditional_jump(code->insns[i].opcode))
			continue;
		if (starts_assert(class, code, i))
			end = target_of(code, i);
		else if (i < end && target_of(code, i) == end)
			if_true[i] = true;
	}
}

void polarity_find(struct arena *arena, const struct class *class,
		   const struct code *code, bool *ret_if_true)
{
	uint32_t *last_goto = ARENA_NEW_N(arena, uint32_t, code->n_insns);

	for (uint32_t i = 0; i < code->n_insns; i++)
		if (code->insns[i].opcode == OPC_goto)
			last_goto[target_of(code, i)] = i;
	mark_asserts(class, code, ret_if_true);
	/* Later ones first: what an earlier one jumps to depends on them. */
	for (uint32_t i = code->n_insns; i-- > 0; ) {
		uint32_t target, end;

		if (!opcode_is_conditional_jump(code->insns[i].opcode) ||
		    ret_if_true[i])
			continue;
		target = target_of(code, i);
		if (target <= i) {
			ret_if_true[i] = !skips_to_loop(last_goto, i, target);
			continue;
		}
		if (is_guard(code, i, target)) {
			ret_if_true[i] = true;
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
