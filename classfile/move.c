#include "classfile/move.h"

#include <string.h>

#include "classfile/annotation.h"
#include "classfile/move_frames.h"
#include "classfile/reader.h"

#define VARIABLE_SIZE 10

/* What a mover answers. */
enum moved {
	MOVED,		/* the contents are in the buffer */
	MOVED_AWAY,	/* the attribute goes */
	MOVED_NOT,	/* refused; the error is set */
};

static enum moved move_line_numbers(struct relocation *r, struct reader *in,
				    struct buf *buf)
{
	uint16_t n = reader_u2(in);

	buf_u2(buf, n);
	for (uint16_t i = 0; i < n && !in->failed; i++) {
		buf_u2(buf, (uint16_t)relocation_clamp(r, reader_u2(in)));
		buf_u2(buf, reader_u2(in));
	}
	reader_expect_end(in);
	return in->failed ? MOVED_AWAY : MOVED;
}

/* LocalVariableTable and LocalVariableTypeTable, whose entries must agree:
 * whether one is left out depends on its range alone. */
static enum moved move_variables(struct relocation *r, struct reader *in,
				 struct buf *buf)
{
	uint16_t n = reader_u2(in), kept = 0;
	size_t count_at = buf->len;

	buf_u2(buf, 0);
	for (uint16_t i = 0; i < n && !in->failed; i++) {
		uint32_t old_start = reader_u2(in), old_length = reader_u2(in);
		uint32_t start = relocation_clamp(r, old_start);
		uint32_t end = relocation_clamp(r, old_start + old_length);
		struct span rest = reader_span(in, VARIABLE_SIZE - 4);

		if (start == end && old_length)
			continue;
		buf_u2(buf, (uint16_t)start);
		buf_u2(buf, (uint16_t)(end - start));
		buf_span(buf, rest);
		kept++;
	}
	reader_expect_end(in);
	if (in->failed || buf->overflowed)
		return MOVED_AWAY;
	buf_set_u2(buf, count_at, kept);
	return MOVED;
}

static void move_variable_ranges(struct relocation *r, struct reader *in,
				 struct buf *buf)
{
	uint16_t n = reader_u2(in);

	buf_u2(buf, n);
	for (uint16_t i = 0; i < n && !in->failed; i++) {
		uint32_t old_start = reader_u2(in), old_length = reader_u2(in);
		uint32_t start = relocation_clamp(r, old_start);
		uint32_t end = relocation_clamp(r, old_start + old_length);

		buf_u2(buf, (uint16_t)start);
		buf_u2(buf, (uint16_t)(end - start));
		buf_u2(buf, reader_u2(in));
	}
}

/* The pc of the very instruction that an annotation is about. */
static void move_instruction(struct relocation *r, struct reader *in,
			     struct buf *buf)
{
	uint32_t pc = reader_u2(in);

	if (pc >= r->code->bytes.len || r->code->insn_at[pc] == INSN_NONE)
		reader_fail(in, "an annotation of no instruction");
	else
		buf_u2(buf, (uint16_t)relocation_self(r, pc));
}

/* target_type and target_info, JVMS 4.7.20.1. False where what it annotates
 * is gone. */
static bool move_target(struct relocation *r, struct reader *in,
			struct buf *buf)
{
	uint8_t type = reader_u1(in);
	uint16_t exception;

	buf_u1(buf, type);
	if (type == 0x40 || type == 0x41) {
		move_variable_ranges(r, in, buf);
	} else if (type == 0x42) {
		exception = reader_u2(in);
		if (exception >= r->code->n_exceptions)
			reader_fail(in, "an annotation of no handler");
		else if (r->exception_at[exception] == EXCEPTION_DROPPED)
			return false;
		else
			buf_u2(buf, r->exception_at[exception]);
	} else if (type >= 0x43 && type <= 0x46) {
		move_instruction(r, in, buf);
	} else if (type >= 0x47 && type <= 0x4b) {
		move_instruction(r, in, buf);
		buf_u1(buf, reader_u1(in));
	} else {
		reader_fail(in, "an annotation that cannot be inside of code");
	}
	return true;
}

static enum moved move_type_annotations(struct relocation *r,
					struct reader *in, struct buf *buf)
{
	uint16_t n = reader_u2(in), kept = 0;
	size_t count_at = buf->len;

