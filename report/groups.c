#include "report/groups.h"

#include <stdlib.h>
#include <string.h>

#define ANY_SURVIVOR (N_STATUSES + 1)

static bool is_wanted(const struct run *run, uint32_t mutant, unsigned status)
{
	enum status has = run->verdicts ? run->verdicts[mutant].status : STATUS_PENDING;

	if (status == ANY_SURVIVOR)
		return run_status_is_counted(has) && !run_status_is_detected(has);
	return status == N_STATUSES || (run->verdicts && has == status);
}

static bool is_same_group(const struct mutant *a, const struct mutant *b)
{
	return a->class_number == b->class_number &&
	       !strcmp(a->method_name, b->method_name);
}

static int by_number(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int by_method_and_line(const void *left, const void *right, void *context)
{
	const struct plan *plan = context;
	uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;
	const struct mutant *a = &plan->mutants[l], *b = &plan->mutants[r];
	int order = by_number(a->class_number, b->class_number);

	if (!order)
		order = strcmp(a->method_name, b->method_name);
	if (!order)
		order = by_number(a->line, b->line);
	return order ? order : by_number(l, r);
}

/* The place of a group: its first mutant in the plan. */
static uint32_t place(const struct group *group)
{
	uint32_t first = group->mutants[0];

	for (uint32_t i = 1; i < group->n; i++)
		if (group->mutants[i] < first)
			first = group->mutants[i];
	return first;
}

static int by_place(const void *left, const void *right)
{
	return by_number(place(left), place(right));
}

static int by_size(const void *left, const void *right)
{
	const struct group *a = left, *b = right;
	int order = by_number(b->n, a->n);

	return order ? order : by_place(left, right);
}

static struct groups make(struct arena *arena, const struct run *run, unsigned status,
			  enum groups_order order)
{
	const struct plan *plan = &run->plan;
	uint32_t *numbers = ARENA_NEW_N(arena, uint32_t, plan->n_mutants);
	struct groups groups = { NULL, 0, 0 };

	for (uint32_t i = 0; i < plan->n_mutants; i++)
		if (is_wanted(run, i, status))
			numbers[groups.n_mutants++] = i;
	if (!groups.n_mutants)
		return groups;
	qsort_r(numbers, groups.n_mutants, sizeof(*numbers), by_method_and_line,
		(void *)(uintptr_t)plan);
	groups.items = ARENA_NEW_N(arena, struct group, groups.n_mutants);
	for (uint32_t i = 0; i < groups.n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[numbers[i]];

		if (!i || !is_same_group(&plan->mutants[numbers[i - 1]], mutant))
			groups.items[groups.n++] = (struct group){
				mutant->class_number, mutant->method_name,
				&numbers[i], 0,
			};
		groups.items[groups.n - 1].n++;
	}
	qsort(groups.items, groups.n, sizeof(*groups.items),
	      order == GROUPS_BY_SIZE ? by_size : by_place);
	return groups;
}

struct groups groups_make(struct arena *arena, const struct run *run,
			  enum status status, enum groups_order order)
{
	return make(arena, run, status, order);
}

struct groups groups_make_survivors(struct arena *arena, const struct run *run,
				    enum groups_order order)
{
	return make(arena, run, ANY_SURVIVOR, order);
}

/* ---- names of classes ---- */

static const char *simple_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot[1] ? dot + 1 : name;
}

static int by_simple_name(const void *left, const void *right, void *context)
{
	const struct plan *plan = context;

	return strcmp(simple_name(plan->classes[*(const uint32_t *)left].display_name),
		      simple_name(plan->classes[*(const uint32_t *)right].display_name));
}

const char **groups_class_labels(struct arena *arena, const struct plan *plan)
{
	const char **labels = ARENA_NEW_N(arena, const char *, plan->n_classes);
	uint32_t *order = ARENA_NEW_N(arena, uint32_t, plan->n_classes);

	for (uint32_t i = 0; i < plan->n_classes; i++)
		order[i] = i;
	if (plan->n_classes)
		qsort_r(order, plan->n_classes, sizeof(*order), by_simple_name,
			(void *)(uintptr_t)plan);
	for (uint32_t i = 0; i < plan->n_classes; i++) {
		const char *name = plan->classes[order[i]].display_name;
		const char *label = simple_name(name);

		if ((i && !strcmp(label, simple_name(plan->classes[order[i - 1]].display_name))) ||
		    (i + 1 < plan->n_classes &&
		     !strcmp(label, simple_name(plan->classes[order[i + 1]].display_name))))
			label = name;
		labels[order[i]] = label;
	}
	return labels;
}
