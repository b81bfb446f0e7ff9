#include "classfile/sim.h"

#include <string.h>

#define BYTES_MAX ((size_t)64 << 20)	/* for the frames of one method */
#define STACK_ROOM 8			/* a new stack's room to grow */

static const struct vtype type_top = { VTYPE_TOP, NULL, 0 };

void sim_init(struct sim *sim, struct arena *arena, const struct class *class,
	      const struct member *method, const struct code *code,
	      struct err *err)
{
	*sim = (struct sim){
		.arena = arena, .class = class, .method = method,
		.code = code, .err = err, .bytes_left = BYTES_MAX,
	};
}

static void fail_as(struct sim *sim, enum err_code code, const char *text)
{
	if (sim->failed)
		return;
	sim->failed = true;
	err_set(sim->err, code, "%s: %s%s: %s at pc %u", sim->class->what,
		sim->method->name, sim->method->descriptor, text, sim->pc);
}

void sim_fail(struct sim *sim, const char *text)
{
	fail_as(sim, ERR_FORMAT, text);
}

void *sim_alloc(struct sim *sim, size_t n, size_t size)
{
	if (n > sim->bytes_left / size) {
		fail_as(sim, ERR_LIMIT, "too many types to keep");
		return NULL;
	}
	sim->bytes_left -= n * size;
	return arena_alloc(sim->arena, n * size);
}

struct vtype sim_object(const char *name)
{
	return (struct vtype){ VTYPE_OBJECT, name, 0 };
}

bool sim_vtype_equal(const struct vtype *a, const struct vtype *b)
{
	return a->kind == b->kind && a->pc == b->pc &&
	       (a->name == b->name ||
		(a->name && b->name && !strcmp(a->name, b->name)));
}

bool sim_is_wide(const struct vtype *type)
{
	return type->kind == VTYPE_LONG || type->kind == VTYPE_DOUBLE;
}

struct frame sim_frame(const struct sim *sim)
{
	return (struct frame){
		.is_known = true,
		.n_locals = sim->now.n_locals,
		.n_stack = sim->now.n_stack,
		.locals = sim->now.locals,
		.stack = sim->now.stack ? sim->now.stack->items : NULL,
	};
}

static struct sim_stack *new_stack(struct sim *sim, const struct vtype *items,
				   uint32_t n, uint32_t size)
{
	struct sim_stack *stack = sim_alloc(sim, 1, sizeof(*stack));

	if (!stack)
		return NULL;
	stack->items = sim_alloc(sim, size, sizeof(*items));
	if (!stack->items)
		return NULL;
	if (n)
		memcpy(stack->items, items, n * sizeof(*items));
	stack->used = n;
	stack->size = size;
	return stack;
}

struct sim_stack *sim_stack_of(struct sim *sim, const struct vtype *items,
			       uint16_t n)
{
	return new_stack(sim, items, n, n);
}

/* One slot. Items that another state may see are never overwritten. */
static void push_slot(struct sim *sim, struct vtype type)
{
	struct sim_stack *stack = sim->now.stack;
	uint16_t n = sim->now.n_stack;

	if (sim->failed)
		return;
	if (n >= sim->code->max_stack) {
		sim_fail(sim, "operand stack overflow");
		return;
	}
	if (stack && n < stack->used &&
	    sim_vtype_equal(&stack->items[n], &type)) {
		sim->now.n_stack++;
		return;
	}
	if (!stack || n < stack->used || n == stack->size) {
		stack = new_stack(sim, stack ? stack->items : NULL, n,
				  n + STACK_ROOM);
		if (!stack)
			return;
		sim->now.stack = stack;
	}
	stack->items[n] = type;
	stack->used = n + 1u;
	sim->now.n_stack++;
}

static void push(struct sim *sim, struct vtype type)
{
	push_slot(sim, type);
	if (sim_is_wide(&type))
		push_slot(sim, type_top);
}

static struct vtype pop_slot(struct sim *sim)
{
	if (!sim->now.n_stack)
		sim_fail(sim, "operand stack underflow");
	if (sim->failed)
		return type_top;
	return sim->now.stack->items[--sim->now.n_stack];
}

static bool fits(const struct vtype *type, char letter)
{
	switch (letter) {
	case 'I': return type->kind == VTYPE_INTEGER;
	case 'F': return type->kind == VTYPE_FLOAT;
	case 'L': return type->kind == VTYPE_LONG;
	case 'D': return type->kind == VTYPE_DOUBLE;
	default:  return type->kind >= VTYPE_NULL;
	}
}

