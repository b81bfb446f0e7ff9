/* TOML 1.0.0, text to tree: https://toml.io/en/v1.0.0
 *
 *	struct toml toml;
 *
 *	TRY(toml_parse(&arena, "vary.toml", text, &toml, &err));
 *	value = toml_get(toml.root, "mutation");
 *	if (value && value->kind != TOML_TABLE)
 *		return toml_error(&toml, value->at, &err, "mutation must be a table, not %s",
 *				  toml_kind_name(value->kind));
 *
 * The tree lives in the arena; strings are copied there, so the text may go,
 * unless toml_error() is still to be asked for lines and columns. Nothing here
 * knows what the keys mean.
 *
 * Whatever the specification calls invalid is refused: ERR_FORMAT, one line,
 * `FILE:LINE:COLUMN: what`, with columns in characters. Beyond it are refused,
 * as ERR_LIMIT: texts of more than TOML_TEXT_MAX bytes, trees more than
 * TOML_DEPTH_MAX deep. A float too large for 64 bits is refused as an integer
 * is. Of fractions of a second nine digits are kept.
 */
#ifndef TOML_TOML_H
#define TOML_TOML_H

#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

#define TOML_TEXT_MAX (16u << 20)
#define TOML_DEPTH_MAX 128u	/* tables and arrays within one another */

enum toml_kind {
	TOML_STRING, TOML_INTEGER, TOML_FLOAT, TOML_BOOLEAN,
	TOML_OFFSET_DATETIME, TOML_LOCAL_DATETIME, TOML_LOCAL_DATE, TOML_LOCAL_TIME,
	TOML_ARRAY, TOML_TABLE,
	N_TOML_KINDS,
};

/* UTF-8, with a NUL behind it; escapes may have put others inside. */
struct toml_string {
	const char *text;
	uint32_t len;
};

/* A date and time of day; what its kind lacks is 0. */
struct toml_moment {
	uint16_t year;			/* 0 to 9999 */
	uint8_t month, day;		/* from 1 */
	uint8_t hour, minute, second;	/* second: to 60, for leap seconds */
	uint32_t nanosecond;
	int16_t offset;			/* minutes east of UTC */
};

struct toml_value {
	enum toml_kind kind;
	uint32_t at;	/* where in the text, for toml_error() */
	union {
		struct toml_string string;
		int64_t integer;
		double real;
		bool boolean;
		struct toml_moment moment;
		struct toml_array *array;
		struct toml_table *table;
	};
};

struct toml_array {
	struct toml_value *items;	/* [n] */
	uint32_t n;
	uint32_t room;			/* the reader's own, as is the next */
	bool is_of_tables;		/* made by [[headers]], which may add to it */
};

struct toml_entry {
	struct toml_string key;
	uint32_t at;			/* of the key */
	struct toml_value value;
	struct toml_entry *next;	/* in the order of the text */
};

struct toml_table {
	struct toml_entry *first, *last;
	uint32_t n;
	/* The reader's own: */
	uint32_t n_slots, depth;
	struct toml_entry **slots;	/* [n_slots], hashed by key */
	enum toml_origin {
		TOML_BY_PATH,		/* as part of a longer header: may get its own once */
		TOML_BY_HEADER,
		TOML_BY_DOTS,		/* by a dotted key: more of these may add to it */
		TOML_INLINE,		/* closed */
	} origin;
};

struct toml {
	const char *file;		/* for messages; the caller's */
	struct span text;		/* the caller's */
	struct toml_table *root;
};

enum err_code toml_parse(struct arena *arena, const char *file, struct span text,
			 struct toml *ret, struct err *err) MUST_CHECK;

/* NULL if there is none. */
const struct toml_value *toml_get(const struct toml_table *table, const char *key);

/* "a string", "a local date". */
const char *toml_kind_name(enum toml_kind kind);

/* ERR_FORMAT and `FILE:LINE:COLUMN: what` in *err. `at` beyond the text is its end. */
enum err_code toml_error(const struct toml *toml, uint32_t at, struct err *err,
			 const char *format, ...) PRINTF_LIKE(4, 5);

#endif
