#include "classfile/attributes.h"

#include <string.h>

#define ATTRIBUTE_SIZE_MIN 6

void attributes_read(struct reader *r, struct arena *arena,
		     const struct class *class, struct attributes *ret)
{
	uint16_t n = reader_u2(r);

	ret->items = NULL;
	ret->n = 0;
	if (!n || !reader_fits(r, n, ATTRIBUTE_SIZE_MIN))
		return;
	ret->items = ARENA_NEW_N(arena, struct attribute, n);
	for (uint16_t i = 0; i < n; i++) {
		struct attribute *attribute = &ret->items[i];

		attribute->name_index = reader_u2(r);
		attribute->name = class_utf8(class, attribute->name_index);
		attribute->bytes = reader_span(r, reader_u4(r));
		if (!attribute->name)
			reader_fail(r, "an attribute without a name");
		if (r->failed)
			return;
		ret->n++;
	}
}

const struct attribute *attributes_find(const struct attributes *attributes,
					const char *name)
{
	for (uint16_t i = 0; i < attributes->n; i++)
		if (!strcmp(attributes->items[i].name, name))
			return &attributes->items[i];
	return NULL;
}
