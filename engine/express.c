#include "engine/express.h"

#include <string.h>

#include "engine/member.h"
#include "engine/merge.h"
#include "engine/operand.h"

/* ---- constants and variables ---- */

static const char *const number_types[] = { "I", "J", "F", "D" };

static void push_number(struct simulation *s, uint32_t i, unsigned type,
			uint64_t bits)
{
	struct expr *expr = operand_make(s, EXPR_NUMBER, i, 0);

	expr->type = number_types[type];
	expr->bits = bits;
	operand_push(s, expr);
}

static uint64_t constant_bits(const struct constant *constant)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < constant->bytes.len; i++)
		bits = bits << 8 | constant->bytes.bytes[i];
	return bits;
}

static void push_constant(struct simulation *s, uint32_t i)
{
	const struct class *class = s->express->class;
	const struct insn *insn = &s->code->insns[i];
	const struct constant *constant = &class->constants[insn->index];
	struct expr *expr;
	struct member_ref ref;

	switch (constant->tag) {
	case CONSTANT_INTEGER:
		push_number(s, i, 0, (uint64_t)(int64_t)(int32_t)constant_bits(constant));
		return;
	case CONSTANT_LONG: push_number(s, i, 1, constant_bits(constant)); return;
	case CONSTANT_FLOAT: push_number(s, i, 2, constant_bits(constant)); return;
	case CONSTANT_DOUBLE: push_number(s, i, 3, constant_bits(constant)); return;
	case CONSTANT_STRING:
		expr = operand_make(s, EXPR_STRING, i, 0);
		expr->type = "Ljava/lang/String;";
		expr->text = class_string_at(class, insn->index);
		expr->text_len = expr->text ? (uint32_t)strlen(expr->text) : 0;
		break;
	case CONSTANT_CLASS:
		expr = operand_make(s, EXPR_CLASS, i, 0);
		expr->type = "Ljava/lang/Class;";
		expr->text = class_name_at(class, insn->index);
		break;
	default:
		expr = operand_make(s, EXPR_UNKNOWN, i, 0);
		if (constant->tag == CONSTANT_DYNAMIC &&
		    class_member_ref_at(class, insn->index, &ref))
			expr->type = ref.descriptor;
	}
	operand_push(s, expr);
}

static const char *const local_types[] = { NULL, "J", "F", "D", NULL };

static void push_local(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct expr *expr = operand_make(s, EXPR_LOCAL, i, 0);

	expr->type = insn->opcode <= OPC_aload
		     ? local_types[insn->opcode - OPC_iload]
		     : local_types[(insn->opcode - OPC_iload_0) / 4];
	expr->pc = insn->pc;
	expr->index = insn->index;
	if (insn->index < s->code->max_locals && !s->counts[insn->index])
		expr->stored = s->stored[insn->index];
	operand_push(s, expr);
}

/* Numbers, strings, variables: whatever has its value in itself. */
static bool push_simple(struct simulation *s, uint32_t i)
{
	static const uint64_t floats[] = { 0, 0x3f800000, 0x40000000 };
	const struct insn *insn = &s->code->insns[i];
	enum opcode opcode = insn->opcode;
	struct expr *null;

	if (opcode == OPC_aconst_null) {
		null = operand_make(s, EXPR_NULL, i, 0);
		operand_push(s, null);
	} else if ((opcode >= OPC_iconst_m1 && opcode <= OPC_iconst_5) ||
		   opcode == OPC_bipush || opcode == OPC_sipush) {
		push_number(s, i, 0, (uint64_t)(int64_t)insn->value);
	} else if (opcode == OPC_lconst_0 || opcode == OPC_lconst_1) {
		push_number(s, i, 1, opcode == OPC_lconst_1);
	} else if (opcode >= OPC_fconst_0 && opcode <= OPC_fconst_2) {
		push_number(s, i, 2, floats[opcode - OPC_fconst_0]);
	} else if (opcode == OPC_dconst_0 || opcode == OPC_dconst_1) {
		push_number(s, i, 3, opcode == OPC_dconst_0
				     ? 0 : UINT64_C(0x3ff0000000000000));
	} else if (opcode >= OPC_ldc && opcode <= OPC_ldc2_w) {
		push_constant(s, i);
	} else if (opcode_is_load(opcode)) {
		push_local(s, i);
	} else {
		return false;
	}
	return true;
}

/* ---- operators ---- */

/* The descriptor for a letter of the columns of opcodes.def. */
static const char *type_of_letter(char letter)
{
	switch (letter) {
	case 'L': return "J";
	case 'F': return "F";
	case 'D': return "D";
	case 'I': return "I";
	default: return NULL;
	}
}

static char slot_type(char letter)
{
	return letter == 'L' ? 'J' : letter;
}

