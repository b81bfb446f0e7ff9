#include "measure/hearing.h"

#include <stdlib.h>
#include <string.h>

#include "measure/refused.h"
#include "run/unit_set.h"
#include "util/die.h"

/* Whether a test stands or falls with its whole class. */
static bool is_bound(const struct hearing *hearing, uint32_t container)
{
	const struct container *of = &hearing->run->containers[container];

	for (uint32_t u = of->first_unit; u < of->first_unit + of->n_units; u++)
		if (hearing->run->units[u].needs_company && unit_set_has(hearing->left, hearing->n_left, u))
			return true;
	return false;
}

/* ---- the beginning and the end ---- */

static bool is_heavy(const struct hearing *hearing, uint32_t unit)
{
	const struct unit *of = &hearing->run->units[unit];

	return (of->work > hearing->run->heavy_work || of->takes_long) && !is_bound(hearing, of->container_number);
}

static void take_up_heavy(struct hearing *hearing)
{
	memcpy(hearing->left, hearing->heavy, hearing->n_heavy * sizeof(*hearing->left));
	hearing->n_left = hearing->n_heavy;
	hearing->n_heavy = 0;
	hearing->is_heavy = true;
}

static void put_off_heavy(struct hearing *hearing)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < hearing->n_left; i++)
		if (is_heavy(hearing, hearing->left[i]))
			hearing->heavy[hearing->n_heavy++] = hearing->left[i];
	for (uint32_t i = 0; i < hearing->n_left && hearing->n_heavy; i++)
		if (!unit_set_has(hearing->heavy, hearing->n_heavy, hearing->left[i]))
			hearing->left[kept++] = hearing->left[i];
	if (hearing->n_heavy)
		hearing->n_left = kept;
	if (!hearing->n_left)
		take_up_heavy(hearing);
}

struct hearing *hearing_new(struct run *run, uint32_t mutant,
			    const uint32_t *units, uint32_t n_units)
{
	struct hearing *hearing = calloc(1, sizeof(*hearing));

	if (!hearing)
		die_out_of_memory();
	hearing->run = run;
	hearing->mutant = mutant;
	hearing->verdict.killing_unit = UNIT_NONE;
	hearing->unsteady = UNIT_NONE;
	hearing->left = arena_memdup(&hearing->arena, units, n_units * sizeof(*units));
	hearing->n_left = n_units;
	hearing->heavy = ARENA_NEW_N(&hearing->arena, uint32_t, n_units);
	if (!run->settings.matrix)
		put_off_heavy(hearing);
	hearing->likely = ARENA_NEW_N(&hearing->arena, uint32_t, n_units);
	hearing->doubts = ARENA_NEW_N(&hearing->arena, uint32_t, n_units);
	hearing->killers = ARENA_NEW_N(&hearing->arena, uint32_t, n_units);
	hearing->asked = ARENA_NEW_N(&hearing->arena, uint32_t, n_units);
	return hearing;
}

void hearing_free(struct hearing *hearing)
{
	arena_release(&hearing->arena);
	free(hearing);
}

void hearing_begin_with(struct hearing *hearing, const uint32_t *units, uint32_t n)
{
	const struct run *run = hearing->run;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < hearing->n_left; i++) {
		uint32_t unit = hearing->left[i], container = run->units[unit].container_number;
		bool wanted = false;

		for (uint32_t k = 0; k < n && !wanted; k++)
			wanted = units[k] == unit ||
				 (run->units[units[k]].container_number == container &&
				  is_bound(hearing, container));
		if (wanted)
			hearing->likely[kept++] = unit;
	}
	hearing->n_likely = kept;
}

void hearing_begin_anew(struct hearing *hearing)
{
	hearing->anew = true;
}

/* ---- what to run ---- */

uint8_t hearing_flags(const struct hearing *hearing)
{
	return hearing->run->settings.matrix ? 0 : WIRE_RUN_FAIL_FAST;
}

void hearing_next(struct hearing *hearing, struct hearing_ask *ret)
{
	const uint32_t *from;

	ret->how = hearing->how;
	ret->is_original = appeal_is_without(&hearing->appeal);
	ret->only_in = hearing->clean.worker;
	ret->anew = hearing->anew;
	if (hearing->appeal.stage != APPEAL_NONE) {
		ret->only_in = hearing->appeal.stage == APPEAL_HERE ? hearing->appeal.worker : 0;
		ret->anew |= hearing->appeal.stage == APPEAL_ELSEWHERE;
		ret->units = appeal_next(&hearing->appeal, &ret->n);
		return;
	}
	from = hearing->how.confirms ? hearing->doubts
	     : hearing->n_likely ? hearing->likely : hearing->left;
	ret->n = hearing->how.confirms ? hearing->n_doubts
	       : hearing->n_likely ? hearing->n_likely : hearing->n_left;
	memcpy(hearing->asked, from, ret->n * sizeof(*from));
	ret->units = hearing->asked;
}

