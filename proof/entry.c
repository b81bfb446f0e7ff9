#include "proof/entry.h"

#include <string.h>

#include "proof/loops.h"

#define ROUNDS_MAX 6
#define STEPS_MAX 60000

struct arrival {
	struct arrival *next;
	struct machine machine;
};

struct run {
	const struct scene *scene;
	const struct loops *loops;
	struct arrival **arrivals;	/* [n_insns] that came forward; newest first */
	bool *is_handler;		/* [n_insns] */
	bool *is_stored;		/* [max_locals] anywhere in the method */
	struct machine start;
	uint32_t steps;
	bool held;			/* what was supposed of loops so far */
};

/* ---- where it starts ---- */

static const struct term *parameter(const struct scene *scene, const struct descriptor_type *type)
{
	struct term like = { .op = TERM_SYMBOL, .bits = ++scene->terms->n_symbols };

	return machine_value(scene, like, NULL, type->start);
}

static void set_local(const struct scene *scene, struct machine *machine, unsigned *at,
		      const struct term *term, unsigned slots)
{
	if (*at < scene->code->max_locals)
		machine->locals[*at] = term;
	*at += slots;
}

static struct machine start_of(const struct scene *scene)
{
	struct machine machine = { 0 };
	struct term this = { .op = TERM_SYMBOL, .nonnull = true };
	struct term trace = { .op = TERM_START, .type = 'E' };
	struct descriptor_type type;
	const char *at = scene->method->descriptor + 1;
	unsigned local = 0;
	size_t n = scene->code->max_locals + (size_t)scene->code->max_stack + 2;

	machine.locals = ARENA_NEW_N(scene->terms->arena, const struct term *, n);
	machine.stack = machine.locals + scene->code->max_locals;
	trace.bits = ++scene->terms->n_symbols;
	machine.trace = term_make(scene->terms, &trace, NULL);
	this.bits = ++scene->terms->n_symbols;
	if (!(scene->method->access & ACCESS_STATIC))
		set_local(scene, &machine, &local, machine_value(scene, this, NULL, "L"), 1);
	while (descriptor_next(&at, &type))
		set_local(scene, &machine, &local, parameter(scene, &type), type.slots);
	return machine;
}

/* ---- merging ---- */

static const struct term *unknown(const struct scene *scene, const struct term *like,
				  const int64_t range[2])
{
	return term_symbol_in(scene->terms, like->type, range[0], range[1]);
}

/* What a slot holds where ways meet: the same from everywhere, or a new symbol of the range
 * that covers all. `slot`: of locals, then of the stack. */
static const struct term *slot_of(const struct scene *scene, const struct machine *machine,
				  uint32_t slot)
{
	uint16_t n = scene->code->max_locals;

	return slot < n ? machine->locals[slot] : machine->stack[slot - n];
}

static const struct term *merged(const struct scene *scene, const struct arrival *arrivals,
				 uint32_t slot, int64_t range[2])
{
	const struct term *first = slot_of(scene, &arrivals->machine, slot);
	bool differ = false;

	range[0] = INT64_MAX;
	range[1] = INT64_MIN;
	for (const struct arrival *at = arrivals; at; at = at->next) {
		const struct term *term = slot_of(scene, &at->machine, slot);
		struct facts facts = { NULL, at->machine.own };
		int64_t one[2];

		if (!term || !first || term->type != first->type)
			return NULL;
		differ |= term != first;
		fact_range(&facts, term, one);
		range[0] = one[0] < range[0] ? one[0] : range[0];
		range[1] = one[1] > range[1] ? one[1] : range[1];
	}
	return differ ? unknown(scene, first, range) : first;
}

/* Whether it is not 0, or not null, from wherever. */
static bool is_never_zero(const struct scene *scene, const struct arrival *arrivals,
			  uint32_t slot)
{
	for (const struct arrival *at = arrivals; at; at = at->next) {
		const struct term *term = slot_of(scene, &at->machine, slot);
		struct facts facts = { NULL, at->machine.own };
		const struct term *zero = term->type == 'A' ? term_null(scene->terms)
				       : term_const(scene->terms, term->type, 0);

		if (term->type == 'F' || term->type == 'D' ||
		    (fact_relations(&facts, term, zero) & RELATION_EQUAL))
			return false;
	}
	return true;
}

