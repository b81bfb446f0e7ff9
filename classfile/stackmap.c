#include "classfile/stackmap.h"

#include "classfile/frames.h"

void stackmap_start(struct stackmap *map, const struct class *class,
		    const struct attribute *attribute, struct err *err)
{
	reader_init_part(&map->reader, attribute->bytes, class->bytes,
			 class->what, err);
	map->left = reader_u2(&map->reader);
	map->next_pc = 0;
}

size_t stackmap_type_size(uint8_t tag)
{
	if (tag > VTYPE_UNINITIALIZED)
		return 0;
	return tag == VTYPE_OBJECT || tag == VTYPE_UNINITIALIZED ? 3 : 1;
}

/* `n` types, as they stand. */
static struct span read_types(struct reader *r, unsigned n)
{
	struct span types = { r->pos, 0 };

	for (; n && !r->failed; n--) {
		uint8_t tag = reader_u1(r);
		size_t size = stackmap_type_size(tag);

		if (!size)
			reader_fail(r, "an unknown verification type");
		else if (size > 1)
			reader_u2(r);
		types.len += size;
	}
	return r->failed ? span_none : types;
}

bool stackmap_next(struct stackmap *map, struct stackmap_entry *ret)
{
	struct reader *r = &map->reader;
	struct stackmap_entry entry = { 0 };
	uint8_t type;

	if (r->failed)
		return false;
	if (!map->left) {
		reader_expect_end(r);
		return false;
	}
	map->left--;
	type = reader_u1(r);
	entry.frame_type = type;
	if (type < STACKMAP_SAME_LOCALS_1) {
		entry.pc = type;
	} else if (type < STACKMAP_SAME_LOCALS_1 + 64) {
		entry.pc = type - STACKMAP_SAME_LOCALS_1;
		entry.n_stack = 1;
	} else {
		if (type < STACKMAP_SAME_LOCALS_1_EXTENDED)
			reader_fail(r, "an unknown kind of frame");
		entry.pc = reader_u2(r);
	}
	entry.pc += map->next_pc;
	map->next_pc = entry.pc + 1;
	if (type == STACKMAP_SAME_LOCALS_1_EXTENDED)
		entry.n_stack = 1;
	else if (type >= STACKMAP_CHOP && type < STACKMAP_SAME_EXTENDED)
		entry.n_chopped = STACKMAP_SAME_EXTENDED - type;
	else if (type >= STACKMAP_APPEND && type < STACKMAP_FULL)
		entry.n_locals = type - STACKMAP_SAME_EXTENDED;
	else if (type == STACKMAP_FULL)
		entry.n_locals = reader_u2(r);
	entry.locals = read_types(r, entry.n_locals);
	if (type == STACKMAP_FULL)
		entry.n_stack = reader_u2(r);
	entry.stack = read_types(r, entry.n_stack);
	if (r->failed)
		return false;
	*ret = entry;
	return true;
}