uint64_t hearing_heavy_ns(const struct hearing *hearing)
{
	uint64_t sum = 0;

	if (!hearing->is_heavy || hearing->how.confirms || hearing->anew || hearing->clean.worker ||
	    hearing->appeal.stage != APPEAL_NONE)
		return 0;
	for (uint32_t i = 0; i < hearing->n_left; i++)
		sum += hearing->run->units[hearing->left[i]].wall_ns;
	return sum;
}

/* ---- what came of it ---- */

static void decide(struct hearing *hearing, enum status status, const char *detail)
{
	hearing->verdict.status = status;
	if (detail && *detail)
		hearing->verdict.detail = arena_strdup(&hearing->arena, detail);
}

void hearing_discard(struct hearing *hearing, const char *why)
{
	decide(hearing, STATUS_DISCARDED, why);
}

static void kill(struct hearing *hearing, uint32_t unit, const char *failure)
{
	/* A mutant that the JVM refuses is our defect, never a kill: on unmutated code the
	 * same test passed. */
	if (refused_is_ours(failure, &hearing->run->plan, hearing->mutant, hearing->how.all_loops)) {
		decide(hearing, STATUS_DISCARDED, failure);
		return;
	}
	hearing->verdict.killing_unit = unit;
	decide(hearing, STATUS_KILLED, failure);
}

/* A test that fails because the job is being ended does not kill. */
static bool has_killed(const struct pool_job *job)
{
	switch (job->end) {
	case JOB_RAN:
	case JOB_CRASHED:
		return job->first_failed != UINT32_MAX || job->container_failure;
	case JOB_TIMED_OUT:
		return job->first_failed != UINT32_MAX && !job->timeouts;
	default:
		return false;
	}
}

static void take_kill(struct hearing *hearing, const struct task *task)
{
	const struct pool_job *job = &task->job;

	hearing->killed_in = hearing->anew ? 0 : job->ran_in;
	if (job->first_failed != UINT32_MAX)
		kill(hearing, task->units[job->first_failed],
		     job->results[job->first_failed].failure);
	else		/* class-level set-up failed: its first test stands for the class */
		kill(hearing, task->units[task_first_of(job, job->container_group)],
		     job->container_failure);
}

static bool has_ended_badly(const struct pool_job *job)
{
	return job->end == JOB_TIMED_OUT || job->end == JOB_MEMORY || job->end == JOB_CRASHED;
}

/* Whether a test failed, or what is around it before its turn. Without memory
 * whatever fails by that is no failure but a doubt. */
static bool has_failed(const struct pool_job *job, uint32_t unit)
{
	const struct pool_result *result = &job->results[unit];

	if (result->is_there && result->result == WIRE_FAILED_TEST)
		return job->end != JOB_MEMORY || !strstr(result->failure, "OutOfMemoryError");
	return !result->is_there && job->end == JOB_RAN && task_failed_around(job, unit);
}

/* ---- appeals ---- */

/* No test for the mutants to come. */
static void leave_out(struct run *run, uint32_t unit, const char *failure)
{
	run->units[unit].state = UNIT_FLAKY;
	run->units[unit].failure = arena_strdup(&run->arena, failure);
}

/* A test that fails by chance is none for this mutant. */
static void set_killer_aside(struct hearing *hearing)
{
	uint32_t unit = hearing->verdict.killing_unit;

	hearing->flaky_failure = hearing->verdict.detail;
	hearing->verdict.killing_unit = UNIT_NONE;
	hearing->verdict.detail = NULL;
	unit_set_remove(hearing->left, &hearing->n_left, &unit, 1);
	unit_set_remove(hearing->heavy, &hearing->n_heavy, &unit, 1);
	unit_set_remove(hearing->doubts, &hearing->n_doubts, &unit, 1);
	hearing->n_likely = 0;
}

/* A kill with the status it would come to; with an appeal it is pending still. */
static void take_claim(struct hearing *hearing, const struct task *task)
{
	struct run *run = hearing->run;

	take_kill(hearing, task);
	if (hearing->verdict.status != STATUS_KILLED)
		return;
	if (hearing->is_clean && hearing->verdict.killing_unit == hearing->clean.unit) {
		hearing->killed_in = 0;
		return;
	}
	if (!appeal_is_due(run, hearing->verdict.killing_unit, hearing->verdict.detail))
		return;
	hearing->verdict.status = STATUS_PENDING;
	appeal_begin(&hearing->appeal, &hearing->arena, run, task,
		     hearing->verdict.killing_unit, hearing->verdict.detail);
}

