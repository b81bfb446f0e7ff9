/* The survivors at a glance: how many of which class, and in which methods. */
#ifndef REPORT_SURVEY_H
#define REPORT_SURVEY_H

#include "report/page.h"
#include "run/metrics.h"

/* "unobserved", "weak oracle" ... */
const char *survey_class_words(enum survivor_class class);

/* "a test was handed another value and accepted it" ... */
const char *survey_class_means(enum survivor_class class);

/* Kill rate, observability, actionable survivors: one line, where they are known. */
void survey_metrics(struct page *page, const struct metrics *metrics);

/* One line for each class there is, with what it means. */
void survey_classes(struct page *page, const struct metrics *metrics);

/* The methods with the most survivors, at most `most` of them. */
void survey_groups(struct page *page, uint32_t most);

#endif
