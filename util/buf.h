/* Spans (bytes someone else owns) and growing buffers with a ceiling.
 *
 *	struct buf buf;
 *	buf_init(&buf, 1 << 20);     at most 1 MiB
 *	buf_u2(&buf, 0xcafe); ...    big-endian
 *	if (buf.overflowed) ...      asked once, after the last write
 *	buf_release(&buf);
 *
 * A write past the ceiling writes nothing and sets `overflowed`, as does every
 * write after it. Out of memory ends the process.
 *
 * What is made in pieces need not be in memory as a whole: with a drain set,
 * buf_pass() after each piece hands over what has gathered.
 */
#ifndef UTIL_BUF_H
#define UTIL_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const uint8_t *bytes;
	size_t len;
};

static const struct span span_none = { NULL, 0 };

bool span_equal(struct span a, struct span b);

/* Takes the next bytes of a text; they are gone afterwards. */
typedef void buf_drain(void *to, struct span bytes);

struct buf {
	uint8_t *bytes;
	size_t len, size;
	size_t max;		/* the ceiling, in bytes */
	bool overflowed;
	buf_drain *drain;	/* or NULL */
	void *drain_to;
};

void buf_init(struct buf *buf, size_t max);
void buf_clear(struct buf *buf);
void buf_release(struct buf *buf);

void buf_u1(struct buf *buf, uint8_t value);
void buf_u2(struct buf *buf, uint16_t value);
void buf_u4(struct buf *buf, uint32_t value);
void buf_u8(struct buf *buf, uint64_t value);
void buf_bytes(struct buf *buf, const void *bytes, size_t len);
void buf_span(struct buf *buf, struct span span);
void buf_text(struct buf *buf, const char *text);	/* without the NUL */
void buf_fmt(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* At the end of a piece that nobody overwrites: if there is much by now, and a
 * drain, it is handed over and `len` is 0 again. */
void buf_pass(struct buf *buf);

/* Overwrites two or four bytes written before; `at + size` must be <= len. */
void buf_set_u2(struct buf *buf, size_t at, uint16_t value);
void buf_set_u4(struct buf *buf, size_t at, uint32_t value);

/* What was written so far; valid until the next write. */
struct span buf_get(const struct buf *buf);

#endif
