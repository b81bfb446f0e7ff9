#include "classfile/flow.h"

#include <string.h>

/* Slots compared and steps taken, over all rounds. Real code stays far below. */
#define WORK_MAX ((uint64_t)1 << 26)

struct flow {
	struct sim *sim;
	const struct code *code;
	struct frame *frames;
	struct sim_stack **stacks;	/* of each frame, where it can be had */
	uint64_t work_left;
	uint32_t *queue;	/* a ring of n_insns, each at most once */
	uint32_t head, n_queued;
	bool *is_queued;
	struct sim_stack **catch_stacks;	/* of each exception entry */
	const struct vtype **merged_locals;	/* last merged into its handler */
	uint32_t *rets, n_rets, *jsrs, n_jsrs;	/* numbers of instructions */
	bool *is_inside;	/* of the subroutine at hand: its instructions, */
	bool *is_stored;	/* [max_locals]: the variables it stores into */
};

static bool is_jsr(const struct insn *insn)
{
	return insn->opcode == OPC_jsr || insn->opcode == OPC_jsr_w;
}

static void spend(struct flow *flow, uint64_t work)
{
	if (work > flow->work_left)
		sim_fail(flow->sim, "types that take too long to find");
	else
		flow->work_left -= work;
}

static void enqueue(struct flow *flow, uint32_t i)
{
	if (flow->is_queued[i])
		return;
	flow->is_queued[i] = true;
	flow->queue[(flow->head + flow->n_queued++) % flow->code->n_insns] = i;
}

static bool is_reference(const struct vtype *type)
{
	return type->kind == VTYPE_OBJECT || type->kind == VTYPE_NULL;
}

static bool is_array_of_references(const struct vtype *type)
{
	return type->kind == VTYPE_OBJECT && type->name[0] == '[' &&
	       (type->name[1] == '[' || type->name[1] == 'L');
}

static struct vtype merge(const struct vtype *a, const struct vtype *b)
{
	if (sim_vtype_equal(a, b))
		return *a;
	if (!is_reference(a) || !is_reference(b))
		return (struct vtype){ .kind = VTYPE_TOP };
	if (a->kind == VTYPE_NULL)
		return *b;
	if (b->kind == VTYPE_NULL)
		return *a;
	if (is_array_of_references(a) && is_array_of_references(b))
		return sim_object("[Ljava/lang/Object;");
	return sim_object("java/lang/Object");
}

/* Merges `n` types into *at; true where that changes them. A result that is
 * one of the two shares its memory, any other is a new array. */
static bool merge_types(struct flow *flow, const struct vtype **at,
			const struct vtype *from, uint32_t n)
{
	bool is_same = true, is_from = true;
	struct vtype *merged;

	if (*at == from)
		return false;
	spend(flow, n);
	for (uint32_t i = 0; i < n; i++) {
		struct vtype type = merge(&(*at)[i], &from[i]);

		is_same = is_same && sim_vtype_equal(&type, &(*at)[i]);
		is_from = is_from && sim_vtype_equal(&type, &from[i]);
	}
	if (is_same || flow->sim->failed)
		return false;
	if (is_from) {
		*at = from;
		return true;
	}
	merged = sim_alloc(flow->sim, n, sizeof(*merged));
	if (!merged)
		return false;
	for (uint32_t i = 0; i < n; i++)
		merged[i] = merge(&(*at)[i], &from[i]);
	*at = merged;
	return true;
}

static bool has_top_for_value(const struct frame *frame)
{
	for (uint32_t i = 0; i < frame->n_stack; i++)
		if (frame->stack[i].kind == VTYPE_TOP &&
		    !(i && sim_is_wide(&frame->stack[i - 1])))
			return true;
	return false;
}

