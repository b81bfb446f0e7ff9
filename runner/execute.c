#include "runner/execute.h"

#include <stdlib.h>
#include <string.h>

#include "engine/mutate.h"
#include "runner/runaway.h"
#include "runner/spending.h"
#include "runner/task.h"
#include "util/die.h"

struct execution {
	struct run *run;
	struct verdict *verdicts;	/* [plan.n_mutants] */
	bool reference;
	uint32_t next;		/* mutant */
	uint32_t *chosen;	/* [run->n_units] room for one selection */
};

static void decide(struct execution *execution, uint32_t mutant, enum status status,
		   const char *detail)
{
	struct run *run = execution->run;
	struct verdict *verdict = &execution->verdicts[mutant];

	verdict->status = status;
	verdict->detail = detail && *detail ? arena_strdup(&run->arena, detail) : NULL;
	run->n_decided++;
	if (run->events.step)
		run->events.step(run->events.context, run, run->n_decided, run->plan.n_mutants);
}

static uint32_t choose_all(struct execution *execution)
{
	uint32_t n = 0;

	for (uint32_t u = 0; u < execution->run->n_units; u++)
		if (execution->run->units[u].state == UNIT_PASSED)
			execution->chosen[n++] = u;
	return n;
}

static bool is_reached(const struct run *run, const struct mutant *mutant)
{
	return run->reach_start[mutant->point] < run->reach_start[mutant->point + 1];
}

/* The tests in which the mutant's result ever differs (engine/infect.h), and
 * for those that pass only in company their whole class. Ascending. */
static uint32_t choose_infected(struct execution *execution, const struct mutant *mutant)
{
	const struct run *run = execution->run;
	uint32_t n = 0, from = run->reach_start[mutant->infection];
	uint32_t until = run->reach_start[mutant->infection + 1];

	while (from < until) {
		const struct container *container =
			&run->containers[run->units[run->reach[from]].container_number];
		uint32_t end = container->first_unit + container->n_units, first = from;
		bool company = false;

		for (; from < until && run->reach[from] < end; from++)
			company |= run->units[run->reach[from]].needs_company;
		if (!company) {
			memcpy(execution->chosen + n, run->reach + first,
			       (from - first) * sizeof(*run->reach));
			n += from - first;
			continue;
		}
		for (uint32_t u = container->first_unit; u < end; u++)
			if (run->units[u].state == UNIT_PASSED)
				execution->chosen[n++] = u;
	}
	return n;
}

static enum err_code make_mutant(const struct plan *plan, const struct mutant *mutant,
				 struct task *task, struct err *err)
{
	struct pool_class *class = ARENA_NEW(&task->arena, struct pool_class);

	class->name = plan->classes[mutant->class_number].display_name;
	task->job.classes = class;
	task->job.n_classes = 1;
	return mutate_class(plan, mutant, &task->arena, &class->bytes, err);
}

static void execution_late(void *context, struct pool_job *job)
{
	struct execution *execution = context;
	struct task *task = (struct task *)job;

	runaway_late(execution->run, &execution->run->plan.mutants[task->subject], task);
}

static struct pool_job *execution_next(void *context)
{
	struct execution *execution = context;
	struct run *run = execution->run;

	while (execution->next < run->plan.n_mutants) {
		uint32_t number = execution->next++;
		const struct mutant *mutant = &run->plan.mutants[number];
		struct err err = ERR_INIT;
		struct task *task;
		uint32_t n = execution->reference ? choose_all(execution)
						  : choose_infected(execution, mutant);

		if (!n) {
			decide(execution, number, is_reached(run, mutant) ? STATUS_SURVIVED
									  : STATUS_NO_COVERAGE, NULL);
			continue;
		}
		task = task_new(run, execution->chosen, n, WIRE_RUN_FAIL_FAST,
				!execution->reference);
		if (make_mutant(&run->plan, mutant, task, &err) != ERR_OK ||
		    runaway_limit(run, mutant, task, &err) != ERR_OK) {
			decide(execution, number, STATUS_DISCARDED, err.text);
			task_free(task);
			continue;
		}
		task->subject = number;
		return &task->job;
	}
	return NULL;
}

