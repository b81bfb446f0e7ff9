/* Questions about names, and other texts that end with a NUL. */
#ifndef UTIL_NAME_H
#define UTIL_NAME_H

#include <stdbool.h>

bool name_starts_with(const char *text, const char *start);
bool name_ends_with(const char *text, const char *end);
bool name_is_one_of(const char *text, const char *const *list);	/* list: ends with NULL */

#endif
