#include "proof/machine.h"

#include <string.h>

#include "operators/edit.h"
#include "proof/machine_call.h"
#include "proof/machine_object.h"
#include "proof/machine_plain.h"

/* Whether a jump is taken: of operand(s) beside 0, null, or each other. */
static unsigned relations_of(enum opcode opcode)
{
	static const unsigned by_order[] = {
		RELATION_EQUAL, RELATION_OTHER, RELATION_LESS, RELATION_EQUAL | RELATION_GREATER,
		RELATION_GREATER, RELATION_LESS | RELATION_EQUAL,
	};

	if (opcode >= OPC_ifeq && opcode <= OPC_ifle)
		return by_order[opcode - OPC_ifeq];
	if (opcode >= OPC_if_icmpeq && opcode <= OPC_if_icmple)
		return by_order[opcode - OPC_if_icmpeq];
	return opcode == OPC_if_acmpeq || opcode == OPC_ifnull ? RELATION_EQUAL : RELATION_OTHER;
}

/* A new object of which it is not known that it is another one than its equal. */
static bool is_of_unknown_identity(const struct term *term)
{
	return term->type == 'A' && term->op == TERM_PURE;
}

void machine_branch(struct machine *machine, const struct split *split, bool taken)
{
	machine->at = taken ? split->taken : split->not_taken;
	machine->next_case = taken ? 0 : split->next_case;
	if (taken && split->is_switch)
		machine->n_stack--;	/* looked at until a case was found */
}

static enum machine_stop decide(const struct scene *scene, const struct fact *shared,
				struct machine *machine, struct split *split)
{
	struct facts facts = machine_facts(shared, machine);
	unsigned possible;

	split->a = fact_resolve(scene->terms, &facts, split->a);
	split->b = fact_resolve(scene->terms, &facts, split->b);
	if (split->a == split->b && is_of_unknown_identity(split->a))
		return MACHINE_STUCK;
	possible = fact_relations(&facts, split->a, split->b);
	if (possible & split->relations && possible & ~split->relations)
		return MACHINE_SPLIT;
	machine_branch(machine, split, possible & split->relations);
	return MACHINE_ON;
}

static enum machine_stop step_condition(const struct scene *scene, const struct fact *shared,
					struct machine *machine, enum opcode opcode,
					struct split *split)
{
	const char *pops = opcode_info[opcode].pops;
	const struct insn *insn = &scene->code->insns[machine->at];

	split->b = pops[1] ? machine_pop(machine, pops[1])
		 : pops[0] == 'I' ? term_const(scene->terms, 'I', 0) : term_null(scene->terms);
	split->a = machine_pop(machine, pops[0]);
	if (!split->a || !split->b)
		return MACHINE_STUCK;
	split->relations = relations_of(opcode);
	if (split->a->op == OPC_lcmp && split->b->op == TERM_CONST && split->b->bits == 0) {
		split->b = split->a->args[1];
		split->a = split->a->args[0];
	}
	split->taken = scene->code->insn_at[insn->target];
	split->not_taken = machine->at + 1;
	split->next_case = 0;
	split->is_switch = false;
	return decide(scene, shared, machine, split);
}

static enum machine_stop step_switch(const struct scene *scene, const struct fact *shared,
				     struct machine *machine, struct split *split)
{
	const struct switch_table *table = scene->code->insns[machine->at].table;
	const struct term *value = machine->stack[machine->n_stack - 1];

	if (!value || value->type != 'I')
		return MACHINE_STUCK;
	if (machine->next_case >= table->n) {
		machine->n_stack--;
		machine->next_case = 0;
		machine->at = scene->code->insn_at[table->default_pc];
		return MACHINE_ON;
	}
	split->a = value;
	split->b = term_const(scene->terms, 'I', (uint64_t)(int64_t)table->keys[machine->next_case]);
	split->relations = RELATION_EQUAL;
	split->taken = scene->code->insn_at[table->targets[machine->next_case]];
	split->not_taken = machine->at;
	split->next_case = machine->next_case + 1;
	split->is_switch = true;
	return decide(scene, shared, machine, split);
}

