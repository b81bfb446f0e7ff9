/* What makes a mutant the same mutant in tomorrow's build.
 *
 * An id is label:KIND:hash. The hash covers class name, label, descriptor,
 * KIND and the shape of the code around the point: mnemonics and the names of
 * members used, a few instructions either way. It does not cover line numbers,
 * indices or names of variables, constant pool indices, values of literals, or
 * anything of another method. Mutants that are alike in all of that are told
 * apart by their order in the method (plan_finish() adds that).
 */
#ifndef ENGINE_IDENTITY_H
#define ENGINE_IDENTITY_H

#include "engine/body.h"
#include "operators/operator.h"

/* The method as a person would name it: of a constructor the class's simple
 * name, of a static initialiser "static", of a lambda body the method it is
 * written in. In `arena` or in the class. */
const char *identity_label(struct arena *arena, const struct class *class,
			   const struct member *method);

uint64_t identity_of_method(const struct class *class, const char *label,
			    const struct member *method);

/* The shapes around the instructions that are `wanted`, each folded into the
 * method's; both arrays have n_insns items. */
void identity_of_points(uint64_t method, const struct body *body, const bool *wanted,
			uint64_t *ret);

uint64_t identity_of_mutant(uint64_t point, const struct operator *row);

/* The final one, for the `ordinal`-th of those that are alike. */
uint64_t identity_of_ordinal(uint64_t mutant, uint32_t ordinal);

/* Of what stands first in an id; with identity_of_mutant(), of all before the hash. */
uint64_t identity_of_label(const char *label);

#endif
