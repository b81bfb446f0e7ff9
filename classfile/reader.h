/* Bounded big-endian reading with sticky failure.
 *
 *	reader_init(&r, span, "Foo.class", &err);
 *	a = reader_u2(&r); b = reader_u4(&r); ...
 *	TRY(reader_check(&r));
 *
 * A read past the end sets the error once, returns 0, and makes every later
 * read return 0 too. So a parser reads a whole structure as the JVM
 * specification prints it, and asks reader_check() at the end of it. Before
 * allocating or looping by a count from the file, ask reader_fits().
 */
#ifndef CLASSFILE_READER_H
#define CLASSFILE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/err.h"

struct reader {
	const uint8_t *start, *pos, *end;
	const char *what;	/* for messages: class name or jar entry */
	struct err *err;
	bool failed;
};

void reader_init(struct reader *r, struct span bytes, const char *what,
		 struct err *err);

/* A reader of `part`, which lies inside `whole`: messages count from the
 * beginning of the whole. */
void reader_init_part(struct reader *r, struct span part, struct span whole,
		      const char *what, struct err *err);

uint8_t reader_u1(struct reader *r);
uint16_t reader_u2(struct reader *r);
uint32_t reader_u4(struct reader *r);
struct span reader_span(struct reader *r, size_t len);	/* span_none on failure */

size_t reader_left(const struct reader *r);	/* bytes not yet read; 0 once failed */
size_t reader_offset(const struct reader *r);	/* bytes read, from the whole's start */

/* Whether `n` items of at least `size` bytes can still follow; fails the
 * reader if not. */
bool reader_fits(struct reader *r, size_t n, size_t size);

/* Fails with ERR_FORMAT and "WHAT: TEXT at byte N", unless failed before. */
void reader_fail(struct reader *r, const char *text);

/* Fails if anything is left over. */
void reader_expect_end(struct reader *r);

/* The first failure's code, or ERR_OK. */
enum err_code reader_check(const struct reader *r) MUST_CHECK;

#endif
