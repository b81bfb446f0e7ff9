#include "engine/witness.h"

#include <string.h>

#include "engine/dropped.h"
#include "engine/operands.h"
#include "engine/polarity.h"
#include "engine/wording.h"
#include "operators/edit.h"

#define CALL_STACK 8	/* slots that telling of a call needs: two results, two values, a text, a type */

/* One instruction of a mutant. */
struct point {
	const struct class *class;
	const struct member *method;
	const struct mutant *mutant;
	const struct express *express;
	const struct code *code;
	const bool *if_true;
	uint32_t number;		/* of the instruction */
	struct rewrite *rewrite;
	struct buf *buf;
	struct edit edit;
};

static const struct insn *insn_of(const struct point *at)
{
	return &at->code->insns[at->number];
}

static void tell(struct point *at, const char *method, const char *types, int32_t how)
{
	at->edit.extra_stack = (uint16_t)(operands_slots(types) + 1);
	operands_call(at->buf, at->rewrite, WITNESS_CLASS, method, types, how);
}

static bool tell_operands(struct point *at, const char *method, const char *types, int32_t how)
{
	if (!operands_copy(at->buf, types, at->code->max_locals, &at->edit))
		return false;
	tell(at, method, types, how);
	return true;
}

/* ---- arithmetic ---- */

static bool weave_step(struct point *at)
{
	operands_local(at->buf, OPC_iload, 'I', insn_of(at)->index);
	tell(at, "steps", "I", insn_of(at)->value);
	return true;
}

static bool weave_arithmetic(struct point *at)
{
	enum opcode opcode = insn_of(at)->opcode;

	return tell_operands(at, "computes", opcode_info[opcode].pops,
			     (int32_t)opcode | (int32_t)operator_becomes(at->mutant->operator, opcode) << 8);
}

/* ---- conditions ---- */

/* The jump that is taken when this one is not. */
static enum opcode opposite(enum opcode jump)
{
	enum opcode first = jump >= OPC_ifnull ? OPC_ifnull : OPC_ifeq;

	return first + ((jump - first) ^ 1u);
}

/* What ints that are compared stand for. */
static char type_compared(const struct point *at)
{
	const struct expr *condition = at->express->made[at->number];
	char type = 'I';

	for (uint16_t i = 0; condition && condition->kind == EXPR_CONDITION && i < condition->n_args; i++) {
		char one = express_type(at->express, condition->args[i]);

		if (one == 'C' || (one == 'Z' && type != 'C'))
			type = one;
	}
	return type;
}

static bool weave_condition(struct point *at)
{
	const struct insn *insn = insn_of(at);
	enum opcode jump = insn->opcode, mutated = operator_becomes(at->mutant->operator, jump);
	const char *types = opcode_info[jump].pops;
	int32_t type = 0;

	if (at->number && insn[-1].opcode >= OPC_lcmp && insn[-1].opcode <= OPC_dcmpg) {
		if (at->code->is_target[at->number])
			return false;
		types = opcode_info[insn[-1].opcode].pops;
		type = (int32_t)insn[-1].opcode;
		at->edit.pc = insn[-1].pc;
	} else if (*types == 'I') {
		type = type_compared(at);
	}
	if (!at->if_true[at->number]) {
		jump = opposite(jump);
		mutated = opposite(mutated);
	}
	return tell_operands(at, "compares", types, (int32_t)jump | (int32_t)mutated << 8 | type << 16);
}

/* ---- what is returned ---- */

static bool weave_return(struct point *at)
{
	const char *type = opcode_info[insn_of(at)->opcode].pops;
	const char types[] = { *type, *type, 0 };

	buf_u1(at->buf, operands_slots(type) == 2 ? OPC_dup2 : OPC_dup);
	edit_write_value(at->mutant->operator, at->method->descriptor, at->rewrite, at->buf);
	tell(at, "other", types, descriptor_return(at->method->descriptor).kind);
	at->edit.extra_stack++;		/* a value may take a slot more while it is made */
	return true;
}

