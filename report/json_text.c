#include "report/json_text.h"

#include "report/utf8.h"

void json_text(struct buf *out, const char *text)
{
	struct buf clean;

	if (!text) {
		buf_text(out, "null");
		return;
	}
	buf_init(&clean, SIZE_MAX);
	utf8_clean(&clean, text);
	buf_u1(out, '"');
	for (size_t i = 0; i < clean.len; i++) {
		uint8_t c = clean.bytes[i];

		if (c == '"' || c == '\\')
			buf_fmt(out, "\\%c", c);
		else if (c < 0x20)
			buf_fmt(out, "\\u%04x", c);
		else
			buf_u1(out, c);
	}
	buf_u1(out, '"');
	buf_release(&clean);
}

static void field_name(struct buf *out, const char *name)
{
	uint8_t last = out->len ? out->bytes[out->len - 1] : '{';

	buf_fmt(out, "%s\"%s\":", last == '{' ? "" : ",", name);
}

void json_text_field(struct buf *out, const char *name, const char *text)
{
	field_name(out, name);
	json_text(out, text);
}

void json_number_field(struct buf *out, const char *name, unsigned long number)
{
	field_name(out, name);
	buf_fmt(out, "%lu", number);
}
