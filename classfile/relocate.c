#include "classfile/relocate.h"

#include <string.h>

#include "classfile/guard.h"
#include "classfile/move.h"
#include "util/die.h"

/* The longest jump of two bytes. */
#define OFFSET_MIN INT16_MIN
#define OFFSET_MAX INT16_MAX
#define LENGTH_OF_GOTO_W 5
#define LENGTH_OF_WIDENED_CONDITION 8	/* inverted condition, goto_w */

/* Exceptions, attributes and code of a method, with room to spare. */
#define CODE_ATTRIBUTE_MAX ((size_t)1 << 28)

enum err_code relocation_refuse(const struct relocation *r, const char *reason)
{
	return err_set(r->err, ERR_LIMIT, "%s: %s%s: %s", r->class->what,
		       r->method->name, r->method->descriptor, reason);
}

static uint32_t number_at(const struct relocation *r, uint32_t pc)
{
	if (pc == r->code->bytes.len)
		return r->code->n_insns;
	if (pc > r->code->bytes.len || r->code->insn_at[pc] == INSN_NONE)
		BUG("no instruction at pc %u", pc);
	return r->code->insn_at[pc];
}

uint32_t relocation_place(const struct relocation *r, uint32_t pc)
{
	return r->place[number_at(r, pc)];
}

uint32_t relocation_self(const struct relocation *r, uint32_t pc)
{
	return r->self[number_at(r, pc)];
}

uint32_t relocation_clamp(const struct relocation *r, uint32_t pc)
{
	const struct code *code = r->code;

	while (pc < code->bytes.len && code->insn_at[pc] == INSN_NONE)
		pc++;
	if (pc > code->bytes.len)
		pc = (uint32_t)code->bytes.len;
	return relocation_place(r, pc);
}

/* Whether control can lead to the instruction at `pc` after the edits. */
static bool is_kept(const struct relocation *r, uint32_t pc)
{
	return !r->is_inside[number_at(r, pc)];
}

/* Inserted bytes come from our own code: anything but whole instructions
 * without jumps is a bug there. */
static void check_inserted(struct span inserted)
{
	uint32_t len = (uint32_t)inserted.len, pc = 0;

	while (pc < len) {
		enum opcode opcode = inserted.bytes[pc];
		uint32_t length = code_insn_length(inserted.bytes, pc, len);

		if (!length || opcode_is_jump(opcode) || opcode_is_switch(opcode))
			BUG("not straight-line code to insert");
		pc += length;
	}
}

/* Notes one edit; *free_from is where the one before ended. */
static enum err_code note_edit(struct relocation *r, const struct edit *edit,
			       uint32_t *free_from)
{
	const struct code *code = r->code;
	uint32_t len = (uint32_t)code->bytes.len;
	uint32_t first, last;

	if (edit->pc > len || (edit->pc < len &&
			       code->insn_at[edit->pc] == INSN_NONE))
		return relocation_refuse(r, "an edit at no instruction");
	if (edit->pc < *free_from)
		return relocation_refuse(r, "edits that overlap");
	if (edit->removed > len - edit->pc ||
	    (edit->pc + edit->removed < len &&
	     code->insn_at[edit->pc + edit->removed] == INSN_NONE))
		return relocation_refuse(r, "an edit that removes half an instruction");
	first = number_at(r, edit->pc);
	last = number_at(r, edit->pc + edit->removed);
	if (edit->inserted.len > CODE_LENGTH_MAX - r->inserted[first])
		return relocation_refuse(r, "the code would be longer than 65535 bytes");
	check_inserted(edit->inserted);
	check_inserted(edit->guard);
	r->inserted[first] += (uint32_t)edit->inserted.len;
	for (uint32_t i = first; i < last; i++) {
		r->is_removed[i] = true;
		r->is_inside[i] = i > first;
	}
	*free_from = edit->pc + edit->removed;
	return ERR_OK;
}

static enum err_code note_edits(struct relocation *r)
{
	uint32_t n = r->code->n_insns, free_from = 0;

	r->inserted = ARENA_NEW_N(r->arena, uint32_t, n + 1);
	r->place = ARENA_NEW_N(r->arena, uint32_t, n + 1);
	r->self = ARENA_NEW_N(r->arena, uint32_t, n + 1);
	r->is_removed = ARENA_NEW_N(r->arena, bool, n + 1);
	r->is_inside = ARENA_NEW_N(r->arena, bool, n + 1);
	r->is_widened = ARENA_NEW_N(r->arena, bool, n + 1);
	for (size_t i = 0; i < r->n_edits; i++)
		TRY(note_edit(r, &r->edits[i], &free_from));
	return ERR_OK;
}

static uint32_t switch_padding(uint32_t pc)
{
	return 3 - pc % 4;
}

static uint32_t new_length(const struct relocation *r, uint32_t i)
{
	const struct insn *insn = &r->code->insns[i];
	uint32_t self = r->self[i];

	if (r->is_widened[i])
		return opcode_is_conditional_jump(insn->opcode)
			       ? LENGTH_OF_WIDENED_CONDITION : LENGTH_OF_GOTO_W;
	if (insn->table)
		return insn->length - switch_padding(insn->pc) +
		       switch_padding(self);
	return insn->length;
}

