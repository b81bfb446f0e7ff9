#include "classfile/guard.h"

static bool has_subroutines(const struct code *code)
{
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (code->insns[i].opcode == OPC_jsr || code->insns[i].opcode == OPC_jsr_w)
			return true;
	return false;
}

static bool has_guard(const struct relocation *r)
{
	for (size_t i = 0; i < r->n_edits; i++)
		if (r->edits[i].guard.len)
			return true;
	return false;
}

/* Whether a handler can take over all local variables as they are. */
static bool can_guard(const struct relocation *r, uint32_t pc)
{
	const struct frame *frame;

	if (pc >= r->code->bytes.len)
		return false;
	frame = &r->frames[r->code->insn_at[pc]];
	for (uint16_t i = 0; i < frame->n_locals; i++)
		if (frame->locals[i].kind == VTYPE_UNINITIALIZED ||
		    frame->locals[i].kind == VTYPE_UNINITIALIZED_THIS)
			return false;
	return frame->is_known;
}

void guard_find(struct relocation *r)
{
	struct err ignored = ERR_INIT;	/* without frames there are no guards */

	if (!has_guard(r) || has_subroutines(r->code))
		return;
	if (!r->frames && frames_compute(r->arena, r->class, r->method, r->code,
					 &r->frames, &ignored) != ERR_OK) {
		r->frames = NULL;
		return;
	}
	r->guards = ARENA_NEW_N(r->arena, struct relocation_guard, r->n_edits);
	for (size_t i = 0; i < r->n_edits; i++)
		if (r->edits[i].guard.len && can_guard(r, r->edits[i].pc))
			r->guards[r->n_guards++] = (struct relocation_guard){ .edit = &r->edits[i] };
}

enum err_code guard_place(struct relocation *r)
{
	uint32_t at = 0, pc = UINT32_MAX;
	struct relocation_guard *guard = r->guards;

	r->end = r->self[r->code->n_insns];
	for (size_t i = 0; i < r->n_edits; i++) {
		const struct edit *edit = &r->edits[i];

		if (edit->pc != pc)
			at = relocation_place(r, edit->pc);
		pc = edit->pc;
		if (guard < r->guards + r->n_guards && guard->edit == edit) {
			guard->start = at + edit->guarded_start;
			guard->stop = at + edit->guarded_end;
			guard->handler = r->end;
			r->end += (uint32_t)edit->guard.len + 1;
			guard++;
		}
		at += (uint32_t)edit->inserted.len;
	}
	if (r->end > CODE_LENGTH_MAX)
		return relocation_refuse(r, "the code would be longer than 65535 bytes");
	return ERR_OK;
}

void guard_write_code(const struct relocation *r, struct buf *buf)
{
	for (size_t i = 0; i < r->n_guards; i++) {
		buf_span(buf, r->guards[i].edit->guard);
		buf_u1(buf, OPC_athrow);
	}
}

static void write_entry(struct buf *buf, uint32_t start, uint32_t end, uint32_t handler,
			uint16_t catch_index)
{
	buf_u2(buf, (uint16_t)start);
	buf_u2(buf, (uint16_t)end);
	buf_u2(buf, (uint16_t)handler);
	buf_u2(buf, catch_index);
}

uint32_t guard_write_ranges(const struct relocation *r, struct buf *buf)
{
	for (size_t i = 0; i < r->n_guards; i++)
		write_entry(buf, r->guards[i].start, r->guards[i].stop, r->guards[i].handler, 0);
	return (uint32_t)r->n_guards;
}

static uint32_t guard_end(const struct relocation *r, size_t i)
{
	return i + 1 < r->n_guards ? r->guards[i + 1].handler : r->end;
}

uint32_t guard_write_covered(const struct relocation *r,
			     const struct exception_entry *entry, struct buf *buf)
{
	uint32_t n = 0;

	for (size_t i = 0; i < r->n_guards; i++) {
		size_t first = i;

		while (i < r->n_guards && r->guards[i].edit->pc >= entry->start &&
		       r->guards[i].edit->pc < entry->end)
			i++;
		if (i == first)
			continue;
		write_entry(buf, r->guards[first].handler, guard_end(r, i - 1),
			    relocation_place(r, entry->handler), entry->catch_index);
		n++;
	}
	return n;
}
