#include "engine/probe.h"

#include <string.h>

#include "engine/budget.h"
#include "engine/infect.h"

#define PROBE_MAX 1024	/* bytes one point takes */

struct weaving {
	const struct plan *plan;
	const struct plan_class *planned;
	struct arena *arena;
	struct rewrite *rewrite;
	const char *const *lean;	/* [n_methods] not NULL: nothing is tried out there */
	const struct code *code;	/* of the body at hand */
};

uint32_t probe_counters(const struct plan *plan)
{
	return plan->n_points + plan->n_bodies;
}

static void write_call(struct weaving *weaving, struct buf *buf, const char *descriptor)
{
	buf_u1(buf, OPC_invokestatic);
	buf_u2(buf, rewrite_methodref(weaving->rewrite, PROBE_CLASS, PROBE_METHOD,
				      descriptor, false));
}

static void write_hit(struct weaving *weaving, struct buf *buf, uint32_t counter)
{
	edit_push_int(buf, weaving->rewrite, (int32_t)counter);
	write_call(weaving, buf, "(I)V");
}

/* Every counter of the point at once. */
static void write_hits(struct weaving *weaving, struct buf *buf,
		       const struct mutant *mutants, uint32_t n)
{
	uint32_t span = 1;

	for (uint32_t i = 0; i < n; i++)
		if (infect_span(&mutants[i]) > span)
			span = infect_span(&mutants[i]);
	edit_push_int(buf, weaving->rewrite, (int32_t)mutants->point);
	edit_push_int(buf, weaving->rewrite, (int32_t)span);
	write_call(weaving, buf, "(II)V");
}

/* `mutants`: the `n` of one point. */
static void weave_point(struct weaving *weaving, const struct mutant *mutants, uint32_t n)
{
	uint16_t method = mutants->method;
	const char *descriptor = weaving->planned->class->methods[method].descriptor;
	struct buf buf;

	buf_init(&buf, PROBE_MAX);
	for (unsigned i = 0; i < mutants->n_pcs; i++) {
		struct edit edit = { .pc = mutants->pcs[i], .extra_stack = 2 };
		enum opcode opcode = weaving->code->insns[weaving->code->insn_at[edit.pc]].opcode;

		buf_clear(&buf);
		if (weaving->lean[method]) {
			write_hits(weaving, &buf, mutants, n);
		} else {
			write_hit(weaving, &buf, mutants->point);
			for (uint32_t m = 0; m < n; m++)
				infect_write(&mutants[m], opcode, descriptor,
					     weaving->code->max_locals, weaving->rewrite,
					     &buf, &edit);
		}
		edit.inserted = buf_get(&buf);
		rewrite_edit(weaving->rewrite, method, edit);
	}
	buf_release(&buf);
}

/* Counts the loops of body number `number` of the plan, and probes its points:
 * those of the mutants from *at on that are in it. */
static enum err_code weave_body(struct weaving *weaving, uint32_t number, uint32_t *at,
				struct err *err)
{
	const struct plan *plan = weaving->plan;
	const struct plan_class *planned = weaving->planned;
	const struct class *class = planned->class;
	uint32_t end = planned->first_mutant + planned->n_mutants, n;
	uint16_t method = plan->bodies[number];
	struct code *code;
	struct buf buf;

	TRY(code_parse(weaving->arena, class, &class->methods[method], &code, err));
	weaving->code = code;
	buf_init(&buf, PROBE_MAX);
	write_hit(weaving, &buf, plan->n_points + number);
	budget_weave(weaving->rewrite, method, code, buf_get(&buf), 1);
	buf_release(&buf);
	for (; *at < end && plan->mutants[*at].body == number; *at += n) {
		for (n = 1; *at + n < end; n++)
			if (plan->mutants[*at + n].point != plan->mutants[*at].point)
				break;
		weave_point(weaving, &plan->mutants[*at], n);
	}
	return ERR_OK;
}

/* Methods with a reason in `lean` are woven lean; `skip` gets the reason of
 * those that cannot be woven so. */
static enum err_code weave(struct weaving *weaving, const char *const *lean,
			   const char **skip, struct span *ret, struct err *err)
{
	const struct plan_class *planned = weaving->planned;
	uint32_t at = planned->first_mutant;

	weaving->rewrite = rewrite_start(weaving->arena, planned->class);
	weaving->lean = lean;
	for (uint32_t i = 0; i < planned->n_bodies; i++)
		TRY(weave_body(weaving, planned->first_body + i, &at, err));
	return rewrite_finish(weaving->rewrite, weaving->arena, skip, ret, err);
}

static bool any(const char *const *skip, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (skip[i])
			return true;
	return false;
}

enum err_code probe_class(const struct plan *plan, uint32_t class_number,
			  struct arena *arena, bool *unprobed,
			  struct span *ret, struct err *err)
{
	const struct plan_class *planned = &plan->classes[class_number];
	uint32_t n_methods = planned->class->n_methods;
	const char **none = ARENA_NEW_N(arena, const char *, n_methods + 1u);
	const char **lean = ARENA_NEW_N(arena, const char *, n_methods + 1u);
	const char **skip = ARENA_NEW_N(arena, const char *, n_methods + 1u);
	struct weaving weaving = { .plan = plan, .planned = planned, .arena = arena };

	if (planned->n_bodies == 0) {
		*ret = planned->class->bytes;
		return ERR_OK;
	}
	TRY(weave(&weaving, none, lean, ret, err));
	if (!any(lean, n_methods))
		return ERR_OK;
	TRY(weave(&weaving, lean, skip, ret, err));
	for (uint32_t i = 0; i < planned->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[planned->first_mutant + i];

		if (skip[mutant->method])
			memset(unprobed + mutant->point, true, infect_span(mutant));
	}
	return ERR_OK;
}