/* Lets `frame` flow into instruction `i`. */
static void flow_into(struct flow *flow, uint32_t i, const struct frame *frame)
{
	struct frame *into = &flow->frames[i];
	bool has_changed = false;

	if (flow->sim->failed)
		return;
	spend(flow, 1);
	if (!into->is_known) {
		struct sim_stack *stack = flow->sim->now.stack;

		*into = *frame;
		if (stack && stack->items == frame->stack)
			flow->stacks[i] = stack;
		enqueue(flow, i);
		return;
	}
	if (into->n_stack != frame->n_stack) {
		sim_fail(flow->sim, "operand stacks of different depths");
		return;
	}
	if (into->n_locals > frame->n_locals) {	/* what is beyond is unusable */
		into->n_locals = frame->n_locals;
		has_changed = true;
	}
	if (merge_types(flow, &into->locals, frame->locals, into->n_locals))
		has_changed = true;
	if (merge_types(flow, &into->stack, frame->stack, into->n_stack)) {
		has_changed = true;
		flow->stacks[i] = NULL;
		if (has_top_for_value(into))
			sim_fail(flow->sim, "operand stacks of different types");
	}
	if (has_changed)
		enqueue(flow, i);
}

static void flow_to_pc(struct flow *flow, uint32_t pc, const struct frame *frame)
{
	flow_into(flow, flow->code->insn_at[pc], frame);
}

/* The locals as they are at instruction `i` reach every handler around it. */
static void flow_to_handlers(struct flow *flow, uint32_t i)
{
	const struct code *code = flow->code;
	uint32_t pc = code->insns[i].pc;
	struct frame frame = flow->frames[i];

	spend(flow, code->n_exceptions);
	for (uint16_t e = 0; e < code->n_exceptions; e++) {
		const struct exception_entry *entry = &code->exceptions[e];
		struct vtype type = sim_object(entry->catch_type
			? entry->catch_type : "java/lang/Throwable");

		if (pc < entry->start || pc >= entry->end ||
		    (flow->catch_stacks[e] &&
		     flow->merged_locals[e] == frame.locals))
			continue;
		if (!flow->catch_stacks[e])
			flow->catch_stacks[e] = sim_stack_of(flow->sim, &type, 1);
		if (!flow->catch_stacks[e])
			return;
		flow->merged_locals[e] = frame.locals;
		frame.stack = flow->catch_stacks[e]->items;
		frame.n_stack = 1;
		flow_to_pc(flow, entry->handler, &frame);
	}
}

/* Which subroutine the `ret` number `i` returns from, by what is known. */
static bool returns_from(const struct flow *flow, uint32_t i, uint32_t *ret_pc)
{
	const struct frame *frame = &flow->frames[i];
	uint16_t index = flow->code->insns[i].index;

	if (!frame->is_known || index >= frame->n_locals ||
	    frame->locals[index].kind != VTYPE_RETURN_ADDRESS)
		return false;
	*ret_pc = frame->locals[index].pc;
	return true;
}

/* Whether going on at instruction `i` stays inside of the subroutine and leads
 * to its ret. Entering it anew does not count. */
static bool leads_to_ret(const struct flow *flow, uint32_t i, uint32_t start)
{
	return i < flow->code->n_insns && flow->code->insns[i].pc != start &&
	       flow->is_inside[i];
}

static bool pc_leads_to_ret(const struct flow *flow, uint32_t pc, uint32_t start)
{
	return leads_to_ret(flow, flow->code->insn_at[pc], start);
}

/* The same for what may follow instruction `i`. */
static bool successor_leads_to_ret(struct flow *flow, uint32_t i, uint32_t start)
{
	const struct code *code = flow->code;
	const struct insn *insn = &code->insns[i];
	const struct switch_table *table = insn->table;
	bool leads = !opcode_ends_block(insn->opcode) &&
		     leads_to_ret(flow, i + 1, start);
	uint32_t pc;

	spend(flow, 1u + code->n_exceptions);
	if (opcode_is_jump(insn->opcode))
		leads = leads || pc_leads_to_ret(flow, insn->target, start);
	if (table)
		leads = leads || pc_leads_to_ret(flow, table->default_pc, start);
	for (uint32_t k = 0; table && k < table->n && !leads; k++)
		leads = pc_leads_to_ret(flow, table->targets[k], start);
	for (uint16_t e = 0; e < code->n_exceptions && !leads; e++)
		leads = insn->pc >= code->exceptions[e].start &&
			insn->pc < code->exceptions[e].end &&
			pc_leads_to_ret(flow, code->exceptions[e].handler, start);
	if (insn->opcode == OPC_ret && returns_from(flow, i, &pc))
		for (uint32_t k = 0; k < flow->n_jsrs && !leads; k++)
			leads = code->insns[flow->jsrs[k]].target == pc &&
				leads_to_ret(flow, flow->jsrs[k] + 1, start);
	return leads;
}

