/* Class files made by hand, for tests.
 *
 *	struct build b;
 *	build_start(&b, &arena, 52);
 *	n = build_utf8(&b, "name");
 *	build_method(&b, "m", "()V", (struct build_code){ BYTES(0xb1) });
 *	span = build_finish(&b);
 */
#ifndef CLASSFILE_BUILD_TEST_H
#define CLASSFILE_BUILD_TEST_H

#include "classfile/class.h"

struct build {
	struct arena *arena;
	uint16_t major, n_constants, n_fields, n_methods;
	struct buf constants, fields, methods, attributes;
	uint16_t n_attributes;
};

#define BYTES(...) { (const uint8_t[]){ __VA_ARGS__ }, \
		     sizeof((const uint8_t[]){ __VA_ARGS__ }) }

struct build_attribute {
	const char *name;
	struct span bytes;
};

struct build_code {
	struct span bytes;
	uint16_t access;	/* 0: public static */
	uint16_t max_stack, max_locals;	/* 0: 10 */
	struct span exceptions;		/* entries, without their count */
	struct build_attribute attributes[4];
};

void build_start(struct build *b, struct arena *arena, uint16_t major);
uint16_t build_utf8(struct build *b, const char *text);
uint16_t build_class(struct build *b, const char *name);
uint16_t build_string(struct build *b, const char *text);
uint16_t build_integer(struct build *b, uint32_t value);
uint16_t build_long(struct build *b, uint64_t value);
uint16_t build_ref(struct build *b, enum constant_tag tag, const char *owner,
		   const char *name, const char *descriptor);
uint16_t build_handle(struct build *b, uint16_t method);
void build_attribute(struct build *b, const char *name, struct span bytes);
void build_field(struct build *b, uint16_t access, const char *name, const char *descriptor);
void build_method(struct build *b, const char *name, const char *descriptor,
		  struct build_code code);
struct span build_finish(struct build *b);

/* build_finish() and class_parse(), which must succeed. */
struct class *build_parsed(struct build *b);

#endif
