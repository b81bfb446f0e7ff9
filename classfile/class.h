/* A class file in parsed form, and back to bytes (JVMS 4).
 *
 *	class_parse(&arena, bytes, "Foo.class", &class, &err)
 *	... read class->methods, class_utf8(class, i) ...
 *	class_write(class, &buf)         the same bytes again
 *
 * Major versions 45 to 70 are read; what has another version, or is not what
 * it claims to be, is refused before anything depends on it. Everything in a
 * parsed class lives in the arena given, except spans, which point into
 * `bytes`; both must outlive it. A parsed class is never written to.
 * Attributes are kept as bytes, known or not.
 */
#ifndef CLASSFILE_CLASS_H
#define CLASSFILE_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

#define CLASS_MAJOR_MIN 45
#define CLASS_MAJOR_MAX 70

enum access {	/* JVMS tables 4.1-B, 4.5-A, 4.6-A */
	ACCESS_PUBLIC = 0x0001, ACCESS_PRIVATE = 0x0002,
	ACCESS_PROTECTED = 0x0004, ACCESS_STATIC = 0x0008,
	ACCESS_FINAL = 0x0010, ACCESS_SYNCHRONIZED = 0x0020,
	ACCESS_VOLATILE = 0x0040, ACCESS_BRIDGE = 0x0040,
	ACCESS_VARARGS = 0x0080, ACCESS_NATIVE = 0x0100,
	ACCESS_INTERFACE = 0x0200, ACCESS_ABSTRACT = 0x0400,
	ACCESS_SYNTHETIC = 0x1000, ACCESS_ANNOTATION = 0x2000,
	ACCESS_ENUM = 0x4000, ACCESS_MODULE = 0x8000,
};

enum constant_tag {	/* JVMS table 4.4-A; 0 marks an unusable index */
	CONSTANT_UNUSABLE = 0, CONSTANT_UTF8 = 1, CONSTANT_INTEGER = 3,
	CONSTANT_FLOAT = 4, CONSTANT_LONG = 5, CONSTANT_DOUBLE = 6,
	CONSTANT_CLASS = 7, CONSTANT_STRING = 8, CONSTANT_FIELDREF = 9,
	CONSTANT_METHODREF = 10, CONSTANT_INTERFACE_METHODREF = 11,
	CONSTANT_NAME_AND_TYPE = 12, CONSTANT_METHOD_HANDLE = 15,
	CONSTANT_METHOD_TYPE = 16, CONSTANT_DYNAMIC = 17,
	CONSTANT_INVOKE_DYNAMIC = 18, CONSTANT_MODULE = 19,
	CONSTANT_PACKAGE = 20,
};

struct constant {
	uint8_t tag;		/* enum constant_tag */
	struct span bytes;	/* what follows the tag */
	const char *utf8;	/* CONSTANT_UTF8: modified UTF-8, NUL-terminated; else NULL */
};

struct attribute {
	const char *name;
	uint16_t name_index;
	struct span bytes;	/* the `info` */
};

struct attributes {
	struct attribute *items;
	uint16_t n;
};

struct member {			/* a field or a method */
	uint16_t access, name_index, descriptor_index;
	const char *name, *descriptor;
	struct attributes attributes;
	const struct attribute *code;	/* the Code attribute or NULL */
};

struct class {
	struct span bytes;	/* the whole file */
	const char *what;	/* for messages: path or jar entry */
	uint16_t minor, major;
	struct constant *constants;	/* [n_constants]; index 0 is unusable */
	uint16_t n_constants;	/* constant_pool_count */
	size_t constants_end;	/* where the constants end in `bytes` */
	uint16_t access, this_index, super_index;
	const char *name;	/* internal form: java/lang/String */
	const char *super_name;	/* NULL for java/lang/Object and modules */
	uint16_t *interfaces;
	uint16_t n_interfaces;
	struct member *fields, *methods;
	uint16_t n_fields, n_methods;
	struct attributes attributes;
};

/* Reads one class. `what` names it in messages. Beyond the structure, checks
 * that every name is there: this_class, super_class, interfaces, members'
 * names and descriptors (their syntax too), attribute names. Descriptor syntax
 * of constants is checked on use. */
enum err_code class_parse(struct arena *arena, struct span bytes,
			  const char *what, struct class **ret,
			  struct err *err) MUST_CHECK;

/* One entry of the constant pool; nothing for the unusable one after a long or
 * double (JVMS 4.4.5). */
void class_write_constant(const struct constant *constant, struct buf *buf);

/* Appends the class to `buf`, from the parsed form; for an unedited class the
 * bytes it was read from. */
void class_write(const struct class *class, struct buf *buf);

/* Names behind constants. NULL where the index is out of range or of another
 * kind, so a caller can ask about untrusted indices. */
const char *class_utf8(const struct class *class, uint16_t index);
const char *class_name_at(const struct class *class, uint16_t index);	/* CONSTANT_CLASS */
const char *class_string_at(const struct class *class, uint16_t index);	/* CONSTANT_STRING */

/* An int, float, long, double or string: loading it (ldc) runs no code, as loading
 * another one may. */
bool class_is_plain_constant(const struct class *class, uint16_t index);

struct member_ref {		/* what a Fieldref, Methodref, ... or (Invoke)Dynamic names */
	const char *owner;	/* class in internal form; NULL for (Invoke)Dynamic */
	const char *name, *descriptor;
	bool is_interface;
	uint16_t bootstrap;	/* (Invoke)Dynamic: index into BootstrapMethods */
};

/* False where the index names no such thing. */
bool class_member_ref_at(const struct class *class, uint16_t index,
			 struct member_ref *ret);

/* The first attribute of that name, or NULL. */
const struct attribute *attributes_find(const struct attributes *attributes,
					const char *name);

/* The text of the SourceFile attribute (JVMS 4.7.10), or NULL. */
const char *class_source_file(const struct class *class);

/* Whether the class or member has an annotation (visible or not) whose simple
 * name (after the last '/' or '$') ends with `suffix`. */
bool class_has_annotation(const struct class *class,
			  const struct attributes *attributes,
			  const char *suffix);

/* Descriptors (JVMS 4.3). Those inside a parsed class are well formed. */
struct descriptor_type {
	char kind;		/* B C D F I J S Z V, L for references, [ for arrays */
	const char *start;	/* its text inside the descriptor */
	size_t len;
	unsigned slots;		/* 0 for V, 2 for J and D, else 1 */
};

bool descriptor_is_field(const char *descriptor);
bool descriptor_is_method(const char *descriptor);

/* Iterates over the parameter types of a method descriptor: start with
 * *at = descriptor + 1; false at the closing parenthesis, when *at is left
 * on the return type. */
bool descriptor_next(const char **at, struct descriptor_type *ret);
struct descriptor_type descriptor_return(const char *method_descriptor);
unsigned descriptor_argument_slots(const char *method_descriptor);	/* without `this` */

#endif
