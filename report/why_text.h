/* One survivor at length: what changed, how far it went, what would notice it. */
#ifndef REPORT_WHY_TEXT_H
#define REPORT_WHY_TEXT_H

#include "report/text.h"

/* Every mutant of the run, a page each. `command`: what replays one, without its id:
 * "vary mutate . --replay". */
void why_text(const struct run *run, const struct text_settings *settings,
	      const char *command, struct buf *out);

/* After a run that replays: what became of each test. */
void why_replay(const struct run *run, const struct text_settings *settings, struct buf *out);

/* What a mutant changes: the source line before and after; and, where that cannot be
 * told or with settings->verbose, the instructions. ERR_LIMIT where it cannot be made. */
enum err_code why_diff(const struct run *run, const struct text_settings *settings,
		       struct buf *out, struct err *err) MUST_CHECK;

/* Two values that differ, as far as they were kept: "3; with the change 4". An empty one
 * is none at all; two that are the same to the eye differ where they were cut. */
const char *why_text_pair(struct arena *arena, const char *original, const char *mutated, const char *between);

#endif
