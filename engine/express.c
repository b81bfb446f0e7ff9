#include "engine/express.h"

#include <string.h>

#include "engine/indy.h"
#include "engine/merge.h"

#define ARGS_MAX 255

struct stack {			/* one entry a slot; the second of a long is NULL */
	struct expr **items;
	uint32_t n, size;
};

struct saved {			/* the stack that a jump brings along */
	struct saved *before;	/* that of the jump before it to the same place */
	struct expr **items;
	uint32_t n;
	uint32_t from;		/* number of the jump */
};

struct simulation {
	struct express *express;
	const struct code *code;
	struct stack stack;
	struct saved **saved;	/* [n_insns] the last jump's; NULL where none */
	struct expr **stored;	/* [max_locals] the last value of each variable */
	bool *counts;		/* [max_locals] is there an iinc of it? */
	bool alive;		/* control falls through to the next instruction */
};

/* ---- trees ---- */

static struct expr *make(struct simulation *s, enum expr_kind kind,
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

static void set_arg(struct expr *expr, uint16_t i, struct expr *arg)
{
	expr->args[i] = arg;
	if (arg && arg->first < expr->first)
		expr->first = arg->first;
}

/* ---- the stack: never empty enough to fail, never beyond its size ---- */

static unsigned slots_of(const struct expr *expr)
{
	return expr->type && (*expr->type == 'J' || *expr->type == 'D') ? 2 : 1;
}

static void push_slot(struct simulation *s, struct expr *expr)
{
	if (s->stack.n < s->stack.size)
		s->stack.items[s->stack.n++] = expr;
}

static struct expr *pop_slot(struct simulation *s)
{
	return s->stack.n > 0 ? s->stack.items[--s->stack.n] : NULL;
}

static void push(struct simulation *s, struct expr *expr)
{
	push_slot(s, expr);
	if (slots_of(expr) == 2)
		push_slot(s, NULL);
}

/* A value of that type letter. */
static struct expr *pop(struct simulation *s, char type, uint32_t number)
{
	struct expr *expr;

	if (type == 'J' || type == 'D')
		pop_slot(s);
	expr = pop_slot(s);
	return expr ? expr : make(s, EXPR_UNKNOWN, number, 0);
}

/* ---- constants and variables ---- */

static const char *const number_types[] = { "I", "J", "F", "D" };

static void push_number(struct simulation *s, uint32_t i, unsigned type,
			uint64_t bits)
{
	struct expr *expr = make(s, EXPR_NUMBER, i, 0);

	expr->type = number_types[type];
	expr->bits = bits;
	push(s, expr);
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
		expr = make(s, EXPR_STRING, i, 0);
		expr->type = "Ljava/lang/String;";
		expr->text = class_string_at(class, insn->index);
		expr->text_len = expr->text ? (uint32_t)strlen(expr->text) : 0;
		break;
	case CONSTANT_CLASS:
		expr = make(s, EXPR_CLASS, i, 0);
		expr->type = "Ljava/lang/Class;";
		expr->text = class_name_at(class, insn->index);
		break;
	default:
		expr = make(s, EXPR_UNKNOWN, i, 0);
		if (constant->tag == CONSTANT_DYNAMIC &&
		    class_member_ref_at(class, insn->index, &ref))
			expr->type = ref.descriptor;
	}
	push(s, expr);
}

static const char *const local_types[] = { NULL, "J", "F", "D", NULL };

static void push_local(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct expr *expr = make(s, EXPR_LOCAL, i, 0);

	expr->type = insn->opcode <= OPC_aload
		     ? local_types[insn->opcode - OPC_iload]
		     : local_types[(insn->opcode - OPC_iload_0) / 4];
	expr->pc = insn->pc;
	expr->index = insn->index;
	if (insn->index < s->code->max_locals && !s->counts[insn->index])
		expr->stored = s->stored[insn->index];
	push(s, expr);
}

