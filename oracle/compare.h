/* Two traces of one test held side by side: did anything else cross its oracle
 * boundary?
 *
 *	compare = compare_new(arena, &original, &again);   both of unmutated code
 *	if (compare_can_tell(compare))
 *		compare_with(compare, scratch, &mutated, &found);
 *
 * Events are paired by where they crossed: the n-th of a (site, kind, operand)
 * with the n-th of the other trace. What the unmutated code does not do twice alike
 * is masked: one event where the n-th ones differ; all of a (site, kind, operand)
 * where their numbers do, or a quarter of its events: of random values some agree by
 * chance, and would pass for steady; and all where a further trace of it differs in
 * others than before. Where all but a few come in another order (of
 * the methods that reflection tells, say), the place is a bag: an event of the original
 * differs if the mutant's trace has none like it there. Whatever else is another value, is missing or
 * is there in addition, is a difference. In what order the events of different
 * places crossed is none: threads may be at work.
 *
 * TRACE_STATE is no part of the boundary and never a difference. Everything here
 * is linear in the number of events, but for bags that differ.
 */
#ifndef ORACLE_COMPARE_H
#define ORACLE_COMPARE_H

#include <stdbool.h>

#include "oracle/trace.h"
#include "util/arena.h"

struct compare;

/* The result lives in `arena` and refers to the events of `original`, which must
 * live as long; of `again` nothing is kept. */
struct compare *compare_new(struct arena *arena, const struct trace *original,
			    const struct trace *again);

/* Masks what one more trace of the unmutated code does not repeat. `arena`: the one
 * that compare_new() was given. */
void compare_again(struct compare *compare, struct arena *arena, const struct trace *again);

/* False where more than half of what crosses is masked: what such a test shows, or
 * does not, is no evidence. A test in which nothing crosses at all can tell:
 * something might. */
bool compare_can_tell(const struct compare *compare);

/* Whether nothing at all is masked, and each place has its order. */
bool compare_is_steady(const struct compare *compare);

/* The trace that mutants are held against. */
const struct trace *compare_original(const struct compare *compare);

struct compare_difference {
	uint32_t site;			/* as in struct trace_event; valid where is_there */
	uint8_t kind, operand;
	bool is_there;			/* there is one */
	const struct trace_event *original, *mutated;	/* NULL: no such event */
};

struct compare_result {
	struct compare_difference first;	/* the one that came first */
	struct compare_difference asserted;	/* the first that an assertion was handed */
	bool is_order;		/* there are differences, all of order at one place: what the
				   original may do as well, in another JVM */
};

/* Holds a mutant's trace against the original's. `scratch`: for the time of the call. */
void compare_with(const struct compare *compare, struct arena *scratch,
		  const struct trace *mutated, struct compare_result *ret);

#endif
