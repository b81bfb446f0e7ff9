#include "cli/why_command.h"

#include <string.h>
#include <unistd.h>

#include "cli/config.h"
#include "cli/nearest.h"
#include "cli/options_key.h"
#include "cli/outcome.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "report/json.h"
#include "report/version.h"
#include "report/why_text.h"
#include "runner/runner.h"
#include "store/answers.h"
#include "store/store_read.h"
#include "util/fnv.h"

#define RESULT_MAX ((size_t)256 << 20)
#define NEAREST_SHOWN 3

/* ---- an id that no mutant has ---- */

static void offer_nearest(const struct plan *plan, const char *typed, struct buf *text)
{
	uint32_t shown = 0;

	for (unsigned distance = 0; distance <= strlen(typed) / 2 && shown < NEAREST_SHOWN; distance++)
		for (uint32_t i = 0; i < plan->n_mutants && shown < NEAREST_SHOWN; i++) {
			if (nearest_distance(typed, plan->mutants[i].id) != distance)
				continue;
			buf_fmt(text, "%s%s", shown ? ", " : "", plan->mutants[i].id);
			shown++;
		}
}

/* ERR_USAGE that names the nearest ids, where one of those typed is nobody's. */
static enum err_code check_ids(const struct run *run, const char *ids, struct err *err)
{
	struct arena arena = ARENA_INIT;
	char *copy = arena_strdup(&arena, ids), *rest = NULL;
	enum err_code code = ERR_OK;

	for (char *id = strtok_r(copy, ", ", &rest); id && code == ERR_OK; id = strtok_r(NULL, ", ", &rest)) {
		const struct mutant *found;
		struct buf near;

		if (plan_find(&run->plan, id, &found))
			continue;
		buf_init(&near, 4096);
		offer_nearest(&run->plan, id, &near);
		code = near.len
			? err_set(err, ERR_USAGE, "no mutant is called %s; the nearest: %.*s", id, (int)near.len, (const char *)near.bytes)
			: err_set(err, ERR_USAGE, "no mutant is called %s; see vary list", id);
		buf_release(&near);
	}
	arena_release(&arena);
	return code;
}

static int fail(struct session *session, const char *ids, struct err *err)
{
	struct err better = ERR_INIT;

	progress_end(&session->progress);
	if (err->code == ERR_USAGE && session->run.plan.n_mutants &&
	    check_ids(&session->run, ids, &better) != ERR_OK)
		*err = better;
	runner_release(&session->run);
	return outcome_fail(err);
}

/* ---- the command to type ---- */

static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%", *text))
			return false;
	return true;
}

/* A word as a shell reads it back. */
static void put_word(struct buf *out, const char *word)
{
	buf_u1(out, ' ');
	if (*word && is_plain(word)) {
		buf_text(out, word);
		return;
	}
	buf_u1(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_text(out, "'\\''");
		else
			buf_u1(out, (uint8_t)*word);
	}
	buf_u1(out, '\'');
}

/* "vary mutate TARGET ... --replay" of what was typed for `option`. */
static const char *command_for(struct options *options, const char *option)
{
	struct buf out;
	const char *text;

	if (options->asked_in)
		return arena_strfmt(&options->arena, "vary mutate --%s", option);
	buf_init(&out, 1 << 20);
	buf_text(&out, "vary mutate");
	for (uint32_t i = 0; i < options->n_arguments; i++) {
		const char *word = options->arguments[i];

		if (!strcmp(word, "--why") || !strcmp(word, "--diff") || !strcmp(word, "--replay")) {
			i++;
			continue;
		}
		if (!strncmp(word, "--why=", 6) || !strncmp(word, "--diff=", 7) || !strncmp(word, "--replay=", 9))
			continue;
		put_word(&out, word);
	}
	buf_fmt(&out, " --%s", option);
	text = arena_strndup(&options->arena, (const char *)out.bytes, out.len);
	buf_release(&out);
	return text;
}

/* ---- the last run's command line ---- */

/* But for what is typed anew, if anybody wants it. */
static enum err_code last_command(struct options *options, const char *id, char ***ret_argv,
				  int *ret_n, struct err *err)
{
	struct store_reader *reader;
	struct store_found found;
	enum err_code code;

	TRY(store_read_open(&options->arena, ".", &reader, err));
	code = store_read_find(reader, id, &found, err);
	store_read_close(reader);
	if (code != ERR_OK)
		return code;
	if (!found.n)
		return err_set(err, ERR_USAGE, "no run in %s has a mutant called %s; name the target as well",
			       reader->path, id);
	*ret_argv = ARENA_NEW_N(&options->arena, char *,
				found.run->n_arguments + options->n_arguments + 1u);
	*ret_n = 0;
	for (uint32_t i = 0; i < found.run->n_arguments;) {
		unsigned words = options_view_words(found.run->arguments[i]);

		if (!words)
			(*ret_argv)[(*ret_n)++] = arena_strdup(&options->arena, found.run->arguments[i]);
		i += words ? words : 1;
	}
	for (uint32_t i = 0; i < options->n_arguments; i++)
		(*ret_argv)[(*ret_n)++] = options->arguments[i];
	if (chdir(found.run->working_directory))
		return err_set(err, ERR_MISSING, "%s, where the last run was started, is no longer there; name the target as well",
			       found.run->working_directory);
	return ERR_OK;
}

