/* What a run cost. */
#ifndef REPORT_TIME_TEXT_H
#define REPORT_TIME_TEXT_H

#include "report/page.h"

/* Time, what it went on and could not have been spared; with --verbose by phase, and
 * the workers that were lost. */
void time_text(struct page *page);

#endif
