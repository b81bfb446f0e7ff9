#include "report/utf8.h"

#include <wchar.h>

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The well-formed sequence at `at`, surrogates included; its length, or 0.
 * A NUL is no continuation byte, so this never reads past the end. */
static unsigned sequence(const char *at, uint32_t *ret)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)*at;
	unsigned len = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 :
		       first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
	uint32_t character;

	if (!len)
		return 0;
	character = len == 1 ? first : first & (0x7fu >> len);
	for (unsigned i = 1; i < len; i++) {
		if (!is_continuation(at[i]))
			return 0;
		character = character << 6 | ((unsigned char)at[i] & 0x3f);
	}
	if (character < least[len] || character > 0x10ffff)
		return 0;
	*ret = character;
	return len;
}

uint32_t utf8_next(const char **text)
{
	uint32_t character, low;
	unsigned len = sequence(*text, &character);

	if (!len) {
		(*text)++;
		return UTF8_INVALID;
	}
	*text += len;
	if (character < 0xd800 || character > 0xdfff)
		return character;
	if (character < 0xdc00 && sequence(*text, &low) == 3 &&
	    low >= 0xdc00 && low <= 0xdfff) {
		*text += 3;
		return 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
	}
	return UTF8_INVALID;
}

void utf8_put(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_u1(out, (uint8_t)c);
		return;
	}
	if (c < 0x800) {
		buf_u1(out, (uint8_t)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_u1(out, (uint8_t)(0xe0 | c >> 12));
		} else {
			buf_u1(out, (uint8_t)(0xf0 | c >> 18));
			buf_u1(out, (uint8_t)(0x80 | (c >> 12 & 0x3f)));
		}
		buf_u1(out, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_u1(out, (uint8_t)(0x80 | (c & 0x3f)));
}

bool utf8_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||	/* C0, DEL, C1 */
	       c == 0x61c || c == 0x200e || c == 0x200f ||	/* direction marks */
	       (c >= 0x2028 && c <= 0x202e) ||		/* separators, embeddings */
	       (c >= 0x2066 && c <= 0x2069) ||		/* isolates */
	       c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c >= 0xe0000 && c <= 0xe007f);		/* tags: invisible */
}

unsigned utf8_columns(uint32_t c)
{
	int columns = c < 0x80 ? 1 : wcwidth((wchar_t)c);

	return columns < 0 ? 1 : (unsigned)columns;	/* unknown to the locale */
}

void utf8_clean(struct buf *out, const char *text)
{
	while (*text)
		utf8_put(out, utf8_next(&text));
}