/* The same command with the target and options of the newest run that has the mutant. */
static int as_in_last_run(struct options *options, const char *id,
			  int (*command)(struct options *options))
{
	struct err err = ERR_INIT;
	struct options again;
	char **argv = NULL, here[4096];
	int argc = 0, status;

	if (!getcwd(here, sizeof(here)))
		*here = 0;
	if (last_command(options, id, &argv, &argc, &err) != ERR_OK)
		return outcome_fail(&err);
	if (config_options(&again, options->command, argc, argv, &err) != ERR_OK) {
		status = outcome_fail(&err);
	} else {
		again.asked_in = *here ? here : NULL;
		status = command(&again);
	}
	options_release(&again);
	return status;
}

/* ---- answers given before ---- */

/* All that the answer to --why depends on but the project and the JVM. */
static const char *question(struct options *options, const struct session *session)
{
	return arena_strfmt(&options->arena, "%s %016llx\n%u %u %u %u %u\n%s\n%s", VERSION,
			    (unsigned long long)options_key(FNV_BASIS, options),
			    session->text.style.color, session->text.style.utf8,
			    session->text.style.width, session->text.verbose, session->text.top,
			    session->text.directory ? session->text.directory : "",
			    command_for(options, "why"));
}

static enum err_code find_out(struct run *run, struct err *err)
{
	run->settings.fixes = true;
	run->settings.no_store = true;	/* no run that others compare with */
	return runner_mutate(run, err);
}

/* ---- the commands ---- */

int why_command_diff(struct options *options)
{
	struct session session;
	struct err err = ERR_INIT;
	enum err_code code;
	struct buf out;

	if (!options->targets.n)
		return as_in_last_run(options, options->diff, why_command_diff);
	options->mutants = options->diff;
	code = session_init(&session, options, &err);
	if (code != ERR_OK)
		return outcome_fail(&err);
	session.progress.is_brief = true;
	code = runner_plan(&session.run, &err);
	if (code != ERR_OK)
		return fail(&session, options->diff, &err);
	progress_end(&session.progress);
	buf_init(&out, RESULT_MAX);
	code = why_diff(&session.run, &session.text, &out, &err);
	if (code != ERR_OK) {
		buf_release(&out);
		return fail(&session, options->diff, &err);
	}
	runner_release(&session.run);
	return outcome_print(&out, EXIT_DONE);
}

int why_command_why(struct options *options)
{
	struct session session;
	struct run *run = &session.run;
	struct err err = ERR_INIT;
	const char *text = NULL;
	uint64_t key = 0;
	enum err_code code;
	struct buf out;

	if (!options->targets.n)
		return as_in_last_run(options, options->why, why_command_why);
	options->mutants = options->why;
	code = session_init(&session, options, &err);
	if (code != ERR_OK)
		return outcome_fail(&err);
	code = runner_resolve(run, &err);
	if (code == ERR_OK && !options->no_store) {
		key = answers_key(run, question(options, &session));
		text = answers_find(&run->arena, run->project.directory, key);
	}
	if (code == ERR_OK && !text)
		code = find_out(run, &err);
	if (code != ERR_OK)
		return fail(&session, options->why, &err);
	progress_end(&session.progress);
	buf_init(&out, RESULT_MAX);
	if (text)
		buf_text(&out, text);
	else if (options->output == OUTPUT_JSON)
		json_report(run, NULL, EXIT_DONE, &out);
	else
		why_text(run, &session.text, command_for(options, "replay"), &out);
	if (!text && !options->no_store)
		answers_keep(run->project.directory, key, buf_get(&out));
	runner_release(run);
	return outcome_print(&out, EXIT_DONE);
}

int why_command_replay(struct options *options)
{
	struct session session;
	struct err err = ERR_INIT;
	enum err_code code;
	struct buf out;

	if (!options->targets.n)
		return as_in_last_run(options, options->replay, why_command_replay);
	options->mutants = options->replay;
	code = session_init(&session, options, &err);
	if (code != ERR_OK)
		return outcome_fail(&err);
	session.run.settings.replays = true;
	session.run.settings.no_store = true;
	code = runner_mutate(&session.run, &err);
	if (code != ERR_OK)
		return fail(&session, options->replay, &err);
	progress_end(&session.progress);
	buf_init(&out, RESULT_MAX);
	why_replay(&session.run, &session.text, &out);
	runner_release(&session.run);
	return outcome_print(&out, EXIT_DONE);
}