/* A mutant the verifier refuses is our defect, never a kill: on unmutated code
 * the same test passed. */
static bool is_invalid(const char *failure)
{
	static const char *const errors[] = {
		"java.lang.VerifyError", "java.lang.ClassFormatError",
	};

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (!strncmp(failure, errors[i], strlen(errors[i])))
			return true;
	return false;
}

static void kill_mutant(struct execution *execution, uint32_t mutant, uint32_t unit,
			const char *failure)
{
	if (is_invalid(failure)) {
		decide(execution, mutant, STATUS_DISCARDED, failure);
		return;
	}
	execution->verdicts[mutant].killing_unit = unit;
	decide(execution, mutant, STATUS_KILLED, failure);
}

static void take_results(struct execution *execution, const struct task *task)
{
	const struct pool_job *job = &task->job;

	if (job->first_failed != UINT32_MAX) {
		kill_mutant(execution, task->subject, task->units[job->first_failed],
			    job->results[job->first_failed].failure);
	} else if (job->container_failure) {
		/* Class-level set-up failed: its first test stands for the class. */
		uint32_t unit = 0;

		for (uint32_t i = 0; i < job->container_group; i++)
			unit += job->groups[i].n_units;
		kill_mutant(execution, task->subject, task->units[unit], job->container_failure);
	} else {
		decide(execution, task->subject,
		       is_reached(execution->run, &execution->run->plan.mutants[task->subject])
		       ? STATUS_SURVIVED : STATUS_NO_COVERAGE, NULL);
	}
}

static void execution_done(void *context, struct pool_job *job)
{
	struct execution *execution = context;
	struct task *task = (struct task *)job;
	struct verdict *verdict = &execution->verdicts[task->subject];

	if (job->end == JOB_ABANDONED) {	/* stays pending */
		task_free(task);
		return;
	}
	verdict->wall_ns = job->wall_ns;
	verdict->cpu_ns = job->cpu_ns + job->vain_cpu_ns;
	for (uint32_t i = 0; i < job->n_units; i++)
		verdict->tests_run += job->results[i].is_there;
	if (job->end != JOB_RAN && job->running != UINT32_MAX)
		verdict->killing_unit = task->units[job->running];
	switch (job->end) {
	case JOB_RAN:
		take_results(execution, task);
		break;
	case JOB_TIMED_OUT:
		decide(execution, task->subject, STATUS_TIMED_OUT,
		       job->timeouts > 1 ? "past its deadline, twice" : "used up its loop budget");
		break;
	case JOB_MEMORY:
		decide(execution, task->subject, STATUS_MEMORY_ERROR, job->detail);
		break;
	case JOB_CRASHED:
		decide(execution, task->subject, STATUS_CRASHED, job->detail);
		break;
	case JOB_ABANDONED:
	case JOB_BROKEN:
		decide(execution, task->subject, STATUS_DISCARDED, job->detail);
		break;
	}
	if (verdict == &execution->run->verdicts[task->subject])
		spending_mutant(execution->run, task);
	task_free(task);
}

enum err_code execute_run(struct run *run, struct crew *crew, bool reference,
			  struct verdict *verdicts, struct err *err)
{
	struct execution execution = { .run = run, .verdicts = verdicts,
				       .reference = reference };
	const struct pool_client client = { &execution, execution_next, execution_done,
					    execution_late };
	enum err_code code;

	execution.chosen = malloc(((size_t)run->n_units + 1) * sizeof(*execution.chosen));
	if (!execution.chosen)
		die_out_of_memory();
	run->n_decided = 0;
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		verdicts[i].killing_unit = UNIT_NONE;
	code = pool_run(crew, &client, err);
	free(execution.chosen);
	return code;
}
