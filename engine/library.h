/* Calls that compilers add, or that nobody asserts on, recognised by the names
 * of what is called: the filters of that name in filters.def. */
#ifndef ENGINE_LIBRARY_H
#define ENGINE_LIBRARY_H

#include "engine/body.h"

void library_mark_boxing(const struct body *body, bool *marks);
void library_mark_string_concat(const struct body *body, bool *marks);
void library_mark_logging(const struct body *body, bool *marks);

#endif
