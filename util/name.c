#include "util/name.h"

#include <string.h>

bool name_starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

bool name_ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && !strcmp(text + len - n, end);
}

bool name_is_one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(text, *list))
			return true;
	return false;
}