static bool step_end(const struct scene *scene, const struct fact *shared,
		     struct machine *machine, enum opcode opcode)
{
	const char *pops = opcode_info[opcode].pops;
	const struct term *value = term_null(scene->terms);

	if (*pops)
		value = machine_pop(machine, *pops);
	if (!value)
		return false;
	if (opcode == OPC_areturn &&
	    !strcmp(descriptor_return(scene->method->descriptor).start, "Ljava/lang/String;"))
		value = machine_call_text(scene, shared, machine, value);
	machine_event(scene, machine, (struct event){ opcode, EVENT_ANYTHING }, &value, 1);
	machine->is_done = true;
	return true;
}

/* What the mutant does at its instruction before what stands there; *ret_opcode: what it
 * does then, OPC_NONE nothing. */
static bool step_mutated(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, const struct insn *insn,
			 enum opcode *ret_opcode)
{
	const struct operator *row = scene->mutant->operator;
	const struct edit_value *value;

	switch (edit_kind_of(row)) {
	case EDIT_OPCODE:
		*ret_opcode = operator_becomes(row, insn->opcode);
		return *ret_opcode != OPC_NONE;
	case EDIT_FLIP:
		*ret_opcode = OPC_NONE;
		return machine_plain_increase(scene, machine, insn, -insn->value);
	case EDIT_NOP:
		*ret_opcode = OPC_NONE;
		return true;
	case EDIT_CALL:
		*ret_opcode = OPC_NONE;
		return machine_call_skip(scene, machine, insn);
	case EDIT_VALUE:
		value = edit_find_value(row, scene->method->descriptor);
		return value && machine_pop(machine, opcode_info[insn->opcode].pops[0]) &&
		       machine_call_value(scene, shared, machine, value->push);
	default:
		return false;
	}
}

/* Room is max_stack, checked once here: an instruction adds at most four slots. */
static bool has_room(const struct scene *scene, const struct machine *machine,
		     const struct insn *insn)
{
	unsigned pops, pushes;

	code_stack_effect(scene->class, insn, &pops, &pushes);
	return machine->n_stack >= pops &&
	       machine->n_stack - pops + pushes <= scene->code->max_stack;
}

enum machine_stop machine_step(const struct scene *scene, const struct fact *shared,
			       struct machine *machine, struct split *ret)
{
	const struct insn *insn = &scene->code->insns[machine->at];
	enum opcode opcode = insn->opcode;

	if (!has_room(scene, machine, insn))
		return MACHINE_STUCK;
	if (machine->is_mutated && scene_is_mutated(scene, machine->at) &&
	    !step_mutated(scene, shared, machine, insn, &opcode))
		return MACHINE_STUCK;
	if (opcode == OPC_NONE) {
		machine->at++;
		return MACHINE_ON;
	}
	if (opcode_is_conditional_jump(opcode))
		return step_condition(scene, shared, machine, opcode, ret);
	if (opcode_is_switch(opcode))
		return step_switch(scene, shared, machine, ret);
	if (opcode_is_return(opcode) || opcode == OPC_athrow)
		return step_end(scene, shared, machine, opcode) ? MACHINE_ON : MACHINE_STUCK;
	if (opcode == OPC_goto || opcode == OPC_goto_w) {
		machine->at = scene->code->insn_at[insn->target];
		return MACHINE_ON;
	}
	if (!(opcode_is_invoke(opcode) ? machine_call(scene, shared, machine, insn)
				       : machine_plain_step(scene, shared, machine, insn, opcode) ||
					 machine_object_step(scene, shared, machine, insn)))
		return MACHINE_STUCK;
	machine->at++;
	return MACHINE_ON;
}
