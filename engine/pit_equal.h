/* Changes that PIT drops because they change nothing: a value returned that is
 * returned already, a product with -1 that becomes a quotient. */
#ifndef ENGINE_PIT_EQUAL_H
#define ENGINE_PIT_EQUAL_H

#include "engine/body.h"
#include "operators/operator.h"

/* The rows of operators.def that are dropped at instruction number `i`; labels
 * as of pit_shape_labels(). */
uint64_t pit_equal_rows(const struct body *body, const bool *labels, uint32_t i);

#endif
