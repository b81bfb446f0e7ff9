#include "measure/appeal.h"

#include <string.h>

#include "measure/company.h"
#include "run/unit_set.h"

/* Failures that a busy machine or another program can cause: the class begins so. */
static const char *const outside[] = {
	"java.io.", "java.net.", "java.nio.file.", "java.nio.channels.", "java.util.concurrent.Timeout",
	"java.lang.InterruptedException", "java.lang.OutOfMemoryError", "java.sql.",
	"org.junit.runners.model.TestTimedOutException",
};

static bool is_outside(const char *failure)
{
	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++)
		if (!strncmp(failure, outside[i], strlen(outside[i])))
			return true;
	return false;
}

bool appeal_is_due(const struct run *run, uint32_t unit, const char *failure)
{
	const struct unit *of = &run->units[unit];

	return !of->has_killed || of->unsteady || of->is_victim || is_outside(failure);
}

static void list_together(struct appeal *appeal, const struct task *task)
{
	const struct pool_job *job = &task->job;

	appeal->together = ARENA_NEW_N(appeal->arena, uint32_t, job->n_units);
	for (uint32_t i = 0; i < job->n_units; i++)
		if (job->results[i].is_there || task->units[i] == appeal->unit)
			appeal->together[appeal->n_together++] = task->units[i];
	unit_set_sort(appeal->together, appeal->n_together);
}

void appeal_begin(struct appeal *appeal, struct arena *arena, const struct run *run,
		  const struct task *task, uint32_t unit, const char *failure)
{
	*appeal = (struct appeal){ .stage = APPEAL_ALONE, .arena = arena, .run = run, .unit = unit,
				   .is_outside = is_outside(failure), .worker = task->job.ran_in };
	if (run->units[unit].is_victim)
		appeal->stage = APPEAL_HERE;
	appeal->alone = company_of(run, unit, arena, &appeal->n_alone);
	list_together(appeal, task);
}

bool appeal_is_without(const struct appeal *appeal)
{
	return appeal->stage >= APPEAL_ORIGINAL;
}

const uint32_t *appeal_next(const struct appeal *appeal, uint32_t *ret_n)
{
	if (appeal->stage == APPEAL_TOGETHER) {
		*ret_n = appeal->n_together;
		return appeal->together;
	}
	*ret_n = appeal->n_alone;
	return appeal->alone;
}

/* Whatever is no pass: the job ended on the way, or the class failed around it. */
static bool has_failed(const struct appeal *appeal, const struct task *task)
{
	for (uint32_t i = 0; i < task->job.n_units; i++)
		if (task->units[i] == appeal->unit)
			return !task->job.results[i].is_there || task->job.container_failure ||
			       task->job.results[i].result != WIRE_PASSED;
	return false;
}

static enum appeal_end end(struct appeal *appeal, enum appeal_end how)
{
	appeal->stage = APPEAL_NONE;
	return how;
}

enum appeal_end appeal_take(struct appeal *appeal, const struct task *task)
{
	bool failed = has_failed(appeal, task);

	if (appeal->stage == APPEAL_HERE && failed) {
		appeal->stage = APPEAL_ELSEWHERE;
		return APPEAL_GOES_ON;
	}
	if (appeal->stage == APPEAL_HERE)
		return end(appeal, APPEAL_STANDS);
	if (appeal->stage == APPEAL_ELSEWHERE) {
		appeal->clean = task->job.ran_in;
		appeal->turn = task->job.turn;
		return end(appeal, failed ? APPEAL_FLAKY : APPEAL_POLLUTED);
	}
	if (appeal->stage == APPEAL_ORIGINAL)
		return end(appeal, failed ? APPEAL_FLAKY : APPEAL_STANDS);
	if (failed && !appeal->is_outside)
		return end(appeal, APPEAL_STANDS);
	if (failed)
		appeal->stage = APPEAL_ORIGINAL;
	else if (appeal->stage == APPEAL_ALONE && appeal->n_together > appeal->n_alone)
		appeal->stage = APPEAL_TOGETHER;
	else
		return end(appeal, APPEAL_UNSTEADY);
	return APPEAL_GOES_ON;
}
