#include "cli/expand_command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/nearest.h"
#include "cli/outcome.h"
#include "cli/terminal.h"
#include "engine/freeze.h"
#include "project/files.h"
#include "report/expand.h"
#include "report/expand_json.h"

#define RESULT_MAX ((size_t)1 << 30)
#define CLASS_MAX (64u << 20)
#define WARNINGS_MAX 2

/* In the newest run that has such mutants; runs on certain mutants only, which
 * somebody made to try one again, come after the others. */
static enum err_code find(struct store_reader *reader, const char *key, struct expansion *ret,
			  bool *ret_found, struct err *err)
{
	*ret_found = false;
	for (int narrowed = 0; narrowed < 2; narrowed++) {
		for (uint32_t i = 0; i < reader->n_runs && !*ret_found; i++) {
			if (reader->runs[i].is_narrowed != narrowed)
				continue;
			TRY(store_read_run(reader, &reader->runs[i], err));
			*ret_found = expand_find(reader->arena, &reader->runs[i], key, ret);
		}
	}
	return ERR_OK;
}

/* With # where the key has one, with package where it has that. */
static void offer(const struct store_reader *reader, const char *key, struct nearest *nearest)
{
	const struct stored_run *run = &reader->runs[0];
	bool has_package = strchr(key, '.') || strchr(key, '/');

	for (uint32_t i = 0; i < run->n_mutants; i++) {
		const char *name = run->classes[run->mutants[i].class_number].name;
		const char *dot = strrchr(name, '.');

		if (!has_package && dot)
			name = dot + 1;
		if (*key == '#')
			name = "";
		if (!strchr(key, '#'))
			nearest_offer(nearest, name);
		else
			nearest_offer(nearest, arena_strfmt(reader->arena, "%s#%s", name,
							    run->mutants[i].written_in));
	}
}

static enum err_code unknown_key(const struct store_reader *reader, const char *key,
				 struct err *err)
{
	struct nearest nearest;
	const char *near;

	nearest_init(&nearest, key);
	offer(reader, key, &nearest);
	near = nearest_get(&nearest);
	if (near)
		return err_set(err, ERR_USAGE, "no mutants of %s in the runs that are kept; did you mean '%s'?",
			       key, near);
	return err_set(err, ERR_USAGE, "no mutants of %s in the runs that are kept; a key is 'Class#method', 'Class' or '#method'",
		       key);
}

/* Compiled again since the run? A class that is not there is none of ours to judge. */
static bool has_changed(struct arena *arena, const struct stored_class *class)
{
	struct err ignored = ERR_INIT;
	struct span bytes;
	char digest[20];

	if (!file_is_regular(class->path) ||
	    file_read(arena, class->path, CLASS_MAX, &bytes, &ignored) != ERR_OK)
		return false;
	snprintf(digest, sizeof(digest), "%016llx", (unsigned long long)freeze_bytes(bytes));
	return strcmp(digest, class->digest) != 0;
}

static void add_warnings(struct expansion *expansion)
{
	const char **warnings = ARENA_NEW_N(expansion->arena, const char *, WARNINGS_MAX);
	const struct stored_run *run = expansion->run;
	uint32_t before = UINT32_MAX, n = 0;

	if (!run->is_finished)
		warnings[n++] = "That run did not come to its end: some changes were not tried.";
	for (uint32_t i = 0; i < expansion->n && n < WARNINGS_MAX; i++) {
		uint32_t number = run->mutants[expansion->items[i].number].class_number;

		if (number != before && has_changed(expansion->arena, &run->classes[number])) {
			warnings[n++] = arena_strfmt(expansion->arena, "%s has changed since then: run vary mutate again.",
						     run->classes[number].name);
			break;
		}
		before = number;
	}
	expansion->warnings = warnings;
	expansion->n_warnings = n;
}

static enum err_code expand(struct options *options, struct store_reader *reader, struct buf *out,
			    struct err *err)
{
	struct style style = terminal_style(STDOUT_FILENO, (enum color_choice)options->color);
	struct expansion expansion;
	bool found;

	TRY(find(reader, options->expand, &expansion, &found, err));
	if (!found)
		return unknown_key(reader, options->expand, err);
	TRY(expand_load(reader, &expansion, err));
	add_warnings(&expansion);
	if (options->output == OUTPUT_JSON)
		expand_json(&expansion, options->expand, out);
	else
		expand_text(&expansion, &style, out);
	return ERR_OK;
}

int expand_command_run(struct options *options)
{
	const char *from = options->targets.n ? options->targets.items[0] : ".";
	struct store_reader *reader = NULL;
	struct err err = ERR_INIT;
	enum err_code code = store_read_open(&options->arena, from, &reader, &err);
	struct buf out;

	buf_init(&out, RESULT_MAX);
	if (code == ERR_OK)
		code = expand(options, reader, &out, &err);
	store_read_close(reader);
	if (code == ERR_OK)
		return outcome_print(&out, EXIT_DONE);
	buf_release(&out);
	return outcome_fail(&err);
}
