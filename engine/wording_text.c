#include "engine/wording_text.h"

#include <string.h>

#define ELLIPSIS "…"

void wording_init(struct wording *wording, const struct express *express)
{
	wording->express = express;
	wording->idiom = express ? express->idiom : NULL;
	wording->len = 0;
	wording->max = WORDING_MAX;
	wording->is_cut = false;
	wording->depth = 0;
	wording->text[0] = '\0';
}

/* An ellipsis may stand past a ceiling that was lowered for a while
 * (wording_left()). */
static size_t room(const struct wording *w)
{
	return w->len < w->max ? w->max - w->len : 0;
}

/* `len` bytes that are whole characters; never part of a character. */
static void add_bytes(struct wording *w, const char *bytes, size_t len)
{
	if (w->is_cut)
		return;
	if (len > room(w)) {
		w->is_cut = true;
		bytes = ELLIPSIS;
		len = sizeof(ELLIPSIS) - 1;
		if (w->len >= len && !memcmp(w->text + w->len - len, bytes, len))
			return;
	}
	memcpy(w->text + w->len, bytes, len);
	w->len += len;
	w->text[w->len] = '\0';
}

void wording_add(struct wording *w, const char *text)
{
	add_bytes(w, text, strlen(text));
}

/* The length of a character that may be shown, 0 if it may not: no control
 * characters, no surrogates, nothing that changes the direction of writing. */
static size_t visible_length(const char *text, size_t len)
{
	const uint8_t *at = (const uint8_t *)text;
	uint32_t c;

	if (at[0] < 0x80)
		return at[0] >= 0x20 && at[0] != 0x7f ? 1 : 0;
	if (len >= 2 && at[0] >> 5 == 6 && at[1] >> 6 == 2) {
		c = (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
		return c >= 0xa0 ? 2 : 0;
	}
	if (len >= 3 && at[0] >> 4 == 14 && at[1] >> 6 == 2 && at[2] >> 6 == 2) {
		c = (at[0] & 0xfu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
		if (c < 0x800 || (c >= 0xd800 && c < 0xe000) || c == 0xfeff ||
		    (c >= 0x200b && c <= 0x200f) ||
		    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
		    c >= 0xfff0)
			return 0;
		return 3;
	}
	return 0;
}

/* How many of the first `len` bytes are visible characters of one byte. */
static size_t plain_length(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] >= 0x20 && text[n] < 0x7f)
		n++;
	return n;
}

void wording_add_name(struct wording *w, const char *name, size_t len)
{
	size_t i = plain_length(name, len < room(w) ? len : room(w));

	add_bytes(w, name, i);
	while (i < len && !w->is_cut) {
		size_t one = visible_length(name + i, len - i);

		add_bytes(w, one ? name + i : "?", one ? one : 1);
		i += one ? one : 1;
	}
}

void wording_add_string(struct wording *w, const char *text, size_t len,
			size_t max)
{
	wording_add(w, "\"");
	for (size_t i = 0; i < len; ) {
		size_t one = visible_length(text + i, len - i);

		if (i >= max) {
			wording_add(w, ELLIPSIS);
			break;
		}
		if (text[i] == '\n')
			wording_add(w, "\\n");
		else if (text[i] == '\t')
			wording_add(w, "\\t");
		else if (text[i] == '"' || text[i] == '\\')
			wording_add(w, text[i] == '"' ? "\\\"" : "\\\\");
		else
			add_bytes(w, one ? text + i : "?", one ? one : 1);
		i += one ? one : 1;
	}
	wording_add(w, "\"");
}

static const char *primitive(char letter)
{
	switch (letter) {
	case 'B': return "byte";
	case 'C': return "char";
	case 'D': return "double";
	case 'F': return "float";
	case 'I': return "int";
	case 'J': return "long";
	case 'S': return "short";
	case 'Z': return "boolean";
	default: return NULL;
	}
}

void wording_add_type(struct wording *w, const char *type, size_t len)
{
	unsigned dimensions = 0;
	size_t start = 0;

	for (; len > 0 && *type == '['; type++, len--)
		dimensions++;
	if (len == 1 && primitive(*type)) {
		wording_add(w, primitive(*type));
	} else {
		if (len > 2 && *type == 'L' && memchr(type, ';', len)) {
			type++;
			len = (size_t)((const char *)memchr(type, ';', len - 1) - type);
		}
		for (size_t i = 0; i + 1 < len; i++)
			if (type[i] == '/' || type[i] == '$')
				start = i + 1;
		wording_add_name(w, type + start, len - start);
	}
	while (dimensions-- > 0)
		wording_add(w, "[]");
}
