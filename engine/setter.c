#include "engine/setter.h"

#include <stdlib.h>
#include <string.h>

#include "engine/operands.h"
#include "engine/probe_call.h"

#define CALL_MAX 64	/* bytes that are woven in at once */

/* One parameter, and nothing comes back. */
static bool takes_one(const char *descriptor)
{
	const char *at = descriptor + 1;
	struct descriptor_type type;

	if (!descriptor_is_method(descriptor) || !descriptor_next(&at, &type))
		return false;
	return !strcmp(at, ")V");
}

/* ---- what a setter is ---- */

static bool is_constant(const struct class *class, const struct insn *insn)
{
	if (insn->opcode >= OPC_aconst_null && insn->opcode <= OPC_sipush)
		return true;
	return insn->opcode >= OPC_ldc && insn->opcode <= OPC_ldc2_w &&
	       class_is_plain_constant(class, insn->index);
}

/* Without any effect beyond the method's own frame, and never for ever. */
static bool is_harmless(const struct class *class, const struct insn *insn)
{
	if (opcode_is_store(insn->opcode))
		return insn->index != 0;	/* `this` stays what it is */
	if (opcode_is_conditional_jump(insn->opcode) || insn->opcode == OPC_goto)
		return insn->target > insn->pc;
	return opcode_is_load(insn->opcode) || is_constant(class, insn) ||
	       insn->opcode == OPC_nop || insn->opcode == OPC_return;
}

/* The field, if it is a plain one of the class itself. */
static bool sets_own_field(const struct class *class, const struct insn *insn,
			   struct member_ref *ret)
{
	if (!class_member_ref_at(class, insn->index, ret) || !ret->owner ||
	    strcmp(ret->owner, class->name) != 0)
		return false;
	for (uint16_t i = 0; i < class->n_fields; i++) {
		const struct member *field = &class->fields[i];

		if (!strcmp(field->name, ret->name) && !strcmp(field->descriptor, ret->descriptor))
			return !(field->access & (ACCESS_STATIC | ACCESS_FINAL | ACCESS_VOLATILE));
	}
	return false;
}

/* aload_0, one instruction that pushes the value, putfield: and no other way there. */
static bool stores_into_this(const struct class *class, const struct code *code, uint32_t number)
{
	const struct insn *insn = &code->insns[number];

	return number >= 2 && !code->is_target[number] && !code->is_target[number - 1] &&
	       (opcode_is_load(insn[-1].opcode) || is_constant(class, &insn[-1])) &&
	       insn[-2].opcode == OPC_aload_0;
}

bool setter_find(const struct class *class, uint16_t method, const struct code *code,
		 struct setter *ret)
{
	const struct member *member = &class->methods[method];
	unsigned n = 0;

	if (member->access & (ACCESS_STATIC | ACCESS_SYNCHRONIZED) || member->name[0] == '<' ||
	    !takes_one(member->descriptor) || code->n_exceptions)
		return false;
	for (uint32_t i = 0; i < code->n_insns; i++) {
		const struct insn *insn = &code->insns[i];

		if (insn->opcode != OPC_putfield) {
			if (!is_harmless(class, insn))
				return false;
			continue;
		}
		if (n++ || !stores_into_this(class, code, i) ||
		    !sets_own_field(class, insn, &ret->field))
			return false;
		ret->putfield = insn->pc;
	}
	ret->method = method;
	return n == 1;
}

bool setter_may_be(const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	return opcode_is_invoke(insn->opcode) && insn->opcode != OPC_invokestatic &&
	       class_member_ref_at(class, insn->index, &ref) && ref.owner &&
	       ref.name[0] != '<' && takes_one(ref.descriptor);
}

/* ---- names and descriptors ---- */

struct named_setter {
	const char *name, *descriptor;
	struct setter *setter;
};

static int by_name(const void *a, const void *b)
{
	const struct named_setter *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->descriptor, y->descriptor);
}

static const struct setter *setter_called(const struct plan *plan, const struct member_ref *ref)
{
	struct named_setter key = { ref->name, ref->descriptor, NULL };
	const struct named_setter *found = plan->n_setters
		? bsearch(&key, plan->setters_by_name, plan->n_setters, sizeof(key), by_name) : NULL;

	return found ? found->setter : NULL;
}

bool setter_is_tried(const struct mutant *mutant)
{
	return edit_kind_of(mutant->operator) == EDIT_CALL && mutant->propagation != mutant->infection;
}

