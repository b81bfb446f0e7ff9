#include "engine/infect.h"

#include <string.h>

#include "engine/operands.h"
#include "engine/probe_call.h"

/* Instructions without the letter of their type -> the method of Reach that
 * counts where the two have different results. */
static const struct {
	const char *one, *other, *method;
} pairs[] = {
	{ "add",  "sub", "addSub" },
	{ "mul",  "div", "mulDiv" },
	{ "rem",  "mul", "remMul" },
	{ "shl",  "shr", "shlShr" },
	{ "ushr", "shl", "ushrShl" },
	{ "and",  "or",  "andOr" },
	{ "xor",  "and", "xorAnd" },
};

#define N_PAIRS (sizeof(pairs) / sizeof(pairs[0]))

/* How a mutant's result is tried out beside the original's. */
enum trial {
	TRIAL_NONE,		/* it always differs, or trying would have effects */
	TRIAL_OPERANDS,		/* a method of Reach does both on the operands */
	TRIAL_EQUAL,		/* whether what is compared is equal */
	TRIAL_VALUE,		/* the result beside another value */
};

static const char *operands_method(const struct operator *row, enum opcode opcode)
{
	enum opcode other;

	if (edit_kind_of(row) == EDIT_NOP)
		return "minus";
	if (opcode < OPC_iadd || opcode > OPC_lxor)
		return NULL;	/* all of the table are in that range */
	other = operator_becomes(row, opcode);
	if (other == OPC_NONE)
		return NULL;
	for (size_t i = 0; i < N_PAIRS; i++) {
		const char *from = opcode_info[opcode].name + 1, *to = opcode_info[other].name + 1;

		if ((!strcmp(from, pairs[i].one) && !strcmp(to, pairs[i].other)) ||
		    (!strcmp(from, pairs[i].other) && !strcmp(to, pairs[i].one)))
			return pairs[i].method;
	}
	return NULL;
}

static enum trial trial_of(const struct operator *row, enum opcode opcode,
			   const char *method_descriptor)
{
	if (row == &operators[ROW_COND_BOUNDARY])
		return TRIAL_EQUAL;
	if (edit_kind_of(row) == EDIT_VALUE)
		return edit_value_is_fresh(row, method_descriptor) ? TRIAL_NONE : TRIAL_VALUE;
	return operands_method(row, opcode) ? TRIAL_OPERANDS : TRIAL_NONE;
}

uint32_t infect_number(struct mutant *mutants, uint32_t n, enum opcode opcode,
		       const char *method_descriptor, enum infect_call call, uint32_t first)
{
	uint32_t taken = 1;

	for (uint32_t i = 0; i < n; i++) {
		const struct operator *row = mutants[i].operator;

		mutants[i].point = mutants[i].infection = first;
		if (trial_of(row, opcode, method_descriptor) != TRIAL_NONE ||
		    (call != INFECT_CALL_ANY && edit_kind_of(row) == EDIT_CALL))
			mutants[i].infection = first + taken++;
		mutants[i].propagation = mutants[i].infection;
		if (call == INFECT_CALL_SETTER && edit_kind_of(row) == EDIT_CALL)
			mutants[i].propagation = first + taken++;
	}
	return taken;
}

uint32_t infect_span(const struct mutant *mutant)
{
	return mutant->propagation - mutant->point + 1;
}

/* ---- weaving ---- */

static void write_call(struct buf *buf, struct rewrite *rewrite, const char *method,
		       const char *types, uint32_t counter)
{
	operands_call(buf, rewrite, PROBE_CLASS, method, types, (int32_t)counter);
}

static void write_equal(const struct mutant *mutant, enum opcode opcode,
			struct rewrite *rewrite, struct buf *buf)
{
	if (opcode_info[opcode].pops[1]) {
		buf_u1(buf, OPC_dup2);
	} else {		/* compared with 0 */
		buf_u1(buf, OPC_dup);
		buf_u1(buf, OPC_iconst_0);
	}
	write_call(buf, rewrite, "equal", "II", mutant->infection);
}

static void write_value(const struct mutant *mutant, enum opcode opcode,
			const char *method_descriptor, struct rewrite *rewrite,
			struct buf *buf)
{
	const char *type = opcode_info[opcode].pops;

	buf_u1(buf, operands_slots(type) == 2 ? OPC_dup2 : OPC_dup);
	edit_write_value(mutant->operator, method_descriptor, rewrite, buf);
	write_call(buf, rewrite, "other", (char[]){ *type, *type, 0 }, mutant->infection);
}

void infect_write(const struct mutant *mutant, enum opcode opcode,
		  const char *method_descriptor, uint16_t max_locals,
		  struct rewrite *rewrite, struct buf *buf, struct edit *edit)
{
	const char *types = opcode_info[opcode].pops;
	unsigned extra = 0;

	switch (trial_of(mutant->operator, opcode, method_descriptor)) {
	case TRIAL_NONE:
		return;
	case TRIAL_OPERANDS:
		extra = operands_slots(types) + 1;
		if (!operands_copy(buf, types, max_locals, edit)) {
			write_call(buf, rewrite, PROBE_METHOD, "", mutant->infection);
			break;
		}
		write_call(buf, rewrite, operands_method(mutant->operator, opcode), types,
			   mutant->infection);
		break;
	case TRIAL_EQUAL:
		extra = 3;
		write_equal(mutant, opcode, rewrite, buf);
		break;
	case TRIAL_VALUE:
		extra = 2 * operands_slots(types) + 1;
		write_value(mutant, opcode, method_descriptor, rewrite, buf);
		break;
	}
	if (edit->extra_stack < extra)
		edit->extra_stack = (uint16_t)extra;
}

unsigned infect_check_table(struct buf *out)
{
	unsigned bad = 0;

	for (unsigned i = 0; i < n_operators; i++)
		for (unsigned opcode = 0; opcode < 256; opcode++) {
			const struct operator *row = &operators[i];

			if (row->family != FAMILY_ARITHMETIC ||
			    operator_becomes(row, opcode) == OPC_NONE ||
			    operands_method(row, opcode))
				continue;
			bad++;
			buf_fmt(out, "%s: %s is not tried out\n", row->name,
				opcode_info[opcode].name);
		}
	return bad;
}
