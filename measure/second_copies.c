#include "measure/second_copies.h"

#include <string.h>

static bool is_noted(const struct run *run, const char *class)
{
	size_t len = strlen(class);

	for (uint32_t i = 0; i < run->n_copies; i++)
		if (!strncmp(run->copies[i], class, len) && run->copies[i][len] == ',')
			return true;
	return false;
}

void second_copies_note(struct run *run, const struct task *task)
{
	const struct pool_job *job = &task->job;

	for (uint32_t i = 0; i < job->n_copies; i++) {
		const struct unit *unit = &run->units[task->units[0]];

		if (is_noted(run, job->copies[i]))
			continue;
		run->copies = arena_room(&run->arena, run->copies, run->n_copies, sizeof(*run->copies));
		run->copies[run->n_copies++] =
			arena_strfmt(&run->arena, "%s, seen in %s", job->copies[i],
				     job->n_units == 1 ? unit->name : run->containers[unit->container_number].name);
	}
}
