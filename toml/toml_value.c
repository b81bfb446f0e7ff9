#include "toml/toml_value.h"

#include <ctype.h>
#include <string.h>

#include "toml/members.h"
#include "toml/moment.h"
#include "toml/number.h"
#include "toml/quoted.h"

/* `depth` is that of the array or table the value stands in. */
static enum err_code read_value(struct scan *scan, uint32_t depth, struct toml_value *ret);

static bool is_bare(int c)
{
	return c > 0 && c < 0x80 && (isalnum(c) || c == '_' || c == '-');
}

enum err_code toml_value_read_key(struct scan *scan, struct toml_string *ret)
{
	uint32_t start = scan->pos;

	if (scan_peek(scan, 0) == '"' || scan_peek(scan, 0) == '\'')
		return quoted_read(scan, true, ret);
	while (is_bare(scan_peek(scan, 0)))
		scan->pos++;
	if (scan->pos == start)
		return scan_expected(scan, "a key");
	ret->len = scan->pos - start;
	ret->text = arena_strndup(scan->arena, (const char *)scan->bytes + start, ret->len);
	return ERR_OK;
}

enum err_code toml_value_read_pair(struct scan *scan, struct toml_table *table)
{
	struct toml_entry *entry;
	struct toml_string key;
	uint32_t at;

	for (;;) {
		at = scan->pos;
		TRY(toml_value_read_key(scan, &key));
		scan_blanks(scan);
		if (!scan_accept(scan, "."))
			break;
		TRY(members_by_dots(scan, &table, key, at));
		scan_blanks(scan);
	}
	TRY(members_add(scan, table, key, at, &entry));
	if (!scan_accept(scan, "="))
		return scan_expected(scan, "= after the key");
	scan_blanks(scan);
	return read_value(scan, table->depth, &entry->value);
}

static enum err_code read_array(struct scan *scan, uint32_t depth, struct toml_value *ret)
{
	TRY(members_check_depth(scan, depth, scan->pos));
	scan->pos++;
	ret->kind = TOML_ARRAY;
	ret->array = ARENA_NEW(scan->arena, struct toml_array);
	for (scan_gap(scan); !scan_accept(scan, "]"); scan_gap(scan)) {
		TRY(read_value(scan, depth, members_new_item(scan, ret->array)));
		scan_gap(scan);
		if (scan_accept(scan, "]"))
			break;
		if (!scan_accept(scan, ","))
			return scan_expected(scan, ", or ] after an item of the array");
	}
	return ERR_OK;
}

static enum err_code read_inline_table(struct scan *scan, uint32_t depth, struct toml_value *ret)
{
	TRY(members_check_depth(scan, depth, scan->pos));
	scan->pos++;
	ret->kind = TOML_TABLE;
	ret->table = members_new_table(scan, TOML_INLINE, depth);
	scan_blanks(scan);
	if (scan_accept(scan, "}"))
		return ERR_OK;
	for (;;) {
		scan_blanks(scan);
		TRY(toml_value_read_pair(scan, ret->table));
		scan_blanks(scan);
		if (scan_accept(scan, "}"))
			return ERR_OK;
		if (!scan_accept(scan, ","))
			return scan_expected(scan, ", or } after a value of the inline table, on the same line");
	}
}

/* Everything that could belong to a value without quotes. A date and a time may
 * have a space between them. */
static struct span find_word(const struct scan *scan)
{
	struct span word = { scan->bytes + scan->pos, 0 };
	int c;

	while ((c = scan_peek(scan, (uint32_t)word.len)) == '+' || c == '.' || c == ':' || is_bare(c))
		word.len++;
	if (word.len != 10 || c != ' ' || !moment_looks_like(word) ||
	    !isdigit((unsigned char)scan_peek(scan, 11)) || scan_peek(scan, 11) < 0)
		return word;
	word.len++;
	while ((c = scan_peek(scan, (uint32_t)word.len)) == '+' || c == '.' || c == ':' || is_bare(c))
		word.len++;
	return word;
}

static bool word_is(struct span word, const char *text)
{
	return word.len == strlen(text) && !memcmp(word.bytes, text, word.len);
}

static enum err_code read_word(struct scan *scan, struct toml_value *ret)
{
	struct span word = find_word(scan);

	if (!word.len)
		return scan_expected(scan, "a value");
	if (word_is(word, "true") || word_is(word, "false")) {
		ret->kind = TOML_BOOLEAN;
		ret->boolean = *word.bytes == 't';
	} else if (moment_looks_like(word)) {
		TRY(moment_read(scan, word, ret));
	} else {
		TRY(number_read(scan, word, ret));
	}
	scan->pos += (uint32_t)word.len;
	return ERR_OK;
}

static enum err_code read_value(struct scan *scan, uint32_t depth, struct toml_value *ret)
{
	ret->at = scan->pos;
	switch (scan_peek(scan, 0)) {
	case '"':
	case '\'':
		ret->kind = TOML_STRING;
		return quoted_read(scan, false, &ret->string);
	case '[':
		return read_array(scan, depth + 1, ret);
	case '{':
		return read_inline_table(scan, depth + 1, ret);
	default:
		return read_word(scan, ret);
	}
}
