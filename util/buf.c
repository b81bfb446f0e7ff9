#include "util/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/die.h"

#define PASSED_SIZE ((size_t)64 << 10)	/* handed over at once: as much as a pipe holds */

bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (!a.len || !memcmp(a.bytes, b.bytes, a.len));
}

void buf_init(struct buf *buf, size_t max)
{
	memset(buf, 0, sizeof(*buf));
	buf->max = max;
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->overflowed = false;
}

void buf_release(struct buf *buf)
{
	free(buf->bytes);
	buf_init(buf, buf->max);
}

/* Room for `len` more bytes, or NULL past the ceiling. */
static uint8_t *buf_room(struct buf *buf, size_t len)
{
	uint8_t *at;

	if (buf->overflowed || len > buf->max - buf->len) {
		buf->overflowed = true;
		return NULL;
	}
	if (len > buf->size - buf->len) {
		size_t size = buf->size < 256 ? 256 : buf->size * 2;

		if (size < buf->len + len)
			size = buf->len + len;
		buf->bytes = realloc(buf->bytes, size);
		if (!buf->bytes)
			die_out_of_memory();
		buf->size = size;
	}
	at = buf->bytes + buf->len;
	buf->len += len;
	return at;
}

static void store(uint8_t *at, uint64_t value, unsigned size)
{
	while (size--) {
		at[size] = (uint8_t)value;
		value >>= 8;
	}
}

static void append(struct buf *buf, uint64_t value, unsigned size)
{
	uint8_t *at = buf_room(buf, size);

	if (at)
		store(at, value, size);
}

void buf_u1(struct buf *buf, uint8_t value) { append(buf, value, 1); }
void buf_u2(struct buf *buf, uint16_t value) { append(buf, value, 2); }
void buf_u4(struct buf *buf, uint32_t value) { append(buf, value, 4); }
void buf_u8(struct buf *buf, uint64_t value) { append(buf, value, 8); }

void buf_bytes(struct buf *buf, const void *bytes, size_t len)
{
	uint8_t *at;

	if (!len)
		return;
	at = buf_room(buf, len);
	if (at)
		memcpy(at, bytes, len);
}

void buf_span(struct buf *buf, struct span span)
{
	buf_bytes(buf, span.bytes, span.len);
}

void buf_text(struct buf *buf, const char *text)
{
	buf_bytes(buf, text, strlen(text));
}

void buf_fmt(struct buf *buf, const char *format, ...)
{
	va_list args;
	uint8_t *at;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		BUG("format \"%s\"", format);
	at = buf_room(buf, (size_t)len + 1);	/* vsnprintf wants its NUL */
	if (!at)
		return;
	va_start(args, format);
	vsnprintf((char *)at, (size_t)len + 1, format, args);
	va_end(args);
	buf->len--;
}

void buf_pass(struct buf *buf)
{
	if (!buf->drain || buf->overflowed || buf->len < PASSED_SIZE)
		return;
	buf->drain(buf->drain_to, buf_get(buf));
	buf->len = 0;
}

void buf_set_u2(struct buf *buf, size_t at, uint16_t value)
{
	if (buf->len < 2 || at > buf->len - 2)
		BUG("u2 at %zu of %zu", at, buf->len);
	store(buf->bytes + at, value, 2);
}

void buf_set_u4(struct buf *buf, size_t at, uint32_t value)
{
	if (buf->len < 4 || at > buf->len - 4)
		BUG("u4 at %zu of %zu", at, buf->len);
	store(buf->bytes + at, value, 4);
}

struct span buf_get(const struct buf *buf)
{
	return (struct span){ buf->bytes, buf->len };
}
