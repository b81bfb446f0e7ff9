/* Tests that pass only with their whole class. */
#ifndef MEASURE_COMPANY_H
#define MEASURE_COMPANY_H

#include "run/run.h"

/* The test by itself: with the tests of its class that pass where it needs them,
 * else nothing but it. A set (run/unit_set.h) in the arena. */
uint32_t *company_of(const struct run *run, uint32_t unit, struct arena *arena, uint32_t *ret_n);

#endif