/* Everything that pops values of known types and pushes one. */
static void apply(struct simulation *s, uint32_t i, enum expr_kind kind)
{
	const struct opcode_info *info =
		&opcode_info[s->code->insns[i].opcode];
	uint16_t n = (uint16_t)strlen(info->pops);
	struct expr *expr = operand_make(s, kind, i, n);

	while (n > 0) {
		n--;
		operand_set_arg(expr, n, operand_pop(s, slot_type(info->pops[n]), i));
	}
	expr->type = type_of_letter(info->pushes[0]);
	operand_push_made(s, i, expr);
}

static bool is_boolean(const struct simulation *s, const struct expr *expr)
{
	return express_type(s->express, expr) == 'Z';
}

static void binary(struct simulation *s, uint32_t i)
{
	struct expr *expr;

	apply(s, i, EXPR_BINARY);
	expr = s->express->made[i];
	if (expr->opcode >= OPC_iand && expr->opcode <= OPC_lxor &&
	    is_boolean(s, expr->args[0]) && is_boolean(s, expr->args[1]))
		expr->type = "Z";
}

static void cast(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct expr *expr;

	apply(s, i, EXPR_CAST);
	expr = s->express->made[i];
	if (insn->opcode == OPC_checkcast)
		expr->text = class_name_at(s->express->class, insn->index);
	else if (insn->opcode == OPC_i2b)
		expr->type = "B";
	else if (insn->opcode == OPC_i2c)
		expr->type = "C";
	else if (insn->opcode == OPC_i2s)
		expr->type = "S";
}

static void element(struct simulation *s, uint32_t i)
{
	struct expr *expr, *array;

	apply(s, i, EXPR_INDEX);
	expr = s->express->made[i];
	array = expr->args[0];
	if (array->type && *array->type == '[' && !expr->type)
		expr->type = array->type + 1;
	else if (s->code->insns[i].opcode == OPC_caload)
		expr->type = "C";
}

/* ---- arrays ---- */

static void new_array(struct simulation *s, uint32_t i)
{
	static const char *const types[] = {	/* newarray's codes from 4 */
		"[Z", "[C", "[F", "[D", "[B", "[S", "[I", "[J",
	};
	const struct insn *insn = &s->code->insns[i];
	unsigned n = insn->opcode == OPC_multianewarray
		     ? (unsigned)insn->value : 1;
	struct expr *expr = operand_make(s, EXPR_ARRAY, i, (uint16_t)n);

	while (n > 0)
		operand_set_arg(expr, (uint16_t)--n, operand_pop(s, 'I', i));
	if (insn->opcode == OPC_newarray) {
		if (insn->value >= 4 && insn->value <= 11)
			expr->type = types[insn->value - 4];
	} else {
		expr->text = class_name_at(s->express->class, insn->index);
		if (insn->opcode == OPC_multianewarray)
			expr->type = expr->text;
	}
	operand_push_made(s, i, expr);
}

/* An array that is filled where it is made is a literal, or variable
 * arguments. */
static void store_element(struct simulation *s, uint32_t i)
{
	char letter = opcode_info[s->code->insns[i].opcode].pops[2];
	struct expr *value = operand_pop(s, slot_type(letter), i);
	struct expr *index = operand_pop(s, 'I', i), *array = operand_pop(s, 'A', i);
	uint16_t n;

	s->express->made[i] = operand_make(s, EXPR_INDEX, i, 3);
	operand_set_arg(s->express->made[i], 0, array);
	operand_set_arg(s->express->made[i], 1, index);
	operand_set_arg(s->express->made[i], 2, value);
	if (array->kind != EXPR_ARRAY || index->kind != EXPR_NUMBER)
		return;
	n = array->is_filled ? array->n_args : 0;
	array->is_filled = true;
	array->number = i;
	if (index->bits != n || n == OPERAND_ARGS_MAX) {
		array->n_args = n;
		return;
	}
	array->args = arena_grow(s->express->arena, array->args, n, n + 1u,
				 sizeof(*array->args));
	array->args[n] = value;
	array->n_args = (uint16_t)(n + 1);
}

/* ---- the stack's own instructions ---- */

/* Takes the top `n` slots and puts them below the `below` slots under them. */
static void duplicate(struct simulation *s, unsigned n, unsigned below)
{
	struct expr *items[4] = { NULL };

	for (unsigned i = 0; i < n + below; i++)
		items[i] = operand_pop_slot(s);		/* topmost first */
	for (unsigned i = n; i > 0; i--)
		operand_push_slot(s, items[i - 1]);
	for (unsigned i = n + below; i > 0; i--)
		operand_push_slot(s, items[i - 1]);
}

