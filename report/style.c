#include "report/style.h"

#include <stdio.h>
#include <string.h>

#include "report/utf8.h"

static const char *const inks[N_INKS] = {
	[INK_PLAIN] = "\033[0m",
	[INK_BOLD] = "\033[1m",
	[INK_DIM] = "\033[2m",
	[INK_GOOD] = "\033[32m",
	[INK_BAD] = "\033[31m",
	[INK_WARN] = "\033[33m",
};

void style_ink(const struct style *style, struct buf *out, enum ink ink)
{
	if (style->color)
		buf_text(out, inks[ink]);
}

/* The next character as it may be shown. */
static uint32_t shown(const struct style *style, const char **text)
{
	uint32_t character = utf8_next(text);

	if (character == '\t')
		return ' ';
	if (utf8_is_control(character) || (character >= 0x80 && !style->utf8))
		return '?';
	return character;
}

unsigned style_columns(const struct style *style, const char *text)
{
	unsigned columns = 0;

	while (*text)
		columns += utf8_columns(shown(style, &text));
	return columns;
}

unsigned style_text(const struct style *style, struct buf *out, const char *text,
		    unsigned columns)
{
	const char *const ellipsis = style->utf8 ? "\xe2\x80\xa6" : "...";
	unsigned tail = style->utf8 ? 1 : 3, taken = 0;
	bool fits = style_columns(style, text) <= columns;

	if (!fits && columns < tail)
		return 0;
	while (*text) {
		uint32_t character = shown(style, &text);
		unsigned width = utf8_columns(character);

		if (!fits && taken + width > columns - tail)
			break;
		utf8_put(out, character);
		taken += width;
	}
	if (fits)
		return taken;
	buf_text(out, ellipsis);
	return taken + tail;
}

unsigned style_inked(const struct style *style, struct buf *out, enum ink ink,
		     const char *text, unsigned columns)
{
	unsigned taken;

	style_ink(style, out, ink);
	taken = style_text(style, out, text, columns);
	style_ink(style, out, INK_PLAIN);
	return taken;
}

void style_spaces(struct buf *out, unsigned n)
{
	while (n--)
		buf_u1(out, ' ');
}

void style_bar(const struct style *style, struct buf *out, unsigned columns,
	       double part, double whole)
{
	unsigned filled = whole > 0 ? (unsigned)(part / whole * columns) : 0;

	for (unsigned i = 0; i < columns; i++) {
		if (style->utf8)
			buf_text(out, i < filled ? "\xe2\x96\x88" : "\xe2\x96\x91");
		else
			buf_u1(out, i < filled ? '#' : '.');
	}
}

void style_duration(struct buf *out, double seconds)
{
	unsigned long whole = (unsigned long)(seconds + 0.5);

	if (seconds < 0.9995)
		buf_fmt(out, "%.0f ms", seconds * 1000);
	else if (seconds < 60)
		buf_fmt(out, "%.1f s", seconds);
	else if (whole < 3600)
		buf_fmt(out, "%lu min %lu s", whole / 60, whole % 60);
	else
		buf_fmt(out, "%lu h %lu min", whole / 3600, whole % 3600 / 60);
}

static void put_grouped(struct buf *out, unsigned long n)
{
	if (n >= 1000) {
		put_grouped(out, n / 1000);
		buf_fmt(out, ",%03lu", n % 1000);
	} else {
		buf_fmt(out, "%lu", n);
	}
}

void style_count(struct buf *out, unsigned long n, const char *noun)
{
	size_t len = strlen(noun);

	put_grouped(out, n);
	buf_fmt(out, " %s", noun);
	if (n != 1)
		buf_text(out, len && noun[len - 1] == 's' ? "es" : "s");
}
