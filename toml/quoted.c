#include "toml/quoted.h"

struct quoted {
	struct scan *scan;
	struct buf out;
	uint32_t start;		/* of the string, for messages */
	char quote;		/* '"' or '\''; only in the former are escapes */
	bool is_long;		/* three quotes each side, lines between */
};

static enum err_code not_closed(const struct quoted *quoted)
{
	return toml_error(quoted->scan->toml, quoted->start, quoted->scan->err,
			  "this string is not closed%s",
			  quoted->is_long ? "" : " before the end of its line");
}

static void put_character(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_u1(out, (uint8_t)code);
	} else if (code < 0x800) {
		buf_u1(out, (uint8_t)(0xc0 | code >> 6));
		buf_u1(out, (uint8_t)(0x80 | (code & 0x3f)));
	} else if (code < 0x10000) {
		buf_u1(out, (uint8_t)(0xe0 | code >> 12));
		buf_u1(out, (uint8_t)(0x80 | (code >> 6 & 0x3f)));
		buf_u1(out, (uint8_t)(0x80 | (code & 0x3f)));
	} else {
		buf_u1(out, (uint8_t)(0xf0 | code >> 18));
		buf_u1(out, (uint8_t)(0x80 | (code >> 12 & 0x3f)));
		buf_u1(out, (uint8_t)(0x80 | (code >> 6 & 0x3f)));
		buf_u1(out, (uint8_t)(0x80 | (code & 0x3f)));
	}
}

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The cursor is behind \u or \U. */
static enum err_code read_code_point(struct quoted *quoted, uint32_t n_digits)
{
	struct scan *scan = quoted->scan;
	uint32_t code = 0, start = scan->pos - 2;

	for (uint32_t i = 0; i < n_digits; i++) {
		int digit = hex_digit(scan_peek(scan, 0));

		if (digit < 0)
			return toml_error(scan->toml, start, scan->err, "\\%c wants %u hexadecimal digits",
					  n_digits == 4 ? 'u' : 'U', n_digits);
		code = code << 4 | (uint32_t)digit;
		scan->pos++;
	}
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return toml_error(scan->toml, start, scan->err, "U+%04X is not a character", code);
	put_character(&quoted->out, code);
	return ERR_OK;
}

/* The cursor is behind a backslash. If nothing but blanks follow on the line,
 * it takes away all of the gap up to the next text. */
static bool skip_line_gap(struct scan *scan)
{
	uint32_t start = scan->pos;

	scan_blanks(scan);
	if (!scan_newline(scan)) {
		scan->pos = start;
		return false;
	}
	do
		scan_blanks(scan);
	while (scan_newline(scan));
	return true;
}

static enum err_code read_escape(struct quoted *quoted)
{
	static const char names[] = "btnfr\"\\", means[] = "\b\t\n\f\r\"\\";
	struct scan *scan = quoted->scan;
	int c;

	if (quoted->is_long && skip_line_gap(scan))
		return ERR_OK;
	c = scan_peek(scan, 0);
	for (int i = 0; names[i]; i++) {
		if (c != names[i])
			continue;
		scan->pos++;
		buf_u1(&quoted->out, (uint8_t)means[i]);
		return ERR_OK;
	}
	if (scan_accept(scan, "u"))
		return read_code_point(quoted, 4);
	if (scan_accept(scan, "U"))
		return read_code_point(quoted, 8);
	if (c < 0)
		return not_closed(quoted);
	return toml_error(scan->toml, scan->pos - 1, scan->err,
			  "unknown escape; there are \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX, "
			  "and in '...' a backslash is itself");
}

/* At a quote of a long string: true if it was the end. Up to two quotes may
 * stand before the closing three. */
static bool read_quotes(struct quoted *quoted)
{
	uint32_t n = 0, content;

	while (n < 5 && scan_peek(quoted->scan, n) == quoted->quote)
		n++;
	content = n < 3 ? n : n - 3;
	for (uint32_t i = 0; i < content; i++)
		buf_u1(&quoted->out, (uint8_t)quoted->quote);
	quoted->scan->pos += n;
	return n >= 3;
}

static enum err_code read_body(struct quoted *quoted)
{
	struct scan *scan = quoted->scan;

	for (;;) {
		int c = scan_peek(scan, 0);

		if (c < 0 || (!quoted->is_long && (c == '\n' || c == '\r')))
			return not_closed(quoted);
		if (c == quoted->quote && quoted->is_long) {
			if (read_quotes(quoted))
				return ERR_OK;
			continue;
		}
		scan->pos++;
		if (c == quoted->quote)
			return ERR_OK;
		if (c == '\\' && quoted->quote == '"')
			TRY(read_escape(quoted));
		else
			buf_u1(&quoted->out, (uint8_t)c);
	}
}

enum err_code quoted_read(struct scan *scan, bool is_key, struct toml_string *ret)
{
	struct quoted quoted = { .scan = scan, .start = scan->pos,
				 .quote = (char)scan_peek(scan, 0) };
	enum err_code code;

	quoted.is_long = scan_accept(scan, "\"\"\"") || scan_accept(scan, "'''");
	if (quoted.is_long && is_key)
		return toml_error(scan->toml, quoted.start, scan->err,
				  "a key cannot be a string of several lines");
	if (quoted.is_long)
		scan_newline(scan);	/* one right after the quotes is not part of it */
	else
		scan->pos++;
	buf_init(&quoted.out, TOML_TEXT_MAX);	/* no escape is shorter than what it means */
	code = read_body(&quoted);
	if (code == ERR_OK)
		*ret = (struct toml_string){
			arena_strndup(scan->arena, (const char *)quoted.out.bytes, quoted.out.len),
			(uint32_t)quoted.out.len,
		};
	buf_release(&quoted.out);
	return code;
}
