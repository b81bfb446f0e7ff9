#include "engine/budget.h"

#include "classfile/rewrite.h"
#include "engine/probe.h"

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

enum err_code budget_class(const struct mutant *mutant, struct span mutated,
			   struct arena *arena, struct span *ret, struct err *err)
{
	uint8_t spend[3] = { OPC_invokestatic, 0, 0 };
	struct rewrite *rewrite;
	struct class *class;
	struct code *code;
	const char **skip;
	uint16_t index;

	TRY(class_parse(arena, mutated, mutant->id, &class, err));
	TRY(code_parse(arena, class, &class->methods[mutant->method], &code, err));
	skip = ARENA_NEW_N(arena, const char *, class->n_methods);
	rewrite = rewrite_start(arena, class);
	index = rewrite_methodref(rewrite, PROBE_CLASS, BUDGET_METHOD, "()V", false);
	spend[1] = (uint8_t)(index >> 8);
	spend[2] = (uint8_t)index;
	budget_weave(rewrite, mutant->method, code, (struct span){ spend, sizeof(spend) }, 0);
	if (!index) {		/* the constant pool is full */
		*ret = mutated;
		return ERR_OK;
	}
	return rewrite_finish(rewrite, arena, skip, ret, err);
}
