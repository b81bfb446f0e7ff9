/* How text looks on the reader's side: width, colour, symbols.
 *
 * Whatever comes from a class file, a source or a test goes through
 * style_text(): control characters never reach the terminal.
 */
#ifndef REPORT_STYLE_H
#define REPORT_STYLE_H

#include "util/buf.h"

#define STYLE_WIDTH_DEFAULT 100
#define STYLE_NO_LIMIT 0x7fffffffu

struct style {
	unsigned width;		/* columns a line may take */
	bool color;
	bool utf8;
};

enum ink {
	INK_PLAIN, INK_BOLD, INK_DIM, INK_GOOD, INK_BAD, INK_WARN,
	N_INKS,
};

/* Switches to an ink; INK_PLAIN ends it. Nothing without colour. */
void style_ink(const struct style *style, struct buf *out, enum ink ink);

/* Appends at most `columns` of untrusted text, the last of them an ellipsis
 * where that is not all; a control character becomes '?', a tab one space.
 * Returns the columns taken. */
unsigned style_text(const struct style *style, struct buf *out, const char *text,
		    unsigned columns);

/* The same in an ink. */
unsigned style_inked(const struct style *style, struct buf *out, enum ink ink,
		     const char *text, unsigned columns);

/* Columns that style_text() would take without a limit. */
unsigned style_columns(const struct style *style, const char *text);

void style_spaces(struct buf *out, unsigned n);

/* A bar of `columns`, `part` of `whole` filled. */
void style_bar(const struct style *style, struct buf *out, unsigned columns,
	       double part, double whole);

/* "5.3 s", "85 ms", "3 min 20 s", "2 h 5 min". */
void style_duration(struct buf *out, double seconds);

/* "1 test", "2 tests", "1,204 tests"; `noun` in the singular, plural in -s,
 * -ss and the like in -es. */
void style_count(struct buf *out, unsigned long n, const char *noun);

#endif
