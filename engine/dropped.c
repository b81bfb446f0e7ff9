#include "engine/dropped.h"

#include <string.h>

#include "engine/probe_call.h"
#include "operators/edit.h"

#define CALL_MAX 32	/* bytes that are woven in at once */
#define BODY_NONE UINT32_MAX

bool dropped_at(const struct class *class, const struct code *code, uint32_t i,
		struct member_ref *ret)
{
	const struct insn *insn = &code->insns[i];

	if (!opcode_is_invoke(insn->opcode) || insn->opcode == OPC_invokedynamic ||
	    i + 1 == code->n_insns || code->is_target[i + 1] ||
	    (insn[1].opcode != OPC_pop && insn[1].opcode != OPC_pop2))
		return false;
	return class_member_ref_at(class, insn->index, ret) && ret->owner;
}

/* ---- which method a call leads to ---- */

/* Whether a call that names the method runs this one and none that overrides it. */
static bool is_final(const struct class *caller, enum opcode opcode, const struct class *owner,
		     const struct member *method)
{
	switch (opcode) {
	case OPC_invokestatic:
		return method->access & ACCESS_STATIC;
	case OPC_invokespecial:		/* JVMS 6.5: of the class itself, or super.method() */
		return owner == caller ||
		       (caller->super_name && !strcmp(caller->super_name, owner->name));
	default:
		return method->access & (ACCESS_PRIVATE | ACCESS_FINAL) ||
		       owner->access & ACCESS_FINAL;
	}
}

/* The number of its body in plan->bodies, which are by method. */
static uint32_t body_of(const struct plan *plan, const struct plan_class *owner, uint32_t method)
{
	uint32_t low = owner->first_body, end = low + owner->n_bodies, high = end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (plan->bodies[middle] < method)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && plan->bodies[low] == method ? low : BODY_NONE;
}

static uint32_t body_called(const struct plan *plan, const struct class *caller,
			    enum opcode opcode, const struct member_ref *ref)
{
	const struct plan_class *owner = plan_class_named(plan, ref->owner);
	uint32_t method = owner ? plan_method_named(owner, ref->name, ref->descriptor)
				: PLAN_NO_METHOD;

	if (method == PLAN_NO_METHOD ||
	    !is_final(caller, opcode, owner->class, &owner->class->methods[method]))
		return BODY_NONE;
	return body_of(plan, owner, method);
}

void dropped_settle(struct plan *plan)
{
	plan->is_dropped = ARENA_NEW_N(plan->arena, bool, plan->n_bodies);
	for (uint32_t i = 0; i < plan->n_dropped_calls; i++) {
		const struct dropped_call *call = &plan->dropped_calls[i];
		uint32_t body = body_called(plan, plan->classes[call->class_number].class,
					    call->opcode, &call->callee);

		if (body != BODY_NONE)
			plan->is_dropped[body] = true;
	}
}

/* ---- weaving ---- */

void dropped_weave_calls(const struct plan *plan, uint32_t class_number, uint16_t method,
			 const struct code *code, struct rewrite *rewrite)
{
	const struct class *class = plan->classes[class_number].class;
	struct buf buf;

	buf_init(&buf, CALL_MAX);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		struct member_ref ref;
		uint32_t body;

		if (!dropped_at(class, code, i, &ref))
			continue;
		body = body_called(plan, class, code->insns[i].opcode, &ref);
		if (body == BODY_NONE)
			continue;
		buf_clear(&buf);
		probe_call_write(&buf, rewrite, "drops", "()V");
		rewrite_edit(rewrite, method, (struct edit){
			.pc = code->insns[i].pc, .inserted = buf_get(&buf) });
		buf_clear(&buf);
		edit_push_int(&buf, rewrite, (int32_t)body);
		probe_call_write(&buf, rewrite, "dropped", "(I)V");
		rewrite_edit(rewrite, method, (struct edit){
			.pc = code->insns[i + 1].pc, .inserted = buf_get(&buf), .extra_stack = 1 });
	}
	buf_release(&buf);
}

void dropped_write_return(uint32_t body, uint32_t counter, uint32_t n,
			  struct rewrite *rewrite, struct buf *buf)
{
	edit_push_int(buf, rewrite, (int32_t)body);
	edit_push_int(buf, rewrite, (int32_t)counter);
	edit_push_int(buf, rewrite, (int32_t)n);
	probe_call_write(buf, rewrite, "returns", "(III)V");
}
