/* What was seen at a change: the original class, woven so that it tells operands and
 * both results at one mutation point, where the mutated result first reads differently.
 *
 *	arithmetic     a + b           Witness.computes(a, b, how)
 *	minus sign     -x              Witness.minus(x, 0)
 *	step           i += 2          Witness.steps(i, 2)
 *	condition      a < b           Witness.compares(a, b, how), as the source reads it
 *	returned value                 Witness.other(result, value, type)
 *	call           f(a, b)         Witness.calling, .operand ..., .called(result, default, call, type)
 *
 * A call whose result nobody uses shows its effects elsewhere only: nothing is told of
 * it, nor of a condition whose comparison stands elsewhere. jni/harness/Witness.java
 * writes what it is told into Notes.
 */
#ifndef ENGINE_WITNESS_H
#define ENGINE_WITNESS_H

#include "classfile/rewrite.h"
#include "engine/plan.h"

#define WITNESS_CLASS "varyharness/Witness"

/* Weaves the point of `mutant` in `rewrite`, of its class. False where nothing is
 * told there. `arena`: scratch. */
bool witness_weave(const struct plan *plan, const struct mutant *mutant, struct arena *arena,
		   struct rewrite *rewrite);

/* The whole class, in `arena`. False also where it cannot be written. */
bool witness_class(const struct plan *plan, const struct mutant *mutant, struct arena *arena,
		   struct span *ret);

#endif
