#include "classfile/move_frames.h"

#include <string.h>

#include "classfile/bytes.h"
#include "classfile/stackmap.h"

#define DELTA_IN_TYPE_MAX 63	/* of same_frame, same_locals_1_stack_item_frame */

/* A frame of the new table. */
struct placed {
	uint32_t old_pc, new_pc;
	bool is_old;		/* from the old table, as `entry` */
	bool is_relative;	/* so is the one before it, and nothing lies between */
	bool is_handler;	/* of ours: the locals at old_pc, and a Throwable */
	struct stackmap_entry entry;
};

struct table {
	struct placed *items;
	uint32_t n;
};

/* Frames at one place are one: the later is what the code there was checked
 * against, and control falls from the earlier into it. */
static void add_placed(struct table *table, struct placed placed)
{
	if (table->n && table->items[table->n - 1].new_pc == placed.new_pc) {
		placed.is_relative = false;
		table->n--;
	} else if (table->n && !table->items[table->n - 1].is_old) {
		placed.is_relative = false;
	}
	table->items[table->n++] = placed;
}

static bool needs_frame_after(const struct relocation *r, uint32_t i)
{
	return r->is_widened[i] &&
	       opcode_is_conditional_jump(r->code->insns[i].opcode);
}

/* Merges the old frames with those for the places behind widened conditions. */
static enum err_code place_frames(struct relocation *r, struct stackmap *map,
				  struct table *table)
{
	const struct code *code = r->code;
	struct stackmap_entry entry;
	bool has_entry = stackmap_next(map, &entry);

	table->items = ARENA_NEW_N(r->arena, struct placed,
				   (size_t)map->left + 1 + code->n_insns + r->n_guards);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint32_t pc = code->insns[i].pc;

		if (has_entry && entry.pc < pc)
			break;
		if (has_entry && entry.pc == pc) {
			if (r->is_inside[i])
				return relocation_refuse(r, "an edit that removes a stack map frame");
			add_placed(table, (struct placed){
				.old_pc = pc, .new_pc = r->place[i], .is_old = true,
				.is_relative = true, .entry = entry });
			has_entry = stackmap_next(map, &entry);
		} else if (i && needs_frame_after(r, i - 1)) {
			add_placed(table, (struct placed){
				.old_pc = pc, .new_pc = r->place[i] });
		}
	}
	if (has_entry)
		return relocation_refuse(r, "a stack map frame at no instruction");
	for (size_t i = 0; i < r->n_guards; i++)
		add_placed(table, (struct placed){ .old_pc = r->guards[i].edit->pc,
						   .new_pc = r->guards[i].handler, .is_handler = true });
	return reader_check(&map->reader);
}

static void write_types(const struct relocation *r, struct span types,
			struct reader *failed, struct buf *buf)
{
	for (size_t at = 0; at < types.len; ) {
		uint8_t tag = types.bytes[at];
		size_t size = stackmap_type_size(tag);
		uint32_t pc;

		if (tag != VTYPE_UNINITIALIZED) {
			buf_bytes(buf, types.bytes + at, size);
		} else {
			pc = bytes_u2(types.bytes + at + 1);
			buf_u1(buf, tag);
			if (pc >= r->code->bytes.len ||
			    r->code->insn_at[pc] == INSN_NONE)
				reader_fail(failed, "an uninitialized object of no instruction");
			else
				buf_u2(buf, (uint16_t)relocation_self(r, pc));
		}
		at += size;
	}
}

/* An old frame whose predecessor is the old one too. */
static void write_relative(const struct relocation *r,
			   const struct stackmap_entry *entry, uint32_t delta,
			   struct reader *failed, struct buf *buf)
{
	uint8_t type = entry->frame_type;

