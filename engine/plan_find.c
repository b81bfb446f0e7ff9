#include "engine/plan_find.h"

#include <stdlib.h>
#include <string.h>

/* ---- classes and methods ---- */

static int by_class_name(const void *a, const void *b)
{
	const struct plan_class *const *x = a, *const *y = b;

	return strcmp((*x)->class->name, (*y)->class->name);
}

static int compare_members(const char *name, const char *descriptor, const struct member *member)
{
	int order = strcmp(name, member->name);

	return order || !descriptor ? order : strcmp(descriptor, member->descriptor);
}

/* By name, descriptor and place in the class. */
static int by_member_name(const void *a, const void *b)
{
	const struct member *x = *(const struct member *const *)a;
	const struct member *y = *(const struct member *const *)b;
	int order = compare_members(x->name, x->descriptor, y);

	return order ? order : x < y ? -1 : x > y;
}

static void settle_methods(struct plan_class *planned, struct arena *arena, struct arena *local)
{
	const struct class *class = planned->class;
	const struct member **members = ARENA_NEW_N(local, const struct member *, class->n_methods);
	uint16_t *order = ARENA_NEW_N(arena, uint16_t, class->n_methods);

	for (uint16_t i = 0; i < class->n_methods; i++)
		members[i] = &class->methods[i];
	if (class->n_methods > 1)
		qsort(members, class->n_methods, sizeof(*members), by_member_name);
	for (uint16_t i = 0; i < class->n_methods; i++)
		order[i] = (uint16_t)(members[i] - class->methods);
	planned->methods_by_name = order;
}

void plan_find_settle(struct plan *plan)
{
	const struct plan_class **order = ARENA_NEW_N(plan->arena, const struct plan_class *,
						      plan->n_classes);
	struct arena local = ARENA_INIT;

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		arena_clear(&local);
		settle_methods(&plan->classes[i], plan->arena, &local);
		order[i] = &plan->classes[i];
	}
	if (plan->n_classes)
		qsort(order, plan->n_classes, sizeof(*order), by_class_name);
	plan->classes_by_name = order;
	arena_release(&local);
}

const struct plan_class *plan_class_named(const struct plan *plan, const char *name)
{
	const struct class named = { .name = name };
	const struct plan_class key = { .class = &named }, *at = &key;
	const struct plan_class *const *found =
		bsearch(&at, plan->classes_by_name, plan->n_classes, sizeof(at), by_class_name);

	return found ? *found : NULL;
}

uint32_t plan_method_named(const struct plan_class *planned, const char *name,
			   const char *descriptor)
{
	const struct class *class = planned->class;
	uint32_t low = 0, high = class->n_methods;
	const struct member *found;

	while (low < high) {	/* the first that is not before it */
		uint32_t middle = low + (high - low) / 2;
		const struct member *member = &class->methods[planned->methods_by_name[middle]];

		if (compare_members(name, descriptor, member) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == class->n_methods)
		return PLAN_NO_METHOD;
	found = &class->methods[planned->methods_by_name[low]];
	return compare_members(name, descriptor, found) ? PLAN_NO_METHOD
							: planned->methods_by_name[low];
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