void setter_settle(struct plan *plan)
{
	struct named_setter *order = ARENA_NEW_N(plan->arena, struct named_setter, plan->n_setters);
	uint32_t signature = 0;

	for (uint32_t i = 0; i < plan->n_setters; i++) {
		struct setter *setter = &plan->setters[i];
		const struct member *method =
			&plan->classes[setter->class_number].class->methods[setter->method];

		order[i] = (struct named_setter){ method->name, method->descriptor, setter };
	}
	if (plan->n_setters)
		qsort(order, plan->n_setters, sizeof(*order), by_name);
	for (uint32_t i = 0; i < plan->n_setters; i++) {
		signature += i && by_name(&order[i - 1], &order[i]) != 0;
		order[i].setter->signature = signature;
	}
	plan->setters_by_name = order;
	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		struct mutant *mutant = &plan->mutants[i];
		enum opcode opcode;
		struct member_ref ref;

		if (setter_is_tried(mutant) &&
		    !(plan_call(plan, mutant, &opcode, &ref) && setter_called(plan, &ref)))
			mutant->infection = mutant->propagation = mutant->point;
	}
}

/* ---- weaving ---- */

static void write_u2(struct buf *buf, enum opcode opcode, uint16_t value)
{
	buf_u1(buf, (uint8_t)opcode);
	buf_u2(buf, value);
}

/* The receiver, which is under a value of this type. */
static void write_receiver(struct buf *buf, char type, uint16_t max_locals, struct edit *edit)
{
	char letter = type == 'J' ? 'L' : 'D';

	if (type != 'J' && type != 'D') {
		buf_u1(buf, OPC_dup2);
		buf_u1(buf, OPC_pop);
		edit->extra_stack = 4;
		return;
	}
	operands_local(buf, OPC_istore, letter, max_locals);
	buf_u1(buf, OPC_dup);
	operands_local(buf, OPC_iload, letter, max_locals);
	buf_u1(buf, OPC_dup2_x1);
	buf_u1(buf, OPC_pop2);
	edit->max_locals = max_locals + 2;
	edit->extra_stack = 5;
}

void setter_write_call(const struct plan *plan, const struct mutant *mutant,
		       const struct insn *insn, uint16_t max_locals,
		       struct rewrite *rewrite, struct buf *buf, struct edit *edit)
{
	struct member_ref ref;
	const struct setter *setter;

	if (!class_member_ref_at(plan->classes[mutant->class_number].class, insn->index, &ref))
		return;
	setter = setter_called(plan, &ref);
	write_receiver(buf, ref.descriptor[1], max_locals, edit);
	edit_push_int(buf, rewrite, (int32_t)mutant->infection);
	edit_push_int(buf, rewrite, (int32_t)setter->signature);
	probe_call_write(buf, rewrite, "calling", "(Ljava/lang/Object;II)V");
}

void setter_weave(const struct plan *plan, const struct setter *setter, struct rewrite *rewrite)
{
	const struct plan_class *planned = &plan->classes[setter->class_number];
	const struct member *method = &planned->class->methods[setter->method];
	const char *type = probe_call_type(*setter->field.descriptor);
	bool is_wide = *type == 'J' || *type == 'D';
	struct buf descriptor, buf;

	buf_init(&descriptor, 200);
	buf_fmt(&descriptor, "(%s%sLjava/lang/Object;Ljava/lang/String;Ljava/lang/String;II)V",
		type, type);
	buf_u1(&descriptor, 0);
	buf_init(&buf, CALL_MAX);
	buf_u1(&buf, is_wide ? OPC_dup2 : OPC_dup);
	buf_u1(&buf, OPC_aload_0);
	write_u2(&buf, OPC_getfield, rewrite_fieldref(rewrite, setter->field.owner, setter->field.name,
						      setter->field.descriptor));
	buf_u1(&buf, OPC_aload_0);
	write_u2(&buf, OPC_ldc_w, rewrite_string(rewrite, planned->display_name));
	write_u2(&buf, OPC_ldc_w, rewrite_string(rewrite, method->name));
	edit_push_int(&buf, rewrite, (int32_t)setter->signature);
	edit_push_int(&buf, rewrite, (int32_t)setter->reads);
	probe_call_write(&buf, rewrite, "setting", (const char *)descriptor.bytes);
	rewrite_edit(rewrite, setter->method, (struct edit){
		.pc = setter->putfield,
		.inserted = buf_get(&buf),
		.extra_stack = 9,
	});
	buf_release(&buf);
	buf_release(&descriptor);
}