/* A value of the type that a letter of opcodes.def stands for. */
static struct vtype pop(struct sim *sim, char letter)
{
	struct vtype type = pop_slot(sim);

	if (letter == 'L' || letter == 'D')
		type = pop_slot(sim);
	if (!fits(&type, letter))
		sim_fail(sim, "a value of another type on the operand stack");
	return type;
}

static char letter_of(const struct descriptor_type *type)
{
	switch (type->kind) {
	case 'J': return 'L';
	case 'D': case 'F': return type->kind;
	case 'L': case '[': return 'A';
	default:  return 'I';
	}
}

/* A copy of a name out of a descriptor, charged for. */
static struct vtype object_of(struct sim *sim, const char *start, size_t len)
{
	char *name;

	if (!start[len])	/* the rest of a string is a string */
		return sim_object(start);
	name = sim_alloc(sim, len + 1, 1);
	if (!name)
		return type_top;
	memcpy(name, start, len);
	return sim_object(name);
}

static struct vtype type_of(struct sim *sim, const struct descriptor_type *type)
{
	switch (type->kind) {
	case 'J': return (struct vtype){ .kind = VTYPE_LONG };
	case 'D': return (struct vtype){ .kind = VTYPE_DOUBLE };
	case 'F': return (struct vtype){ .kind = VTYPE_FLOAT };
	case 'L': return object_of(sim, type->start + 1, type->len - 2);
	case '[': return object_of(sim, type->start, type->len);
	default:  return (struct vtype){ .kind = VTYPE_INTEGER };
	}
}

static struct descriptor_type field_type(const char *descriptor)
{
	size_t len = strlen(descriptor);

	return (struct descriptor_type){ *descriptor, descriptor, len,
		*descriptor == 'J' || *descriptor == 'D' ? 2 : 1 };
}

static const struct vtype *local(struct sim *sim, uint32_t index)
{
	return index < sim->now.n_locals ? &sim->now.locals[index] : &type_top;
}

static void load(struct sim *sim, const struct insn *insn)
{
	const struct vtype *type = local(sim, insn->index);

	if (!fits(type, *opcode_info[insn->opcode].pushes))
		sim_fail(sim, "a local variable of another type");
	push(sim, *type);
}

static void store_at(struct sim *sim, uint32_t index, struct vtype type)
{
	uint32_t end = index + (sim_is_wide(&type) ? 2 : 1);
	uint32_t n = sim->now.n_locals > end ? sim->now.n_locals : end;
	struct vtype *locals;

	if (end > sim->code->max_locals)
		sim_fail(sim, "a local variable beyond max_locals");
	if (sim->failed || (end <= sim->now.n_locals &&
			    sim_vtype_equal(&sim->now.locals[index], &type)))
		return;
	locals = sim_alloc(sim, n, sizeof(*locals));
	if (!locals)
		return;
	if (sim->now.n_locals)
		memcpy(locals, sim->now.locals,
		       sim->now.n_locals * sizeof(*locals));
	if (index && sim_is_wide(&locals[index - 1]))
		locals[index - 1] = type_top;
	locals[index] = type;
	if (sim_is_wide(&type))
		locals[index + 1] = type_top;
	sim->now.locals = locals;
	sim->now.n_locals = (uint16_t)n;
}

void sim_enter(struct sim *sim)
{
	const char *at = sim->method->descriptor + 1;
	struct descriptor_type type;
	struct vtype this_type = sim_object(sim->class->name);
	uint32_t index = 0;

	sim->now = (struct sim_state){ NULL, NULL, 0, 0 };
	if (!(sim->method->access & ACCESS_STATIC)) {
		if (!strcmp(sim->method->name, "<init>") &&
		    strcmp(sim->class->name, "java/lang/Object") != 0)
			this_type = (struct vtype){ .kind = VTYPE_UNINITIALIZED_THIS };
		store_at(sim, index++, this_type);
	}
	while (descriptor_next(&at, &type)) {
		store_at(sim, index, type_of(sim, &type));
		index += type.slots;
	}
}