/* Gives every instruction its place. */
static enum err_code lay_out(struct relocation *r)
{
	uint32_t n = r->code->n_insns, pc = 0;

	for (uint32_t i = 0; i <= n; i++) {
		r->place[i] = pc;
		pc += r->inserted[i];
		r->self[i] = pc;
		if (r->is_removed[i])
			r->self[i] = r->place[i];
		else if (i < n)
			pc += new_length(r, i);
		if (pc > CODE_LENGTH_MAX)
			return relocation_refuse(r, "the code would be longer than 65535 bytes");
	}
	if (!pc)
		return relocation_refuse(r, "no code would be left");
	return ERR_OK;
}

static int64_t offset_to(const struct relocation *r, uint32_t from,
			 uint32_t target)
{
	return (int64_t)relocation_place(r, target) - from;
}

/* Lays out, widening jumps until all reach; a widened one never shrinks, so
 * this ends. */
static enum err_code lay_out_widening(struct relocation *r)
{
	bool has_changed;

	do {
		has_changed = false;
		TRY(lay_out(r));
		for (uint32_t i = 0; i < r->code->n_insns; i++) {
			const struct insn *insn = &r->code->insns[i];
			int64_t offset;

			if (r->is_removed[i] || r->is_widened[i] ||
			    opcode_info[insn->opcode].operand != OPERAND_JUMP2)
				continue;
			offset = offset_to(r, r->self[i], insn->target);
			if (offset >= OFFSET_MIN && offset <= OFFSET_MAX)
				continue;
			r->is_widened[i] = true;
			r->has_widened = true;
			has_changed = true;
		}
	} while (has_changed);
	return ERR_OK;
}

/* Nothing that stays may lead into what goes. */
static enum err_code check_targets(const struct relocation *r)
{
	static const char reason[] = "an edit that removes the target of a jump";

	for (uint32_t i = 0; i < r->code->n_insns; i++) {
		const struct insn *insn = &r->code->insns[i];

		if (r->is_removed[i])
			continue;
		if (opcode_is_jump(insn->opcode) && !is_kept(r, insn->target))
			return relocation_refuse(r, reason);
		if (!insn->table)
			continue;
		if (!is_kept(r, insn->table->default_pc))
			return relocation_refuse(r, reason);
		for (uint32_t k = 0; k < insn->table->n; k++)
			if (!is_kept(r, insn->table->targets[k]))
				return relocation_refuse(r, reason);
	}
	for (uint16_t i = 0; i < r->code->n_exceptions; i++) {
		const struct exception_entry *entry = &r->code->exceptions[i];

		if (!is_kept(r, entry->start) || !is_kept(r, entry->end) ||
		    !is_kept(r, entry->handler))
			return relocation_refuse(r, "an edit that removes the bound of a protected range");
	}
	return ERR_OK;
}

/* The condition that holds when `opcode` does not: they stand in pairs, the
 * first of each at an odd code up to if_acmpne, at an even code after. */
static enum opcode inverted(enum opcode opcode)
{
	return opcode >= OPC_ifnull ? opcode ^ 1u : ((opcode + 1u) ^ 1u) - 1u;
}

static void write_widened(const struct relocation *r, uint32_t i,
			  struct buf *buf)
{
	const struct insn *insn = &r->code->insns[i];
	uint32_t from = r->self[i];

	if (opcode_is_conditional_jump(insn->opcode)) {
		buf_u1(buf, (uint8_t)inverted(insn->opcode));
		buf_u2(buf, LENGTH_OF_WIDENED_CONDITION);
		from += LENGTH_OF_WIDENED_CONDITION - LENGTH_OF_GOTO_W;
	}
	buf_u1(buf, insn->opcode == OPC_jsr ? OPC_jsr_w : OPC_goto_w);
	buf_u4(buf, (uint32_t)offset_to(r, from, insn->target));
}

static void write_switch(const struct relocation *r, uint32_t i,
			 struct buf *buf)
{
	const struct insn *insn = &r->code->insns[i];
	const struct switch_table *table = insn->table;
	uint32_t from = r->self[i];

	buf_u1(buf, (uint8_t)insn->opcode);
	buf_bytes(buf, "\0\0\0", switch_padding(from));
	buf_u4(buf, (uint32_t)offset_to(r, from, table->default_pc));
	if (insn->opcode == OPC_lookupswitch) {
		buf_u4(buf, table->n);
	} else {
		buf_u4(buf, (uint32_t)table->keys[0]);
		buf_u4(buf, (uint32_t)table->keys[table->n - 1]);
	}
	for (uint32_t k = 0; k < table->n; k++) {
		if (insn->opcode == OPC_lookupswitch)
			buf_u4(buf, (uint32_t)table->keys[k]);
		buf_u4(buf, (uint32_t)offset_to(r, from, table->targets[k]));
	}
}

