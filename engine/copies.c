#include "engine/copies.h"

#include <string.h>

/* A finally block ends in a handler of its own that catches anything:
 *
 *	handler:  astore t;  BODY;  aload t;  athrow
 *
 * and BODY stands again at each place where control leaves the try otherwise:
 * right behind the protected ranges, which the compiler interrupts there. */
struct finally {
	uint32_t first, n;	/* BODY: instructions */
};

static bool loads_local(const struct insn *insn, uint16_t index)
{
	return opcode_is_load(insn->opcode) && insn->index == index;
}

static bool find_finally(const struct code *code, uint32_t handler_pc,
			 struct finally *ret)
{
	uint32_t handler = code->insn_at[handler_pc];
	const struct insn *store = &code->insns[handler];

	if (!opcode_is_store(store->opcode))
		return false;
	for (uint32_t i = handler + 1; i + 1 < code->n_insns; i++) {
		if (!loads_local(&code->insns[i], store->index) ||
		    code->insns[i + 1].opcode != OPC_athrow)
			continue;
		ret->first = handler + 1;
		ret->n = i - ret->first;
		return ret->n > 0;
	}
	return false;
}

/* What a switch does, relative to the start of its block. */
static bool is_same_switch(const struct code *code, const struct switch_table *a,
			   uint32_t a_start, const struct switch_table *b,
			   uint32_t b_start)
{
	if (a->n != b->n || a->default_pc - a_start != b->default_pc - b_start)
		return false;
	for (uint32_t i = 0; i < a->n; i++)
		if (a->keys[i] != b->keys[i] ||
		    code->insn_at[a->targets[i]] - code->insn_at[a_start] !=
		    code->insn_at[b->targets[i]] - code->insn_at[b_start])
			return false;
	return true;
}

/* iload_1 and iload 7 are the same instruction on another variable: javac
 * gives the variables of each copy numbers of their own. */
static enum opcode general(const struct insn *insn)
{
	enum opcode opcode = insn->opcode;

	if (opcode >= OPC_iload_0 && opcode <= OPC_aload_3)
		return (enum opcode)(OPC_iload + (opcode - OPC_iload_0) / 4);
	if (opcode >= OPC_istore_0 && opcode <= OPC_astore_3)
		return (enum opcode)(OPC_istore + (opcode - OPC_istore_0) / 4);
	return opcode;
}

static bool uses_local(const struct insn *insn)
{
	return opcode_is_load(insn->opcode) || opcode_is_store(insn->opcode) ||
	       insn->opcode == OPC_iinc || insn->opcode == OPC_ret;
}

/* Whether instruction `b` does in the block at `b_first` what `a` does in the
 * block at `a_first`, both `n` instructions long. */
static bool is_copy(const struct code *code, uint32_t a_first, uint32_t b_first,
		    uint32_t n, uint32_t i)
{
	const struct insn *a = &code->insns[a_first + i];
	const struct insn *b = &code->insns[b_first + i];
	uint32_t a_to, b_to;

	if (general(a) != general(b) || a->value != b->value)
		return false;
	if (!uses_local(a) && a->index != b->index)
		return false;
	if (a->table)
		return is_same_switch(code, a->table, code->insns[a_first].pc,
				      b->table, code->insns[b_first].pc);
	if (!opcode_is_jump(a->opcode))
		return true;
	a_to = code->insn_at[a->target];
	b_to = code->insn_at[b->target];
	/* Inside, the same way; out of the block, wherever each continues. */
	if (a_to >= a_first && a_to < a_first + n)
		return a_to - a_first == b_to - b_first;
	return b_to < b_first || b_to >= b_first + n;
}

static bool is_copied_to(const struct code *code, const struct finally *body,
			 uint32_t first)
{
	if (first == body->first || first > code->n_insns - body->n)
		return false;
	if (first < body->first + body->n && body->first < first + body->n)
		return false;
	for (uint32_t i = 0; i < body->n; i++)
		if (!is_copy(code, body->first, first, body->n, i))
			return false;
	return true;
}

/* Joins two rings unless they are one. */
static void join(uint32_t *next, uint32_t a, uint32_t b)
{
	uint32_t i = a, swapped;

	do {
		if (i == b)
			return;
		i = next[i];
	} while (i != a);
	swapped = next[a];
	next[a] = next[b];
	next[b] = swapped;
}

void copies_find(const struct body *body, uint32_t *ret_next)
{
	const struct code *code = body->code;

	for (uint32_t i = 0; i < code->n_insns; i++)
		ret_next[i] = i;
	for (unsigned e = 0; e < code->n_exceptions; e++) {
		const struct exception_entry *entry = &code->exceptions[e];
		struct finally finally;
		uint32_t copy;

		if (entry->catch_index || entry->end >= code->bytes.len ||
		    !find_finally(code, entry->handler, &finally))
			continue;
		copy = code->insn_at[entry->end];
		if (!is_copied_to(code, &finally, copy))
			continue;
		for (uint32_t i = 0; i < finally.n; i++)
			join(ret_next, finally.first + i, copy + i);
	}
}
