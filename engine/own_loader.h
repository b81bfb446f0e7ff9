/* Libraries that do not expect every run to have a class loader of its own, a child
 * of theirs: the bytes of a class of theirs are changed.
 *
 * - One remembers classes by their names alone. It would hand the class of one run to
 *   the next: a double of the wrong class, and a test that fails for no reason. Its own
 *   switch for that is turned off.
 * - Mockito 2 asks ByteBuddy for a loader that sees both the mocked class and Mockito's
 *   own. Where these have two loaders it gets a third, in which a double is no
 *   neighbour of the mocked class: what is private to the package cannot be mocked. Of
 *   two loaders the child will do: ByteBuddy knows that by another name, and later
 *   Mockitos ask for it.
 *
 *	for (i = 0; i < own_loader_count(); i++)
 *		... find the class own_loader_class(i) in the project's libraries ...
 *		own_loader_patch(i, class, &arena, &bytes, &err)
 */
#ifndef ENGINE_OWN_LOADER_H
#define ENGINE_OWN_LOADER_H

#include "classfile/class.h"

uint32_t own_loader_count(void);

/* In internal form. */
const char *own_loader_class(uint32_t row);

/* ERR_FORMAT where the class is not as expected (another version of the library),
 * ERR_LIMIT where there is no room. */
enum err_code own_loader_patch(uint32_t row, const struct class *class, struct arena *arena,
			       struct span *ret, struct err *err) MUST_CHECK;

#endif