static void write_insn(const struct relocation *r, uint32_t i, struct buf *buf)
{
	const struct insn *insn = &r->code->insns[i];

	if (r->is_widened[i]) {
		write_widened(r, i, buf);
	} else if (insn->table) {
		write_switch(r, i, buf);
	} else if (opcode_is_jump(insn->opcode)) {
		int64_t offset = offset_to(r, r->self[i], insn->target);

		buf_u1(buf, (uint8_t)insn->opcode);
		if (insn->length == LENGTH_OF_GOTO_W)
			buf_u4(buf, (uint32_t)offset);
		else
			buf_u2(buf, (uint16_t)offset);
	} else {
		buf_bytes(buf, r->code->bytes.bytes + insn->pc, insn->length);
	}
}

static void write_insns(const struct relocation *r, struct buf *buf)
{
	size_t edit = 0;

	for (uint32_t i = 0; i <= r->code->n_insns; i++) {
		uint32_t pc = i < r->code->n_insns
				      ? r->code->insns[i].pc
				      : (uint32_t)r->code->bytes.len;

		for (; edit < r->n_edits && r->edits[edit].pc == pc; edit++)
			buf_span(buf, r->edits[edit].inserted);
		if (i < r->code->n_insns && !r->is_removed[i])
			write_insn(r, i, buf);
	}
	guard_write_code(r, buf);
}

/* max_stack, max_locals, code_length. */
static enum err_code write_head(const struct relocation *r, struct buf *buf)
{
	uint32_t stack = 0, locals = r->code->max_locals;
	uint32_t length = r->end;

	for (size_t i = 0; i < r->n_edits; i++) {
		if (r->edits[i].extra_stack > stack)
			stack = r->edits[i].extra_stack;
		if (r->edits[i].max_locals > locals)
			locals = r->edits[i].max_locals;
	}
	stack += r->code->max_stack;
	if (code_is_ancient(r->class)) {
		if (stack > UINT8_MAX || locals > UINT8_MAX)
			return relocation_refuse(r, "too much stack or too many locals for so old a class");
		buf_u1(buf, (uint8_t)stack);
		buf_u1(buf, (uint8_t)locals);
		buf_u2(buf, (uint16_t)length);
		return ERR_OK;
	}
	if (stack > UINT16_MAX)
		return relocation_refuse(r, "the operand stack would be too deep");
	buf_u2(buf, (uint16_t)stack);
	buf_u2(buf, (uint16_t)locals);
	buf_u4(buf, length);
	return ERR_OK;
}

/* Ranges of which nothing is left go. The innermost come first: ours. */
static enum err_code write_exceptions(struct relocation *r, struct buf *buf)
{
	size_t count_at = buf->len;
	uint32_t n;

	r->exception_at = ARENA_NEW_N(r->arena, uint16_t, r->code->n_exceptions);
	buf_u2(buf, 0);
	n = guard_write_ranges(r, buf);
	for (uint16_t i = 0; i < r->code->n_exceptions; i++) {
		const struct exception_entry *entry = &r->code->exceptions[i];
		uint32_t start = relocation_place(r, entry->start);
		uint32_t end = relocation_place(r, entry->end);

		if (start == end) {
			r->exception_at[i] = EXCEPTION_DROPPED;
			continue;
		}
		r->exception_at[i] = (uint16_t)n++;
		buf_u2(buf, (uint16_t)start);
		buf_u2(buf, (uint16_t)end);
		buf_u2(buf, (uint16_t)relocation_place(r, entry->handler));
		buf_u2(buf, entry->catch_index);
		n += guard_write_covered(r, entry, buf);
	}
	if (n >= EXCEPTION_DROPPED)
		return relocation_refuse(r, "too many exception ranges");
	buf_set_u2(buf, count_at, (uint16_t)n);
	return ERR_OK;
}

static enum err_code write_method(struct relocation *r, struct buf *buf)
{
	TRY(write_head(r, buf));
	write_insns(r, buf);
	TRY(write_exceptions(r, buf));
	TRY(move_attributes(r, buf));
	if (buf->overflowed)
		return relocation_refuse(r, "its tables would be too large");
	return ERR_OK;
}

enum err_code relocate_method(struct arena *arena, const struct class *class,
			      const struct member *method,
			      const struct edit *edits, size_t n_edits,
			      struct constants *constants, struct span *ret,
			      struct err *err)
{
	struct relocation r = {
		.arena = arena, .class = class, .method = method,
		.edits = edits, .n_edits = n_edits,
		.constants = constants, .err = err,
	};
	struct code *code;
	enum err_code result;
	struct buf buf;

	if (!method->code)
		return relocation_refuse(&r, "no code to edit");
	TRY(code_parse(arena, class, method, &code, err));
	r.code = code;
	TRY(note_edits(&r));
	TRY(check_targets(&r));
	guard_find(&r);
	TRY(lay_out_widening(&r));
	TRY(guard_place(&r));
	buf_init(&buf, CODE_ATTRIBUTE_MAX);
	result = write_method(&r, &buf);
	if (result == ERR_OK) {
		ret->bytes = arena_memdup(arena, buf.bytes, buf.len);
		ret->len = buf.len;
	}
	buf_release(&buf);
	return result;
}
