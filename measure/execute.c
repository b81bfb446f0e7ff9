#include "measure/execute.h"

#include <stdlib.h>
#include <string.h>

#include "measure/hearing.h"
#include "measure/inlined.h"
#include "measure/likely.h"
#include "measure/pollution.h"
#include "measure/put_off.h"
#include "measure/runaway.h"
#include "measure/spending.h"
#include "store/store.h"
#include "util/die.h"

struct execution {
	struct run *run;
	struct verdict *verdicts;	/* [plan.n_mutants] */
	bool reference;
	struct crew *crew;
	struct likely *likely;
	struct pollution *pollution;
	uint32_t next;		/* mutant */
	uint32_t *chosen;	/* [run->n_units] room for one selection */
	const struct inlined *inlined;	/* read when first asked for */
	struct hearing *waiting;	/* that go on; under way are those of a task */
	struct put_off put_off;
};

static bool is_inline_function(struct execution *execution, uint32_t number)
{
	const struct mutant *mutant = &execution->run->plan.mutants[number];
	const struct class *class = execution->run->plan.classes[mutant->class_number].class;

	if (!execution->inlined)
		execution->inlined = inlined_read(&execution->run->arena, &execution->run->project);
	return inlined_has(execution->inlined, class->name, mutant->line);
}

static void decide(struct execution *execution, uint32_t mutant, const struct verdict *decided)
{
	struct run *run = execution->run;
	struct verdict *verdict = &execution->verdicts[mutant];

	*verdict = *decided;
	if (verdict->status == STATUS_NO_COVERAGE && is_inline_function(execution, mutant)) {
		verdict->status = STATUS_DISCARDED;
		verdict->detail = INLINED_WHY;
	}
	verdict->detail = verdict->detail ? arena_strdup(&run->arena, verdict->detail) : NULL;
	if (verdict->status == STATUS_KILLED)
		likely_killed(execution->likely, mutant, verdict->killing_unit);
	if (execution->verdicts == run->verdicts)
		store_verdict(run->store, mutant);
	run->n_decided++;
	if (run->events.step)
		run->events.step(run->events.context, run, run->n_decided, run->plan.n_mutants);
}

/* ---- which tests ---- */

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

/* The tests in which the mutant's result ever differs (engine/infect.h) and something
 * may come of it (engine/field_reads.h), and
 * for those that pass only in company their whole class. Ascending. */
static uint32_t choose_infected(struct execution *execution, const struct mutant *mutant)
{
	const struct run *run = execution->run;
	uint32_t n = 0, from = run->reach_start[mutant->propagation];
	uint32_t until = run->reach_start[mutant->propagation + 1];

	while (from < until) {
		const struct container *container =
			&run->containers[run->units[run->reach[from]].container_number];
		uint32_t end = container->first_unit + container->n_units, first = from;
		bool company = false;

		for (; from < until && run->reach[from] < end; from++)
			company |= run->units[run->reach[from]].needs_company;
		for (; !company && first < from; first++)
			if (run->units[run->reach[first]].state == UNIT_PASSED)
				execution->chosen[n++] = run->reach[first];
		if (!company)
			continue;
		for (uint32_t u = container->first_unit; u < end; u++)
			if (run->units[u].state == UNIT_PASSED)
				execution->chosen[n++] = u;
	}
	return n;
}

static uint32_t choose(struct execution *execution, const struct mutant *mutant)
{
	return execution->reference ? choose_all(execution) : choose_infected(execution, mutant);
}

/* ---- hearings ---- */

/* enum wire_run: the reference has every test run by its own engine. */
static uint8_t without_engine(const struct execution *execution)
{
	return execution->reference ? 0 : WIRE_RUN_DIRECT;
}

static struct task *make_task(struct execution *execution, struct hearing *hearing,
			      const struct hearing_ask *ask, struct err *err)
{
	const struct run *run = execution->run;
	const struct mutant *mutant = &run->plan.mutants[hearing->mutant];
	uint8_t flags = hearing_flags(hearing) | without_engine(execution);
	struct task *task = task_new(run, ask->units, ask->n, flags,
				     !execution->reference && !ask->how.confirms);

	task->subject = hearing->mutant;
	task->job.context = hearing;
	task->job.alone = ask->how.confirms;
	task->job.once = true;
	task->job.only_in = ask->only_in;
	task->job.anew = ask->anew;
	if (ask->is_original || runaway_limit(run, mutant, ask->how, task, err) == ERR_OK)
		return task;
	task_free(task);
	return NULL;
}

