#include "cli/commands.h"

#include <unistd.h>

#include "cli/emit.h"
#include "cli/expand_command.h"
#include "cli/outcome.h"
#include "cli/quarantine_command.h"
#include "cli/result.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "cli/why_command.h"
#include "report/json.h"
#include "report/lies_json.h"
#include "report/lies_text.h"
#include "report/parity_text.h"
#include "report/text.h"
#include "runner/runner.h"

/* outcome_print() for a result that is written while it is made. */
static int finish(struct result *result, int status)
{
	struct err err = ERR_INIT;

	if (result_finish(result, &err) == ERR_OK)
		return status;
	terminal_complain(err.text);
	return EXIT_UNFINISHED;
}

/* The exit status of a run that came to its end. */
static int judge(const struct options *options, struct run *run)
{
	gates_check(run, &options->gates);
	if (gates_killed_nothing(run) && !options->allow_zero_kills)
		return EXIT_NOTHING;
	return gates_violated(run) ? EXIT_GATE : EXIT_DONE;
}

static bool asks_for_gates(const struct gate_settings *gates)
{
	return gates->min_score > 0 || gates->min_observability > 0 || gates->fail_on_decrease ||
	       gates->max_survivors != GATES_NO_LIMIT || gates->max_unobserved != GATES_NO_LIMIT;
}

static void say_judgement(const struct options *options, const struct run *run)
{
	for (uint32_t i = 0; i < run->n_gates; i++)
		if (run->gates[i].says && (run->gates[i].is_violated || !options->quiet))
			terminal_complain(run->gates[i].says);
	if (run->settings.only_mutants && asks_for_gates(&options->gates) && !options->quiet)
		terminal_complain("gates are not checked: --mutants chose among the changes");
	if (gates_killed_nothing(run) && !options->allow_zero_kills)
		terminal_complain("no test noticed any change, which is no pass: do the tests assert anything? (--allow-zero-kills)");
}

static int mutate(struct options *options)
{
	struct session session;
	struct err err = ERR_INIT;
	enum err_code code = session_init(&session, options, &err);
	int status = outcome_status(code);
	struct result out;

	if (code != ERR_OK)
		return outcome_fail(&err);
	code = runner_mutate(&session.run, &err);
	status = outcome_status(code);
	progress_end(&session.progress);
	session_say_what_was_looked_at(&session);
	if (code == ERR_OK)
		status = judge(options, &session.run);
	result_init(&out, STDOUT_FILENO);
	if (options->output == OUTPUT_JSON)
		json_report(&session.run, code == ERR_OK ? NULL : &err, status, &out.buf);
	else if (code == ERR_OK || session.run.n_units)
		text_report(&session.run, &session.text, &out.buf);
	status = finish(&out, status);
	if (code != ERR_OK)
		terminal_complain(err.text);
	else
		say_judgement(options, &session.run);
	runner_release(&session.run);
	return status;
}

int commands_mutate(struct options *options)
{
	if (options->diff)
		return why_command_diff(options);
	if (options->replay)
		return why_command_replay(options);
	if (options->why)
		return why_command_why(options);
	if (options->expand)
		return expand_command_run(options);
	if (options->quarantine)
		return quarantine_command_add(options);
	if (options->unquarantine)
		return quarantine_command_remove(options);
	if (options->list_quarantined)
		return quarantine_command_list(options);
	return mutate(options);
}

int commands_parity(struct options *options)
{
	struct session session;
	struct err err = ERR_INIT;
	enum err_code code = session_init(&session, options, &err);
	struct parity parity;
	struct result out;
	int status;

	if (code != ERR_OK)
		return outcome_fail(&err);
	code = runner_mutate(&session.run, &err);
	parity = parity_compare(&session.run);
	status = code == ERR_OK && parity.n ? EXIT_GATE : outcome_status(code);
	progress_end(&session.progress);
	session_say_what_was_looked_at(&session);
	result_init(&out, STDOUT_FILENO);
	if (options->output == OUTPUT_JSON)
		json_parity(&session.run, &parity, code == ERR_OK ? NULL : &err, status, &out.buf);
	else if (session.run.reference)
		parity_text(&session.run, &parity, &session.text.style, &out.buf);
	status = finish(&out, status);
	if (code != ERR_OK)
		terminal_complain(err.text);
	runner_release(&session.run);
	return status;
}

int commands_lies(struct options *options)
{
	struct session session;
	struct err err = ERR_INIT;
	enum err_code code = session_init(&session, options, &err);
	struct lies lies;
	struct result out;
	int status;

	if (code != ERR_OK)
		return outcome_fail(&err);
	code = runner_mutate(&session.run, &err);
	status = outcome_status(code);
	progress_end(&session.progress);
	session_say_what_was_looked_at(&session);
	if (code == ERR_OK)
		lies_sort(&session.run, &session.run.arena, &lies);
	result_init(&out, STDOUT_FILENO);
	if (options->output == OUTPUT_JSON)
		lies_json(&session.run, code == ERR_OK ? &lies : NULL,
			  code == ERR_OK ? NULL : &err, status, &out.buf);
	else if (code == ERR_OK)
		lies_text(&session.run, &lies, &session.text, &out.buf);
	status = finish(&out, status);
	if (code != ERR_OK)
		terminal_complain(err.text);
	runner_release(&session.run);
	return status;
}

static enum err_code emit(const struct session *session, struct err *err)
{
	struct emit_result result;
	struct err line = ERR_INIT;

	TRY(emit_mutants(&session->run.plan, session->options->emit, &result, err));
	if (session->options->quiet)
		return ERR_OK;
	err_set(&line, ERR_OK, "%u class files written to %s", result.written,
		session->options->emit);
	terminal_complain(line.text);
	if (result.discarded) {
		err_set(&line, ERR_OK, "%u mutants could not be made; the last: %s",
			result.discarded, result.last_reason);
		terminal_complain(line.text);
	}
	return ERR_OK;
}

int commands_list(struct options *options)
{
	struct session session;
	struct err err = ERR_INIT;
	enum err_code code = session_init(&session, options, &err);
	struct result out;
	int status;

	if (code != ERR_OK)
		return outcome_fail(&err);
	result_init(&out, STDOUT_FILENO);
	code = runner_plan(&session.run, &err);
	progress_end(&session.progress);
	session_say_what_was_looked_at(&session);
	if (code == ERR_OK && options->emit)
		code = emit(&session, &err);
	if (code == ERR_OK && options->output == OUTPUT_JSON)
		json_list(&session.run, &out.buf);
	else if (code == ERR_OK)
		text_list(&session.run, &session.text, &out.buf);
	status = code == ERR_OK ? EXIT_DONE : outcome_fail(&err);
	status = finish(&out, status);
	runner_release(&session.run);
	return status;
}