/* pop to swap: the slots taken, deepest first, and what is left of them. */
static void shuffle(struct sim *sim, enum opcode opcode)
{
	static const struct { const char *from, *to; } patterns[] = {
		{ "a", "" }, { "ab", "" }, { "a", "aa" }, { "ab", "bab" },
		{ "abc", "cabc" }, { "ab", "abab" }, { "abc", "bcabc" },
		{ "abcd", "cdabcd" }, { "ab", "ba" },
	};
	const char *from = patterns[opcode - OPC_pop].from;
	const char *to = patterns[opcode - OPC_pop].to;
	struct vtype slots[4];

	for (size_t i = strlen(from); i--; )
		slots[i] = pop_slot(sim);
	for (; *to && !sim->failed; to++)
		push_slot(sim, slots[*to - 'a']);
}

static void pop_arguments(struct sim *sim, const char *descriptor)
{
	char letters[256];
	const char *at = descriptor + 1;
	struct descriptor_type type;
	size_t n = 0;

	while (descriptor_next(&at, &type))
		letters[n++] = letter_of(&type);
	while (n--)
		pop(sim, letters[n]);
}

/* Where a constructor has returned, all copies of the object are complete. */
static void initialize(struct sim *sim, struct vtype object)
{
	const struct code *code = sim->code;
	struct sim_stack *stack;
	struct vtype complete;
	uint16_t n = sim->now.n_stack;

	if (object.kind == VTYPE_UNINITIALIZED_THIS)
		complete = sim_object(sim->class->name);
	else if (object.kind == VTYPE_UNINITIALIZED)
		complete = sim_object(class_name_at(sim->class,
			code->insns[code->insn_at[object.pc]].index));
	else
		sim_fail(sim, "a constructor called on no new object");
	for (uint32_t i = 0; i < sim->now.n_locals && !sim->failed; i++)
		if (sim_vtype_equal(&sim->now.locals[i], &object))
			store_at(sim, i, complete);
	for (uint32_t i = 0; i < n && !sim->failed; i++) {
		if (!sim_vtype_equal(&sim->now.stack->items[i], &object))
			continue;
		stack = new_stack(sim, sim->now.stack->items, n, n);
		if (!stack)
			return;
		for (; i < n; i++)
			if (sim_vtype_equal(&stack->items[i], &object))
				stack->items[i] = complete;
		sim->now.stack = stack;
	}
}

static void invoke(struct sim *sim, const struct insn *insn)
{
	struct descriptor_type result;
	struct member_ref ref;
	struct vtype object;

	if (!class_member_ref_at(sim->class, insn->index, &ref))
		return;
	pop_arguments(sim, ref.descriptor);
	if (insn->opcode != OPC_invokestatic &&
	    insn->opcode != OPC_invokedynamic) {
		object = pop(sim, 'A');
		if (!strcmp(ref.name, "<init>") && !sim->failed)
			initialize(sim, object);
	}
	result = descriptor_return(ref.descriptor);
	if (result.slots)
		push(sim, type_of(sim, &result));
}

static void access_field(struct sim *sim, const struct insn *insn)
{
	const struct opcode_info *info = &opcode_info[insn->opcode];
	struct descriptor_type type;
	struct member_ref ref;

	if (!class_member_ref_at(sim->class, insn->index, &ref))
		return;
	type = field_type(ref.descriptor);
	if (!*info->pushes)
		pop(sim, letter_of(&type));
	if (*info->pops == 'A')
		pop(sim, 'A');
	if (*info->pushes)
		push(sim, type_of(sim, &type));
}

static struct vtype constant_type(struct sim *sim, uint16_t index)
{
	struct descriptor_type type;
	struct member_ref ref;

	switch (sim->class->constants[index].tag) {
	case CONSTANT_INTEGER: return (struct vtype){ .kind = VTYPE_INTEGER };
	case CONSTANT_FLOAT:   return (struct vtype){ .kind = VTYPE_FLOAT };
	case CONSTANT_LONG:    return (struct vtype){ .kind = VTYPE_LONG };
	case CONSTANT_DOUBLE:  return (struct vtype){ .kind = VTYPE_DOUBLE };
	case CONSTANT_STRING:  return sim_object("java/lang/String");
	case CONSTANT_CLASS:   return sim_object("java/lang/Class");
	case CONSTANT_METHOD_TYPE:
		return sim_object("java/lang/invoke/MethodType");
	case CONSTANT_METHOD_HANDLE:
		return sim_object("java/lang/invoke/MethodHandle");
	default:
		if (!class_member_ref_at(sim->class, index, &ref))
			return type_top;
		type = field_type(ref.descriptor);
		return type_of(sim, &type);
	}
}