/* Finds what lies between a subroutine's start and its ret, with the
 * subroutines that it calls: backwards from the ret, until nothing changes. */
static void find_inside(struct flow *flow, uint32_t ret, uint32_t start)
{
	uint32_t n = flow->code->n_insns;
	bool has_changed = true;

	memset(flow->is_inside, 0, n * sizeof(bool));
	flow->is_inside[ret] = true;
	while (has_changed && !flow->sim->failed) {
		has_changed = false;
		for (uint32_t i = n; i--; ) {
			if (flow->is_inside[i] ||
			    !successor_leads_to_ret(flow, i, start))
				continue;
			flow->is_inside[i] = true;
			has_changed = true;
		}
	}
}

static void note_store(struct flow *flow, const struct insn *insn)
{
	char letter = *opcode_info[insn->opcode].pops;
	uint32_t end = insn->index + (letter == 'L' || letter == 'D' ? 2u : 1u);

	for (uint32_t k = insn->index; k < end; k++)
		if (k < flow->code->max_locals)
			flow->is_stored[k] = true;
}

/* Finds which variables a subroutine stores into. */
static void find_stored(struct flow *flow, uint32_t ret, uint32_t start)
{
	const struct code *code = flow->code;

	find_inside(flow, ret, start);
	memset(flow->is_stored, 0, code->max_locals * sizeof(bool));
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (flow->is_inside[i] && opcode_is_store(code->insns[i].opcode))
			note_store(flow, &code->insns[i]);
}

/* The locals after a subroutine: its own where it stores, else its caller's. */
static struct frame after_subroutine(struct flow *flow,
				     const struct frame *at_ret,
				     const struct frame *at_jsr)
{
	static const struct vtype top = { VTYPE_TOP, NULL, 0 };
	struct frame frame = *at_ret;
	uint32_t n = at_jsr->n_locals > at_ret->n_locals ? at_jsr->n_locals
							  : at_ret->n_locals;
	struct vtype *locals = sim_alloc(flow->sim, n, sizeof(*locals));

	if (!locals)
		return frame;
	spend(flow, n);
	for (uint32_t k = 0; k < n; k++) {
		const struct frame *from = flow->is_stored[k] ? at_ret : at_jsr;

		locals[k] = k < from->n_locals ? from->locals[k] : top;
		if (k && flow->is_stored[k] && !flow->is_stored[k - 1] &&
		    sim_is_wide(&locals[k - 1]))
			locals[k - 1] = top;
	}
	frame.locals = locals;
	frame.n_locals = (uint16_t)n;
	return frame;
}

static void flow_from_ret(struct flow *flow, uint32_t i)
{
	const struct code *code = flow->code;
	struct frame frame;
	uint32_t pc;

	if (!returns_from(flow, i, &pc)) {
		sim_fail(flow->sim, "a ret without return address");
		return;
	}
	find_stored(flow, i, pc);
	for (uint32_t k = 0; k < flow->n_jsrs && !flow->sim->failed; k++) {
		uint32_t jsr = flow->jsrs[k];

		spend(flow, 1);
		if (code->insns[jsr].target != pc || !flow->frames[jsr].is_known)
			continue;
		if (jsr + 1 == code->n_insns) {
			sim_fail(flow->sim, "control falls off the end");
			return;
		}
		frame = after_subroutine(flow, &flow->frames[i],
					 &flow->frames[jsr]);
		flow_into(flow, jsr + 1, &frame);
	}
}

