#include "classfile/build_test.h"

#include "util/die.h"

#define BUILD_MAX ((size_t)1 << 20)

void build_start(struct build *b, struct arena *arena, uint16_t major)
{
	*b = (struct build){ .arena = arena, .major = major, .n_constants = 1 };
	buf_init(&b->constants, BUILD_MAX);
	buf_init(&b->fields, BUILD_MAX);
	buf_init(&b->methods, BUILD_MAX);
	buf_init(&b->attributes, BUILD_MAX);
}

uint16_t build_utf8(struct build *b, const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	buf_u1(&b->constants, CONSTANT_UTF8);
	buf_u2(&b->constants, (uint16_t)len);
	buf_text(&b->constants, text);
	return b->n_constants++;
}

static uint16_t pair(struct build *b, enum constant_tag tag, uint16_t first,
		     uint16_t second)
{
	buf_u1(&b->constants, (uint8_t)tag);
	buf_u2(&b->constants, first);
	buf_u2(&b->constants, second);
	return b->n_constants++;
}

static uint16_t single(struct build *b, enum constant_tag tag, uint16_t index)
{
	buf_u1(&b->constants, (uint8_t)tag);
	buf_u2(&b->constants, index);
	return b->n_constants++;
}

uint16_t build_class(struct build *b, const char *name)
{
	return single(b, CONSTANT_CLASS, build_utf8(b, name));
}

uint16_t build_string(struct build *b, const char *text)
{
	return single(b, CONSTANT_STRING, build_utf8(b, text));
}

uint16_t build_integer(struct build *b, uint32_t value)
{
	buf_u1(&b->constants, CONSTANT_INTEGER);
	buf_u4(&b->constants, value);
	return b->n_constants++;
}

uint16_t build_long(struct build *b, uint64_t value)
{
	buf_u1(&b->constants, CONSTANT_LONG);
	buf_u8(&b->constants, value);
	b->n_constants += 2;
	return (uint16_t)(b->n_constants - 2);
}

uint16_t build_ref(struct build *b, enum constant_tag tag, const char *owner,
		   const char *name, const char *descriptor)
{
	uint16_t first = owner ? build_class(b, owner) : 0;
	uint16_t name_index = build_utf8(b, name);
	uint16_t name_and_type = pair(b, CONSTANT_NAME_AND_TYPE, name_index,
				      build_utf8(b, descriptor));

	return pair(b, tag, first, name_and_type);
}

uint16_t build_handle(struct build *b, uint16_t method)
{
	buf_u1(&b->constants, CONSTANT_METHOD_HANDLE);
	buf_u1(&b->constants, 6);	/* REF_invokeStatic */
	buf_u2(&b->constants, method);
	return b->n_constants++;
}

void build_attribute(struct build *b, const char *name, struct span bytes)
{
	buf_u2(&b->attributes, build_utf8(b, name));
	buf_u4(&b->attributes, (uint32_t)bytes.len);
	buf_span(&b->attributes, bytes);
	b->n_attributes++;
}

void build_field(struct build *b, uint16_t access, const char *name, const char *descriptor)
{
	buf_u2(&b->fields, access);
	buf_u2(&b->fields, build_utf8(b, name));
	buf_u2(&b->fields, build_utf8(b, descriptor));
	buf_u2(&b->fields, 0);	/* attributes */
	b->n_fields++;
}

void build_method(struct build *b, const char *name, const char *descriptor,
		  struct build_code code)
{
	struct buf body;
	uint16_t n = 0;

	buf_init(&body, BUILD_MAX);
	buf_u2(&body, code.max_stack ? code.max_stack : 10);
	buf_u2(&body, code.max_locals ? code.max_locals : 10);
	buf_u4(&body, (uint32_t)code.bytes.len);
	buf_span(&body, code.bytes);
	buf_u2(&body, (uint16_t)(code.exceptions.len / 8));
	buf_span(&body, code.exceptions);
	while (n < 4 && code.attributes[n].name)
		n++;
	buf_u2(&body, n);
	for (uint16_t i = 0; i < n; i++) {
		buf_u2(&body, build_utf8(b, code.attributes[i].name));
		buf_u4(&body, (uint32_t)code.attributes[i].bytes.len);
		buf_span(&body, code.attributes[i].bytes);
	}
	buf_u2(&b->methods, code.access ? code.access : ACCESS_PUBLIC | ACCESS_STATIC);
	buf_u2(&b->methods, build_utf8(b, name));
	buf_u2(&b->methods, build_utf8(b, descriptor));
	buf_u2(&b->methods, 1);
	buf_u2(&b->methods, build_utf8(b, "Code"));
	buf_u4(&b->methods, (uint32_t)body.len);
	buf_span(&b->methods, buf_get(&body));
	b->n_methods++;
	buf_release(&body);
}

struct span build_finish(struct build *b)
{
	uint16_t this_index = build_class(b, "pkg/Sample");
	uint16_t super_index = build_class(b, "java/lang/Object");
	struct span span;
	struct buf buf;

	buf_init(&buf, BUILD_MAX);
	buf_u4(&buf, 0xcafebabe);
	buf_u2(&buf, 0);
	buf_u2(&buf, b->major);
	buf_u2(&buf, b->n_constants);
	buf_span(&buf, buf_get(&b->constants));
	buf_u2(&buf, ACCESS_PUBLIC);
	buf_u2(&buf, this_index);
	buf_u2(&buf, super_index);
	buf_u2(&buf, 0);	/* interfaces */
	buf_u2(&buf, b->n_fields);
	buf_span(&buf, buf_get(&b->fields));
	buf_u2(&buf, b->n_methods);
	buf_span(&buf, buf_get(&b->methods));
	buf_u2(&buf, b->n_attributes);
	buf_span(&buf, buf_get(&b->attributes));
	span.bytes = arena_memdup(b->arena, buf.bytes, buf.len);
	span.len = buf.len;
	buf_release(&buf);
	buf_release(&b->constants);
	buf_release(&b->fields);
	buf_release(&b->methods);
	buf_release(&b->attributes);
	return span;
}

struct class *build_parsed(struct build *b)
{
	struct class *class = NULL;
	struct err err = ERR_INIT;

	if (class_parse(b->arena, build_finish(b), "Sample.class", &class,
			&err) != ERR_OK)
		BUG("%s", err.text);
	return class;
}
