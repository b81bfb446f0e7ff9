#include "classfile/constants.h"

#include <string.h>

#define CONSTANTS_MAX 65535	/* constant_pool_count */
#define SLOTS_MIN 64
#define UTF8_LENGTH_MAX 65535
#define LOOKUPS_BY_EYE 32	/* going through the constants so often costs no more than
				   putting all of them into a hash table */

void constants_init(struct constants *constants, struct arena *arena,
		    const struct class *class)
{
	*constants = (struct constants){ .arena = arena, .class = class };
}

static uint32_t count(const struct constants *constants)
{
	return constants->class->n_constants + constants->n_added;
}

static const struct constant *at(const struct constants *constants,
				 uint32_t index)
{
	uint32_t own = constants->class->n_constants;

	return index < own ? &constants->class->constants[index]
			   : &constants->added[index - own];
}

static uint32_t hash(uint8_t tag, struct span content)
{
	uint32_t value = 2166136261u ^ tag;	/* FNV-1a */

	for (size_t i = 0; i < content.len; i++)
		value = (value ^ content.bytes[i]) * 16777619u;
	return value ^ value >> 15;
}

/* The slot that holds such a constant, or the free one where it belongs. */
static uint16_t *slot_of(const struct constants *constants, uint8_t tag,
			 struct span content)
{
	uint32_t i = hash(tag, content);

	for (;; i++) {
		uint16_t *slot = &constants->slots[i & (constants->n_slots - 1)];
		const struct constant *constant;

		if (!*slot)
			return slot;
		constant = at(constants, *slot);
		if (constant->tag == tag && span_equal(constant->bytes, content))
			return slot;
	}
}

static void make_slots(struct constants *constants, uint32_t n_slots)
{
	constants->n_slots = n_slots;
	constants->slots = ARENA_NEW_N(constants->arena, uint16_t, n_slots);
	for (uint32_t i = 1; i < count(constants); i++) {
		const struct constant *constant = at(constants, i);
		uint16_t *slot;

		if (constant->tag == CONSTANT_UNUSABLE)
			continue;
		slot = slot_of(constants, constant->tag, constant->bytes);
		if (!*slot)
			*slot = (uint16_t)i;
	}
}

static void ensure_slots(struct constants *constants)
{
	uint32_t wanted = constants->n_slots ? constants->n_slots : SLOTS_MIN;

	while (wanted < 2 * (count(constants) + 1))
		wanted *= 2;
	if (wanted != constants->n_slots)
		make_slots(constants, wanted);
}

/* The index of such a constant, or 0. */
static uint16_t search(const struct constants *constants, uint8_t tag, struct span content)
{
	for (uint32_t i = 1; i < count(constants); i++) {
		const struct constant *constant = at(constants, i);

		if (constant->tag == tag && span_equal(constant->bytes, content))
			return (uint16_t)i;
	}
	return 0;
}

uint16_t constants_add(struct constants *constants, enum constant_tag tag,
		       struct span content)
{
	uint32_t width = tag == CONSTANT_LONG || tag == CONSTANT_DOUBLE ? 2 : 1;
	struct constant *added;
	uint16_t *slot = NULL, index;

	if (!constants->slots && constants->lookups++ < LOOKUPS_BY_EYE) {
		index = search(constants, (uint8_t)tag, content);
		if (index)
			return index;
	} else {
		ensure_slots(constants);
		slot = slot_of(constants, (uint8_t)tag, content);
		if (*slot)
			return *slot;
	}
	if (count(constants) + width > CONSTANTS_MAX) {
		constants->is_full = true;
		return 0;
	}
	if (constants->n_added + width > constants->added_size) {
		constants->added_size = 2 * constants->added_size + 16;
		constants->added = arena_grow(constants->arena, constants->added,
					      constants->n_added,
					      constants->added_size,
					      sizeof(*constants->added));
	}
	index = (uint16_t)count(constants);
	if (slot)
		*slot = index;
	added = &constants->added[constants->n_added];
	added->tag = (uint8_t)tag;
	added->bytes.bytes = arena_memdup(constants->arena, content.bytes,
					  content.len);
	added->bytes.len = content.len;
	constants->n_added += width;
	return index;
}

uint16_t constants_add_utf8(struct constants *constants, const char *text)
{
	size_t len = strlen(text);

	if (len > UTF8_LENGTH_MAX) {
		constants->is_full = true;
		return 0;
	}
	return constants_add(constants, CONSTANT_UTF8,
			     (struct span){ (const uint8_t *)text, len });
}

uint16_t constants_add_index(struct constants *constants,
			     enum constant_tag tag, uint16_t index)
{
	uint8_t content[] = { (uint8_t)(index >> 8), (uint8_t)index };

	if (!index)
		return 0;
	return constants_add(constants, tag,
			     (struct span){ content, sizeof(content) });
}

uint16_t constants_add_pair(struct constants *constants, enum constant_tag tag,
			    uint16_t first, uint16_t second)
{
	uint8_t content[] = { (uint8_t)(first >> 8), (uint8_t)first,
			      (uint8_t)(second >> 8), (uint8_t)second };

	if (!first || !second)
		return 0;
	return constants_add(constants, tag,
			     (struct span){ content, sizeof(content) });
}

uint16_t constants_count(const struct constants *constants)
{
	return (uint16_t)count(constants);
}

void constants_write_added(const struct constants *constants, struct buf *buf)
{
	for (uint32_t i = 0; i < constants->n_added; i++)
		class_write_constant(&constants->added[i], buf);
}