static void begin_with_likely(struct execution *execution, struct hearing *hearing)
{
	uint32_t likely[LIKELY_MAX];

	hearing_begin_with(hearing, likely,
			   likely_choose(execution->likely, hearing->mutant, hearing->left,
					 hearing->n_left, likely));
}

/* One whose kill is not believed any more, else the next; false: there is none. */
static bool next_mutant(struct execution *execution, uint32_t *ret, bool *ret_again)
{
	*ret = pollution_again(execution->pollution);
	*ret_again = *ret != POLLUTION_NONE;
	if (*ret_again) {
		execution->verdicts[*ret].status = STATUS_PENDING;
		execution->run->n_decided--;
		return true;
	}
	*ret = execution->next;
	if (*ret == execution->run->plan.n_mutants)
		return false;
	execution->next++;
	return true;
}

/* The next mutant that any test has to meet; NULL: there is none left. */
static struct hearing *open_hearing(struct execution *execution)
{
	struct run *run = execution->run;
	uint32_t number;
	bool again;

	while (next_mutant(execution, &number, &again)) {
		const struct mutant *mutant = &run->plan.mutants[number];
		struct hearing *hearing;
		uint32_t n;

		if (run->quarantined && run->quarantined[number]) {
			decide(execution, number, &(struct verdict){
				.status = STATUS_QUARANTINED, .killing_unit = UNIT_NONE,
				.detail = run->quarantined[number] });
			continue;
		}
		n = choose(execution, mutant);
		if (!n) {
			decide(execution, number, &(struct verdict){
				.status = is_reached(run, mutant) ? STATUS_SURVIVED : STATUS_NO_COVERAGE,
				.killing_unit = UNIT_NONE });
			continue;
		}
		hearing = hearing_new(run, number, execution->chosen, n);
		if (!execution->reference && !run->settings.matrix)
			begin_with_likely(execution, hearing);
		if (again) {	/* with what it has cost so far */
			hearing->verdict.cpu_ns = execution->verdicts[number].cpu_ns;
			hearing->verdict.wall_ns = execution->verdicts[number].wall_ns;
		}
		if (again && run->settings.matrix)	/* there are no appeals */
			hearing_begin_anew(hearing);
		return hearing;
	}
	return NULL;
}

/* A kill that is still to be proven by the state of its worker. */
static void note_kill(struct execution *execution, const struct hearing *hearing)
{
	if (hearing->verdict.status != STATUS_KILLED || !hearing->killed_in)
		return;
	if (!hearing->n_killers)
		pollution_killed(execution->pollution, hearing->killed_in, hearing->mutant,
				 hearing->verdict.killing_unit);
	for (uint32_t i = 0; i < hearing->n_killers; i++)
		pollution_killed(execution->pollution, hearing->killed_in, hearing->mutant,
				 hearing->killers[i]);
}

/* `last`: the job that decided, or NULL. */
static void close_hearing(struct execution *execution, struct hearing *hearing,
			  const struct task *last)
{
	struct run *run = execution->run;

	if (hearing->verdict.status == STATUS_SURVIVED &&
	    !is_reached(run, &run->plan.mutants[hearing->mutant]))
		hearing->verdict.status = STATUS_NO_COVERAGE;	/* the whole suite says so too */
	hearing->verdict.killers = arena_memdup(&run->arena, hearing->killers,
						hearing->n_killers * sizeof(*hearing->killers));
	hearing->verdict.n_killers = hearing->n_killers;
	decide(execution, hearing->mutant, &hearing->verdict);
	note_kill(execution, hearing);
	if (last && execution->verdicts == run->verdicts)
		spending_mutant(run, last, hearing->passed_ns);
	hearing_free(hearing);
}

/* The killers of its neighbours may be known better by now. */
static struct hearing *take_put_off(struct execution *execution)
{
	struct hearing *hearing = put_off_take(&execution->put_off);

	if (hearing && !execution->reference)
		begin_with_likely(execution, hearing);
	return hearing;
}

static struct hearing *next_hearing(struct execution *execution)
{
	struct hearing *hearing = execution->waiting;

	if (hearing) {
		execution->waiting = hearing->next;
		return hearing;
	}
	while (!put_off_is_full(&execution->put_off)) {
		hearing = open_hearing(execution);
		if (!hearing)
			break;
		if (!hearing_heavy_ns(hearing))
			return hearing;
		put_off_add(&execution->put_off, hearing);
	}
	return take_put_off(execution);
}

