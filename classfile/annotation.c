#include "classfile/annotation.h"

#include <string.h>

#define NESTING_MAX 200	/* of annotations and arrays in annotation values */

/* Steps over element_value_pairs or the values of an array, JVMS 4.7.16.1.
 * Nesting is kept as counts of values still to come, so that hostile input
 * costs no stack. */
static void skip_values(struct reader *r, uint16_t n, bool is_named)
{
	struct { uint16_t left; bool is_named; } levels[NESTING_MAX];
	size_t depth = 0;

	levels[0].left = n;
	levels[0].is_named = is_named;
	while (!r->failed) {
		uint8_t tag;

		if (!levels[depth].left) {
			if (!depth--)
				return;
			continue;
		}
		levels[depth].left--;
		if (levels[depth].is_named)
			reader_u2(r);
		tag = reader_u1(r);
		if (tag == 'e') {
			reader_u4(r);
		} else if (tag != '@' && tag != '[') {
			reader_u2(r);
		} else if (++depth == NESTING_MAX) {
			reader_fail(r, "annotations nested too deeply");
		} else {
			if (tag == '@')
				reader_u2(r);
			levels[depth].left = reader_u2(r);
			levels[depth].is_named = tag == '@';
		}
	}
}

void annotation_skip(struct reader *r)
{
	reader_u2(r);
	skip_values(r, reader_u2(r), true);
}

/* `type` is a field descriptor: Lorg/example/Outer$Generated; */
static bool simple_name_ends_with(const char *type, const char *suffix)
{
	size_t len = strlen(type), suffix_len = strlen(suffix);
	size_t start = len;

	if (!len || type[len - 1] != ';')
		return false;
	len--;
	while (start && type[start - 1] != '/' && type[start - 1] != '$')
		start--;
	if (!start)
		start = 1;	/* the L of a class without package */
	return start <= len && suffix_len <= len - start &&
	       !memcmp(type + len - suffix_len, suffix, suffix_len);
}

/* With `element` NULL the annotation is enough. */
static bool list_has(const struct class *class, const struct attribute *attribute,
		     const char *suffix, const char *element)
{
	struct err ignored = ERR_INIT;	/* a list that cannot be read holds nothing */
	struct reader r;
	uint16_t n;

	reader_init_part(&r, attribute->bytes, class->bytes, class->what,
			 &ignored);
	n = reader_u2(&r);
	for (uint16_t i = 0; i < n && !r.failed; i++) {
		const char *type = class_utf8(class, reader_u2(&r));
		bool is_meant = type && simple_name_ends_with(type, suffix);
		uint16_t pairs = reader_u2(&r);

		if (is_meant && !element)
			return true;
		for (uint16_t p = 0; p < pairs && !r.failed; p++) {
			const char *name = class_utf8(class, reader_u2(&r));

			if (is_meant && name && !strcmp(name, element))
				return true;
			skip_values(&r, 1, false);
		}
	}
	return false;
}

bool annotation_has_element(const struct class *class, const struct attributes *attributes,
			    const char *suffix, const char *element)
{
	for (uint16_t i = 0; i < attributes->n; i++) {
		const struct attribute *attribute = &attributes->items[i];

		if (strcmp(attribute->name, "RuntimeVisibleAnnotations") != 0 &&
		    strcmp(attribute->name, "RuntimeInvisibleAnnotations") != 0)
			continue;
		if (list_has(class, attribute, suffix, element))
			return true;
	}
	return false;
}

bool class_has_annotation(const struct class *class,
			  const struct attributes *attributes,
			  const char *suffix)
{
	return annotation_has_element(class, attributes, suffix, NULL);
}
