#include "engine/budget.h"

#include "classfile/rewrite.h"
#include "engine/probe_call.h"

static bool jumps_back(const struct insn *insn)
{
	if (insn->table) {
		if (insn->table->default_pc <= insn->pc)
			return true;
		for (uint32_t i = 0; i < insn->table->n; i++)
			if (insn->table->targets[i] <= insn->pc)
				return true;
		return false;
	}
	return opcode_is_jump(insn->opcode) && insn->target <= insn->pc;
}

bool budget_loops(const struct code *code)
{
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (jumps_back(&code->insns[i]))
			return true;
	return false;
}

void budget_weave(struct rewrite *rewrite, uint16_t method, const struct code *code,
		  struct span inserted, uint16_t extra_stack)
{
	for (uint32_t i = 0; i < code->n_insns; i++) {
		if (i && !jumps_back(&code->insns[i]))
			continue;
		rewrite_edit(rewrite, method, (struct edit){
			.pc = code->insns[i].pc,
			.inserted = inserted,
			.extra_stack = extra_stack,
		});
	}
}

static enum err_code budget_method(struct rewrite *rewrite, const struct class *class,
				   uint16_t method, uint16_t spend, struct arena *arena,
				   struct err *err)
{
	const uint8_t call[3] = { OPC_invokestatic, (uint8_t)(spend >> 8), (uint8_t)spend };
	struct code *code;

	TRY(code_parse(arena, class, &class->methods[method], &code, err));
	budget_weave(rewrite, method, code, (struct span){ call, sizeof(call) }, 0);
	return ERR_OK;
}

enum err_code budget_class(const struct plan *plan, uint32_t class_number, uint16_t method,
			   struct span bytes, struct arena *arena, struct span *ret,
			   struct err *err)
{
	const struct plan_class *planned = &plan->classes[class_number];
	const uint16_t *bodies = plan->bodies + planned->first_body;
	struct rewrite *rewrite;
	struct class *class;
	const char **skip;
	uint16_t spend;

	TRY(class_parse(arena, bytes, planned->display_name, &class, err));
	skip = ARENA_NEW_N(arena, const char *, class->n_methods);
	rewrite = rewrite_start(arena, class);
	spend = rewrite_methodref(rewrite, PROBE_CLASS, BUDGET_METHOD, "()V", false);
	if (!spend) {		/* the constant pool is full */
		*ret = bytes;
		return ERR_OK;
	}
	if (method != BUDGET_BODIES)
		TRY(budget_method(rewrite, class, method, spend, arena, err));
	for (uint32_t i = 0; method == BUDGET_BODIES && i < planned->n_bodies; i++)
		TRY(budget_method(rewrite, class, bodies[i], spend, arena, err));
	return rewrite_finish(rewrite, arena, skip, ret, err);
}