/* Numbers, strings, variables: whatever has its value in itself. */
static bool push_simple(struct simulation *s, uint32_t i)
{
	static const uint64_t floats[] = { 0, 0x3f800000, 0x40000000 };
	const struct insn *insn = &s->code->insns[i];
	enum opcode opcode = insn->opcode;
	struct expr *null;

	if (opcode == OPC_aconst_null) {
		null = make(s, EXPR_NULL, i, 0);
		push(s, null);
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

static void push_made(struct simulation *s, uint32_t i, struct expr *expr)
{
	s->express->made[i] = expr;
	push(s, expr);
}

/* Everything that pops values of known types and pushes one. */
static void apply(struct simulation *s, uint32_t i, enum expr_kind kind)
{
	const struct opcode_info *info =
		&opcode_info[s->code->insns[i].opcode];
	uint16_t n = (uint16_t)strlen(info->pops);
	struct expr *expr = make(s, kind, i, n);

	while (n > 0) {
		n--;
		set_arg(expr, n, pop(s, slot_type(info->pops[n]), i));
	}
	expr->type = type_of_letter(info->pushes[0]);
	push_made(s, i, expr);
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
	struct expr *expr = make(s, EXPR_ARRAY, i, (uint16_t)n);

	while (n > 0)
		set_arg(expr, (uint16_t)--n, pop(s, 'I', i));
	if (insn->opcode == OPC_newarray) {
		if (insn->value >= 4 && insn->value <= 11)
			expr->type = types[insn->value - 4];
	} else {
		expr->text = class_name_at(s->express->class, insn->index);
		if (insn->opcode == OPC_multianewarray)
			expr->type = expr->text;
	}
	push_made(s, i, expr);
}

/* An array that is filled where it is made is a literal, or variable
 * arguments. */
static void store_element(struct simulation *s, uint32_t i)
{
	char letter = opcode_info[s->code->insns[i].opcode].pops[2];
	struct expr *value = pop(s, slot_type(letter), i);
	struct expr *index = pop(s, 'I', i), *array = pop(s, 'A', i);
	uint16_t n;

	if (array->kind != EXPR_ARRAY || index->kind != EXPR_NUMBER)
		return;
	n = array->is_filled ? array->n_args : 0;
	array->is_filled = true;
	array->number = i;
	if (index->bits != n || n == ARGS_MAX) {
		array->n_args = n;
		return;
	}
	array->args = arena_grow(s->express->arena, array->args, n, n + 1u,
				 sizeof(*array->args));
	array->args[n] = value;
	array->n_args = (uint16_t)(n + 1);
}

/* ---- members ---- */

static void get_field(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	bool is_static = insn->opcode == OPC_getstatic;
	struct expr *expr = make(s, EXPR_FIELD, i, !is_static);

	if (!is_static)
		set_arg(expr, 0, pop(s, 'A', i));
	if (!class_member_ref_at(s->express->class, insn->index, &expr->ref))
		expr->kind = EXPR_UNKNOWN;
	expr->type = expr->ref.descriptor;
	push_made(s, i, expr);
}

static void put_field(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct member_ref ref;

	if (!class_member_ref_at(s->express->class, insn->index, &ref))
		return;
	s->express->made[i] = pop(s, *ref.descriptor, i);
	if (insn->opcode == OPC_putfield)
		pop(s, 'A', i);
}

static uint16_t count_arguments(const char *descriptor, char *ret_types)
{
	struct descriptor_type type;
	const char *at = descriptor + 1;
	uint16_t n = 0;

	while (n < ARGS_MAX && descriptor_next(&at, &type))
		ret_types[n++] = type.kind;
	return n;
}

static bool is_builder(const struct expr *expr)
{
	if (expr->kind == EXPR_CONCAT)
		return !expr->is_filled;
	return expr->kind == EXPR_NEW && expr->text && expr->n_args == 0 &&
	       (!strcmp(expr->text, "java/lang/StringBuilder") ||
		!strcmp(expr->text, "java/lang/StringBuffer"));
}

/* new StringBuilder().append(a).append(b).toString() is what + was compiled
 * to before Java 9. `is_filled` says that it is a string now. */
static bool concatenate(struct simulation *s, uint32_t i, struct expr *call)
{
	struct expr *expr;

	if (call->n_args == 0 || !is_builder(call->args[0]))
		return false;
	if (!strcmp(call->ref.name, "append") && call->n_args == 2) {
		expr = make(s, EXPR_CONCAT, i, 2);
		set_arg(expr, 0, call->args[0]);
		set_arg(expr, 1, call->args[1]);
		expr->type = call->ref.descriptor + 1;
	} else if (!strcmp(call->ref.name, "toString") &&
		   call->args[0]->kind == EXPR_CONCAT) {
		expr = make(s, EXPR_CONCAT, i, 2);
		set_arg(expr, 0, call->args[0]);
		expr->is_filled = true;
		expr->type = "Ljava/lang/String;";
	} else {
		return false;
	}
	s->express->made[i] = call;
	push(s, expr);
	return true;
}

static void construct(struct simulation *s, uint32_t i, struct expr *call)
{
	struct expr *made = call->args[0];

	s->express->made[i] = call;
	if (made->kind != EXPR_NEW || made->is_filled)
		return;
	made->is_filled = true;
	made->ref = call->ref;
	made->args = call->args + 1;
	made->n_args = (uint16_t)(call->n_args - 1);
	for (uint16_t n = 0; n < made->n_args; n++)
		if (made->args[n]->first < made->first)
			made->first = made->args[n]->first;
}

static void invoke(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	bool has_receiver = insn->opcode != OPC_invokestatic;
	struct member_ref ref;
	char types[ARGS_MAX];
	struct expr *call;
	uint16_t n;

	if (!class_member_ref_at(s->express->class, insn->index, &ref))
		return;
	n = count_arguments(ref.descriptor, types);
	call = make(s, EXPR_CALL, i, (uint16_t)(n + has_receiver));
	call->ref = ref;
	while (n > 0) {
		n--;
		set_arg(call, (uint16_t)(n + has_receiver), pop(s, types[n], i));
	}
	if (has_receiver)
		set_arg(call, 0, pop(s, 'A', i));
	call->type = descriptor_return(ref.descriptor).start;
	if (!strcmp(ref.name, "<init>") && has_receiver)
		construct(s, i, call);
	else if (!concatenate(s, i, call)) {
		s->express->made[i] = call;
		if (*call->type != 'V')
			push(s, call);
	}
}

static void invoke_dynamic(struct simulation *s, uint32_t i)
{
	const struct insn *insn = &s->code->insns[i];
	struct expr *expr, *args[ARGS_MAX];
	char types[ARGS_MAX];
	struct member_ref ref;
	uint16_t n, n_args;

	if (!class_member_ref_at(s->express->class, insn->index, &ref))
		return;
	n = n_args = count_arguments(ref.descriptor, types);
	while (n > 0) {
		n--;
		args[n] = pop(s, types[n], i);
	}
	expr = indy_expression(s->express, i, &ref, args, n_args);
	for (n = 0; n < n_args; n++)
		if (args[n]->first < expr->first)
			expr->first = args[n]->first;
	expr->type = descriptor_return(ref.descriptor).start;
	if (*expr->type != 'V')
		push_made(s, i, expr);
}

/* ---- the stack's own instructions ---- */

/* Takes the top `n` slots and puts them below the `below` slots under them. */
static void duplicate(struct simulation *s, unsigned n, unsigned below)
{
	struct expr *items[4] = { NULL };

	for (unsigned i = 0; i < n + below; i++)
		items[i] = pop_slot(s);		/* topmost first */
	for (unsigned i = n; i > 0; i--)
		push_slot(s, items[i - 1]);
	for (unsigned i = n + below; i > 0; i--)
		push_slot(s, items[i - 1]);
}

static void shuffle(struct simulation *s, enum opcode opcode)
{
	struct expr *top, *under;

	switch (opcode) {
	case OPC_pop2: pop_slot(s);	/* fall through */
	case OPC_pop: pop_slot(s); break;
	case OPC_dup: duplicate(s, 1, 0); break;
	case OPC_dup_x1: duplicate(s, 1, 1); break;
	case OPC_dup_x2: duplicate(s, 1, 2); break;
	case OPC_dup2: duplicate(s, 2, 0); break;
	case OPC_dup2_x1: duplicate(s, 2, 1); break;
	case OPC_dup2_x2: duplicate(s, 2, 2); break;
	default:
		top = pop_slot(s);
		under = pop_slot(s);
		push_slot(s, top);
		push_slot(s, under);
	}
}

/* ---- control ---- */

/* The condition under which a jump is taken. */
static void condition(struct simulation *s, uint32_t i)
{
	const char *pops = opcode_info[s->code->insns[i].opcode].pops;
	uint16_t n = (uint16_t)strlen(pops);
	struct expr *expr = make(s, EXPR_CONDITION, i, n);

	while (n > 0) {
		n--;
		set_arg(expr, n, pop(s, pops[n], i));
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
	expr = make(s, EXPR_UNKNOWN, i, 0);
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
			push_slot(s, saved->items[k]);
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
		saved->items[0] = make(s, EXPR_UNKNOWN, i, 0);
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
	case OPC_getstatic: case OPC_getfield: get_field(s, i); break;
	case OPC_putstatic: case OPC_putfield: put_field(s, i); break;
	case OPC_invokedynamic: invoke_dynamic(s, i); break;
	case OPC_new:
		expr = make(s, EXPR_NEW, i, 0);
		expr->text = class_name_at(s->express->class, insn->index);
		push(s, expr);
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
	case OPC_monitorenter: case OPC_monitorexit: pop_slot(s); break;
	default: invoke(s, i);
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
		expr = pop(s, slot_type(opcode_info[opcode].pops[0]), i);
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
		expr = make(s, EXPR_LOCAL, i, 0);
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
			pop(s, slot_type(opcode_info[opcode].pops[0]), i);
		leave(s, i);
	} else if (opcode_ends_block(opcode) || opcode_is_jump(opcode)) {
		leave(s, i);
	} else if (opcode != OPC_nop) {
		step_object(s, i);
	}
}

const struct express *express_build(struct arena *arena,
				    const struct class *class,
				    const struct member *method,
				    const struct code *code)
{
	struct express *express = ARENA_NEW(arena, struct express);
	struct simulation s = { .express = express, .code = code };

	*express = (struct express){
		.arena = arena, .class = class, .method = method, .code = code,
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
