#include "cli/config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/nearest.h"
#include "project/files.h"
#include "toml/toml.h"

#define FILE_NAME "vary.toml"
#define TABLE_NAME "mutation"
#define TEXT_MAX (1u << 20)
#define KEY_MAX 64

/* ---- keys ---- */

static void name_key(const struct option_row *row, char *ret)
{
	size_t i;

	for (i = 0; row->name[i] && i < KEY_MAX - 1; i++)
		ret[i] = row->name[i] == '-' ? '_' : row->name[i];
	ret[i] = '\0';
}

static const struct option_row *find_row(const char *key)
{
	char name[KEY_MAX];

	for (unsigned i = 0; i < n_option_rows; i++) {
		name_key(&option_rows[i], name);
		if (!option_rows[i].is_typed_only && !strcmp(name, key))
			return &option_rows[i];
	}
	return NULL;
}

static enum err_code unknown_key(const struct toml *toml, const struct toml_entry *entry,
				 struct arena *arena, struct err *err)
{
	struct nearest nearest;
	char name[KEY_MAX];
	const char *near;

	nearest_init(&nearest, entry->key.text);
	for (unsigned i = 0; i < n_option_rows; i++) {
		name_key(&option_rows[i], name);
		if (!option_rows[i].is_typed_only)
			nearest_offer(&nearest, arena_strdup(arena, name));
	}
	near = nearest_get(&nearest);
	if (near)
		return toml_error(toml, entry->at, err, "unknown key %.100s; did you mean %s?",
				  entry->key.text, near);
	return toml_error(toml, entry->at, err,
			  "unknown key %.100s; keys are the options of vary mutate --help, with _ for -",
			  entry->key.text);
}

/* ---- values ---- */

struct setting {
	struct options *options;
	const struct toml *toml;
	const struct toml_entry *entry;
	const struct option_row *row;
};

static enum err_code wrong_kind(const struct setting *setting, const struct toml_value *value,
				const char *wanted, struct err *err)
{
	return toml_error(setting->toml, value->at, err, "%s wants %s, not %s",
			  setting->entry->key.text, wanted, toml_kind_name(value->kind));
}

/* The option's own complaint, with the place in the file for its "--NAME". */
static enum err_code set(const struct setting *setting, const struct toml_value *value,
			 const char *text, struct err *err)
{
	size_t len = strlen(setting->row->name) + 2;
	struct err inner = ERR_INIT;

	if (options_set(setting->options, setting->row, text, &inner) == ERR_OK)
		return ERR_OK;
	return toml_error(setting->toml, value->at, err, "%s%s", setting->entry->key.text,
			  strlen(inner.text) > len ? inner.text + len : "");
}

/* "a:b" with each part that is not absolute taken from the file's directory. */
static const char *based(const struct setting *setting, const char *path)
{
	const char *file = setting->toml->file, *slash = strrchr(file, '/');
	struct arena *arena = &setting->options->arena;
	bool is_many = !strcmp(setting->row->name, "classpath");
	const char *all = NULL;

	for (;;) {
		size_t len = is_many ? strcspn(path, ":") : strlen(path);
		const char *part = arena_strndup(arena, path, len);

		if (len && *path != '/' && slash)
			part = arena_strfmt(arena, "%.*s%s", (int)(slash + 1 - file), file, part);
		all = all ? arena_strfmt(arena, "%s:%s", all, part) : part;
		if (!path[len])
			return all;
		path += len + 1;
	}
}

static enum err_code text_of(const struct setting *setting, const struct toml_value *value,
			     const char *wanted, const char **ret, struct err *err)
{
	if (value->kind != TOML_STRING)
		return wrong_kind(setting, value, wanted, err);
	if (strlen(value->string.text) != value->string.len)
		return toml_error(setting->toml, value->at, err, "%s holds U+0000",
				  setting->entry->key.text);
	*ret = setting->row->is_path ? based(setting, value->string.text) : value->string.text;
	return ERR_OK;
}

/* One string, or an array of them: each set, or (sets) all joined by commas. */
static enum err_code set_strings(const struct setting *setting, bool joins, struct err *err)
{
	static const char wanted[] = "a string, or an array of strings";
	const struct toml_value *value = &setting->entry->value;
	const char *text, *all = "";

