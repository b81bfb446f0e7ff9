#include "classfile/class.h"

#include <string.h>

#include "classfile/attributes.h"
#include "classfile/reader.h"
#include "util/die.h"

#define CLASS_MAGIC 0xcafebabe
#define CONSTANT_SIZE_MIN 3
#define MEMBER_SIZE_MIN 8

/* Bytes after the tag; 0: no such constant, or Utf8, which says itself. */
static const uint8_t constant_size[] = {
	[CONSTANT_INTEGER] = 4, [CONSTANT_FLOAT] = 4,
	[CONSTANT_LONG] = 8, [CONSTANT_DOUBLE] = 8,
	[CONSTANT_CLASS] = 2, [CONSTANT_STRING] = 2,
	[CONSTANT_FIELDREF] = 4, [CONSTANT_METHODREF] = 4,
	[CONSTANT_INTERFACE_METHODREF] = 4, [CONSTANT_NAME_AND_TYPE] = 4,
	[CONSTANT_METHOD_HANDLE] = 3, [CONSTANT_METHOD_TYPE] = 2,
	[CONSTANT_DYNAMIC] = 4, [CONSTANT_INVOKE_DYNAMIC] = 4,
	[CONSTANT_MODULE] = 2, [CONSTANT_PACKAGE] = 2,
};

static uint16_t u2_at(struct span span, size_t at)
{
	return (uint16_t)(span.bytes[at] << 8 | span.bytes[at + 1]);
}

static bool is_wide_constant(uint8_t tag)
{
	return tag == CONSTANT_LONG || tag == CONSTANT_DOUBLE;
}

/* Reads one constant and returns how much its text needs. */
static size_t read_constant(struct reader *r, struct constant *constant)
{
	uint8_t tag = reader_u1(r);
	size_t len = 0;

	if (tag == CONSTANT_UTF8) {
		len = reader_u2(r);
		constant->bytes = reader_span(r, len);
		constant->tag = tag;
		return len + 1;
	}
	if (tag < sizeof(constant_size))
		len = constant_size[tag];
	if (!len)
		reader_fail(r, "a constant of unknown kind");
	constant->bytes = reader_span(r, len);
	constant->tag = tag;
	return 0;
}

/* Gives every Utf8 constant its NUL-terminated text, all in one piece. */
static void copy_texts(struct reader *r, struct arena *arena, size_t len,
		       struct class *class)
{
	char *at = arena_alloc(arena, len);

	for (uint32_t i = 1; i < class->n_constants; i++) {
		struct constant *constant = &class->constants[i];

		if (constant->tag != CONSTANT_UTF8)
			continue;
		if (constant->bytes.len) {
			memcpy(at, constant->bytes.bytes, constant->bytes.len);
			if (memchr(at, '\0', constant->bytes.len)) {
				reader_fail(r, "a NUL byte in the constants before");
				return;
			}
		}
		constant->utf8 = at;
		at += constant->bytes.len + 1;
	}
}

static void read_constants(struct reader *r, struct arena *arena,
			   struct class *class)
{
	size_t text_len = 0;

	class->n_constants = reader_u2(r);
	if (!class->n_constants)
		reader_fail(r, "no constant pool");
	if (r->failed ||
	    !reader_fits(r, class->n_constants - 1u, CONSTANT_SIZE_MIN))
		return;
	class->constants = ARENA_NEW_N(arena, struct constant,
				       class->n_constants);
	for (uint32_t i = 1; i < class->n_constants && !r->failed; i++) {
		text_len += read_constant(r, &class->constants[i]);
		if (is_wide_constant(class->constants[i].tag) &&
		    ++i == class->n_constants)
			reader_fail(r, "a constant too wide for its place");
	}
	if (!r->failed)
		copy_texts(r, arena, text_len, class);
}

static void find_code(struct reader *r, struct member *method)
{
	for (uint16_t i = 0; i < method->attributes.n; i++) {
		if (strcmp(method->attributes.items[i].name, "Code") != 0)
			continue;
		if (method->code)
			reader_fail(r, "a second Code attribute");
		method->code = &method->attributes.items[i];
	}
}