	buf_u2(buf, 0);
	for (uint16_t i = 0; i < n && !in->failed; i++) {
		size_t len = buf->len;
		bool is_kept = move_target(r, in, buf);
		const uint8_t *rest = in->pos;

		reader_span(in, 2 * (size_t)reader_u1(in));	/* type_path */
		annotation_skip(in);
		if (in->failed)
			break;
		if (is_kept) {
			buf_bytes(buf, rest, (size_t)(in->pos - rest));
			kept++;
		} else if (!buf->overflowed) {
			buf->len = len;
		}
	}
	reader_expect_end(in);
	if (in->failed || buf->overflowed)
		return MOVED_AWAY;
	buf_set_u2(buf, count_at, kept);
	return MOVED;
}

static enum moved move_stack_map(struct relocation *r, struct reader *in,
				 struct buf *buf)
{
	struct span bytes = { in->pos, reader_left(in) };

	/* Up to 1.5 nobody reads it, so it need not hold. */
	if (r->class->major < 50)
		return MOVED_AWAY;
	return move_frames(r, bytes, buf) == ERR_OK ? MOVED : MOVED_NOT;
}

/* Of Java ME. What it says would no longer hold, and no JVM of ours reads it. */
static enum moved move_old_stack_map(struct relocation *r, struct reader *in,
				     struct buf *buf)
{
	(void)r, (void)in, (void)buf;
	return MOVED_AWAY;
}

/* attribute -> what moves in it */
static const struct mover {
	const char *name;
	enum moved (*move)(struct relocation *r, struct reader *in,
			   struct buf *buf);
} movers[] = {
	{ "LineNumberTable",                 move_line_numbers },
	{ "LocalVariableTable",              move_variables },
	{ "LocalVariableTypeTable",          move_variables },
	{ "StackMapTable",                   move_stack_map },
	{ "StackMap",                        move_old_stack_map },
	{ "RuntimeVisibleTypeAnnotations",   move_type_annotations },
	{ "RuntimeInvisibleTypeAnnotations", move_type_annotations },
};

static const struct mover *find_mover(const char *name)
{
	for (size_t i = 0; i < sizeof(movers) / sizeof(*movers); i++)
		if (!strcmp(movers[i].name, name))
			return &movers[i];
	return NULL;
}

static enum moved move_attribute(struct relocation *r,
				 const struct attribute *attribute,
				 struct buf *buf)
{
	const struct mover *mover = find_mover(attribute->name);
	struct err ignored = ERR_INIT;	/* what cannot be read goes */
	size_t start = buf->len;
	struct reader in;
	enum moved moved;

	if (!mover) {
		relocation_refuse(r, arena_strfmt(r->arena,
			"attribute %s, in which pcs may have to move",
			attribute->name));
		return MOVED_NOT;
	}
	reader_init_part(&in, attribute->bytes, r->class->bytes,
			 r->class->what, &ignored);
	buf_u2(buf, attribute->name_index);
	buf_u4(buf, 0);
	moved = mover->move(r, &in, buf);
	if (buf->overflowed)
		return moved;
	if (moved == MOVED)
		buf_set_u4(buf, start + 2, (uint32_t)(buf->len - start - 6));
	else
		buf->len = start;
	return moved;
}

/* The table of frames of a method that had none, for handlers of ours. */
static enum err_code add_stack_map(struct relocation *r, struct buf *buf, uint16_t *n)
{
	static const uint8_t no_frames[] = { 0, 0 };
	uint16_t name = constants_add_utf8(r->constants, "StackMapTable");
	size_t start = buf->len;

	buf_u2(buf, name);
	buf_u4(buf, 0);
	TRY(move_frames(r, (struct span){ no_frames, sizeof(no_frames) }, buf));
	if (!buf->overflowed)
		buf_set_u4(buf, start + 2, (uint32_t)(buf->len - start - 6));
	(*n)++;
	return ERR_OK;
}

enum err_code move_attributes(struct relocation *r, struct buf *buf)
{
	const struct attributes *attributes = &r->code->attributes;
	size_t count_at = buf->len;
	uint16_t n = 0;

	buf_u2(buf, 0);
	for (uint16_t i = 0; i < attributes->n; i++) {
		enum moved moved = move_attribute(r, &attributes->items[i], buf);

		if (moved == MOVED_NOT)
			return r->err->code;
		if (moved == MOVED)
			n++;
	}
	if (r->n_guards && r->class->major >= 50 && !attributes_find(attributes, "StackMapTable"))
		TRY(add_stack_map(r, buf, &n));
	if (!buf->overflowed)
		buf_set_u2(buf, count_at, n);
	return ERR_OK;
}
