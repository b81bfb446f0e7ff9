#include "run/explanation.h"

#include <string.h>

static const char *const class_names[N_SURVIVOR_CLASSES] = {
	[SURVIVOR_NONE] = "none",
	[SURVIVOR_NOT_COVERED] = "not_covered",
	[SURVIVOR_NOT_INFECTED] = "not_infected",
	[SURVIVOR_UNOBSERVED] = "unobserved",
	[SURVIVOR_WEAK_ORACLE] = "weak_oracle",
	[SURVIVOR_EQUIVALENT_LIKELY] = "equivalent_likely",
	[SURVIVOR_OTHER] = "other",
};

static const char *const kind_names[N_TRACE_KINDS] = {
	[TRACE_RESULT] = "result", [TRACE_THROWN] = "thrown", [TRACE_ASSERTED] = "asserted",
	[TRACE_CALLBACK] = "callback", [TRACE_PRINTED] = "printed", [TRACE_STATE] = "state",
};

const char *explanation_class_name(enum survivor_class class)
{
	return class_names[class];
}

const char *explanation_kind_name(enum trace_kind kind)
{
	return kind_names[kind];
}

/* The place of a name in a table, or 0. */
static int find(const char *const *names, int n, const char *name)
{
	while (n-- > 1)
		if (!strcmp(names[n], name))
			return n;
	return 0;
}

enum survivor_class explanation_find_class(const char *name)
{
	return (enum survivor_class)find(class_names, N_SURVIVOR_CLASSES, name);
}

enum trace_kind explanation_find_kind(const char *name)
{
	return (enum trace_kind)find(kind_names, N_TRACE_KINDS, name);
}
