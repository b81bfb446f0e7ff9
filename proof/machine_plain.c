#include "proof/machine_plain.h"

#include <string.h>

static const struct term *small(const struct scene *scene, int64_t value)
{
	return term_const(scene->terms, 'I', (uint64_t)value);
}

/* ---- constants ---- */

static const struct term *number_at(const struct scene *scene, uint16_t index, char type)
{
	struct span bytes = scene->class->constants[index].bytes;
	uint64_t bits = 0;

	for (size_t i = 0; i < bytes.len && i < 8; i++)
		bits = bits << 8 | bytes.bytes[i];
	return term_const(scene->terms, type, bits);
}

static const struct term *constant_at(const struct scene *scene, uint16_t index)
{
	const char *text;

	switch (scene->class->constants[index].tag) {
	case CONSTANT_INTEGER: return number_at(scene, index, 'I');
	case CONSTANT_FLOAT: return number_at(scene, index, 'F');
	case CONSTANT_LONG: return number_at(scene, index, 'L');
	case CONSTANT_DOUBLE: return number_at(scene, index, 'D');
	case CONSTANT_STRING:
		text = class_string_at(scene->class, index);
		return text ? term_const(scene->terms, 'A', machine_hash("\"", text, "")) : NULL;
	case CONSTANT_CLASS:
		text = class_name_at(scene->class, index);
		return text ? term_const(scene->terms, 'A', machine_hash("class", text, "")) : NULL;
	default:
		return NULL;	/* method handles, dynamic constants */
	}
}

static bool step_constant(const struct scene *scene, struct machine *machine,
			  const struct insn *insn)
{
	static const uint64_t ones[] = { 0, 0x3f800000, 0x40000000 };
	static const uint64_t long_ones[] = { 0, UINT64_C(0x3ff0000000000000) };
	const struct term *term;

	if (insn->opcode == OPC_aconst_null)
		term = term_null(scene->terms);
	else if (insn->opcode <= OPC_iconst_5 || insn->opcode == OPC_bipush ||
		 insn->opcode == OPC_sipush)
		term = small(scene, insn->value);
	else if (insn->opcode <= OPC_lconst_1)
		term = term_const(scene->terms, 'L', (uint64_t)insn->opcode - OPC_lconst_0);
	else if (insn->opcode <= OPC_fconst_2)
		term = term_const(scene->terms, 'F', ones[insn->opcode - OPC_fconst_0]);
	else if (insn->opcode <= OPC_dconst_1)
		term = term_const(scene->terms, 'D', long_ones[insn->opcode - OPC_dconst_0]);
	else
		term = constant_at(scene, insn->index);
	if (!term)
		return false;
	machine_push(machine, term);
	return true;
}

/* ---- variables and stack ---- */

static bool step_load(const struct scene *scene, const struct fact *shared,
		      struct machine *machine, const struct insn *insn)
{
	struct facts facts = machine_facts(shared, machine);
	const struct term *term = machine->locals[insn->index];

	if (!term)
		return false;
	machine_push(machine, fact_resolve(scene->terms, &facts, term));
	return true;
}

static bool is_wide(const struct term *term)
{
	return term->type == 'L' || term->type == 'D';
}

static bool step_store(const struct scene *scene, struct machine *machine,
		       const struct insn *insn)
{
	const struct term *term = machine_pop(machine, opcode_info[insn->opcode].pops[0]);

	if (!term || insn->index + is_wide(term) >= scene->code->max_locals)
		return false;
	machine->locals[insn->index] = term;
	if (is_wide(term))
		machine->locals[insn->index + 1] = NULL;
	return true;
}

/* pop, dup and so on: which slots, counted from the top, become the new top ones. */
static bool step_shuffle(struct machine *machine, enum opcode opcode)
{
	static const struct {
		enum opcode opcode;
		unsigned taken;
		const char *becomes;	/* deepest first */
	} shuffles[] = {
		{ OPC_pop, 1, "" }, { OPC_pop2, 2, "" }, { OPC_dup, 1, "00" },
		{ OPC_dup_x1, 2, "010" }, { OPC_dup_x2, 3, "0210" }, { OPC_dup2, 2, "1010" },
		{ OPC_dup2_x1, 3, "10210" }, { OPC_dup2_x2, 4, "103210" }, { OPC_swap, 2, "01" },
	};
	const struct term *taken[4];
	size_t i = opcode - OPC_pop;

	if (machine->n_stack < shuffles[i].taken)
		return false;
	for (unsigned n = 0; n < shuffles[i].taken; n++)
		taken[n] = machine->stack[--machine->n_stack];
	for (const char *at = shuffles[i].becomes; *at; at++)
		machine->stack[machine->n_stack++] = taken[*at - '0'];
	return true;
}

/* ---- computing ---- */

static bool is_division(enum opcode opcode)
{
	return opcode == OPC_idiv || opcode == OPC_ldiv || opcode == OPC_irem ||
	       opcode == OPC_lrem;
}

static bool step_compute(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, enum opcode opcode)
{
	const char *pops = opcode_info[opcode].pops;
	const struct term *a, *b = NULL;
	struct facts facts = machine_facts(shared, machine);

	if (pops[1]) {
		b = machine_pop(machine, pops[1]);
		if (!b)
			return false;
	}
	a = machine_pop(machine, pops[0]);
	if (!a)
		return false;
	a = fact_resolve(scene->terms, &facts, a);
	if (!b) {
		machine_push(machine, term_unary(scene->terms, opcode, a));
		return true;
	}
	b = fact_resolve(scene->terms, &facts, b);
	if (is_division(opcode) &&
	    (fact_relations(&facts, b, term_const(scene->terms, b->type, 0)) & RELATION_EQUAL)) {
		machine_check(scene, shared, machine, (struct event){ CHECK_ZERO, EVENT_NOTHING }, &b, 1);
		fact_add(scene->terms, &machine->own, b, term_const(scene->terms, b->type, 0),
			 RELATION_OTHER);
	}
	machine_push(machine, term_binary(scene->terms, opcode, a, b));
	return true;
}

bool machine_plain_increase(const struct scene *scene, struct machine *machine,
			    const struct insn *insn, int32_t by)
{
	const struct term *before = machine->locals[insn->index];

	if (!before || before->type != 'I')
		return false;
	machine->locals[insn->index] = term_binary(scene->terms, OPC_iadd, before,
						   small(scene, by));
	return true;
}

bool machine_plain_step(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const struct insn *insn, enum opcode opcode)
{
	if (opcode <= OPC_ldc2_w)
		return opcode == OPC_nop || step_constant(scene, machine, insn);
	if (opcode_is_load(opcode))
		return step_load(scene, shared, machine, insn);
	if (opcode_is_store(opcode))
		return step_store(scene, machine, insn);
	if (opcode >= OPC_pop && opcode <= OPC_swap)
		return step_shuffle(machine, opcode);
	if (opcode == OPC_iinc)
		return machine_plain_increase(scene, machine, insn, insn->value);
	return opcode >= OPC_iadd && opcode <= OPC_dcmpg &&
	       step_compute(scene, shared, machine, opcode);
}
