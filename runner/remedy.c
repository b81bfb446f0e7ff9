#include "runner/remedy.h"

#include <string.h>

#include "project/files.h"

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

static bool misses_file(const char *failure)
{
	static const char *const words[] = {
		"FileNotFoundException", "NoSuchFileException", "No such file or directory",
	};

	for (size_t i = 0; failure && i < sizeof(words) / sizeof(*words); i++)
		if (strstr(failure, words[i]))
			return true;
	return false;
}

/* "core" of "/p/core/target/test-classes" in /p; NULL for the project's own. */
static const char *module_of(struct run *run, const char *root)
{
	static const char *const outputs[] = { "target/", "build/", "out/", "bin/" };
	const char *below = file_below(root, run->project.directory), *end = NULL;

	for (size_t i = 0; below && i < sizeof(outputs) / sizeof(*outputs); i++) {
		const char *at = strstr(below, arena_strfmt(&run->arena, "/%s", outputs[i]));

		if (!strncmp(below, outputs[i], strlen(outputs[i])))
			return NULL;
		end = at && (!end || at < end) ? at : end;
	}
	return end ? arena_strndup(&run->arena, below, (size_t)(end - below)) : NULL;
}

uint32_t remedy_for_modules(struct run *run, const char **ret_module)
{
	uint32_t n = 0;

	*ret_module = NULL;
	for (uint32_t u = 0; u < run->n_units; u++) {
		const char *name, *module = NULL;

		if (run->units[u].state != UNIT_FAILED || !misses_file(run->units[u].failure))
			continue;
		name = run->containers[run->units[u].container_number].name;
		for (uint32_t i = 0; i < run->project.n_classes && !module; i++)
			if (!strcmp(run->project.classes[i].name, name))
				module = module_of(run, run->project.roots[run->project.classes[i].root]);
		n += module != NULL;
		*ret_module = *ret_module ? *ret_module : module;
	}
	return n;
}