/* What a caller knows has changed: its subroutine must return to it again. */
static void wake_rets(struct flow *flow, uint32_t start)
{
	uint32_t pc;

	spend(flow, flow->n_rets);
	for (uint32_t k = 0; k < flow->n_rets; k++)
		if (returns_from(flow, flow->rets[k], &pc) && pc == start)
			enqueue(flow, flow->rets[k]);
}

/* The state after instruction `i` reaches what may come next. */
static void flow_on(struct flow *flow, uint32_t i)
{
	const struct code *code = flow->code;
	const struct insn *insn = &code->insns[i];
	struct frame frame = sim_frame(flow->sim);

	if (opcode_is_jump(insn->opcode))
		flow_to_pc(flow, insn->target, &frame);
	if (insn->table) {
		flow_to_pc(flow, insn->table->default_pc, &frame);
		for (uint32_t k = 0; k < insn->table->n; k++)
			flow_to_pc(flow, insn->table->targets[k], &frame);
	}
	if (is_jsr(insn))
		wake_rets(flow, insn->target);
	else if (insn->opcode == OPC_ret)
		flow_from_ret(flow, i);
	else if (opcode_ends_block(insn->opcode))
		return;
	else if (i + 1 == code->n_insns)
		sim_fail(flow->sim, "control falls off the end");
	else
		flow_into(flow, i + 1, &frame);
}

static void visit_insn(struct flow *flow, uint32_t i)
{
	struct sim *sim = flow->sim;
	struct frame *frame = &flow->frames[i];

	if (!flow->stacks[i])
		flow->stacks[i] = sim_stack_of(sim, frame->stack, frame->n_stack);
	if (sim->failed)
		return;
	sim->now = (struct sim_state){ frame->locals, flow->stacks[i],
				       frame->n_locals, frame->n_stack };
	flow_to_handlers(flow, i);
	sim_step(sim, &flow->code->insns[i]);
	if (!sim->failed)
		flow_on(flow, i);
}

static bool flow_init(struct flow *flow, struct sim *sim, struct frame *frames)
{
	const struct code *code = sim->code;
	uint32_t n = code->n_insns;

	*flow = (struct flow){
		.sim = sim, .code = code, .frames = frames,
		.work_left = WORK_MAX,
		.stacks = sim_alloc(sim, n, sizeof(struct sim_stack *)),
		.queue = sim_alloc(sim, n, sizeof(uint32_t)),
		.is_queued = sim_alloc(sim, n, sizeof(bool)),
		.catch_stacks = sim_alloc(sim, code->n_exceptions,
					  sizeof(struct sim_stack *)),
		.merged_locals = sim_alloc(sim, code->n_exceptions,
					   sizeof(struct vtype *)),
		.rets = sim_alloc(sim, n, sizeof(uint32_t)),
		.jsrs = sim_alloc(sim, n, sizeof(uint32_t)),
		.is_inside = sim_alloc(sim, n, sizeof(bool)),
		.is_stored = sim_alloc(sim, code->max_locals, sizeof(bool)),
	};
	if (sim->failed)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (code->insns[i].opcode == OPC_ret)
			flow->rets[flow->n_rets++] = i;
		else if (is_jsr(&code->insns[i]))
			flow->jsrs[flow->n_jsrs++] = i;
	}
	return true;
}

void flow_compute(struct sim *sim, struct frame *frames)
{
	struct flow flow;
	struct frame first;

	if (!flow_init(&flow, sim, frames))
		return;
	sim_enter(sim);
	first = sim_frame(sim);
	flow_into(&flow, 0, &first);
	while (flow.n_queued && !sim->failed) {
		uint32_t i = flow.queue[flow.head];

		flow.head = (flow.head + 1) % sim->code->n_insns;
		flow.n_queued--;
		flow.is_queued[i] = false;
		visit_insn(&flow, i);
	}
}