/* What an array holds. Where the data flow has lost the array's type, so has
 * the element. */
static struct vtype element_type(struct sim *sim, const struct vtype *array)
{
	struct descriptor_type type;

	if (array->kind != VTYPE_OBJECT)
		return *array;
	if (*array->name != '[')
		return sim_object("java/lang/Object");
	type = field_type(array->name + 1);
	if (type.kind != 'L' && type.kind != '[')
		sim_fail(sim, "an array of another type");
	return type_of(sim, &type);
}

static struct vtype array_of(struct sim *sim, const char *element)
{
	size_t len = strlen(element);
	char *name = sim_alloc(sim, len + 4, 1);

	if (!name)
		return type_top;
	name[0] = '[';
	if (*element == '[') {
		memcpy(name + 1, element, len);
	} else {
		name[1] = 'L';
		memcpy(name + 2, element, len);
		name[len + 2] = ';';
	}
	return sim_object(name);
}

/* What an instruction that pushes a reference pushes; `popped` is what it
 * took first. */
static struct vtype reference_type(struct sim *sim, const struct insn *insn,
				   const struct vtype *popped)
{
	static const char *const primitive_arrays[] = {
		"[Z", "[C", "[F", "[D", "[B", "[S", "[I", "[J" };
	const char *name = class_name_at(sim->class, insn->index);

	switch (insn->opcode) {
	case OPC_aaload:
		return element_type(sim, popped);
	case OPC_new:
		return (struct vtype){ VTYPE_UNINITIALIZED, NULL, insn->pc };
	case OPC_newarray:
		return sim_object(primitive_arrays[insn->value - 4]);
	case OPC_anewarray:
		return array_of(sim, name);
	case OPC_multianewarray:
	case OPC_checkcast:
		return sim_object(name);
	case OPC_jsr:
	case OPC_jsr_w:
		return (struct vtype){ VTYPE_RETURN_ADDRESS, NULL, insn->target };
	default:	/* aconst_null */
		return (struct vtype){ .kind = VTYPE_NULL };
	}
}

/* Instructions whose row in opcodes.def says it all, but for references. */
static void apply_row(struct sim *sim, const struct insn *insn)
{
	const struct opcode_info *info = &opcode_info[insn->opcode];
	struct vtype first = type_top;

	for (size_t i = strlen(info->pops); i--; )
		first = pop(sim, info->pops[i]);
	if (sim->failed)
		return;
	switch (*info->pushes) {
	case 'I': push(sim, (struct vtype){ .kind = VTYPE_INTEGER }); break;
	case 'L': push(sim, (struct vtype){ .kind = VTYPE_LONG }); break;
	case 'F': push(sim, (struct vtype){ .kind = VTYPE_FLOAT }); break;
	case 'D': push(sim, (struct vtype){ .kind = VTYPE_DOUBLE }); break;
	case 'A': push(sim, reference_type(sim, insn, &first)); break;
	default: break;
	}
}

void sim_step(struct sim *sim, const struct insn *insn)
{
	enum opcode opcode = insn->opcode;

	sim->pc = insn->pc;
	if (opcode_is_load(opcode)) {
		load(sim, insn);
	} else if (opcode_is_store(opcode)) {
		store_at(sim, insn->index,
			 pop(sim, *opcode_info[opcode].pops));
	} else if (opcode >= OPC_pop && opcode <= OPC_swap) {
		shuffle(sim, opcode);
	} else if (opcode_is_invoke(opcode)) {
		invoke(sim, insn);
	} else if (opcode_info[opcode].operand == OPERAND_FIELD) {
		access_field(sim, insn);
	} else if (opcode == OPC_ldc || opcode == OPC_ldc_w ||
		   opcode == OPC_ldc2_w) {
		push(sim, constant_type(sim, insn->index));
	} else if (opcode == OPC_multianewarray) {
		for (int32_t i = 0; i < insn->value; i++)
			pop(sim, 'I');
		push(sim, reference_type(sim, insn, NULL));
	} else {
		if (opcode == OPC_iinc &&
		    local(sim, insn->index)->kind != VTYPE_INTEGER)
			sim_fail(sim, "a local variable of another type");
		apply_row(sim, insn);
	}
}
