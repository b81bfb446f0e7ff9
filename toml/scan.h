/* A cursor over the text of a TOML file, and the small things between values:
 * blanks, comments, ends of lines. What every part of the reader is handed.
 *
 * scan_check_text() comes first: after it the text is UTF-8, and holds no
 * control characters but tabs, line feeds, and carriage returns before these.
 */
#ifndef TOML_SCAN_H
#define TOML_SCAN_H

#include "toml/toml.h"

struct scan {
	struct arena *arena;		/* where the tree goes */
	const struct toml *toml;	/* for messages */
	const uint8_t *bytes;
	uint32_t len, pos;		/* pos <= len */
	struct err *err;
};

enum err_code scan_check_text(struct scan *scan) MUST_CHECK;

/* The byte `ahead` of the cursor, -1 past the end. */
int scan_peek(const struct scan *scan, uint32_t ahead);

/* Whether the text goes on with `word`; if so the cursor goes behind it. */
bool scan_accept(struct scan *scan, const char *word);

void scan_blanks(struct scan *scan);		/* spaces and tabs */
bool scan_newline(struct scan *scan);		/* LF or CRLF, if there */

/* Blanks, comments and newlines, as between the items of an array. */
void scan_gap(struct scan *scan);

/* Blanks, a comment, and the end of the line, or of the text. */
enum err_code scan_line_end(struct scan *scan) MUST_CHECK;

/* "expected WHAT, found 'x'", at the cursor. */
enum err_code scan_expected(struct scan *scan, const char *what);

#endif