static void shuffle(struct simulation *s, enum opcode opcode)
{
	struct expr *top, *under;

	switch (opcode) {
	case OPC_pop2: operand_pop_slot(s);	/* fall through */
	case OPC_pop: operand_pop_slot(s); break;
	case OPC_dup: duplicate(s, 1, 0); break;
	case OPC_dup_x1: duplicate(s, 1, 1); break;
	case OPC_dup_x2: duplicate(s, 1, 2); break;
	case OPC_dup2: duplicate(s, 2, 0); break;
	case OPC_dup2_x1: duplicate(s, 2, 1); break;
	case OPC_dup2_x2: duplicate(s, 2, 2); break;
	default:
		top = operand_pop_slot(s);
		under = operand_pop_slot(s);
		operand_push_slot(s, top);
		operand_push_slot(s, under);
	}
}

/* ---- control ---- */

/* The condition under which a jump is taken. */
static void condition(struct simulation *s, uint32_t i)
{
	const char *pops = opcode_info[s->code->insns[i].opcode].pops;
	uint16_t n = (uint16_t)strlen(pops);
	struct expr *expr = operand_make(s, EXPR_CONDITION, i, n);

	while (n > 0) {
		n--;
		operand_set_arg(expr, n, operand_pop(s, pops[n], i));
	}
	expr->type = "Z";
	s->express->made[i] = expr;
}

static void save(struct simulation *s, uint32_t from, uint32_t to)
{
	struct saved *saved;

	if (s->stack.n == 0 || to <= from)
		return;
	saved = ARENA_NEW(s->express->arena, struct saved);
	saved->before = s->saved[to];
	saved->items = arena_memdup(s->express->arena, s->stack.items,
				    s->stack.n * sizeof(*s->stack.items));
	saved->n = s->stack.n;
	saved->from = from;
	s->saved[to] = saved;
}

static void leave(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];

	if (opcode_is_jump(insn->opcode))
		save(s, i, s->code->insn_at[insn->target]);
	if (insn->table) {
		save(s, i, s->code->insn_at[insn->table->default_pc]);
		for (uint32_t k = 0; k < insn->table->n; k++)
			save(s, i, s->code->insn_at[insn->table->targets[k]]);
	}
	s->alive = !opcode_ends_block(insn->opcode);
}

static struct expr *merged(struct simulation *s, uint32_t i,
			   struct expr *jumped, struct expr *fell, uint32_t from)
{
	struct expr *expr = merge_choice(s->express, jumped, fell, from, i);

	if (expr)
		return expr;
	expr = operand_make(s, EXPR_UNKNOWN, i, 0);
	expr->first = jumped->first < fell->first ? jumped->first : fell->first;
	expr->type = jumped->type ? jumped->type : fell->type;
	return expr;
}

/* The stack on arrival at a target: the last jump's first, as the innermost
 * of nested conditional expressions is the last. */
static void arrive(struct simulation *s, uint32_t i)
{
	const struct saved *saved = s->saved[i];

	if (!s->alive) {
		s->alive = true;
		s->stack.n = 0;
		for (uint32_t k = 0; saved && k < saved->n; k++)
			operand_push_slot(s, saved->items[k]);
		if (saved)
			saved = saved->before;
	}
	for (; saved; saved = saved->before)
		for (uint32_t k = 0; saved->n == s->stack.n && k < saved->n; k++) {
			struct expr **here = &s->stack.items[k];

			if (*here != saved->items[k] && *here && saved->items[k])
				*here = merged(s, i, saved->items[k], *here,
					       saved->from);
		}
}

/* A handler starts with the exception alone. */
static void start_handlers(struct simulation *s)
{
	for (unsigned e = 0; e < s->code->n_exceptions; e++) {
		uint32_t i = s->code->insn_at[s->code->exceptions[e].handler];
		struct saved *saved;

		if (s->saved[i])
			continue;
		saved = ARENA_NEW(s->express->arena, struct saved);
		saved->items = ARENA_NEW_N(s->express->arena, struct expr *, 1);
		saved->items[0] = operand_make(s, EXPR_UNKNOWN, i, 0);
		saved->n = 1;
		s->saved[i] = saved;
	}
}

/* ---- all of it ---- */

static bool is_between(enum opcode opcode, enum opcode first, enum opcode last)
{
	return opcode >= first && opcode <= last;
}

