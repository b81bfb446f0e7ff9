/* Libraries that remember classes by their names alone. Where every run has a loader
 * of its own, such a library hands the class of one run to the next: a double of the
 * wrong class, and a test that fails for no reason. Their own switch for it is turned
 * off, in the bytes of their class.
 *
 *	for (i = 0; i < name_cache_count(); i++)
 *		... find the class name_cache_class(i) in the project's libraries ...
 *		name_cache_switch_off(i, class, &arena, &bytes, &err)
 */
#ifndef ENGINE_NAME_CACHE_H
#define ENGINE_NAME_CACHE_H

#include "classfile/class.h"

uint32_t name_cache_count(void);

/* In internal form. */
const char *name_cache_class(uint32_t row);

/* ERR_FORMAT where the class has no such switch (another version of the library),
 * ERR_LIMIT where there is no room. */
enum err_code name_cache_switch_off(uint32_t row, const struct class *class, struct arena *arena,
				    struct span *ret, struct err *err) MUST_CHECK;

#endif
