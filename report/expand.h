/* The mutants of one group of an earlier run, with what became of each.
 *
 *	expand_find(&arena, run, "Cart#total", &expansion)
 *	expand_load(reader, &expansion, &err)
 *	expand_text(&expansion, &style, &out)         or expand_json()
 */
#ifndef REPORT_EXPAND_H
#define REPORT_EXPAND_H

#include "report/style.h"
#include "store/store_read.h"

struct expansion_item {
	uint32_t number;		/* of the mutant, in run->mutants */
	const uint32_t *reached, *infected;	/* tests, in run->tests, ascending */
	uint32_t n_reached, n_infected;
	struct explanation explanation;
};

struct expansion {
	struct arena *arena;
	const struct stored_run *run;
	struct expansion_item *items;	/* [n] by class, method and line */
	uint32_t n;
	const char *const *warnings;	/* [n_warnings] the caller's: lines worth knowing */
	uint32_t n_warnings;
};

/* The mutants that `key` means: "Class#method", "Class" or "#method". The class is
 * its name with package, without it, or without the classes around it; either part
 * may be a beginning. What is meant exactly is meant alone: with classes Cart and
 * CartItem, "Cart" is the first. False: there is none. */
bool expand_find(struct arena *arena, const struct stored_run *run, const char *key,
		 struct expansion *ret);

/* Tests that reached and infected each, and why it survived. */
enum err_code expand_load(struct store_reader *reader, struct expansion *expansion,
			  struct err *err) MUST_CHECK;

/* "Cart#total" of a mutant: what people call the group it is in. */
const char *expand_label(struct arena *arena, const struct stored_run *run, uint32_t mutant);

void expand_text(const struct expansion *expansion, const struct style *style, struct buf *out);

#endif
