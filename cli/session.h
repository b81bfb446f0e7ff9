/* A run with all that shows it: progress on stderr, and how a result looks. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli/options.h"
#include "cli/progress.h"
#include "report/text.h"

struct session {
	struct options *options;
	struct run run;
	struct progress progress;
	struct text_settings text;
	char directory[4096];
};

/* Prepares a run by the options; the caller ends it with run_release(). */
enum err_code session_init(struct session *session, struct options *options,
			   struct err *err) MUST_CHECK;

/* With --verbose: one line each on stderr. */
void session_say_what_was_looked_at(const struct session *session);

#endif
