#include "explain/replay.h"

#include "engine/mutate.h"
#include "measure/task.h"

struct replaying {
	struct run *run;
	uint32_t mutant;
	struct pool_class mutated;
	const uint32_t *units;	/* [n_units] */
	uint32_t n_units, next;
};

static struct pool_job *replay_next(void *context)
{
	struct replaying *replaying = context;
	const struct run *run = replaying->run;
	struct task *task;

	if (replaying->next == replaying->n_units)
		return NULL;
	if (run->events.note)
		run->events.note(run->events.context, run->units[replaying->units[replaying->next]].name);
	task = task_new(run, &replaying->units[replaying->next++], 1, 0, false);
	task->job.classes = &replaying->mutated;
	task->job.n_classes = 1;
	task->job.once = true;
	task->job.alone = true;
	return &task->job;
}

static struct replayed outcome_of(struct run *run, const struct pool_job *job)
{
	const struct pool_result *result = job->results;
	struct replayed done = { .end = REPLAY_BROKEN, .detail = job->detail ? job->detail : "" };

	if (job->end == JOB_TIMED_OUT) {
		done.end = REPLAY_ENDLESS;
	} else if (job->end == JOB_MEMORY) {
		done.detail = "the JVM ran out of memory";
	} else if (job->end == JOB_RAN && job->container_failure) {
		done.end = REPLAY_FAILED;
		done.detail = job->container_failure;
	} else if (job->end == JOB_RAN && result && result->is_there) {
		done.end = result->result == WIRE_PASSED ? REPLAY_PASSED
			 : result->result == WIRE_SKIPPED ? REPLAY_SKIPPED : REPLAY_FAILED;
		done.detail = result->result == WIRE_FAILED_TEST ? result->failure : "";
		done.wall_ns = result->wall_ns;
	}
	done.detail = arena_strdup(&run->arena, done.detail);
	return done;
}

static void replay_done(void *context, struct pool_job *job)
{
	struct replaying *replaying = context;
	struct task *task = (struct task *)job;
	struct run *run = replaying->run;
	struct replay *replay = run->replay;

	if (job->end != JOB_ABANDONED) {
		struct replayed done = outcome_of(run, job);

		done.mutant = replaying->mutant;
		done.unit = task->units[0];
		replay->items[replay->n++] = done;
	}
	task_free(task);
}

static enum err_code replay_one(struct run *run, struct crew *crew, uint32_t number, struct err *err)
{
	const struct mutant *mutant = &run->plan.mutants[number];
	uint32_t *units = ARENA_NEW_N(&run->arena, uint32_t, run->n_units);
	struct replaying replaying = { .run = run, .mutant = number, .units = units };
	const struct pool_client client = { .context = &replaying, .next = replay_next, .done = replay_done };
	uint32_t counter = mutant->infection;

	if (run->reach_start[counter] == run->reach_start[counter + 1])
		counter = mutant->point;
	for (uint32_t i = run->reach_start[counter]; i < run->reach_start[counter + 1]; i++)
		if (run->units[run->reach[i]].state == UNIT_PASSED)
			units[replaying.n_units++] = run->reach[i];
	replaying.mutated.name = run->plan.classes[mutant->class_number].display_name;
	TRY(mutate_class(&run->plan, mutant, &run->arena, &replaying.mutated.bytes, err));
	run->replay->items = arena_grow(&run->arena, run->replay->items, run->replay->n,
					run->replay->n + replaying.n_units, sizeof(*run->replay->items));
	return pool_run(crew, &client, err);
}

enum err_code replay_run(struct run *run, struct crew *crew, struct err *err)
{
	run->replay = ARENA_NEW(&run->arena, struct replay);
	crew_show_output(crew);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		TRY(replay_one(run, crew, i, err));
	return ERR_OK;
}
