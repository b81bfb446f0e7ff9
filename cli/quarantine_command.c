#include "cli/quarantine_command.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/nearest.h"
#include "cli/outcome.h"
#include "cli/quarantine_file.h"
#include "cli/terminal.h"
#include "report/quarantine_json.h"
#include "store/store_read.h"

#define RESULT_MAX ((size_t)64 << 20)

static const char *from(const struct options *options)
{
	return options->targets.n ? options->targets.items[0] : ".";
}

static enum err_code no_such_id(const char *id, struct nearest *nearest, const char *where,
				struct err *err)
{
	const char *near = nearest_get(nearest);

	if (near)
		return err_set(err, ERR_USAGE, "no change is called %s %s; did you mean %s?", id, where, near);
	return err_set(err, ERR_USAGE, "no change is called %s %s", id, where);
}

/* ---- adding ---- */

static enum err_code find_mutant(struct options *options, struct store_reader *reader,
				 struct store_found *ret, struct err *err)
{
	const char *id = options->quarantine;
	struct nearest nearest;

	TRY(store_read_find(reader, id, ret, err));
	if (ret->n == 1)
		return ERR_OK;
	if (ret->n)
		return err_set(err, ERR_USAGE, "%s may be any of %u changes, %s first: name one", id, ret->n,
			       ret->run->mutants[ret->number].id);
	nearest_init(&nearest, id);
	for (uint32_t i = 0; i < reader->runs[0].n_mutants; i++)
		nearest_offer(&nearest, reader->runs[0].mutants[i].id);
	return no_such_id(id, &nearest, "in the runs that are kept", err);
}

static enum err_code add(struct options *options, struct store_reader *reader, struct buf *out,
			 struct err *err)
{
	struct arena *arena = &options->arena;
	struct quarantine_file file;
	struct quarantine_entry entry;
	struct store_found found;
	time_t now = time(NULL);
	const char *path;
	char today[20];
	struct tm parts;

	TRY(find_mutant(options, reader, &found, err));
	TRY(quarantine_file_read(arena, reader->directory, &file, err));
	if (!gmtime_r(&now, &parts) || !strftime(today, sizeof(today), "%Y-%m-%d", &parts))
		return err_set(err, ERR_IO, "the clock tells no date");
	entry = (struct quarantine_entry){
		.id = found.run->mutants[found.number].id, .reason = options->reason, .since = today,
		.class_name = found.run->classes[found.run->mutants[found.number].class_number].name,
	};
	for (uint32_t i = 0; i < file.n; i++)
		if (!strcmp(file.entries[i].id, entry.id) &&
		    !strcmp(file.entries[i].class_name, entry.class_name))
			return err_set(err, ERR_USAGE, "%s is quarantined already: %s", entry.id,
				       file.entries[i].reason);
	path = file.path ? file.path : arena_strfmt(arena, "%s/" QUARANTINE_FILE, reader->directory);
	TRY(quarantine_file_add(arena, path, &file, &entry, err));
	buf_fmt(out, "%s of %s is quarantined in %s\n", entry.id, entry.class_name, path);
	return ERR_OK;
}

static int end(enum err_code code, struct buf *out, const struct err *err)
{
	if (code == ERR_OK)
		return outcome_print(out, EXIT_DONE);
	buf_release(out);
	return outcome_fail(err);
}

int quarantine_command_add(struct options *options)
{
	struct store_reader *reader = NULL;
	struct err err = ERR_INIT;
	enum err_code code;
	struct buf out;

	buf_init(&out, RESULT_MAX);
	code = store_read_open(&options->arena, from(options), &reader, &err);
	if (code == ERR_OK)
		code = add(options, reader, &out, &err);
	store_read_close(reader);
	return end(code, &out, &err);
}

/* ---- taking away ---- */

/* By the id or a beginning of it that is only one's. */
static enum err_code remove_entry(struct options *options, struct buf *out, struct err *err)
{
	const char *id = options->unquarantine;
	struct quarantine_file file;
	struct nearest nearest;
	uint32_t number = 0, n = 0;

	TRY(quarantine_file_read(&options->arena, from(options), &file, err));
	nearest_init(&nearest, id);
	for (uint32_t i = 0; i < file.n; i++) {
		nearest_offer(&nearest, file.entries[i].id);
		if (strncmp(file.entries[i].id, id, strlen(id)))
			continue;
		number = n++ ? number : i;
	}
	if (!file.path)
		return err_set(err, ERR_USAGE, "nothing is quarantined here: there is no " QUARANTINE_FILE);
	if (!n || !*id)
		return no_such_id(id, &nearest, "in " QUARANTINE_FILE, err);
	if (n > 1)
		return err_set(err, ERR_USAGE, "%s may be any of %u that are quarantined: name one", id, n);
	TRY(quarantine_file_remove(&options->arena, &file, number, err));
	buf_fmt(out, "%s of %s counts again\n", file.entries[number].id, file.entries[number].class_name);
	return ERR_OK;
}

int quarantine_command_remove(struct options *options)
{
	struct err err = ERR_INIT;
	enum err_code code;
	struct buf out;

	buf_init(&out, RESULT_MAX);
	code = remove_entry(options, &out, &err);
	return end(code, &out, &err);
}

/* ---- listing ---- */

static void put_entry(const struct quarantine_entry *entry, const struct style *style,
		      struct buf *out)
{
	style_text(style, out, entry->class_name, STYLE_NO_LIMIT);
	style_spaces(out, 2);
	style_inked(style, out, INK_BOLD, entry->id, STYLE_NO_LIMIT);
	if (entry->since)
		buf_fmt(out, "  since %s", entry->since);
	buf_text(out, "\n    ");
	style_text(style, out, entry->reason, STYLE_NO_LIMIT);
	buf_u1(out, '\n');
}

static void put_list(const struct quarantine_file *file, const struct style *style, struct buf *out)
{
	if (!file->n)
		buf_text(out, "Nothing is quarantined.\n");
	for (uint32_t i = 0; i < file->n; i++)
		put_entry(&file->entries[i], style, out);
}

int quarantine_command_list(struct options *options)
{
	struct style style = terminal_style(STDOUT_FILENO, (enum color_choice)options->color);
	struct quarantine_file file;
	struct err err = ERR_INIT;
	enum err_code code;
	struct buf out;

	buf_init(&out, RESULT_MAX);
	code = quarantine_file_read(&options->arena, from(options), &file, &err);
	if (code == ERR_OK && options->output == OUTPUT_JSON)
		quarantine_json(file.path, file.entries, file.n, &out);
	else if (code == ERR_OK)
		put_list(&file, &style, &out);
	return end(code, &out, &err);
}