static struct pool_job *execution_next(void *context)
{
	struct execution *execution = context;

	for (;;) {
		struct hearing *hearing = next_hearing(execution);
		struct err err = ERR_INIT;
		struct hearing_ask ask;
		struct task *task;

		if (!hearing)
			return NULL;
		hearing_next(hearing, &ask);
		task = make_task(execution, hearing, &ask, &err);
		if (task)
			return &task->job;
		hearing_discard(hearing, err.text);
		close_hearing(execution, hearing, NULL);
	}
}

static bool execution_goes_on(void *context)
{
	const struct execution *execution = context;

	return execution->waiting != NULL;
}

/* What shows whether its worker is as it was. */
static struct pool_job *execution_question(void *context, uint32_t worker)
{
	struct execution *execution = context;
	struct pollution_ask ask;
	struct task *task;

	if (!pollution_ask(execution->pollution, worker, &ask))
		return NULL;
	task = task_new(execution->run, ask.units, ask.n, without_engine(execution), false);
	task->subject = ask.subject;
	task->job.once = true;
	return &task->job;
}

static void take_answer(struct execution *execution, const struct task *task)
{
	if (task->job.end == JOB_ABANDONED)
		return;
	spending_job(execution->run, task);
	execution->run->pollution.cpu_ns += task->job.cpu_ns + task->job.vain_cpu_ns;
	if (task->job.end != JOB_GONE && pollution_take(execution->pollution, task->job.ran_in, task))
		crew_retire(execution->crew, task->job.ran_in);
}

/* By chance, as it now seems. (One that a mutant's leavings broke was no worse a judge
 * before that.) With a matrix no test is left out on the way. */
static void doubt_kills(struct execution *execution, uint32_t unit)
{
	for (uint32_t i = 0; i < execution->run->plan.n_mutants; i++)
		if (execution->verdicts[i].status == STATUS_KILLED &&
		    execution->verdicts[i].killing_unit == unit)
			pollution_doubt(execution->pollution, i);
}

static void execution_done(void *context, struct pool_job *job)
{
	struct execution *execution = context;
	struct task *task = (struct task *)job;
	struct hearing *hearing = job->context;

	if (!hearing) {
		take_answer(execution, task);
	} else if (job->end == JOB_ABANDONED) {	/* stays pending */
		hearing_free(hearing);
	} else {
		pollution_passed(execution->pollution, task);
		hearing_take(hearing, task);
		if (hearing->polluted)
			crew_retire(execution->crew, hearing->polluted);
		if (hearing->unsteady != UNIT_NONE)
			doubt_kills(execution, hearing->unsteady);
		if (execution->verdicts == execution->run->verdicts)
			spending_job(execution->run, task);
		if (hearing->verdict.status != STATUS_PENDING) {
			close_hearing(execution, hearing, task);
		} else if (hearing_heavy_ns(hearing)) {
			put_off_add(&execution->put_off, hearing);
		} else {
			hearing->next = execution->waiting;
			execution->waiting = hearing;
		}
	}
	task_free(task);
}

enum err_code execute_run(struct run *run, struct crew *crew, bool reference,
			  struct verdict *verdicts, struct err *err)
{
	struct execution execution = { .run = run, .verdicts = verdicts, .crew = crew,
				       .reference = reference };
	const struct pool_client client = { .context = &execution, .next = execution_next,
					    .goes_on = execution_goes_on,
					    .question = execution_question, .done = execution_done };
	enum err_code code;

	execution.chosen = malloc(((size_t)run->n_units + 1) * sizeof(*execution.chosen));
	if (!execution.chosen)
		die_out_of_memory();
	execution.likely = likely_new(run);
	execution.pollution = pollution_new(run);
	run->n_decided = 0;
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		verdicts[i].killing_unit = UNIT_NONE;
	code = pool_run(crew, &client, err);
	while (execution.waiting || execution.put_off.n) {	/* the run ended first */
		struct hearing *hearing = execution.waiting;

		if (hearing)
			execution.waiting = hearing->next;
		else
			hearing = put_off_take(&execution.put_off);
		hearing_free(hearing);
	}
	pollution_free(execution.pollution);
	likely_free(execution.likely);
	free(execution.chosen);
	return code;
}
