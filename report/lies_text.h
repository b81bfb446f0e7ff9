/* What `vary lie-detector` prints: tests by bucket, the worst first, each with
 * the reason and what to do; methods that nobody would miss; what no assertion
 * reads. */
#ifndef REPORT_LIES_TEXT_H
#define REPORT_LIES_TEXT_H

#include "judge/lies.h"
#include "report/text.h"

/* The reason for a test's bucket, and what to do about it; one clause each, in
 * the arena. "" where there is nothing to do. */
const char *lies_reason(const struct run *run, const struct lie *lie, struct arena *arena);
const char *lies_remedy(const struct run *run, const struct lie *lie, struct arena *arena);

/* The whole page. */
void lies_text(const struct run *run, const struct lies *lies,
	       const struct text_settings *settings, struct buf *out);

/* One title and a line for each pseudo-tested and partially tested method, at
 * most `most` of each; nothing where there is none. */
void lies_text_bodies(const struct run *run, const struct text_settings *settings,
		      uint32_t most, struct buf *out);

#endif
