#include "measure/refused.h"

#include <string.h>

#include "util/name.h"

/* Before the name of the class, in internal form, and what ends it. */
static const struct {
	const char *before, *end;
} places[] = {
	{ " Location: ", "." },
	{ "(class: ", "," },		/* the old verifier's, for classes without stack maps */
	{ " in class file ", " (" },
};

static bool find_name(const char *failure, const char **ret, size_t *ret_len)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		const char *at = strstr(failure, places[i].before);

		if (!at)
			continue;
		*ret = at + strlen(places[i].before);
		*ret_len = strcspn(*ret, places[i].end);
		return true;
	}
	return false;
}

static bool is_name(const struct plan_class *planned, const char *name, size_t len)
{
	return !strncmp(planned->class->name, name, len) && !planned->class->name[len];
}

bool refused_is_ours(const char *failure, const struct plan *plan,
		     uint32_t mutant, bool all_loops)
{
	const char *name;
	size_t len;

	if (!strstr(failure, "java.lang.VerifyError") && !strstr(failure, "java.lang.ClassFormatError"))
		return false;
	if (!find_name(failure, &name, &len))
		return name_starts_with(failure, "java.lang.VerifyError");
	if (is_name(&plan->classes[plan->mutants[mutant].class_number], name, len))
		return true;
	for (uint32_t c = 0; all_loops && c < plan->n_classes; c++)
		if (is_name(&plan->classes[c], name, len))
			return true;
	return false;
}
