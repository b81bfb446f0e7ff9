#include "classfile/reader.h"

void reader_init(struct reader *r, struct span bytes, const char *what,
		 struct err *err)
{
	reader_init_part(r, bytes, bytes, what, err);
}

void reader_init_part(struct reader *r, struct span part, struct span whole,
		      const char *what, struct err *err)
{
	static const uint8_t nothing[1];

	r->start = whole.len ? whole.bytes : nothing;
	r->pos = part.len ? part.bytes : r->start;
	r->end = r->pos + part.len;
	r->what = what;
	r->err = err;
	r->failed = false;
}

/* The next `len` bytes, or NULL. */
static const uint8_t *take(struct reader *r, size_t len)
{
	const uint8_t *at = r->pos;

	if (r->failed)
		return NULL;
	if (len > (size_t)(r->end - r->pos)) {
		r->failed = true;
		err_set(r->err, ERR_FORMAT, "%s: ends early at byte %zu",
			r->what, (size_t)(r->end - r->start));
		return NULL;
	}
	r->pos += len;
	return at;
}

uint8_t reader_u1(struct reader *r)
{
	const uint8_t *at = take(r, 1);

	return at ? at[0] : 0;
}

uint16_t reader_u2(struct reader *r)
{
	const uint8_t *at = take(r, 2);

	return at ? (uint16_t)(at[0] << 8 | at[1]) : 0;
}

uint32_t reader_u4(struct reader *r)
{
	const uint8_t *at = take(r, 4);

	return at ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
		    (uint32_t)at[2] << 8 | at[3] : 0;
}

struct span reader_span(struct reader *r, size_t len)
{
	const uint8_t *at = take(r, len);

	return at ? (struct span){ at, len } : span_none;
}

size_t reader_left(const struct reader *r)
{
	return r->failed ? 0 : (size_t)(r->end - r->pos);
}

size_t reader_offset(const struct reader *r)
{
	return (size_t)(r->pos - r->start);
}

bool reader_fits(struct reader *r, size_t n, size_t size)
{
	if (!r->failed && n > (size_t)(r->end - r->pos) / size)
		reader_fail(r, "a count larger than what follows can hold");
	return !r->failed;
}

void reader_fail(struct reader *r, const char *text)
{
	if (r->failed)
		return;
	r->failed = true;
	err_set(r->err, ERR_FORMAT, "%s: %s at byte %zu", r->what, text,
		reader_offset(r));
}

void reader_expect_end(struct reader *r)
{
	if (!r->failed && r->pos != r->end)
		reader_fail(r, "unexpected bytes");
}

enum err_code reader_check(const struct reader *r)
{
	return r->failed ? r->err->code : ERR_OK;
}