static void step_object(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct expr *expr;

	switch (insn->opcode) {
	case OPC_getstatic: case OPC_getfield: member_get(s, i); break;
	case OPC_putstatic: case OPC_putfield: member_put(s, i); break;
	case OPC_invokedynamic: member_invoke_dynamic(s, i); break;
	case OPC_new:
		expr = operand_make(s, EXPR_NEW, i, 0);
		expr->text = class_name_at(s->express->class, insn->index);
		operand_push(s, expr);
		break;
	case OPC_newarray: case OPC_anewarray: case OPC_multianewarray:
		new_array(s, i);
		break;
	case OPC_arraylength: apply(s, i, EXPR_LENGTH); break;
	case OPC_checkcast: cast(s, i); break;
	case OPC_instanceof:
		apply(s, i, EXPR_INSTANCEOF);
		s->express->made[i]->text =
			class_name_at(s->express->class, insn->index);
		s->express->made[i]->type = "Z";
		break;
	case OPC_monitorenter: case OPC_monitorexit: operand_pop_slot(s); break;
	default: member_invoke(s, i);
	}
}

static void step(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	enum opcode opcode = insn->opcode;
	struct expr *expr;

	if (push_simple(s, i))
		return;
	if (is_between(opcode, OPC_iaload, OPC_saload)) {
		element(s, i);
	} else if (is_between(opcode, OPC_iastore, OPC_sastore)) {
		store_element(s, i);
	} else if (opcode_is_store(opcode)) {
		expr = operand_pop(s, slot_type(opcode_info[opcode].pops[0]), i);
		s->express->made[i] = expr;
		if (insn->index < s->code->max_locals)
			s->stored[insn->index] = expr;
	} else if (is_between(opcode, OPC_pop, OPC_swap)) {
		shuffle(s, opcode);
	} else if (is_between(opcode, OPC_ineg, OPC_dneg)) {
		apply(s, i, EXPR_MINUS);
	} else if (is_between(opcode, OPC_iadd, OPC_lxor)) {
		binary(s, i);
	} else if (opcode == OPC_iinc) {
		expr = operand_make(s, EXPR_LOCAL, i, 0);
		expr->pc = insn->pc;
		expr->index = insn->index;
		s->express->made[i] = expr;
	} else if (is_between(opcode, OPC_i2l, OPC_i2s)) {
		cast(s, i);
	} else if (is_between(opcode, OPC_lcmp, OPC_dcmpg)) {
		apply(s, i, EXPR_COMPARE3);
	} else if (opcode_is_conditional_jump(opcode)) {
		condition(s, i);
		leave(s, i);
	} else if (is_between(opcode, OPC_ireturn, OPC_areturn) ||
		   opcode == OPC_athrow || opcode_is_switch(opcode)) {
		s->express->made[i] =
			operand_pop(s, slot_type(opcode_info[opcode].pops[0]), i);
		leave(s, i);
	} else if (opcode_ends_block(opcode) || opcode_is_jump(opcode)) {
		leave(s, i);
	} else if (opcode != OPC_nop) {
		step_object(s, i);
	}
}

const struct express *express_build(struct arena *arena, const struct idiom *idiom,
				    const struct class *class,
				    const struct member *method,
				    const struct code *code)
{
	struct express *express = ARENA_NEW(arena, struct express);
	struct simulation s = { .express = express, .code = code };

	*express = (struct express){
		.arena = arena, .idiom = idiom, .class = class, .method = method, .code = code,
		.made = ARENA_NEW_N(arena, struct expr *, code->n_insns),
	};
	s.stack.size = code->max_stack;
	s.stack.items = ARENA_NEW_N(arena, struct expr *, code->max_stack + 1u);
	s.saved = ARENA_NEW_N(arena, struct saved *, code->n_insns);
	s.stored = ARENA_NEW_N(arena, struct expr *, code->max_locals + 1u);
	s.counts = ARENA_NEW_N(arena, bool, code->max_locals + 1u);
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (code->insns[i].opcode == OPC_iinc &&
		    code->insns[i].index < code->max_locals)
			s.counts[code->insns[i].index] = true;
	s.alive = true;
	start_handlers(&s);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		if (code->is_target[i] || !s.alive)
			arrive(&s, i);
		step(&s, i);
	}
	return express;
}

static char local_type(const struct express *express, const struct expr *expr)
{
	const struct local_entry *entry;

	entry = code_local(express->code, expr->pc, expr->index);
	return entry ? *entry->descriptor : '?';
}

static bool is_bit(const struct expr *expr, uint64_t bit)
{
	return expr->kind == EXPR_NUMBER && *expr->type == 'I' &&
	       expr->bits == bit;
}

char express_type(const struct express *express, const struct expr *expr)
{
	if (expr->kind == EXPR_CHOICE &&
	    ((is_bit(expr->args[1], 1) && is_bit(expr->args[2], 0)) ||
	     (is_bit(expr->args[1], 0) && is_bit(expr->args[2], 1))))
		return 'Z';	/* an int may be made so, but seldom is */
	if (expr->kind == EXPR_LOCAL && !expr->type)
		return local_type(express, expr);
	return expr->type ? *expr->type : '?';
}