	if (type < STACKMAP_SAME_LOCALS_1 || type == STACKMAP_SAME_EXTENDED) {
		if (delta <= DELTA_IN_TYPE_MAX) {
			buf_u1(buf, (uint8_t)(STACKMAP_SAME + delta));
			return;
		}
		type = STACKMAP_SAME_EXTENDED;
	} else if (type <= STACKMAP_SAME_LOCALS_1_EXTENDED) {
		if (delta <= DELTA_IN_TYPE_MAX) {
			buf_u1(buf, (uint8_t)(STACKMAP_SAME_LOCALS_1 + delta));
			write_types(r, entry->stack, failed, buf);
			return;
		}
		type = STACKMAP_SAME_LOCALS_1_EXTENDED;
	}
	buf_u1(buf, type);
	buf_u2(buf, (uint16_t)delta);
	if (type == STACKMAP_FULL)
		buf_u2(buf, (uint16_t)entry->n_locals);
	write_types(r, entry->locals, failed, buf);
	if (type == STACKMAP_FULL)
		buf_u2(buf, (uint16_t)entry->n_stack);
	write_types(r, entry->stack, failed, buf);
}

static uint16_t class_constant(const struct relocation *r, const char *name)
{
	bool was_full = r->constants->is_full;
	uint16_t index = constants_add_index(r->constants, CONSTANT_CLASS,
				constants_add_utf8(r->constants, name));

	r->constants->is_full = was_full;	/* this method's trouble alone */
	return index;
}

/* Slots as types: long and double are one, with their second slot. */
static enum err_code write_vtypes(const struct relocation *r,
				  const struct vtype *types, uint16_t n_slots,
				  struct buf *buf)
{
	size_t count_at = buf->len;
	uint16_t n = 0, index;

	buf_u2(buf, 0);
	for (uint16_t i = 0; i < n_slots; i++, n++) {
		const struct vtype *type = &types[i];

		if (type->kind == VTYPE_RETURN_ADDRESS)
			return relocation_refuse(r, "a subroutine among stack map frames");
		buf_u1(buf, (uint8_t)type->kind);
		if (type->kind == VTYPE_OBJECT) {
			index = class_constant(r, type->name);
			if (!index)
				return relocation_refuse(r, "no room in the constant pool");
			buf_u2(buf, index);
		} else if (type->kind == VTYPE_UNINITIALIZED) {
			buf_u2(buf, (uint16_t)relocation_self(r, type->pc));
		} else if (type->kind == VTYPE_LONG || type->kind == VTYPE_DOUBLE) {
			i++;
		}
	}
	if (!buf->overflowed)
		buf_set_u2(buf, count_at, n);
	return ERR_OK;
}

/* A frame from the types that hold there. */
static enum err_code write_full(struct relocation *r, const struct placed *placed,
				uint32_t delta, struct buf *buf)
{
	static const struct vtype thrown = { .kind = VTYPE_OBJECT, .name = "java/lang/Throwable" };
	const struct frame *frame;

	if (!r->frames)
		TRY(frames_compute(r->arena, r->class, r->method, r->code,
				   &r->frames, r->err));
	frame = &r->frames[r->code->insn_at[placed->old_pc]];
	if (!frame->is_known)
		return relocation_refuse(r, "a jump to widen in code that is never reached");
	buf_u1(buf, STACKMAP_FULL);
	buf_u2(buf, (uint16_t)delta);
	TRY(write_vtypes(r, frame->locals, frame->n_locals, buf));
	return placed->is_handler ? write_vtypes(r, &thrown, 1, buf) :
	       write_vtypes(r, frame->stack, frame->n_stack, buf);
}

enum err_code move_frames(struct relocation *r, struct span old,
			  struct buf *buf)
{
	const struct attribute attribute = { .bytes = old };
	struct table table = { NULL, 0 };
	struct stackmap map;
	uint32_t next_pc = 0;

	stackmap_start(&map, r->class, &attribute, r->err);
	TRY(place_frames(r, &map, &table));
	if (table.n > UINT16_MAX)
		return relocation_refuse(r, "too many stack map frames");
	buf_u2(buf, (uint16_t)table.n);
	for (uint32_t i = 0; i < table.n; i++) {
		const struct placed *placed = &table.items[i];
		uint32_t delta = placed->new_pc - next_pc;

		if (placed->is_relative)
			write_relative(r, &placed->entry, delta, &map.reader, buf);
		else
			TRY(write_full(r, placed, delta, buf));
		next_pc = placed->new_pc + 1;
	}
	return reader_check(&map.reader);
}