static void read_members(struct reader *r, struct arena *arena,
			 const struct class *class, bool are_methods,
			 struct member **ret, uint16_t *ret_n)
{
	uint16_t n = reader_u2(r);
	struct member *members;

	if (!n || !reader_fits(r, n, MEMBER_SIZE_MIN))
		return;
	members = ARENA_NEW_N(arena, struct member, n);
	for (uint16_t i = 0; i < n && !r->failed; i++) {
		struct member *member = &members[i];

		member->access = reader_u2(r);
		member->name_index = reader_u2(r);
		member->descriptor_index = reader_u2(r);
		member->name = class_utf8(class, member->name_index);
		member->descriptor = class_utf8(class, member->descriptor_index);
		if (!member->name)
			reader_fail(r, "a member without a name");
		else if (!member->descriptor ||
			 !(are_methods ? descriptor_is_method(member->descriptor)
				       : descriptor_is_field(member->descriptor)))
			reader_fail(r, "a member with a malformed descriptor");
		attributes_read(r, arena, class, &member->attributes);
		if (are_methods)
			find_code(r, member);
	}
	*ret = members;
	*ret_n = n;
}

static void read_names(struct reader *r, struct arena *arena,
		       struct class *class)
{
	class->access = reader_u2(r);
	class->this_index = reader_u2(r);
	class->name = class_name_at(class, class->this_index);
	if (!class->name)
		reader_fail(r, "a class without a name");
	class->super_index = reader_u2(r);
	class->super_name = class_name_at(class, class->super_index);
	if (class->super_index && !class->super_name)
		reader_fail(r, "a superclass without a name");
	class->n_interfaces = reader_u2(r);
	if (!reader_fits(r, class->n_interfaces, 2))
		return;
	class->interfaces = ARENA_NEW_N(arena, uint16_t, class->n_interfaces);
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		class->interfaces[i] = reader_u2(r);
		if (!class_name_at(class, class->interfaces[i]))
			reader_fail(r, "an interface without a name");
	}
}

enum err_code class_parse(struct arena *arena, struct span bytes,
			  const char *what, struct class **ret,
			  struct err *err)
{
	struct class *class = ARENA_NEW(arena, struct class);
	struct reader r;

	reader_init(&r, bytes, what, err);
	class->bytes = bytes;
	class->what = what;
	if (reader_u4(&r) != CLASS_MAGIC && !r.failed)
		return err_set(err, ERR_FORMAT, "%s: not a class file", what);
	class->minor = reader_u2(&r);
	class->major = reader_u2(&r);
	TRY(reader_check(&r));
	if (class->major < CLASS_MAJOR_MIN || class->major > CLASS_MAJOR_MAX)
		return err_set(err, ERR_FORMAT,
			       "%s: class file version %u.%u, expected %u to %u",
			       what, class->major, class->minor,
			       CLASS_MAJOR_MIN, CLASS_MAJOR_MAX);
	read_constants(&r, arena, class);
	TRY(reader_check(&r));
	class->constants_end = reader_offset(&r);
	read_names(&r, arena, class);
	read_members(&r, arena, class, false, &class->fields,
		     &class->n_fields);
	read_members(&r, arena, class, true, &class->methods,
		     &class->n_methods);
	attributes_read(&r, arena, class, &class->attributes);
	reader_expect_end(&r);
	TRY(reader_check(&r));
	*ret = class;
	return ERR_OK;
}

static void write_attributes(const struct attributes *attributes,
			     struct buf *buf)
{
	buf_u2(buf, attributes->n);
	for (uint16_t i = 0; i < attributes->n; i++) {
		buf_u2(buf, attributes->items[i].name_index);
		buf_u4(buf, (uint32_t)attributes->items[i].bytes.len);
		buf_span(buf, attributes->items[i].bytes);
	}
}

static void write_members(const struct member *members, uint16_t n,
			  struct buf *buf)
{
	buf_u2(buf, n);
	for (uint16_t i = 0; i < n; i++) {
		buf_u2(buf, members[i].access);
		buf_u2(buf, members[i].name_index);
		buf_u2(buf, members[i].descriptor_index);
		write_attributes(&members[i].attributes, buf);
	}
}

