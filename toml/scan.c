#include "toml/scan.h"

#include <string.h>

/* How long the character at `at` is, 0 if it is not UTF-8: the table of well-formed
 * byte sequences of the Unicode standard (3.9), by the range of the second byte. */
static uint32_t character_length(const uint8_t *at, uint32_t left)
{
	static const struct {
		uint8_t first, last;	/* of lead bytes */
		uint8_t low, high;	/* of second bytes */
		uint8_t len;
	} rows[] = {
		{ 0x00, 0x7f, 0x00, 0x00, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (*at < rows[i].first || *at > rows[i].last)
			continue;
		if (rows[i].len > left)
			return 0;
		if (rows[i].len > 1 && (at[1] < rows[i].low || at[1] > rows[i].high))
			return 0;
		for (uint32_t k = 2; k < rows[i].len; k++)
			if ((at[k] & 0xc0) != 0x80)
				return 0;
		return rows[i].len;
	}
	return 0;
}

enum err_code scan_check_text(struct scan *scan)
{
	for (uint32_t at = 0, len; at < scan->len; at += len) {
		uint8_t byte = scan->bytes[at];

		len = character_length(scan->bytes + at, scan->len - at);
		if (!len)
			return toml_error(scan->toml, at, scan->err, "byte 0x%02x is not UTF-8", byte);
		if (byte == '\r' && (at + 1 == scan->len || scan->bytes[at + 1] != '\n'))
			return toml_error(scan->toml, at, scan->err,
					  "a carriage return without a line feed behind it");
		if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f)
			return toml_error(scan->toml, at, scan->err,
					  "control character U+%04X; in a string write \\u%04X",
					  byte, byte);
	}
	return ERR_OK;
}

int scan_peek(const struct scan *scan, uint32_t ahead)
{
	return ahead < scan->len - scan->pos ? scan->bytes[scan->pos + ahead] : -1;
}

bool scan_accept(struct scan *scan, const char *word)
{
	size_t len = strlen(word);

	if (len > scan->len - scan->pos || memcmp(scan->bytes + scan->pos, word, len))
		return false;
	scan->pos += (uint32_t)len;
	return true;
}

void scan_blanks(struct scan *scan)
{
	while (scan_peek(scan, 0) == ' ' || scan_peek(scan, 0) == '\t')
		scan->pos++;
}

bool scan_newline(struct scan *scan)
{
	return scan_accept(scan, "\n") || scan_accept(scan, "\r\n");
}

static void skip_comment(struct scan *scan)
{
	if (scan_peek(scan, 0) == '#')
		while (scan->pos < scan->len && scan->bytes[scan->pos] != '\n')
			scan->pos++;
}

void scan_gap(struct scan *scan)
{
	do {
		scan_blanks(scan);
		skip_comment(scan);
	} while (scan_newline(scan));
}

enum err_code scan_line_end(struct scan *scan)
{
	scan_blanks(scan);
	skip_comment(scan);
	if (scan->pos == scan->len || scan_newline(scan))
		return ERR_OK;
	return scan_expected(scan, "the end of the line");
}

enum err_code scan_expected(struct scan *scan, const char *what)
{
	const char *at = (const char *)scan->bytes + scan->pos;
	int byte = scan_peek(scan, 0);

	if (byte < 0)
		return toml_error(scan->toml, scan->pos, scan->err,
				  "expected %s, found the end of the file", what);
	if (byte == '\n' || byte == '\r')
		return toml_error(scan->toml, scan->pos, scan->err,
				  "expected %s, found the end of the line", what);
	return toml_error(scan->toml, scan->pos, scan->err, "expected %s, found '%.*s'", what,
			  (int)character_length((const uint8_t *)at, scan->len - scan->pos), at);
}
