/* What the report says of tests: those left out and why, those that kill nothing,
 * classes that look like tests and are none. */
#ifndef REPORT_TESTS_TEXT_H
#define REPORT_TESTS_TEXT_H

#include "report/page.h"

/* Each of these under its title, and nothing where there are none. */
void tests_text(struct page *page);

#endif
