/* How far a run is, on stderr: one line redrawn on a terminal, plain lines
 * elsewhere.
 *
 *	progress_init(&progress, terminal_style(2, choice), terminal_is(2), write);
 *	run_init(&run, &settings, &events) with events = progress_events(&progress)
 *	progress_end(&progress);	clears the line; before anything else is printed
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "report/style.h"
#include "run/run.h"

struct progress {
	struct style style;
	bool redraws;		/* a terminal */
	bool quiet;
	bool is_brief;		/* a short run: no plain lines, only notes */
	/* For tests: what is written goes here, times come from here. */
	void (*write)(const void *bytes, size_t len);
	double (*now)(void);
	/* private */
	bool is_line_shown;
	const char *phase;
	uint32_t total;
	double started, drawn;	/* of the phase; of what was last shown */
	unsigned tenths;	/* last reported on plain lines */
};

void progress_init(struct progress *progress, struct style style, bool redraws, bool quiet);
struct run_events progress_events(struct progress *progress);
void progress_end(struct progress *progress);

#endif
