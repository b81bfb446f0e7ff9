#include "classfile/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/constants.h"
#include "classfile/relocate.h"
#include "util/die.h"

#define CLASS_SIZE_MAX ((size_t)1 << 30)

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

/* Lets `method`, in a copy of the class, have a Code attribute of `bytes`. */
static void replace_code(struct arena *arena, struct member *method,
			 struct span bytes)
{
	size_t n = method->attributes.n;
	size_t which = (size_t)(method->code - method->attributes.items);

	method->attributes.items = arena_memdup(arena, method->attributes.items,
						n * sizeof(struct attribute));
	method->attributes.items[which].bytes = bytes;
	method->code = &method->attributes.items[which];
}

/* Applies the edits [0, n), all of one method. */
static enum err_code edit_method(struct rewrite *rewrite, struct arena *arena,
				 const struct planned *planned, size_t n,
				 struct member *method, struct err *err)
{
	struct arena local = ARENA_INIT;
	struct edit *edits = ARENA_NEW_N(&local, struct edit, n);
	enum err_code code;
	struct span bytes;

	for (size_t i = 0; i < n; i++)
		edits[i] = planned[i].edit;
	code = relocate_method(&local, rewrite->class, method, edits, n,
			       &rewrite->constants, &bytes, err);
	if (code != ERR_OK)
		goto out;
	bytes.bytes = arena_memdup(arena, bytes.bytes, bytes.len);
	replace_code(arena, method, bytes);
out:
	arena_release(&local);
	return code;
}

static enum err_code edit_methods(struct rewrite *rewrite, struct arena *arena,
				  const char **skip, struct member *methods,
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
				&methods[first->method],
				skip ? &reason : err) == ERR_OK)
			continue;
		if (!skip)
			return err->code;
		skip[first->method] = arena_strdup(arena, reason.text);
	}
	return ERR_OK;
}

/* The class as bytes in the arena. */
static enum err_code write_copy(const struct class *copy, struct arena *arena,
				struct span *ret, struct err *err)
{
	struct buf buf;
	enum err_code code = ERR_OK;

	buf_init(&buf, CLASS_SIZE_MAX);
	class_write(copy, &buf);
	if (buf.overflowed) {
		code = err_set(err, ERR_LIMIT, "%s: larger than %zu bytes",
			       copy->what, CLASS_SIZE_MAX);
	} else {
		ret->bytes = arena_memdup(arena, buf.bytes, buf.len);
		ret->len = buf.len;
	}
	buf_release(&buf);
	return code;
}

enum err_code rewrite_finish(struct rewrite *rewrite, struct arena *arena,
			     const char **skip, struct span *ret,
			     struct err *err)
{
	const struct class *class = rewrite->class;
	struct class copy = *class;

	if (rewrite->n_edits)
		qsort(rewrite->edits, rewrite->n_edits,
		      sizeof(*rewrite->edits), compare_planned);
	copy.methods = arena_memdup(arena, class->methods,
				    class->n_methods * sizeof(*class->methods));
	TRY(edit_methods(rewrite, arena, skip, copy.methods, err));
	if (rewrite->constants.is_full)
		return err_set(err, ERR_LIMIT, "%s: the constant pool is full",
			       class->what);
	copy.constants = constants_all(&rewrite->constants, &copy.n_constants);
	return write_copy(&copy, arena, ret, err);
}
