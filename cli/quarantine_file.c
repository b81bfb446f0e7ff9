#include "cli/quarantine_file.h"

#include <string.h>

#include "project/files.h"
#include "toml/toml.h"
#include "util/replace.h"

#define TABLE_NAME "quarantine"
#define TEXT_MAX (4u << 20)

/* ---- reading ---- */

static enum err_code take_key(struct arena *arena, const struct toml *toml,
			      const struct toml_entry *from, struct quarantine_entry *entry,
			      struct err *err)
{
	static const char wanted[] = "id, class, reason or since";
	const char *key = from->key.text;
	const char **to = !strcmp(key, "id") ? &entry->id : !strcmp(key, "class") ? &entry->class_name
			  : !strcmp(key, "reason") ? &entry->reason : NULL;

	if (!strcmp(key, "since") && from->value.kind == TOML_LOCAL_DATE) {
		entry->since = arena_strfmt(arena, "%04u-%02u-%02u", from->value.moment.year,
					    from->value.moment.month, from->value.moment.day);
		return ERR_OK;
	}
	if (!strcmp(key, "since"))
		return toml_error(toml, from->value.at, err, "since wants a date, as in 2026-11-21");
	if (!to)
		return toml_error(toml, from->at, err, "unknown key %.100s; an entry has %s", key, wanted);
	if (from->value.kind != TOML_STRING || strlen(from->value.string.text) != from->value.string.len)
		return toml_error(toml, from->value.at, err, "%s wants a string", key);
	*to = from->value.string.text;
	return ERR_OK;
}

static enum err_code take_entry(struct arena *arena, const struct toml *toml,
				const struct toml_value *from, struct quarantine_entry *entry,
				struct err *err)
{
	const char *missing;

	if (from->kind != TOML_TABLE)
		return toml_error(toml, from->at, err, "an entry is a table, [[" TABLE_NAME "]]");
	for (const struct toml_entry *key = from->table->first; key; key = key->next)
		TRY(take_key(arena, toml, key, entry, err));
	missing = !entry->id ? "id" : !entry->class_name ? "class"
		  : !entry->reason || !*entry->reason ? "reason" : NULL;
	if (missing)
		return toml_error(toml, from->at, err, "an entry without %s", missing);
	return ERR_OK;
}

enum err_code quarantine_file_parse(struct arena *arena, const char *path, struct span text,
				    struct quarantine_file *ret, struct err *err)
{
	const struct toml_value *all;
	struct toml toml;

	*ret = (struct quarantine_file){ .path = path, .text = text };
	TRY(toml_parse(arena, path, text, &toml, err));
	for (const struct toml_entry *entry = toml.root->first; entry; entry = entry->next)
		if (strcmp(entry->key.text, TABLE_NAME))
			return toml_error(&toml, entry->at, err, "unknown key %.100s; entries are [[" TABLE_NAME "]]",
					  entry->key.text);
	all = toml_get(toml.root, TABLE_NAME);
	if (!all)
		return ERR_OK;
	if (all->kind != TOML_ARRAY)
		return toml_error(&toml, all->at, err, "entries are [[" TABLE_NAME "]], with two brackets");
	ret->entries = ARENA_NEW_N(arena, struct quarantine_entry, all->array->n);
	for (uint32_t i = 0; i < all->array->n; i++)
		TRY(take_entry(arena, &toml, &all->array->items[i], &ret->entries[ret->n++], err));
	return ERR_OK;
}

enum err_code quarantine_file_read(struct arena *arena, const char *from,
				   struct quarantine_file *ret, struct err *err)
{
	const char *path = file_find_above(arena, from, QUARANTINE_FILE);
	struct span text;

	*ret = (struct quarantine_file){ .path = path };
	if (!path)
		return ERR_OK;	/* as for a target that is not there: that is told later */
	TRY(file_read(arena, path, TEXT_MAX, &text, err));
	return quarantine_file_parse(arena, path, text, ret, err);
}

/* ---- writing ---- */

/* As a basic string of TOML. */
static void put_string(struct buf *out, const char *text)
{
	buf_u1(out, '"');
	for (; *text; text++) {
		uint8_t c = (uint8_t)*text;

		if (c == '"' || c == '\\')
			buf_fmt(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_fmt(out, "\\u%04x", c);
		else
			buf_u1(out, c);
	}
	buf_u1(out, '"');
}

/* Whole or not at all; only what can be read again. */
static enum err_code write_file(struct arena *arena, const char *path, const struct buf *text,
				struct err *err)
{
	struct quarantine_file read;

	TRY(quarantine_file_parse(arena, path, buf_get(text), &read, err));
	return replace_file(path, buf_get(text), err);
}

enum err_code quarantine_file_add(struct arena *arena, const char *path,
				  const struct quarantine_file *file,
				  const struct quarantine_entry *entry, struct err *err)
{
	enum err_code code;
	struct buf out;

	buf_init(&out, TEXT_MAX);
	if (file->text.len)
		buf_span(&out, file->text);
	else
		buf_text(&out, "# Changes that `vary mutate` leaves out of the score, each for a reason.\n"
			       "# vary mutate --quarantine ID --reason TEXT adds one, --unquarantine ID takes one away.\n");
	if (out.bytes[out.len - 1] != '\n')
		buf_u1(&out, '\n');
	buf_text(&out, "\n[[" TABLE_NAME "]]\nid = ");
	put_string(&out, entry->id);
	buf_text(&out, "\nclass = ");
	put_string(&out, entry->class_name);
	buf_text(&out, "\nreason = ");
	put_string(&out, entry->reason);
	buf_fmt(&out, "\nsince = %s\n", entry->since);
	code = out.overflowed ? err_set(err, ERR_LIMIT, "%s would be too long", path)
			      : write_file(arena, path, &out, err);
	buf_release(&out);
	return code;
}

/* Where the line after this one begins. */
static size_t next_line(struct span text, size_t at)
{
	while (at < text.len && text.bytes[at] != '\n')
		at++;
	return at < text.len ? at + 1 : at;
}

static bool begins_entry(struct span text, size_t at)
{
	while (at < text.len && (text.bytes[at] == ' ' || text.bytes[at] == '\t'))
		at++;
	return at + 1 < text.len && text.bytes[at] == '[' && text.bytes[at + 1] == '[';
}

enum err_code quarantine_file_remove(struct arena *arena, const struct quarantine_file *file,
				     uint32_t number, struct err *err)
{
	uint32_t before = 0;	/* entries that have begun */
	struct quarantine_file left;
	enum err_code code;
	struct buf out;

	buf_init(&out, TEXT_MAX);
	for (size_t at = 0, next; at < file->text.len; at = next) {
		next = next_line(file->text, at);
		before += begins_entry(file->text, at);
		if (before != number + 1)
			buf_bytes(&out, file->text.bytes + at, next - at);
	}
	code = quarantine_file_parse(arena, file->path, buf_get(&out), &left, err);
	if (code != ERR_OK || left.n + 1 != file->n)
		code = err_set(err, ERR_FORMAT, "%s is not written as vary writes it: take the entry out by hand",
			       file->path);
	else
		code = write_file(arena, file->path, &out, err);
	buf_release(&out);
	return code;
}