void class_write_constant(const struct constant *constant, struct buf *buf)
{
	if (constant->tag == CONSTANT_UNUSABLE)
		return;
	buf_u1(buf, constant->tag);
	if (constant->tag == CONSTANT_UTF8)
		buf_u2(buf, (uint16_t)constant->bytes.len);
	buf_span(buf, constant->bytes);
}

void class_write(const struct class *class, struct buf *buf)
{
	buf_u4(buf, CLASS_MAGIC);
	buf_u2(buf, class->minor);
	buf_u2(buf, class->major);
	buf_u2(buf, class->n_constants);
	for (uint32_t i = 1; i < class->n_constants; i++)
		class_write_constant(&class->constants[i], buf);
	buf_u2(buf, class->access);
	buf_u2(buf, class->this_index);
	buf_u2(buf, class->super_index);
	buf_u2(buf, class->n_interfaces);
	for (uint16_t i = 0; i < class->n_interfaces; i++)
		buf_u2(buf, class->interfaces[i]);
	write_members(class->fields, class->n_fields, buf);
	write_members(class->methods, class->n_methods, buf);
	write_attributes(&class->attributes, buf);
}

static const struct constant *constant_at(const struct class *class,
					  uint16_t index, uint8_t tag)
{
	if (index >= class->n_constants || class->constants[index].tag != tag)
		return NULL;
	return &class->constants[index];
}

const char *class_utf8(const struct class *class, uint16_t index)
{
	const struct constant *constant = constant_at(class, index, CONSTANT_UTF8);

	return constant ? constant->utf8 : NULL;
}

const char *class_name_at(const struct class *class, uint16_t index)
{
	const struct constant *constant = constant_at(class, index, CONSTANT_CLASS);

	return constant ? class_utf8(class, u2_at(constant->bytes, 0)) : NULL;
}

const char *class_string_at(const struct class *class, uint16_t index)
{
	const struct constant *constant = constant_at(class, index, CONSTANT_STRING);

	return constant ? class_utf8(class, u2_at(constant->bytes, 0)) : NULL;
}

bool class_is_plain_constant(const struct class *class, uint16_t index)
{
	if (index >= class->n_constants)
		return false;
	switch (class->constants[index].tag) {
	case CONSTANT_INTEGER:
	case CONSTANT_FLOAT:
	case CONSTANT_LONG:
	case CONSTANT_DOUBLE:
	case CONSTANT_STRING:
		return true;
	default:
		return false;
	}
}

bool class_member_ref_at(const struct class *class, uint16_t index,
			 struct member_ref *ret)
{
	const struct constant *constant, *name_and_type;
	struct member_ref ref = { 0 };
	uint8_t tag;

	if (index >= class->n_constants)
		return false;
	constant = &class->constants[index];
	tag = constant->tag;
	if (tag == CONSTANT_DYNAMIC || tag == CONSTANT_INVOKE_DYNAMIC) {
		ref.bootstrap = u2_at(constant->bytes, 0);
	} else if (tag >= CONSTANT_FIELDREF && tag <= CONSTANT_INTERFACE_METHODREF) {
		ref.owner = class_name_at(class, u2_at(constant->bytes, 0));
		ref.is_interface = tag == CONSTANT_INTERFACE_METHODREF;
		if (!ref.owner)
			return false;
	} else {
		return false;
	}
	name_and_type = constant_at(class, u2_at(constant->bytes, 2),
				    CONSTANT_NAME_AND_TYPE);
	if (!name_and_type)
		return false;
	ref.name = class_utf8(class, u2_at(name_and_type->bytes, 0));
	ref.descriptor = class_utf8(class, u2_at(name_and_type->bytes, 2));
	if (!ref.name || !ref.descriptor)
		return false;
	*ret = ref;
	return true;
}

const char *class_source_file(const struct class *class)
{
	const struct attribute *attribute =
		attributes_find(&class->attributes, "SourceFile");

	if (!attribute || attribute->bytes.len != 2)
		return NULL;
	return class_utf8(class, u2_at(attribute->bytes, 0));
}
