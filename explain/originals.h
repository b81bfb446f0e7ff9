/* What crosses into tests without any mutation: the traces that survivors' traces
 * are held against.
 *
 *	originals = originals_new(run);
 *	originals_want(originals, unit);                 as often as one likes
 *	code = originals_trace(originals, crew, &err);   those wanted and not traced yet
 *	compare = originals_find(originals, unit);
 *	originals_doubt(originals, unit);                then originals_trace() once more
 *	originals_free(originals);
 *
 * Each test is traced twice in fresh loaders, once in the company of its class and
 * once alone (twice in company where it needs that): so what depends on chance,
 * on the clock or on the tests before it is masked (oracle/compare.h).
 */
#ifndef EXPLAIN_ORIGINALS_H
#define EXPLAIN_ORIGINALS_H

#include "crew/crew.h"
#include "oracle/compare.h"
#include "run/run.h"

struct originals;

struct originals *originals_new(struct run *run);
void originals_free(struct originals *originals);

void originals_want(struct originals *originals, uint32_t unit);

/* A mutant seems to differ in a test that does not repeat all it does: a third trace
 * of the original shall say what else agreed by chance. */
void originals_doubt(struct originals *originals, uint32_t unit);

/* woven_prepare() must have been called. */
enum err_code originals_trace(struct originals *originals, struct crew *crew,
			      struct err *err) MUST_CHECK;

/* NULL where it was not traced, or did not pass both times. */
const struct compare *originals_find(const struct originals *originals, uint32_t unit);

/* Whether a test of the class needs the others: it is then traced with all of them. */
bool originals_is_bound(const struct run *run, uint32_t container);

#endif
