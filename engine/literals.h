/* What a method's code speaks of: its constants as Java spells them, whole numbers,
 * 'c' where a number may be a character, and "text"; the first `max`, each once. */
#ifndef ENGINE_LITERALS_H
#define ENGINE_LITERALS_H

#include "classfile/code.h"

uint32_t literals_of(struct arena *arena, const struct class *class, const struct member *method,
		     uint32_t max, const char ***ret);

#endif
