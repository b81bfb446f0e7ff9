#include "cli/session.h"

#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/quarantine_file.h"
#include "cli/terminal.h"
#include "util/clock.h"

enum err_code session_init(struct session *session, struct options *options, struct err *err)
{
	struct quarantine_file file;
	struct run_settings settings;
	struct run_events events;

	TRY(quarantine_file_read(&options->arena, options->targets.n ? options->targets.items[0] : ".",
				 &file, err));
	options->quarantined = file.entries;
	options->n_quarantined = file.n;
	settings = options_run_settings(options);
	TRY(interrupt_init(clock_ns, &settings.interrupt_fd, err));
	session->options = options;
	session->text = (struct text_settings){
		.style = terminal_style(STDOUT_FILENO, (enum color_choice)options->color),
		.directory = options->asked_in ? options->asked_in
					       : getcwd(session->directory, sizeof(session->directory)),
		.top = options->top == OPTIONS_NO_LIMIT ? TEXT_TOP_AUTO : options->top,
		.verbose = options->verbose,
	};
	progress_init(&session->progress,
		      terminal_style(STDERR_FILENO, (enum color_choice)options->color),
		      terminal_is(STDERR_FILENO), options->quiet);
	session->progress.is_brief = options->command == COMMAND_LIST;
	events = progress_events(&session->progress);
	run_init(&session->run, &settings, &events);
	return ERR_OK;
}

static void say(const char *front, const char *text)
{
	struct err line = ERR_INIT;	/* makes control characters harmless */

	err_set(&line, ERR_OK, "%s%s", front, text);
	terminal_complain(line.text);
}

void session_say_what_was_looked_at(const struct session *session)
{
	const struct project *project = &session->run.project;

	if (!session->options->verbose)
		return;
	if (session->options->config)
		say("options from ", session->options->config);
	for (uint32_t i = 0; i < project->n_looked_at; i++)
		say("", project->looked_at[i]);
	if (session->run.canary)
		say("", session->run.canary);
}

