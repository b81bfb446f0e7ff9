#include "runner/remedy.h"

#include <string.h>

#define BEFORE_MODULE " module "
#define OPTIONS_MAX 20		/* on one line; more come up once these are there */

/* The word that stands before `at` in `text`, behind BEFORE_MODULE. */
static const char *module_before(struct arena *arena, const char *text, const char *at)
{
	size_t len = strlen(BEFORE_MODULE);
	const char *start = at;

	while (start > text && start[-1] != ' ')
		start--;
	if ((size_t)(start - text) < len || start == at ||
	    strncmp(start - len, BEFORE_MODULE, len))
		return NULL;
	return arena_strndup(arena, start, (size_t)(at - start));
}

/* The JDK words it so:
 *	... accessible: module java.base does not "opens java.util" to unnamed module
 *	... because module java.base does not export sun.nio.ch to unnamed module */
const char *remedy_of(struct arena *arena, const char *failure)
{
	static const struct { const char *text, *end, *option; } wordings[] = {
		{ " does not \"opens ", "\"", "--add-opens" },
		{ " does not \"exports ", "\"", "--add-exports" },
		{ " does not export ", " ", "--add-exports" },
		{ " does not open ", " ", "--add-opens" },
	};

	for (size_t i = 0; failure && i < sizeof(wordings) / sizeof(*wordings); i++) {
		const char *at = strstr(failure, wordings[i].text), *module, *package;
		size_t len;

		module = at ? module_before(arena, failure, at) : NULL;
		if (!module)
			continue;
		package = at + strlen(wordings[i].text);
		len = strcspn(package, wordings[i].end);
		if (len && package[len])
			return arena_strfmt(arena, "%s=%s/%.*s=ALL-UNNAMED", wordings[i].option,
					    module, (int)len, package);
	}
	return NULL;
}

const char *remedy_for_run(struct run *run, uint32_t *ret_n)
{
	const char *options[OPTIONS_MAX], *typed = NULL;
	uint32_t n_options = 0;

	*ret_n = 0;
	for (uint32_t u = 0; u < run->n_units; u++) {
		const char *option = run->units[u].state == UNIT_FAILED
			? remedy_of(&run->arena, run->units[u].failure) : NULL;
		uint32_t i = 0;

		*ret_n += option != NULL;
		while (option && i < n_options && strcmp(options[i], option))
			i++;
		if (!option || i < n_options || n_options == OPTIONS_MAX)
			continue;
		options[n_options++] = option;
		typed = arena_strfmt(&run->arena, "%s%s--jvm-arg=%s", typed ? typed : "",
				     typed ? " " : "", option);
	}
	return typed;
}
