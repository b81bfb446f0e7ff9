/* Sets of tests: ascending lists of numbers in run->units, each once. */
#ifndef RUN_UNIT_SET_H
#define RUN_UNIT_SET_H

#include <stdbool.h>
#include <stdint.h>

bool unit_set_has(const uint32_t *units, uint32_t n, uint32_t unit);

/* Makes a set of a list without repetitions. */
void unit_set_sort(uint32_t *units, uint32_t n);

/* Adds `unit` to the `n` there, which have room for one more; false where it is
 * there already. */
bool unit_set_add(uint32_t *units, uint32_t n, uint32_t unit);

/* Takes out those of another set. */
void unit_set_remove(uint32_t *units, uint32_t *n, const uint32_t *gone, uint32_t n_gone);

#endif
