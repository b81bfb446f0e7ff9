#include "runner/quarantine.h"

#include <string.h>

#include "store/store.h"

static const struct plan_class *find_class(const struct plan *plan, const char *name)
{
	for (uint32_t i = 0; i < plan->n_classes; i++)
		if (!strcmp(plan->classes[i].display_name, name))
			return &plan->classes[i];
	return NULL;
}

static bool is_in_project(const struct run *run, const char *name)
{
	for (uint32_t i = 0; i < run->project.n_classes; i++)
		if (!strcmp(run->project.classes[i].name, name))
			return true;
	return false;
}

/* Whether the run tries what the id speaks of at all: "method:KIND:hash". */
static bool is_tried(const struct plan *plan, const char *id)
{
	const char *end = strrchr(id, ':'), *kind = end;
	const struct operator *operator;
	char name[64];
	size_t len;

	while (kind && kind > id && kind[-1] != ':')
		kind--;
	len = kind ? (size_t)(end - kind) : 0;
	if (!len || len >= sizeof(name))
		return true;
	memcpy(name, kind, len);
	name[len] = '\0';
	operator = operator_find(name);
	return !operator || plan->settings.operators >> (operator - operators) & 1;
}

/* Of this id; of one that differs in its hash alone in *ret_near, or NULL. */
static bool find_mutant(const struct plan *plan, const struct plan_class *class, const char *id,
			const char **ret_near)
{
	const char *hash = strrchr(id, ':');

	*ret_near = NULL;
	for (uint32_t i = 0; i < class->n_mutants; i++) {
		const char *other = plan->mutants[class->first_mutant + i].id;

		if (!strcmp(other, id))
			return true;
		if (hash && !*ret_near && !strncmp(other, id, (size_t)(hash + 1 - id)))
			*ret_near = other;
	}
	return false;
}

static const char *stale_line(struct run *run, const struct quarantine_entry *entry)
{
	const struct plan_class *class = find_class(&run->plan, entry->class_name);
	const char *near;

	if (!class && !is_in_project(run, entry->class_name))
		return arena_strfmt(&run->arena, "the quarantine of %s is stale: there is no class %s any more",
				    entry->id, entry->class_name);
	if (!class || !is_tried(&run->plan, entry->id) ||
	    find_mutant(&run->plan, class, entry->id, &near))
		return NULL;
	if (near)
		return arena_strfmt(&run->arena, "the quarantine of %s is stale: the code of %s has changed; the nearest is %s",
				    entry->id, entry->class_name, near);
	return arena_strfmt(&run->arena, "the quarantine of %s is stale: %s has no such change any more; see vary mutate --unquarantine",
			    entry->id, entry->class_name);
}

void quarantine_note_stale(struct run *run)
{
	for (uint32_t i = 0; i < run->settings.n_quarantine; i++) {
		const char *line = stale_line(run, &run->settings.quarantine[i]);

		if (line && run->events.note)
			run->events.note(run->events.context, line);
	}
}

void quarantine_mark(struct run *run)
{
	const struct plan *plan = &run->plan;

	if (!run->settings.n_quarantine || run->settings.only_mutants)
		return;
	run->quarantined = ARENA_NEW_N(&run->arena, const char *, plan->n_mutants);
	for (uint32_t e = 0; e < run->settings.n_quarantine; e++) {
		const struct quarantine_entry *entry = &run->settings.quarantine[e];
		const struct plan_class *class = find_class(plan, entry->class_name);

		for (uint32_t i = 0; class && i < class->n_mutants; i++)
			if (!strcmp(plan->mutants[class->first_mutant + i].id, entry->id))
				run->quarantined[class->first_mutant + i] = entry->reason;
	}
}

void quarantine_equivalent(struct run *run)
{
	double least = run->settings.auto_quarantine;

	if (least <= 0 || !run->explanations || run->settings.only_mutants)
		return;
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		const struct explanation *explanation = &run->explanations[i];
		struct verdict *verdict = &run->verdicts[i];

		if (!run_status_is_counted(verdict->status) || run_status_is_detected(verdict->status) ||
		    explanation->equivalence < least || !explanation->equivalence_rule)
			continue;
		verdict->status = STATUS_QUARANTINED;
		verdict->detail = arena_strfmt(&run->arena, "no input can tell (%s, confidence %.2f)",
					       explanation->equivalence_rule, explanation->equivalence);
		store_verdict(run->store, i);
	}
}
