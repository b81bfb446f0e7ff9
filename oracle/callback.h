/* Which methods of a class others may call without naming them. */
#ifndef ORACLE_CALLBACK_H
#define ORACLE_CALLBACK_H

#include "classfile/class.h"

#define CALLBACK_NONE (-1)

/* For each method with arguments: how many of them a lambda captured, 0 for one that
 * may override something; CALLBACK_NONE for any other. */
int32_t *callback_methods(struct arena *arena, const struct class *class);

bool callback_implements(const struct class *class, const char *interface);

#endif