/* The kill is as if it had not been; another worker will tell. */
static void leave_worker(struct hearing *hearing)
{
	hearing->polluted = hearing->appeal.worker;
	hearing->clean.worker = hearing->appeal.clean;
	hearing->clean.turn = hearing->appeal.turn;
	hearing->clean.unit = hearing->verdict.killing_unit;
	hearing->verdict.killing_unit = UNIT_NONE;
	hearing->verdict.detail = NULL;
}

/* Whose state says whether the kill is one: where the test failed last on the mutant. */
static void note_where(struct hearing *hearing, enum appeal_stage stage, const struct pool_job *job)
{
	if (stage == APPEAL_HERE)
		hearing->killed_in = 0;
	else if (stage != APPEAL_ORIGINAL)
		hearing->killed_in = job->ran_in;
}

/* True when the verdict is known or the appeal goes on. */
static bool take_appeal(struct hearing *hearing, const struct task *task)
{
	struct run *run = hearing->run;
	uint32_t killer = hearing->verdict.killing_unit;

	note_where(hearing, hearing->appeal.stage, &task->job);
	switch (appeal_take(&hearing->appeal, task)) {
	case APPEAL_GOES_ON:
		return true;
	case APPEAL_POLLUTED:
		leave_worker(hearing);
		break;
	case APPEAL_STANDS:
		if (run->units[killer].state == UNIT_FLAKY) {	/* by another mutant, meanwhile */
			set_killer_aside(hearing);
			break;
		}
		run->units[killer].has_killed = true;
		hearing->verdict.status = STATUS_KILLED;
		return true;
	case APPEAL_UNSTEADY:
		if (++run->units[killer].unsteady == APPEAL_UNSTEADY_MAX) {
			leave_out(run, killer, hearing->verdict.detail);
			hearing->unsteady = killer;
		}
		set_killer_aside(hearing);
		break;
	case APPEAL_FLAKY:
		leave_out(run, killer, hearing->verdict.detail);
		set_killer_aside(hearing);
		break;
	}
	return false;
}

/* With a matrix: every test that failed; what ends badly is taken as ever. */
static void take_kills(struct hearing *hearing, const struct task *task)
{
	const struct pool_job *job = &task->job;

	if (has_killed(job) && hearing->verdict.killing_unit == UNIT_NONE) {
		take_kill(hearing, task);
		hearing->killed_as = hearing->verdict.status;
		hearing->verdict.status = STATUS_PENDING;	/* until all have run */
	}
	for (uint32_t i = 0; i < job->n_units; i++)
		if (has_failed(job, i))
			hearing->killers[hearing->n_killers++] = task->units[i];
	unit_set_sort(hearing->killers, hearing->n_killers);
}

/* Marks the job's units that are to blame for a bad end: the one at work;
 * between two, what is around them. */
static void blame(const struct pool_job *job, bool *blamed)
{
	uint32_t first = 0;
	bool any = false;

	for (uint32_t i = 0; i < job->n_units; i++) {	/* by an OutOfMemoryError, say */
		blamed[i] = job->results[i].is_there && !has_failed(job, i) &&
			    job->results[i].result == WIRE_FAILED_TEST;
		any |= blamed[i];
	}
	if (any)
		return;
	if (job->running != UINT32_MAX && !job->results[job->running].is_there) {
		blamed[job->running] = true;
		return;
	}
	for (uint32_t g = 0; g < job->n_groups; g++) {
		uint32_t end = first + job->groups[g].n_units;
		bool had_last = job->running != UINT32_MAX && job->running >= first &&
				job->running < end;
		bool is_open = false;

		for (uint32_t i = first; i < end; i++)
			is_open |= !job->results[i].is_there;
		for (uint32_t i = first; (had_last || is_open) && i < end; i++)
			blamed[i] = true;
		if (is_open)	/* its set-up, or the tear-down of the one before */
			return;
		first = end;
	}
}

/* Of a class whose tests need each other all are in doubt or none. */
static void blame_company(const struct hearing *hearing, const struct task *task, bool *blamed)
{
	uint32_t first = 0;

	for (uint32_t g = 0; g < task->job.n_groups; g++) {
		uint32_t end = first + task->job.groups[g].n_units;
		bool any = false;

		for (uint32_t i = first; i < end; i++)
			any |= blamed[i];
		if (any && is_bound(hearing, hearing->run->units[task->units[first]].container_number))
			for (uint32_t i = first; i < end; i++)
				blamed[i] = true;
		first = end;
	}
}