/* ---- calls ---- */

static char letter_of(char kind)
{
	switch (kind) {
	case 'J':
		return 'L';
	case 'F':
	case 'D':
		return kind;
	case 'L':
	case '[':
		return 'A';
	default:
		return 'I';
	}
}

static void write_zero(struct buf *buf, char letter)
{
	buf_u1(buf, letter == 'L' ? OPC_lconst_0 : letter == 'F' ? OPC_fconst_0 :
		    letter == 'D' ? OPC_dconst_0 : letter == 'A' ? OPC_aconst_null : OPC_iconst_0);
}

/* Witness.`method`: takes what is on the stack, and leaves `result`. */
static void write_invoke(struct point *at, const char *method, const char *descriptor)
{
	buf_u1(at->buf, OPC_invokestatic);
	buf_u2(at->buf, rewrite_methodref(at->rewrite, WITNESS_CLASS, method, descriptor, false));
}

static void write_text(struct point *at, const char *text)
{
	buf_u1(at->buf, OPC_ldc_w);
	buf_u2(at->buf, rewrite_string(at->rewrite, text));
}

static const char *descriptor_letter(char letter)
{
	return letter == 'A' ? "Ljava/lang/Object;" : letter == 'L' ? "J" : letter == 'F' ? "F" :
	       letter == 'D' ? "D" : "I";
}

/* Leaves the text of the call without its arguments: "Cart.total(" of a static one; of
 * others the receiver comes first, unless it is `this`. */
static void write_start(struct point *at, const struct member_ref *ref, bool has_receiver, unsigned receiver)
{
	const struct expr *call = at->express->made[at->number];
	const char *slash = strrchr(ref->owner, '/');
	struct arena *arena = at->express->arena;
	bool is_own = !strcmp(ref->owner, at->class->name);

	if (has_receiver && call && call->kind == EXPR_CALL && call->n_args &&
	    call->args[0]->kind == EXPR_LOCAL && !call->args[0]->index && !(at->method->access & ACCESS_STATIC))
		has_receiver = false;
	else if (!has_receiver && !is_own) {
		write_text(at, arena_strfmt(arena, "%s.%s(", slash ? slash + 1 : ref->owner, ref->name));
		return;
	}
	write_text(at, arena_strfmt(arena, "%s(", ref->name));
	if (has_receiver) {
		operands_local(at->buf, OPC_iload, 'A', receiver);
		write_invoke(at, "receiver", "(Ljava/lang/String;Ljava/lang/Object;)Ljava/lang/String;");
	}
}

/* Puts the text of the call in variable `text`. The operands are in those from `local` up. */
static void write_operands(struct point *at, const struct member_ref *ref, bool has_receiver,
			   unsigned local, unsigned text)
{
	const char *parameters = ref->descriptor + 1;
	struct descriptor_type type;

	write_start(at, ref, has_receiver, local);
	local += has_receiver;
	while (descriptor_next(&parameters, &type)) {
		char letter = letter_of(type.kind);

		operands_local(at->buf, OPC_iload, letter, local);
		edit_push_int(at->buf, at->rewrite, type.kind);
		write_invoke(at, "operand", arena_strfmt(at->express->arena, "(Ljava/lang/String;%sI)Ljava/lang/String;",
							 descriptor_letter(letter)));
		local += type.slots;
	}
	operands_local(at->buf, OPC_istore, 'A', text);
}

/* The instruction again, between what is woven before and after it. */
static void write_again(struct point *at)
{
	const struct insn *insn = insn_of(at);

	for (uint32_t i = 0; i < insn->length; i++)
		buf_u1(at->buf, at->code->bytes.bytes[insn->pc + i]);
	at->edit.removed = insn->length;
}

