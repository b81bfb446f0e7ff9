#include "classfile/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/constants.h"
#include "classfile/relocate.h"
#include "util/die.h"

#define CLASS_SIZE_MAX ((size_t)1 << 30)
#define CONSTANTS_START 10	/* after magic, version, constant_pool_count */

struct planned {
	uint16_t method;
	size_t order;		/* of planning: sorting keeps it */
	struct edit edit;
};

struct rewrite {
	struct arena *arena;
	const struct class *class;
	struct constants constants;
	struct planned *edits;
	size_t n_edits, edits_size;
};

struct rewrite *rewrite_start(struct arena *arena, const struct class *class)
{
	struct rewrite *rewrite = ARENA_NEW(arena, struct rewrite);

	rewrite->arena = arena;
	rewrite->class = class;
	constants_init(&rewrite->constants, arena, class);
	return rewrite;
}

uint16_t rewrite_utf8(struct rewrite *rewrite, const char *text)
{
	return constants_add_utf8(&rewrite->constants, text);
}

uint16_t rewrite_class(struct rewrite *rewrite, const char *name)
{
	return constants_add_index(&rewrite->constants, CONSTANT_CLASS,
				   rewrite_utf8(rewrite, name));
}

uint16_t rewrite_string(struct rewrite *rewrite, const char *text)
{
	return constants_add_index(&rewrite->constants, CONSTANT_STRING,
				   rewrite_utf8(rewrite, text));
}

static uint16_t add_number(struct rewrite *rewrite, enum constant_tag tag,
			   uint64_t bits, size_t size)
{
	uint8_t content[8];

	for (size_t i = size; i--; bits >>= 8)
		content[i] = (uint8_t)bits;
	return constants_add(&rewrite->constants, tag,
			     (struct span){ content, size });
}

uint16_t rewrite_integer(struct rewrite *rewrite, int32_t value)
{
	return add_number(rewrite, CONSTANT_INTEGER, (uint32_t)value, 4);
}

uint16_t rewrite_long(struct rewrite *rewrite, int64_t value)
{
	return add_number(rewrite, CONSTANT_LONG, (uint64_t)value, 8);
}

uint16_t rewrite_float(struct rewrite *rewrite, uint32_t bits)
{
	return add_number(rewrite, CONSTANT_FLOAT, bits, 4);
}

uint16_t rewrite_double(struct rewrite *rewrite, uint64_t bits)
{
	return add_number(rewrite, CONSTANT_DOUBLE, bits, 8);
}

static uint16_t add_ref(struct rewrite *rewrite, enum constant_tag tag,
			const char *owner, const char *name,
			const char *descriptor)
{
	uint16_t owner_index = rewrite_class(rewrite, owner);
	uint16_t name_index = rewrite_utf8(rewrite, name);
	uint16_t descriptor_index = rewrite_utf8(rewrite, descriptor);

	return constants_add_pair(&rewrite->constants, tag, owner_index,
				  constants_add_pair(&rewrite->constants,
						     CONSTANT_NAME_AND_TYPE,
						     name_index,
						     descriptor_index));
}

uint16_t rewrite_methodref(struct rewrite *rewrite, const char *owner,
			   const char *name, const char *descriptor,
			   bool is_interface)
{
	return add_ref(rewrite, is_interface ? CONSTANT_INTERFACE_METHODREF
					     : CONSTANT_METHODREF,
		       owner, name, descriptor);
}

uint16_t rewrite_fieldref(struct rewrite *rewrite, const char *owner,
			  const char *name, const char *descriptor)
{
	return add_ref(rewrite, CONSTANT_FIELDREF, owner, name, descriptor);
}

void rewrite_edit(struct rewrite *rewrite, uint16_t method, struct edit edit)
{
	struct planned *planned;

	if (method >= rewrite->class->n_methods)
		BUG("method %u of %u", method, rewrite->class->n_methods);
	if (rewrite->n_edits == rewrite->edits_size) {
		rewrite->edits_size = 2 * rewrite->edits_size + 4;
		rewrite->edits = arena_grow(rewrite->arena, rewrite->edits,
					    rewrite->n_edits,
					    rewrite->edits_size,
					    sizeof(*rewrite->edits));
	}
	edit.inserted.bytes = arena_memdup(rewrite->arena, edit.inserted.bytes,
					   edit.inserted.len);
	edit.guard.bytes = arena_memdup(rewrite->arena, edit.guard.bytes, edit.guard.len);
	planned = &rewrite->edits[rewrite->n_edits];
	planned->method = method;
	planned->order = rewrite->n_edits++;
	planned->edit = edit;
}

