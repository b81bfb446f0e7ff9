#include "classfile/printable.h"

#include <string.h>

#define NAME_MAX_SHOWN 300

/* The length of the well-formed sequence of two or three bytes at `at` and
 * what it stands for; 0 if there is none. */
static size_t decode(const unsigned char *at, unsigned *ret)
{
	if (at[0] >= 0xc0 && at[0] < 0xe0 && (at[1] & 0xc0) == 0x80) {
		*ret = (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
		return 2;
	}
	if (at[0] >= 0xe0 && at[0] < 0xf0 && (at[1] & 0xc0) == 0x80 &&
	    (at[2] & 0xc0) == 0x80) {
		*ret = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 |
		       (at[2] & 0x3fu);
		return 3;
	}
	return 0;
}

/* Whether a terminal shows the character as itself and nothing else. */
static bool is_harmless(unsigned c)
{
	if (c < 0xa0 || c == 0xad || c == 0x61c)
		return false;
	if (c >= 0x200b && c <= 0x200f)
		return false;
	if (c >= 0x2028 && c <= 0x202e)
		return false;
	if (c >= 0x2060 && c <= 0x206f)
		return false;
	return !(c >= 0xd800 && c <= 0xf8ff) && c < 0xfff0 && c != 0xfeff;
}

/* One character; returns its length. `quote` is escaped, 0 for none. */
static size_t put_character(struct buf *out, const char *text, char quote)
{
	unsigned c = 0;
	size_t len;

	if (*text == '\n') {
		buf_text(out, "\\n");
		return 1;
	}
	if (*text == '\t') {
		buf_text(out, "\\t");
		return 1;
	}
	if (quote && (*text == quote || *text == '\\')) {
		buf_u1(out, '\\');
		buf_u1(out, (uint8_t)*text);
		return 1;
	}
	if (*text >= 0x20 && *text < 0x7f) {
		buf_u1(out, (uint8_t)*text);
		return 1;
	}
	len = decode((const unsigned char *)text, &c);
	if (!len)
		buf_fmt(out, "\\x%02x", (unsigned char)*text);
	else if (is_harmless(c))
		buf_bytes(out, text, len);
	else
		buf_fmt(out, "\\u%04x", c);
	return len ? len : 1;
}

static void put(struct buf *out, const char *text, size_t max, char quote)
{
	size_t at = 0;

	while (text[at] && at < max)
		at += put_character(out, text + at, quote);
	if (text[at])
		buf_text(out, "...");
}

void printable_text(struct buf *out, const char *text, size_t max)
{
	put(out, text, max, 0);
}

void printable_string(struct buf *out, const char *text, size_t max)
{
	buf_u1(out, '"');
	put(out, text, max, '"');
	buf_u1(out, '"');
}

/* `len` bytes of an internal name, with dots. */
static void put_class(struct buf *out, const char *name, size_t len)
{
	size_t at = 0;

	while (at < len && at < NAME_MAX_SHOWN) {
		if (name[at] == '/') {
			buf_u1(out, '.');
			at++;
		} else {
			at += put_character(out, name + at, 0);
		}
	}
	if (at < len)
		buf_text(out, "...");
}

static const char *primitive_name(char kind)
{
	switch (kind) {
	case 'B': return "byte";
	case 'C': return "char";
	case 'D': return "double";
	case 'F': return "float";
	case 'I': return "int";
	case 'J': return "long";
	case 'S': return "short";
	case 'V': return "void";
	case 'Z': return "boolean";
	default:  return NULL;
	}
}

/* A type of `len` bytes, known to be well formed. */
static void put_type(struct buf *out, const char *type, size_t len)
{
	size_t dimensions = 0;

	while (type[dimensions] == '[')
		dimensions++;
	if (type[dimensions] == 'L')
		put_class(out, type + dimensions + 1, len - dimensions - 2);
	else
		buf_text(out, primitive_name(type[dimensions]));
	while (dimensions--)
		buf_text(out, "[]");
}

void printable_class(struct buf *out, const char *name)
{
	if (*name == '[' && descriptor_is_field(name))
		put_type(out, name, strlen(name));
	else
		put_class(out, name, strlen(name));
}

void printable_type(struct buf *out, const char *descriptor)
{
	put_type(out, descriptor, strlen(descriptor));
}

void printable_parameters(struct buf *out, const char *descriptor)
{
	const char *at = descriptor + 1;
	struct descriptor_type type;

	buf_u1(out, '(');
	while (descriptor_next(&at, &type)) {
		if (type.start != descriptor + 1)
			buf_text(out, ", ");
		put_type(out, type.start, type.len);
	}
	buf_u1(out, ')');
}
