/* The values at survivors' changes: operands, and the results with the change and
 * without, of the first execution where these differ.
 *
 * Each survivor's class, woven to tell them (engine/witness.h) and otherwise as it is,
 * runs in the lightest tests in which the change makes a difference, one after the
 * other until one tells. A test that does not pass so tells nothing.
 */
#ifndef EXPLAIN_SEEN_H
#define EXPLAIN_SEEN_H

#include "crew/crew.h"
#include "run/run.h"

/* Fills operands, original and mutated of run->explanations, of those that survived in
 * a test that can tell; the others' stay NULL. */
enum err_code seen_run(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

#endif