static int compare_planned(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;

	if (x->method != y->method)
		return x->method < y->method ? -1 : 1;
	if (x->edit.pc != y->edit.pc)
		return x->edit.pc < y->edit.pc ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Applies the edits [0, n), all of one method. */
static enum err_code edit_method(struct rewrite *rewrite, struct arena *arena,
				 const struct planned *planned, size_t n,
				 struct span *ret, struct err *err)
{
	struct arena local = ARENA_INIT;
	struct edit *edits = ARENA_NEW_N(&local, struct edit, n);
	enum err_code code;
	struct span bytes;

	for (size_t i = 0; i < n; i++)
		edits[i] = planned[i].edit;
	code = relocate_method(&local, rewrite->class,
			       &rewrite->class->methods[planned->method], edits, n,
			       &rewrite->constants, &bytes, err);
	if (code != ERR_OK)
		goto out;
	ret->bytes = arena_memdup(arena, bytes.bytes, bytes.len);
	ret->len = bytes.len;
out:
	arena_release(&local);
	return code;
}

static enum err_code edit_methods(struct rewrite *rewrite, struct arena *arena,
				  const char **skip, struct span *codes,
				  struct err *err)
{
	size_t n;

	for (size_t i = 0; i < rewrite->n_edits; i += n) {
		const struct planned *first = &rewrite->edits[i];
		struct err reason = ERR_INIT;

		n = 1;
		while (i + n < rewrite->n_edits &&
		       first[n].method == first->method)
			n++;
		if (edit_method(rewrite, arena, first, n,
				&codes[first->method],
				skip ? &reason : err) == ERR_OK)
			continue;
		if (!skip)
			return err->code;
		skip[first->method] = arena_strdup(arena, reason.text);
	}
	return ERR_OK;
}

/* The class's own bytes, with the constants that were added after its own and the
 * new codes, where there are any, instead of the old. */
static void write_copy(const struct rewrite *rewrite, const struct span *codes, struct buf *buf)
{
	const struct class *class = rewrite->class;
	const uint8_t *bytes = class->bytes.bytes;
	size_t from = class->constants_end;

	buf_bytes(buf, bytes, CONSTANTS_START - 2);
	buf_u2(buf, constants_count(&rewrite->constants));
	buf_bytes(buf, bytes + CONSTANTS_START, from - CONSTANTS_START);
	constants_write_added(&rewrite->constants, buf);
	for (uint16_t i = 0; i < class->n_methods; i++) {
		struct span old;
		size_t start;

		if (!codes[i].bytes)
			continue;
		old = class->methods[i].code->bytes;
		start = (size_t)(old.bytes - bytes);
		buf_bytes(buf, bytes + from, start - 4 - from);
		buf_u4(buf, (uint32_t)codes[i].len);	/* attribute_length */
		buf_span(buf, codes[i]);
		from = start + old.len;
	}
	buf_bytes(buf, bytes + from, class->bytes.len - from);
}

enum err_code rewrite_finish(struct rewrite *rewrite, struct arena *arena,
			     const char **skip, struct span *ret,
			     struct err *err)
{
	const struct class *class = rewrite->class;
	struct span *codes = ARENA_NEW_N(arena, struct span, class->n_methods);
	enum err_code code = ERR_OK;
	struct buf buf;

	if (rewrite->n_edits)
		qsort(rewrite->edits, rewrite->n_edits,
		      sizeof(*rewrite->edits), compare_planned);
	TRY(edit_methods(rewrite, arena, skip, codes, err));
	if (rewrite->constants.is_full)
		return err_set(err, ERR_LIMIT, "%s: the constant pool is full",
			       class->what);
	buf_init(&buf, CLASS_SIZE_MAX);
	write_copy(rewrite, codes, &buf);
	if (buf.overflowed) {
		code = err_set(err, ERR_LIMIT, "%s: larger than %zu bytes",
			       class->what, CLASS_SIZE_MAX);
	} else {
		ret->bytes = arena_memdup(arena, buf.bytes, buf.len);
		ret->len = buf.len;
	}
	buf_release(&buf);
	return code;
}
