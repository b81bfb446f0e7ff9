/* The pieces of a text report: lines and blocks about mutants, tests, counts. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/groups.h"
#include "report/source_lines.h"
#include "report/text.h"

struct page {
	const struct run *run;
	const struct text_settings *settings;
	struct buf *out;
	struct arena arena;	/* of what is made for the report */
	struct source_lines sources;
	const char **labels;	/* see groups_class_labels() */
};

void page_init(struct page *page, const struct run *run,
	       const struct text_settings *settings, struct buf *out);
void page_release(struct page *page);

/* An empty line, unless it is the first, then "Title: rest". */
void page_title(struct page *page, enum ink ink, const char *title, const char *rest);

/* Ends a line that has `taken` columns so far with `right` in dim, flush with
 * the page's right edge, or on a line of its own under `indent` where there is
 * no room for it. */
void page_right(struct page *page, unsigned taken, unsigned indent, const char *right);

/* A path below settings->directory relative to it. */
const char *page_shown_path(const struct page *page, const char *path);

/* "12 tests" and `rest`, in the page's arena. */
const char *page_count(struct page *page, unsigned long n, const char *noun, const char *rest);

/* "Cart#total  src/main/java/shop/Cart.java:14". */
void page_group_name(struct page *page, const struct group *group);

/* The group's mutants under the source lines they are in, a mark in front of
 * each; at most *lines of them, from which those used are taken. Changes of the
 * same returned value share one, with the first one's id, unless --verbose.
 * Returns how many mutants that were. */
uint32_t page_group(struct page *page, const struct group *group, uint32_t *lines, enum ink ink);

/* "Cart#total", as engine/place.h words it. */
const char *page_place(struct page *page, uint32_t class_number, const char *method);
const char *page_group_label(struct page *page, const struct group *group);

/* "Cart#clear  6 changes, lines 31-35". */
void page_group_short(struct page *page, const struct group *group);

/* One mutant with its verdict and what led to it. */
void page_verdict(struct page *page, uint32_t mutant);

/* "org.opentest4j.AssertionFailedError: x" without the package; may be NULL. */
const char *page_short_failure(const char *failure);

/* "name: text" in one line, cut at the page's edge. */
void page_named(struct page *page, const char *name, const char *text);

#endif
