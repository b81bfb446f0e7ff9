#include "toml/toml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "toml/members.h"
#include "toml/scan.h"
#include "toml/toml_value.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* [a.b] or [[a.b]]: *table becomes the one whose keys follow. */
static enum err_code read_header(struct scan *scan, struct toml_table **table)
{
	bool is_array = scan_accept(scan, "[[");
	struct toml_string key;
	uint32_t at;

	if (!is_array)
		scan->pos++;
	for (;;) {
		scan_blanks(scan);
		at = scan->pos;
		TRY(toml_value_read_key(scan, &key));
		scan_blanks(scan);
		if (!scan_accept(scan, "."))
			break;
		TRY(members_by_path(scan, table, key, at));
	}
	if (!scan_accept(scan, is_array ? "]]" : "]"))
		return scan_expected(scan, is_array ? "]] after the name of an array of tables"
						    : "] after the name of a table");
	return is_array ? members_append(scan, table, key, at)
			: members_by_header(scan, table, key, at);
}

static enum err_code read_all(struct scan *scan, struct toml_table *root)
{
	struct toml_table *table = root;

	TRY(scan_check_text(scan));
	scan_accept(scan, byte_order_mark);
	for (scan_gap(scan); scan->pos < scan->len; scan_gap(scan)) {
		if (scan_peek(scan, 0) == '[') {
			table = root;
			TRY(read_header(scan, &table));
		} else {
			TRY(toml_value_read_pair(scan, table));
		}
		TRY(scan_line_end(scan));
	}
	return ERR_OK;
}

enum err_code toml_parse(struct arena *arena, const char *file, struct span text,
			 struct toml *ret, struct err *err)
{
	struct scan scan = { .arena = arena, .toml = ret, .bytes = text.bytes, .err = err };

	if (text.len > TOML_TEXT_MAX)
		return err_set(err, ERR_LIMIT, "%s: larger than %u MiB", file, TOML_TEXT_MAX >> 20);
	scan.len = (uint32_t)text.len;
	*ret = (struct toml){ .file = file, .text = text };
	ret->root = members_new_table(&scan, TOML_BY_HEADER, 0);
	return read_all(&scan, ret->root);
}

const struct toml_value *toml_get(const struct toml_table *table, const char *key)
{
	struct toml_string string = { key, (uint32_t)strlen(key) };
	const struct toml_entry *entry = members_find(table, string);

	return entry ? &entry->value : NULL;
}

const char *toml_kind_name(enum toml_kind kind)
{
	static const char *const names[N_TOML_KINDS] = {
		[TOML_STRING] = "a string",
		[TOML_INTEGER] = "an integer",
		[TOML_FLOAT] = "a float",
		[TOML_BOOLEAN] = "a boolean",
		[TOML_OFFSET_DATETIME] = "a date and time with an offset",
		[TOML_LOCAL_DATETIME] = "a local date and time",
		[TOML_LOCAL_DATE] = "a local date",
		[TOML_LOCAL_TIME] = "a local time",
		[TOML_ARRAY] = "an array",
		[TOML_TABLE] = "a table",
	};

	return kind < N_TOML_KINDS ? names[kind] : "nothing known";
}

enum err_code toml_error(const struct toml *toml, uint32_t at, struct err *err,
			 const char *format, ...)
{
	unsigned line = 1, column = 1;
	char what[sizeof(err->text)];
	va_list args;

	for (uint32_t i = 0; i < at && i < toml->text.len; i++) {
		uint8_t byte = toml->text.bytes[i];

		if (byte == '\n') {
			line++;
			column = 1;
		} else if ((byte & 0xc0) != 0x80) {	/* not inside a character */
			column++;
		}
	}
	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	return err_set(err, ERR_FORMAT, "%s:%u:%u: %s", toml->file, line, column, what);
}
