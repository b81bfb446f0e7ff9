/* A small run made by hand, for tests of reports. */
#ifndef REPORT_SAMPLE_TEST_H
#define REPORT_SAMPLE_TEST_H

#include "run/run.h"

/* Two classes of five mutants: two of shop.Cart's survived in `total`, one was
 * killed and one timed out; that of shop.Price is not covered. Three tests, one
 * of which fails unmutated. Release with run_release(). */
void sample_test_run(struct run *run);

/* The same with `n` survivors, each in a method of its own. */
void sample_test_many(struct run *run, uint32_t n);

/* What was written so far, as text in the run's arena. */
const char *sample_test_text(struct run *run, struct buf *out);

#endif