static const struct term *new_trace(const struct scene *scene)
{
	struct term like = { .op = TERM_START, .type = 'E', .bits = ++scene->terms->n_symbols };

	return term_make(scene->terms, &like, NULL);
}

static void merge_slots(struct run *run, uint32_t insn, struct machine *machine)
{
	const struct scene *scene = run->scene;
	const struct arrival *arrivals = run->arrivals[insn];
	bool is_header = loops_is_header(run->loops, insn);
	uint32_t n = scene->code->max_locals + machine->n_stack;
	int64_t range[2];

	for (uint32_t slot = 0; slot < n; slot++) {
		const struct term **place = slot < scene->code->max_locals
			? &machine->locals[slot] : &machine->stack[slot - scene->code->max_locals];
		bool is_local = slot < scene->code->max_locals;
		const struct term *term = NULL;

		if (!is_local || scene_is_live(scene, insn, (uint16_t)slot))
			term = merged(scene, arrivals, slot, range);
		if (term && is_header && (!is_local ||
					  loops_changes(run->loops, insn, (uint16_t)slot)))
			term = is_local ? loops_suppose(run->loops, insn, (uint16_t)slot, term,
							range, scene->terms)
					: term_symbol(scene->terms, term->type);
		else if (term && term != *place && is_never_zero(scene, arrivals, slot))
			fact_add(scene->terms, &machine->own, term,
				 term->type == 'A' ? term_null(scene->terms)
						   : term_const(scene->terms, term->type, 0),
				 RELATION_OTHER);
		*place = term;
	}
}

/* False where control does not come there. */
static bool merge(struct run *run, uint32_t insn, struct machine *ret)
{
	const struct scene *scene = run->scene;
	const struct arrival *arrivals = run->arrivals[insn];

	if (run->is_handler[insn]) {
		*ret = machine_copy(scene, &run->start);
		for (uint16_t i = 0; i < scene->code->max_locals; i++)
			if (run->is_stored[i])
				ret->locals[i] = NULL;
		return true;
	}
	if (!arrivals)
		return false;
	*ret = machine_copy(scene, &arrivals->machine);
	if (!arrivals->next && !loops_is_header(run->loops, insn))
		return true;
	for (const struct arrival *at = arrivals->next; at; at = at->next) {
		if (at->machine.n_stack != ret->n_stack)
			return false;
		ret->own = fact_common(ret->own, at->machine.own);
		if (at->machine.trace != arrivals->machine.trace)
			ret->trace = NULL;
	}
	if (!ret->trace || loops_is_header(run->loops, insn))
		ret->trace = new_trace(scene);
	merge_slots(run, insn, ret);
	return true;
}

/* ---- running ---- */

static void arrive(struct run *run, uint32_t from, struct machine machine)
{
	const struct scene *scene = run->scene;
	struct arrival *arrival;

	if (scene->order[from] >= scene->order[machine.at]) {
		run->held &= loops_holds(run->loops, &machine);
		return;
	}
	arrival = ARENA_NEW(scene->terms->arena, struct arrival);
	arrival->machine = machine;
	arrival->next = run->arrivals[machine.at];
	run->arrivals[machine.at] = arrival;
}

static void split_up(struct run *run, uint32_t from, const struct machine *machine,
		     const struct split *split)
{
	for (unsigned taken = 0; taken < 2; taken++) {
		struct machine copy = machine_copy(run->scene, machine);

		fact_add(run->scene->terms, &copy.own, split->a, split->b,
			 taken ? split->relations : RELATION_ANY & ~split->relations);
		machine_branch(&copy, split, taken);
		arrive(run, from, copy);
	}
}

/* A switch asks case after case at the same instruction. */
static bool run_switch(struct run *run, uint32_t at, struct machine *machine)
{
	struct split split;

	for (;;) {
		struct machine copy;

		if (++run->steps > STEPS_MAX)
			return false;
		switch (machine_step(run->scene, NULL, machine, &split)) {
		case MACHINE_STUCK:
			return false;
		case MACHINE_ON:
			if (machine->at == at && machine->next_case)
				continue;
			arrive(run, at, *machine);
			return true;
		case MACHINE_SPLIT:
			copy = machine_copy(run->scene, machine);
			fact_add(run->scene->terms, &copy.own, split.a, split.b, split.relations);
			machine_branch(&copy, &split, true);
			arrive(run, at, copy);
			fact_add(run->scene->terms, &machine->own, split.a, split.b,
				 RELATION_ANY & ~split.relations);
			machine_branch(machine, &split, false);
		}
	}
}