static bool weave_call(struct point *at)
{
	bool has_receiver = insn_of(at)->opcode != OPC_invokestatic;
	unsigned local = at->code->max_locals, text, n = 0;
	char types[257];
	struct descriptor_type result, type;
	struct member_ref ref;
	const char *parameters, *letter;

	if (dropped_at(at->class, at->code, at->number, &ref) ||
	    !class_member_ref_at(at->class, insn_of(at)->index, &ref))
		return false;
	result = descriptor_return(ref.descriptor);
	if (result.kind == 'V')
		return false;
	if (has_receiver)
		types[n++] = 'A';
	for (parameters = ref.descriptor + 1; n < 256 && descriptor_next(&parameters, &type); )
		types[n++] = letter_of(type.kind);
	types[n] = 0;
	text = local + operands_slots(types);
	if (text >= UINT16_MAX)
		return false;
	operands_store(at->buf, types, local);
	write_operands(at, &ref, has_receiver, local, text);
	operands_load(at->buf, types, local);
	write_again(at);
	buf_u1(at->buf, result.slots == 2 ? OPC_dup2 : OPC_dup);
	write_zero(at->buf, letter_of(result.kind));
	operands_local(at->buf, OPC_iload, 'A', text);
	edit_push_int(at->buf, at->rewrite, result.kind);
	letter = descriptor_letter(letter_of(result.kind));
	write_invoke(at, "called", arena_strfmt(at->express->arena, "(%s%sLjava/lang/String;I)V", letter, letter));
	at->edit.max_locals = (uint16_t)(text + 1);
	at->edit.extra_stack = CALL_STACK;
	return true;
}

/* ---- one mutant ---- */

static bool weave(struct point *at)
{
	switch (edit_kind_of(at->mutant->operator)) {
	case EDIT_FLIP:
		return weave_step(at);
	case EDIT_NOP:
		return tell_operands(at, "minus", opcode_info[insn_of(at)->opcode].pops, 0);
	case EDIT_CALL:
		return weave_call(at);
	case EDIT_VALUE:
		return weave_return(at);
	case EDIT_OPCODE:
		return opcode_is_conditional_jump(insn_of(at)->opcode) ? weave_condition(at) : weave_arithmetic(at);
	case EDIT_UNKNOWN:
		break;
	}
	return false;
}

bool witness_weave(const struct plan *plan, const struct mutant *mutant, struct arena *arena,
		   struct rewrite *rewrite)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	const struct member *method = &class->methods[mutant->method];
	struct err none = ERR_INIT;
	struct code *code;
	bool *if_true, any = false;
	struct buf buf;

	if (code_parse(arena, class, method, &code, &none) != ERR_OK)
		return false;
	if_true = ARENA_NEW_N(arena, bool, code->n_insns);
	polarity_find(arena, class, code, if_true);
	buf_init(&buf, CODE_LENGTH_MAX);
	for (unsigned i = 0; i < mutant->n_pcs; i++) {
		struct point at = {
			.class = class, .method = method, .mutant = mutant, .code = code,
			.express = express_build(arena, NULL, class, method, code), .if_true = if_true,
			.number = code->insn_at[mutant->pcs[i]], .rewrite = rewrite, .buf = &buf,
			.edit = { .pc = mutant->pcs[i] },
		};

		buf_clear(&buf);
		if (!weave(&at))
			continue;
		at.edit.inserted = buf_get(&buf);
		rewrite_edit(rewrite, mutant->method, at.edit);
		any = true;
	}
	buf_release(&buf);
	return any;
}

bool witness_class(const struct plan *plan, const struct mutant *mutant, struct arena *arena,
		   struct span *ret)
{
	struct rewrite *rewrite = rewrite_start(arena, plan->classes[mutant->class_number].class);
	struct err none = ERR_INIT;

	return witness_weave(plan, mutant, arena, rewrite) &&
	       rewrite_finish(rewrite, arena, NULL, ret, &none) == ERR_OK;
}
