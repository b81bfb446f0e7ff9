/* Where a change is, as people name it: "Cart#total". Kotlin's, Scala's and Groovy's
 * compilers put what is written in one method into classes and methods of their own;
 * the method that it is written in is what is named. */
#ifndef ENGINE_PLACE_H
#define ENGINE_PLACE_H

#include "util/arena.h"

/* `class_name`: with dots between packages and $ before nested classes, with its package
 * or without; `method`: as identity_label() has it; `source_file` may be NULL. Of Java
 * and of other languages "class#method" as they are. */
const char *place_name(struct arena *arena, const char *source_file, const char *class_name,
		     const char *method);

#endif
