/* What people read at the end of a run, and of `vary list`. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report/style.h"
#include "run/run.h"

#define TEXT_TOP_AUTO UINT32_MAX	/* all where they are few; else the table of groups alone */

struct text_settings {
	struct style style;
	const char *directory;	/* paths below it are shown relative; NULL: none */
	uint32_t top;		/* survivors shown in full; 0: all, or TEXT_TOP_AUTO */
	bool verbose;		/* also: time by phase, what was discarded, every test left out */
};

/* Score, counts, survivors with their source lines, what was left out, time.
 * Also after a failure or an interruption: what is known. */
void text_report(const struct run *run, const struct text_settings *settings,
		 struct buf *out);

/* Every mutant of the plan. */
void text_list(const struct run *run, const struct text_settings *settings,
	       struct buf *out);

#endif