	if (value->kind != TOML_ARRAY) {
		TRY(text_of(setting, value, wanted, &text, err));
		return set(setting, value, text, err);
	}
	for (uint32_t i = 0; i < value->array->n; i++) {
		const struct toml_value *item = &value->array->items[i];

		TRY(text_of(setting, item, wanted, &text, err));
		if (!joins)
			TRY(set(setting, item, text, err));
		all = arena_strfmt(&setting->options->arena, "%s%s%s", all, i ? "," : "", text);
	}
	return joins && value->array->n ? set(setting, value, all, err) : ERR_OK;
}

static enum err_code set_number(const struct setting *setting, struct err *err)
{
	const struct toml_value *value = &setting->entry->value;
	char number[40];

	if (value->kind == TOML_INTEGER)
		snprintf(number, sizeof(number), "%" PRId64, value->integer);
	else if (value->kind == TOML_FLOAT && setting->row->kind == OPTION_REAL)
		snprintf(number, sizeof(number), "%.17g", value->real);
	else
		return wrong_kind(setting, value, setting->row->kind == OPTION_REAL
						  ? "a number" : "an integer", err);
	return set(setting, value, number, err);
}

static enum err_code set_entry(const struct setting *setting, struct err *err)
{
	const struct toml_value *value = &setting->entry->value;
	const char *text;

	switch (setting->row->kind) {
	case OPTION_SWITCH:
		if (value->kind != TOML_BOOLEAN)
			return wrong_kind(setting, value, "true or false", err);
		return set(setting, value, value->boolean ? "true" : "false", err);
	case OPTION_NUMBER:
	case OPTION_REAL:
		return set_number(setting, err);
	case OPTION_TEXT:
	case OPTION_CHOICE:
		TRY(text_of(setting, value, "a string", &text, err));
		return set(setting, value, text, err);
	case OPTION_LIST:
	case OPTION_OPERATORS:
	case OPTION_FILTERS:
		return set_strings(setting, setting->row->kind != OPTION_LIST, err);
	}
	return ERR_OK;
}

/* ---- the file ---- */

static enum err_code apply_table(struct options *options, const struct toml *toml,
				 const struct toml_table *table, struct err *err)
{
	struct setting setting = { .options = options, .toml = toml };

	for (setting.entry = table->first; setting.entry; setting.entry = setting.entry->next) {
		setting.row = find_row(setting.entry->key.text);
		if (!setting.row)
			return unknown_key(toml, setting.entry, &options->arena, err);
		TRY(set_entry(&setting, err));
	}
	return ERR_OK;
}

enum err_code config_apply(struct options *options, const char *path, struct span text,
			   struct err *err)
{
	struct toml toml;

	TRY(toml_parse(&options->arena, path, text, &toml, err));
	for (const struct toml_entry *entry = toml.root->first; entry; entry = entry->next) {
		if (!strcmp(entry->key.text, TABLE_NAME)) {
			if (entry->value.kind != TOML_TABLE)
				return toml_error(&toml, entry->value.at, err, TABLE_NAME
						  " must be a table, [" TABLE_NAME "], not %s",
						  toml_kind_name(entry->value.kind));
			TRY(apply_table(options, &toml, entry->value.table, err));
		} else if (find_row(entry->key.text)) {
			return toml_error(&toml, entry->at, err, "%s stands in the table [" TABLE_NAME "]",
					  entry->key.text);
		} else {
			return toml_error(&toml, entry->at, err,
					  "unknown key %.100s; the table here is [" TABLE_NAME "]",
					  entry->key.text);
		}
	}
	return ERR_OK;
}

/* `typed` is the command line alone: it says where the file is. */
static enum err_code apply_file(struct options *options, const struct options *typed,
				const char **ret_path, struct err *err)
{
	const char *path = typed->config;
	struct span text;

	if (typed->help || typed->no_config)
		return ERR_OK;
	if (!path)	/* a target that is not there is told later */
		path = file_find_above(&options->arena, typed->targets.n ? typed->targets.items[0] : ".",
				       FILE_NAME);
	if (!path)
		return ERR_OK;
	*ret_path = path;
	TRY(file_read(&options->arena, path, TEXT_MAX, &text, err));
	return config_apply(options, path, text, err);
}

enum err_code config_options(struct options *options, enum command command,
			     int argc, char **argv, struct err *err)
{
	enum err_code code = options_init(options, command, err);
	const char *path = NULL;
	struct options typed;

	if (code != ERR_OK)
		return code;
	code = options_init(&typed, command, err);
	if (code == ERR_OK)
		code = options_read(&typed, argc, argv, err);
	if (code == ERR_OK)
		code = apply_file(options, &typed, &path, err);
	if (code == ERR_OK)
		code = options_read(options, argc, argv, err);
	options->config = path;
	options_release(&typed);
	return code;
}
