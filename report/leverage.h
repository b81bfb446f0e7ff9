/* The few tests or assertions that would notice most survivors.
 *
 * Survivors that one thing would catch are one group: the same place in a test
 * that was handed another value, the same method whose effect nothing shows, the
 * same method that runs only with values that do not tell, the same method that
 * no test runs. A survivor is in one group; those that no input can tell, or of
 * which nothing is known, are in none. The largest groups come first.
 */
#ifndef REPORT_LEVERAGE_H
#define REPORT_LEVERAGE_H

#include "report/page.h"

enum leverage_kind {
	LEVERAGE_TIGHTEN,	/* an assertion got another value and let it pass */
	LEVERAGE_ASSERT,	/* a test got another value and asserted nothing about it */
	LEVERAGE_OBSERVE,	/* nothing that changed came to a test */
	LEVERAGE_INPUT,		/* the code ran, never with values that tell */
	LEVERAGE_CALL,		/* no test runs the code */
	N_LEVERAGE_KINDS,
};
const char *leverage_kind_name(enum leverage_kind kind);	/* "tighten_assertion" ... */

struct leverage_fix {
	enum leverage_kind kind;
	const char *title;	/* "assert what CartTest.total gets from Cart.total()" */
	const char *location;	/* "shop.CartTest:14", "Cart.java:31" */
	const uint32_t *mutants;	/* [n] in plan.mutants, ascending */
	uint32_t n;
	double projected;	/* percent, after this and the fixes before it */
	double points;		/* by which that is above the score now */
};

/* All of them; returns how many. Everything is in the arena. */
uint32_t leverage_find(const struct run *run, struct arena *arena, struct leverage_fix **ret);

/* "Biggest leverage fixes", at most `most`; nothing where none would catch two. */
void leverage_text(struct page *page, uint32_t most);

/* A field `leverage` with a comma before it. */
void leverage_json(const struct run *run, struct buf *out);

#endif