/* A search came back without a kill: what passed is done with, what is to blame
 * is in doubt. */
static void take_search(struct hearing *hearing, const struct task *task)
{
	const struct pool_job *job = &task->job;
	bool *blamed = ARENA_NEW_N(&hearing->arena, bool, job->n_units);
	uint32_t *gone = ARENA_NEW_N(&hearing->arena, uint32_t, job->n_units), n_gone = 0;

	if (has_ended_badly(job)) {
		blame(job, blamed);
		blame_company(hearing, task, blamed);
		hearing->n_late += job->end != JOB_TIMED_OUT || job->timeouts;
		hearing->how.all_loops |= job->timeouts > 0;
	}
	for (uint32_t i = 0; i < job->n_units; i++) {
		if (blamed[i])
			hearing->doubts[hearing->n_doubts++] = task->units[i];
		if (blamed[i] || job->results[i].is_there || job->end == JOB_RAN)
			gone[n_gone++] = task->units[i];
	}
	unit_set_sort(gone, n_gone);
	unit_set_sort(hearing->doubts, hearing->n_doubts);
	unit_set_remove(hearing->left, &hearing->n_left, gone, n_gone);
	hearing->n_likely = 0;
}

/* The doubts were looked into and all passed after all. */
static void take_confirmation(struct hearing *hearing)
{
	hearing->n_doubts = 0;
	hearing->n_late = 0;
	hearing->how.confirms = false;
}

static void take_bad_end(struct hearing *hearing, const struct task *task)
{
	const struct pool_job *job = &task->job;

	if (job->running != UINT32_MAX)
		hearing->verdict.killing_unit = task->units[job->running];
	if (job->end == JOB_TIMED_OUT)
		decide(hearing, STATUS_TIMED_OUT, job->timeouts ? "past its deadline, twice"
								: "used up its loop budget");
	else
		decide(hearing, job->end == JOB_MEMORY ? STATUS_MEMORY_ERROR : STATUS_CRASHED,
		       job->detail);
}

/* What comes next, now that no job is under way: more tests, the doubts, the end. */
static void go_on(struct hearing *hearing)
{
	if (hearing->n_killers && (!hearing->n_left || hearing->n_late >= HEARING_LATE_MAX))
		hearing->verdict.status = hearing->killed_as;
	else if (hearing->n_doubts && (!hearing->n_left || hearing->n_late >= HEARING_LATE_MAX))
		hearing->how.confirms = true;
	else if (!hearing->n_left && hearing->n_heavy)
		take_up_heavy(hearing);
	else if (!hearing->n_left)
		decide(hearing, hearing->flaky_failure ? STATUS_FLAKY : STATUS_SURVIVED,
		       hearing->flaky_failure);
}

void hearing_take(struct hearing *hearing, const struct task *task)
{
	const struct pool_job *job = &task->job;

	hearing->polluted = 0;
	hearing->unsteady = UNIT_NONE;
	hearing->is_heavy = false;
	hearing->is_clean = hearing->clean.worker == job->ran_in && hearing->clean.turn + 1 == job->turn;
	hearing->clean.worker = 0;
	hearing->verdict.wall_ns += job->wall_ns;
	hearing->verdict.cpu_ns += job->cpu_ns + job->vain_cpu_ns;
	for (uint32_t i = 0; i < job->n_units; i++) {
		const struct pool_result *result = &job->results[i];

		if (hearing->appeal.stage == APPEAL_NONE)
			hearing->verdict.tests_run += result->is_there;
		if (result->is_there && result->result == WIRE_PASSED)
			hearing->passed_ns += result->cpu_ns;
	}
	if (job->end == JOB_BROKEN) {
		hearing_discard(hearing, job->detail);
		return;
	}
	if (hearing->appeal.stage == APPEAL_NONE && job->end == JOB_GONE)
		return;		/* it is asked again, for any worker */
	if (hearing->appeal.stage != APPEAL_NONE) {
		if (!take_appeal(hearing, task))
			go_on(hearing);
		return;
	}
	if (hearing->run->settings.matrix) {
		take_kills(hearing, task);
	} else if (has_killed(job)) {
		take_claim(hearing, task);
		return;
	}
	if (hearing->how.confirms && !hearing->n_killers && has_ended_badly(job)) {
		take_bad_end(hearing, task);
		return;
	}
	if (hearing->how.confirms)
		take_confirmation(hearing);
	else
		take_search(hearing, task);
	go_on(hearing);
}
