#include "classfile/frames.h"

#include <string.h>

#include "classfile/bytes.h"
#include "classfile/flow.h"
#include "classfile/sim.h"
#include "classfile/stackmap.h"

/* Class files of before never have a StackMapTable that counts; in those of
 * this version it may be wrong, and the data flow decides (JVMS 4.10). */
#define FIRST_WITH_TABLE 50

/* The frame that the table's next entry builds on. */
struct previous {
	const struct vtype *locals;
	uint16_t n_locals;
};

static struct vtype decode_type(struct sim *sim, const uint8_t *at)
{
	struct vtype type = { .kind = *at };
	const struct code *code = sim->code;

	if (type.kind == VTYPE_OBJECT) {
		type.name = class_name_at(sim->class, bytes_u2(at + 1));
		if (!type.name)
			sim_fail(sim, "a stack map frame with an object of no class");
	} else if (type.kind == VTYPE_UNINITIALIZED) {
		type.pc = bytes_u2(at + 1);
		if (type.pc >= code->bytes.len ||
		    code->insn_at[type.pc] == INSN_NONE ||
		    code->insns[code->insn_at[type.pc]].opcode != OPC_new)
			sim_fail(sim, "a stack map frame with an object never made");
	}
	return type;
}

/* Appends types to `to`, which has *n of at most `max` slots. */
static void decode_types(struct sim *sim, struct span types, uint32_t max,
			 struct vtype *to, uint32_t *n)
{
	for (size_t at = 0; at < types.len && !sim->failed; ) {
		struct vtype type = decode_type(sim, types.bytes + at);
		uint32_t width = sim_is_wide(&type) ? 2 : 1;

		if (width > max - *n) {
			sim_fail(sim, "a stack map frame larger than the method's");
			return;
		}
		to[*n] = type;
		*n += width;	/* a second slot is zero: top */
		at += stackmap_type_size(types.bytes[at]);
	}
}

static void chop(struct sim *sim, struct previous *previous, unsigned n)
{
	for (; n; n--) {
		if (!previous->n_locals) {
			sim_fail(sim, "a stack map frame that takes what is not there");
			return;
		}
		previous->n_locals--;
		if (previous->n_locals &&
		    sim_is_wide(&previous->locals[previous->n_locals - 1]))
			previous->n_locals--;
	}
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Lets sim->now and *previous be what the entry says. */
static void apply(struct sim *sim, const struct stackmap_entry *entry,
		  struct previous *previous)
{
	const struct code *code = sim->code;
	uint32_t n = entry->frame_type == STACKMAP_FULL ? 0 : previous->n_locals;
	uint32_t room = smaller(n + 2 * entry->n_locals, code->max_locals);
	struct vtype *types;

	if (entry->n_locals || entry->frame_type == STACKMAP_FULL) {
		types = sim_alloc(sim, room, sizeof(*types));
		if (!types)
			return;
		if (n)
			memcpy(types, previous->locals, n * sizeof(*types));
		decode_types(sim, entry->locals, room, types, &n);
		previous->locals = types;
		previous->n_locals = (uint16_t)n;
	}
	chop(sim, previous, entry->n_chopped);
	room = smaller(2 * entry->n_stack, code->max_stack);
	types = sim_alloc(sim, room, sizeof(*types));
	if (!types)
		return;
	n = 0;
	decode_types(sim, entry->stack, room, types, &n);
	sim->now.locals = previous->locals;
	sim->now.n_locals = previous->n_locals;
	sim->now.stack = sim_stack_of(sim, types, (uint16_t)n);
	sim->now.n_stack = (uint16_t)n;
}

static void check_target(struct sim *sim, const struct frame *frames,
			 uint32_t pc)
{
	if (!frames[sim->code->insn_at[pc]].is_known)
		sim_fail(sim, "a jump to where no stack map frame is");
}

static void check_targets(struct sim *sim, const struct frame *frames)
{
	const struct code *code = sim->code;

	for (uint32_t i = 0; i < code->n_insns && !sim->failed; i++) {
		const struct insn *insn = &code->insns[i];

		if (!frames[i].is_known)
			continue;
		sim->pc = insn->pc;
		if (opcode_is_jump(insn->opcode))
			check_target(sim, frames, insn->target);
		if (!insn->table)
			continue;
		check_target(sim, frames, insn->table->default_pc);
		for (uint32_t k = 0; k < insn->table->n; k++)
			check_target(sim, frames, insn->table->targets[k]);
	}
}

/* Straight-line simulation from frame to frame. */
static void follow_table(struct sim *sim, const struct attribute *attribute,
			 struct frame *frames)
{
	const struct code *code = sim->code;
	struct stackmap_entry entry;
	struct previous previous;
	struct stackmap map;
	bool has_entry, is_reached = true;

	stackmap_start(&map, sim->class, attribute, sim->err);
	sim_enter(sim);
	previous.locals = sim->now.locals;
	previous.n_locals = sim->now.n_locals;
	has_entry = stackmap_next(&map, &entry);
	for (uint32_t i = 0; i < code->n_insns && !sim->failed; i++) {
		const struct insn *insn = &code->insns[i];

		sim->pc = insn->pc;
		if (has_entry && entry.pc == insn->pc) {
			apply(sim, &entry, &previous);
			has_entry = stackmap_next(&map, &entry);
			is_reached = true;
		}
		if (!is_reached || sim->failed)
			continue;
		frames[i] = sim_frame(sim);
		if (insn->opcode == OPC_jsr || insn->opcode == OPC_jsr_w ||
		    insn->opcode == OPC_ret)
			sim_fail(sim, "a subroutine among stack map frames");
		sim_step(sim, insn);
		is_reached = !opcode_ends_block(insn->opcode);
	}
	if (is_reached)
		sim_fail(sim, "control falls off the end");
	if (has_entry)
		sim_fail(sim, "a stack map frame at no instruction");
	if (map.reader.failed)
		sim->failed = true;
	check_targets(sim, frames);
}

enum err_code frames_compute(struct arena *arena, const struct class *class,
			     const struct member *method,
			     const struct code *code, struct frame **ret,
			     struct err *err)
{
	const struct attribute *table =
		attributes_find(&code->attributes, "StackMapTable");
	struct frame *frames = ARENA_NEW_N(arena, struct frame, code->n_insns);
	struct sim sim;

	sim_init(&sim, arena, class, method, code, err);
	if (class->major < FIRST_WITH_TABLE)
		table = NULL;
	if (table)
		follow_table(&sim, table, frames);
	if (table && sim.failed && class->major == FIRST_WITH_TABLE) {
		memset(frames, 0, code->n_insns * sizeof(*frames));
		sim_init(&sim, arena, class, method, code, err);
		table = NULL;
	}
	if (!table)
		flow_compute(&sim, frames);
	if (sim.failed)
		return err->code;
	*ret = frames;
	return ERR_OK;
}
