#include "engine/probe.h"

#include "engine/budget.h"
#include "operators/edit.h"

#define PROBE_MAX 6	/* bytes: ldc_w, invokestatic */

uint32_t probe_counters(const struct plan *plan)
{
	return plan->n_points + plan->n_bodies;
}

static void write_probe(struct buf *buf, struct rewrite *rewrite, uint32_t counter,
			uint16_t hit)
{
	buf_init(buf, PROBE_MAX);
	edit_push_int(buf, rewrite, (int32_t)counter);
	buf_u1(buf, OPC_invokestatic);
	buf_u2(buf, hit);
}

static void add_probe(struct rewrite *rewrite, const struct mutant *mutant,
		      uint16_t hit)
{
	struct buf buf;

	write_probe(&buf, rewrite, mutant->point, hit);
	for (unsigned i = 0; i < mutant->n_pcs; i++)
		rewrite_edit(rewrite, mutant->method, (struct edit){
			.pc = mutant->pcs[i],
			.inserted = buf_get(&buf),
			.extra_stack = 1,
		});
	buf_release(&buf);
}

/* Counts the loops of the body that the mutant is in. */
static enum err_code add_body(struct rewrite *rewrite, const struct plan *plan,
			      const struct mutant *mutant, uint16_t hit,
			      struct arena *arena, struct err *err)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	struct code *code;
	struct buf buf;

	TRY(code_parse(arena, class, &class->methods[mutant->method], &code, err));
	write_probe(&buf, rewrite, plan->n_points + mutant->body, hit);
	budget_weave(rewrite, mutant->method, code, buf_get(&buf), 1);
	buf_release(&buf);
	return ERR_OK;
}

enum err_code probe_class(const struct plan *plan, uint32_t class_number,
			  struct arena *arena, bool *unprobed,
			  struct span *ret, struct err *err)
{
	const struct plan_class *planned = &plan->classes[class_number];
	const struct mutant *mutants = plan->mutants + planned->first_mutant;
	const struct class *class = planned->class;
	const char **skip = ARENA_NEW_N(arena, const char *,
					class->n_methods + 1u);
	struct rewrite *rewrite;
	uint16_t hit;

	if (planned->n_mutants == 0) {
		*ret = class->bytes;
		return ERR_OK;
	}
	rewrite = rewrite_start(arena, class);
	hit = rewrite_methodref(rewrite, PROBE_CLASS, PROBE_METHOD, "(I)V",
				false);
	for (uint32_t i = 0; i < planned->n_mutants; i++) {
		if (i == 0 || mutants[i].body != mutants[i - 1].body)
			TRY(add_body(rewrite, plan, &mutants[i], hit, arena, err));
		if (i == 0 || mutants[i].point != mutants[i - 1].point)
			add_probe(rewrite, &mutants[i], hit);
	}
	TRY(rewrite_finish(rewrite, arena, skip, ret, err));
	for (uint32_t i = 0; i < planned->n_mutants; i++)
		if (skip[mutants[i].method])
			unprobed[mutants[i].point] = true;
	return ERR_OK;
}
