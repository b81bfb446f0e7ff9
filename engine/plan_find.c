#include "engine/plan_find.h"

#include <stdlib.h>
#include <string.h>

/* ---- classes ---- */

static int by_class_name(const void *a, const void *b)
{
	const struct plan_class *const *x = a, *const *y = b;

	return strcmp((*x)->class->name, (*y)->class->name);
}

void plan_find_settle(struct plan *plan)
{
	const struct plan_class **order = ARENA_NEW_N(plan->arena, const struct plan_class *,
						      plan->n_classes);

	for (uint32_t i = 0; i < plan->n_classes; i++)
		order[i] = &plan->classes[i];
	if (plan->n_classes)
		qsort(order, plan->n_classes, sizeof(*order), by_class_name);
	plan->classes_by_name = order;
}

const struct plan_class *plan_class_named(const struct plan *plan, const char *name)
{
	const struct class named = { .name = name };
	const struct plan_class key = { .class = &named }, *at = &key;
	const struct plan_class *const *found =
		bsearch(&at, plan->classes_by_name, plan->n_classes, sizeof(at), by_class_name);

	return found ? *found : NULL;
}

/* ---- mutants ---- */

uint32_t plan_find(const struct plan *plan, const char *text,
		   const struct mutant **ret)
{
	const struct mutant *whole = NULL, *part = NULL;
	uint32_t n_whole = 0, n_part = 0;
	size_t len = strlen(text);

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];

		if (strncmp(mutant->id, text, len))
			continue;
		if (!mutant->id[len]) {
			*ret = mutant;
			return 1;
		}
		if (n_part++ == 0)
			part = mutant;
		if (mutant->id[len] == ':' && n_whole++ == 0)
			whole = mutant;
	}
	if (n_part == 0)
		return 0;
	*ret = n_whole ? whole : part;
	return n_whole ? n_whole : n_part;
}

bool plan_call(const struct plan *plan, const struct mutant *mutant, enum opcode *ret_opcode,
	       struct member_ref *ret)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	const struct span *code = &class->methods[mutant->method].code->bytes;
	const uint8_t *at = code->bytes + (code_is_ancient(class) ? 4 : 8) + mutant->pcs[0];

	*ret_opcode = at[0];
	return opcode_is_invoke(at[0]) && class_member_ref_at(class, (uint16_t)(at[1] << 8 | at[2]), ret);
}