static void note(const struct scene *scene, const uint32_t *insns, unsigned n,
		 const struct machine *machine, struct entry *ret)
{
	for (unsigned i = 0; i < n; i++)
		if (insns[i] == machine->at) {
			ret[i].is_reached = true;
			ret[i].machine = machine_copy(scene, machine);
		}
}

/* From `machine` to where the next place begins. */
static bool run_block(struct run *run, struct machine *machine, const uint32_t *insns,
		      unsigned n, struct entry *ret)
{
	struct split split;

	do {
		uint32_t at = machine->at;

		note(run->scene, insns, n, machine, ret);
		if (opcode_is_switch(run->scene->code->insns[at].opcode))
			return run_switch(run, at, machine);
		if (++run->steps > STEPS_MAX)
			return false;
		switch (machine_step(run->scene, NULL, machine, &split)) {
		case MACHINE_STUCK:
			return false;
		case MACHINE_SPLIT:
			split_up(run, at, machine, &split);
			return true;
		case MACHINE_ON:
			break;
		}
		if (!machine->is_done && (run->scene->code->is_target[machine->at] ||
					  machine->at != at + 1)) {
			arrive(run, at, *machine);
			return true;
		}
	} while (!machine->is_done);
	return true;
}

static bool run_once(struct run *run, const uint32_t *by_order, const uint32_t *insns,
		     unsigned n, struct entry *ret)
{
	const struct scene *scene = run->scene;
	struct machine machine;

	memset(run->arrivals, 0, scene->code->n_insns * sizeof(*run->arrivals));
	memset(ret, 0, n * sizeof(*ret));
	run->held = true;
	run->arrivals[0] = ARENA_NEW(scene->terms->arena, struct arrival);
	run->arrivals[0]->machine = machine_copy(scene, &run->start);
	for (uint32_t i = 0; i < scene->code->n_insns; i++) {
		uint32_t insn = by_order[i];

		if (insn == UINT32_MAX)
			continue;
		if (!merge(run, insn, &machine))
			continue;
		machine.at = insn;
		machine.next_case = 0;
		if (run->is_handler[insn]) {
			struct term thrown = { .op = TERM_SYMBOL, .nonnull = true,
					       .bits = ++scene->terms->n_symbols };

			if (scene->code->max_stack == 0)
				return false;
			machine.n_stack = 0;
			machine.own = NULL;
			machine.trace = new_trace(scene);
			machine_push(&machine, machine_value(scene, thrown, NULL, "L"));
		}
		if (!run_block(run, &machine, insns, n, ret))
			return false;
	}
	return true;
}

static void prepare(struct run *run, uint32_t *by_order)
{
	const struct code *code = run->scene->code;

	for (uint32_t i = 0; i < code->n_insns; i++)
		by_order[i] = UINT32_MAX;
	for (uint32_t i = 0; i < code->n_insns; i++) {
		if (run->scene->order[i] != UINT32_MAX)
			by_order[run->scene->order[i]] = i;
		if (opcode_is_store(code->insns[i].opcode) || code->insns[i].opcode == OPC_iinc)
			run->is_stored[code->insns[i].index] = true;
	}
	for (unsigned e = 0; e < code->n_exceptions; e++)
		run->is_handler[code->insn_at[code->exceptions[e].handler]] = true;
}

bool entry_find(const struct scene *scene, const uint32_t *insns, unsigned n,
		struct entry *ret)
{
	struct arena *arena = scene->terms->arena;
	uint32_t n_insns = scene->code->n_insns;
	uint32_t *by_order = ARENA_NEW_N(arena, uint32_t, n_insns);
	struct loops loops;
	struct run run = { .scene = scene, .loops = &loops };

	run.arrivals = ARENA_NEW_N(arena, struct arrival *, n_insns);
	run.is_handler = ARENA_NEW_N(arena, bool, n_insns);
	run.is_stored = ARENA_NEW_N(arena, bool, scene->code->max_locals + 1u);
	run.start = start_of(scene);
	prepare(&run, by_order);
	if (!loops_find(&loops, scene))
		return false;
	for (unsigned round = 0; round < ROUNDS_MAX; round++) {
		if (round == ROUNDS_MAX - 1)
			loops_suppose_nothing(&loops);
		if (!run_once(&run, by_order, insns, n, ret))
			return false;
		if (run.held)
			return true;
	}
	return false;
}
