#include "engine/probe.h"

#include <string.h>

#include "engine/budget.h"
#include "engine/dropped.h"
#include "engine/field_reads.h"
#include "engine/infect.h"
#include "engine/probe_call.h"
#include "engine/pure.h"
#include "engine/setter.h"

#define PROBE_MAX 1024	/* bytes one point takes */
#define LOCALS_USED 2	/* variables that trials may need beyond the method's own */

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
	return plan->n_points + plan->n_bodies + plan->n_field_reads;
}

bool probe_changes(const struct plan *plan, uint32_t class_number)
{
	const struct plan_class *planned = &plan->classes[class_number];

	return planned->n_bodies || planned->n_setters || planned->has_field_reads;
}

/* How many counters the `n` mutants of one point have. */
static uint32_t counters_of(const struct mutant *mutants, uint32_t n)
{
	uint32_t span = 1;

	for (uint32_t i = 0; i < n; i++)
		if (infect_span(&mutants[i]) > span)
			span = infect_span(&mutants[i]);
	return span;
}

/* Every counter of the point at once. */
static void write_hits(struct weaving *weaving, struct buf *buf,
		       const struct mutant *mutants, uint32_t n)
{
	edit_push_int(buf, weaving->rewrite, (int32_t)mutants->point);
	edit_push_int(buf, weaving->rewrite, (int32_t)counters_of(mutants, n));
	probe_call_write(buf, weaving->rewrite, PROBE_METHOD, "(II)V");
}

static bool is_dropped(const struct code *code, const struct insn *insn)
{
	const struct insn *next = insn + 1;

	return next < code->insns + code->n_insns &&
	       (next->opcode == OPC_pop || next->opcode == OPC_pop2);
}

/* Reach, and what is tried out before `insn`. */
static void write_trials(struct weaving *weaving, struct buf *buf, const struct mutant *mutants,
			 uint32_t n, const struct insn *insn, struct edit *edit)
{
	const struct plan *plan = weaving->plan;
	const char *descriptor = weaving->planned->class->methods[mutants->method].descriptor;
	uint16_t max_locals = weaving->code->max_locals;

	probe_call_hit(buf, weaving->rewrite, mutants->point);
	if (opcode_is_return(insn->opcode) && plan->is_dropped[mutants->body])
		dropped_write_return(mutants->body, mutants->point + 1,
				     counters_of(mutants, n) - 1, weaving->rewrite, buf);
	for (uint32_t m = 0; m < n; m++) {
		if (setter_is_tried(&mutants[m]))
			setter_write_call(plan, &mutants[m], insn, max_locals, weaving->rewrite,
					  buf, edit);
		else
			infect_write(&mutants[m], insn->opcode, descriptor, max_locals,
				     weaving->rewrite, buf, edit);
	}
	for (uint32_t m = 0; m < n; m++)	/* last: in the place of the call */
		if (pure_is_tried(&mutants[m]) && !edit->removed)
			pure_write_call(plan, &mutants[m], insn, is_dropped(weaving->code, insn),
					max_locals, weaving->rewrite, buf, edit);
}

/* `mutants`: the `n` of one point. */
static void weave_point(struct weaving *weaving, const struct mutant *mutants, uint32_t n)
{
	uint16_t method = mutants->method;
	bool is_lean = weaving->lean[method] || weaving->code->max_locals > UINT16_MAX - LOCALS_USED;
	struct buf buf;

	buf_init(&buf, PROBE_MAX);
	for (unsigned i = 0; i < mutants->n_pcs; i++) {
		struct edit edit = { .pc = mutants->pcs[i], .extra_stack = 3 };

		buf_clear(&buf);
		if (is_lean)
			write_hits(weaving, &buf, mutants, n);
		else
			write_trials(weaving, &buf, mutants, n,
				     &weaving->code->insns[weaving->code->insn_at[edit.pc]], &edit);
		edit.inserted = buf_get(&buf);
		rewrite_edit(weaving->rewrite, method, edit);
	}
	buf_release(&buf);
}

/* What it returns by an instruction without mutants, nobody takes for the last
 * result of one that has some. */
static void weave_returns(struct weaving *weaving, uint32_t number, uint16_t method)
{
	const struct code *code = weaving->code;
	struct buf buf;

	buf_init(&buf, PROBE_MAX);
	dropped_write_return(number, 0, 0, weaving->rewrite, &buf);
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (opcode_is_return(code->insns[i].opcode))
			rewrite_edit(weaving->rewrite, method, (struct edit){
				.pc = code->insns[i].pc, .inserted = buf_get(&buf), .extra_stack = 3 });
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
	probe_call_hit(&buf, weaving->rewrite, plan->n_points + number);
	budget_weave(weaving->rewrite, method, code, buf_get(&buf), 1);
	buf_release(&buf);
	if (!weaving->lean[method]) {
		dropped_weave_calls(plan, (uint32_t)(planned - plan->classes), method, code,
				    weaving->rewrite);
		if (plan->is_dropped[number])
			weave_returns(weaving, number, method);
	}
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
	for (uint32_t i = 0; i < planned->n_setters; i++)
		setter_weave(weaving->plan, &weaving->plan->setters[planned->first_setter + i],
			     weaving->rewrite);
	if (planned->has_field_reads)
		TRY(field_reads_weave(weaving->plan, (uint32_t)(planned - weaving->plan->classes),
				      weaving->arena, weaving->rewrite, err));
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

	if (!probe_changes(plan, class_number)) {
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
