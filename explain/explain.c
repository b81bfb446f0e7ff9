#include "explain/explain.h"

#include <stdlib.h>
#include <string.h>

#include "explain/originals.h"
#include "explain/woven.h"
#include "measure/runaway.h"
#include "proof/equivalent.h"
#include "run/unit_set.h"
#include "util/die.h"

#define FIRST_TESTS 4		/* that a survivor meets at once */
#define HEAVY_PERCENT 75	/* heavy tests: of the work that the verdicts took */

enum round { ROUND_FIRST, ROUND_OTHERS, ROUND_HEAVY, N_ROUNDS };

/* What is known of a survivor while it is looked into. */
struct survivor {
	uint32_t mutant;
	bool differs;
	uint32_t *doubts, n_doubts;	/* tests that seem to differ, and do not repeat all they do or
					   came after tests of other classes */
	const char *gap;	/* why some test could not tell, or NULL */
};

struct explaining {
	struct run *run;
	struct arena arena;
	struct survivor *survivors;	/* [n] those whose tests are to be traced */
	uint32_t n;
	uint32_t n_done, n_all;		/* for progress */
	struct originals *originals;
	uint32_t *room;			/* [run->n_units] so many survivors may meet it: of a heavy test */
	uint32_t *chosen;		/* [run->n_units] room for one job's */
	enum round round;
	bool confirms;			/* the round's doubts are looked into */
	uint32_t next;			/* survivor, in the round under way */
};

/* ---- without running anything ---- */

static uint32_t n_at(const struct run *run, uint32_t counter)
{
	return run->reach_start[counter + 1] - run->reach_start[counter];
}

static void judge(struct run *run, const struct mutant *mutant, struct explanation *explanation)
{
	struct arena scratch = ARENA_INIT;
	struct equivalent equivalent = equivalent_judge(&run->plan, mutant, &scratch);

	arena_release(&scratch);
	explanation->equivalence = equivalent.confidence;
	explanation->equivalence_rule = equivalent.rule;
	explanation->equivalence_says = equivalent.says;
}

static void begin_one(struct run *run, uint32_t number)
{
	const struct mutant *mutant = &run->plan.mutants[number];
	struct explanation *explanation = &run->explanations[number];
	enum status status = run->verdicts[number].status;

	explanation->crossing_unit = UNIT_NONE;
	if (!run_status_is_counted(status) || run_status_is_detected(status))
		return;
	explanation->n_reached = n_at(run, mutant->point);
	explanation->n_infected = n_at(run, mutant->infection);
	judge(run, mutant, explanation);
	if (explanation->equivalence >= EQUIVALENT_LIKELY) {
		explanation->class = SURVIVOR_EQUIVALENT_LIKELY;
	} else if (status == STATUS_NO_COVERAGE) {
		explanation->class = SURVIVOR_NOT_COVERED;
	} else if (!explanation->n_infected) {
		explanation->class = SURVIVOR_NOT_INFECTED;
	} else {
		explanation->class = SURVIVOR_OTHER;
		explanation->says = "the run ended before its tests were traced";
	}
}

void explain_begin(struct run *run)
{
	run->explanations = ARENA_NEW_N(&run->arena, struct explanation, run->plan.n_mutants);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		begin_one(run, i);
}

/* ---- which tests, in which round ---- */

static bool is_heavy(const struct run *run, uint32_t unit)
{
	return (run->units[unit].work > run->heavy_work || run->units[unit].takes_long) &&
	       !originals_is_bound(run, run->units[unit].container_number);
}

static const uint32_t *infected(const struct run *run, uint32_t number, uint32_t *ret_n)
{
	const struct mutant *mutant = &run->plan.mutants[number];

	*ret_n = n_at(run, mutant->infection);
	return run->reach + run->reach_start[mutant->infection];
}

static int by_work(const void *left, const void *right, void *context)
{
	const struct run *run = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	if (run->units[a].work != run->units[b].work)
		return run->units[a].work < run->units[b].work ? -1 : 1;
	return a < b ? -1 : 1;
}

/* The light tests in which it infects, lightest first. */
static uint32_t light_tests(struct explaining *explaining, uint32_t number)
{
	struct run *run = explaining->run;
	uint32_t n_infected, n = 0;
	const uint32_t *units = infected(run, number, &n_infected);

	for (uint32_t i = 0; i < n_infected; i++)
		if (run->units[units[i]].state == UNIT_PASSED && !is_heavy(run, units[i]))
			explaining->chosen[n++] = units[i];
	qsort_r(explaining->chosen, n, sizeof(*explaining->chosen), by_work, run);
	return n;
}

/* Adds the other tests of the classes that stand or fall as a whole. */
static uint32_t add_company(struct explaining *explaining, uint32_t n)
{
	const struct run *run = explaining->run;
	uint32_t given = n;

	for (uint32_t i = 0; i < given; i++) {
		uint32_t number = run->units[explaining->chosen[i]].container_number;
		const struct container *container = &run->containers[number];

		if (!originals_is_bound(run, number))
			continue;
		for (uint32_t u = container->first_unit; u < container->first_unit + container->n_units; u++) {
			bool is_there = run->units[u].state != UNIT_PASSED;

			for (uint32_t k = 0; k < n && !is_there; k++)
				is_there = explaining->chosen[k] == u;
			if (!is_there)
				explaining->chosen[n++] = u;
		}
	}
	return n;
}

static bool can_tell(const struct explaining *explaining, uint32_t unit)
{
	const struct compare *compare = originals_find(explaining->originals, unit);

	return compare && compare_can_tell(compare);
}

/* Leaves the round's tests of a survivor in explaining->chosen, ascending. */
static uint32_t choose(struct explaining *explaining, const struct survivor *survivor)
{
	const struct run *run = explaining->run;
	uint32_t n_infected, n = 0;
	const uint32_t *units = infected(run, survivor->mutant, &n_infected);

	if (explaining->round == ROUND_HEAVY) {
		for (uint32_t i = 0; i < n_infected; i++)
			if (run->units[units[i]].state == UNIT_PASSED && is_heavy(run, units[i]) &&
			    !run->units[units[i]].is_erratic)
				explaining->chosen[n++] = units[i];
		return n;
	}
	n = light_tests(explaining, survivor->mutant);
	if (explaining->round == ROUND_FIRST) {
		n = n < FIRST_TESTS ? n : FIRST_TESTS;
	} else {
		n = n < FIRST_TESTS ? 0 : n - FIRST_TESTS;
		memmove(explaining->chosen, explaining->chosen + FIRST_TESTS,
			n * sizeof(*explaining->chosen));
	}
	n = add_company(explaining, n);
	unit_set_sort(explaining->chosen, n);
	return n;
}

/* Those of one class, the first that has any. */
static uint32_t choose_doubts(struct explaining *explaining, const struct survivor *survivor)
{
	const struct unit *units = explaining->run->units;
	uint32_t n = 0;

	for (uint32_t i = 0; i < survivor->n_doubts && !survivor->differs; i++)
		if (units[survivor->doubts[i]].container_number ==
		    units[survivor->doubts[0]].container_number)
			explaining->chosen[n++] = survivor->doubts[i];
	n = add_company(explaining, n);
	unit_set_sort(explaining->chosen, n);
	return n;
}

/* What choose_doubts() chose was looked into. */
static void drop_doubts(struct explaining *explaining, struct survivor *survivor)
{
	const struct unit *units = explaining->run->units;
	uint32_t kept = 0, looked_into;

	if (!survivor->n_doubts)
		return;
	looked_into = units[survivor->doubts[0]].container_number;
	for (uint32_t i = 0; i < survivor->n_doubts; i++)
		if (units[survivor->doubts[i]].container_number != looked_into)
			survivor->doubts[kept++] = survivor->doubts[i];
	survivor->n_doubts = kept;
}

/* ---- heavy tests: counted work, not a clock ---- */

static uint64_t work_of(const struct run *run, const uint32_t *units, uint32_t n)
{
	uint64_t work = 0;

	for (uint32_t i = 0; i < n; i++)
		work += run->units[units[i]].work;
	return work;
}

/* About what the baseline and the verdicts took. */
static uint64_t work_so_far(const struct run *run)
{
	uint64_t work = 0;

	for (uint32_t u = 0; u < run->n_units; u++)
		if (run->units[u].state == UNIT_PASSED)
			work += 2 * run->units[u].work;
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		const struct verdict *verdict = &run->verdicts[i];
		uint32_t n;
		const uint32_t *units = infected(run, i, &n);

		if (verdict->status == STATUS_SURVIVED)
			work += work_of(run, units, n);
		else if (verdict->killing_unit != UNIT_NONE)
			work += run->units[verdict->killing_unit].work;
	}
	return work;
}

/* What meeting it costs each survivor; a test whose originals are traced and show that
 * it can tell nothing is met by none. */
static uint64_t cost_of_one(const struct explaining *explaining, uint32_t unit, bool with_mutants)
{
	return with_mutants && can_tell(explaining, unit) ? explaining->run->units[unit].work : 0;
}

/* So many survivors may meet this test for what is left; takes that from it. */
static uint32_t buy_room(const struct explaining *explaining, uint32_t unit, uint32_t n_wanting,
			 bool with_mutants, uint64_t *left)
{
	uint64_t originals = 2 * explaining->run->units[unit].work;
	uint64_t one = cost_of_one(explaining, unit, with_mutants);
	uint64_t n = n_wanting;

	if (originals > *left)
		return 0;
	if (one && (*left - originals) / one < n)
		n = (*left - originals) / one;
	*left -= originals + n * one;
	return (uint32_t)n;
}

/* Of the heavy tests that survivors want, those that cost least, as far as the share
 * goes; what is left when a test does not fit any more is for some of its survivors,
 * in the plan's order. */
static void leave_out_heavy(struct explaining *explaining, bool with_mutants)
{
	const struct run *run = explaining->run;
	uint32_t *n_wanting = ARENA_NEW_N(&explaining->arena, uint32_t, run->n_units);
	uint64_t left = work_so_far(run) / 100 * HEAVY_PERCENT;

	for (uint32_t i = 0; i < explaining->n; i++)
		for (uint32_t n = choose(explaining, &explaining->survivors[i]); n-- > 0; )
			n_wanting[explaining->chosen[n]]++;
	for (;;) {
		uint32_t best = UNIT_NONE;
		uint64_t least = UINT64_MAX;

		for (uint32_t u = 0; u < run->n_units; u++) {
			uint64_t cost = 2 * run->units[u].work +
					n_wanting[u] * cost_of_one(explaining, u, with_mutants);

			if (n_wanting[u] && cost < least) {
				best = u;
				least = cost;
			}
		}
		if (best == UNIT_NONE)
			return;
		explaining->room[best] = buy_room(explaining, best, n_wanting[best], with_mutants, &left);
		n_wanting[best] = 0;
	}
}

/* ---- what a trace shows ---- */

static void keep_site(struct run *run, uint32_t number, struct trace_site *ret)
{
	if (number < run->n_sites)
		*ret = run->sites[number];	/* its texts are the run's */
}

static const char *text_of(struct run *run, const struct trace_event *event)
{
	return event ? arena_strdup(&run->arena, event->text) : "";
}

static void take_difference(struct explaining *explaining, struct survivor *survivor,
			    uint32_t unit, const struct compare_result *found)
{
	struct run *run = explaining->run;
	struct explanation *explanation = &run->explanations[survivor->mutant];

	if (!survivor->differs) {
		survivor->differs = true;
		explanation->crossing_unit = unit;
		keep_site(run, found->first.site, &explanation->crossing);
		explanation->crossing_kind = found->first.kind;
		explanation->crossing_operand = found->first.operand;
		explanation->crossing_original = text_of(run, found->first.original);
		explanation->crossing_mutated = text_of(run, found->first.mutated);
	}
	if (found->asserted.is_there && !explanation->asserted.class_name) {
		keep_site(run, found->asserted.site, &explanation->asserted);
		explanation->asserted_original = text_of(run, found->asserted.original);
		explanation->asserted_mutated = text_of(run, found->asserted.mutated);
	}
}

static void doubt(struct explaining *explaining, struct survivor *survivor, uint32_t unit)
{
	survivor->doubts = arena_room(&explaining->arena, survivor->doubts, survivor->n_doubts,
				      sizeof(*survivor->doubts));
	survivor->doubts[survivor->n_doubts++] = unit;
}

static void take_unit(struct explaining *explaining, struct survivor *survivor,
		      const struct task *task, uint32_t i)
{
	const struct pool_result *result = &task->job.results[i];
	const struct compare *compare = originals_find(explaining->originals, task->units[i]);
	struct arena scratch = ARENA_INIT;
	struct compare_result found;
	bool is_steady;

	if (!result->is_there || result->result != WIRE_PASSED) {
		survivor->gap = task->job.end == JOB_RAN ? "a test failed when it was traced"
				: "a test did not come to an end when it was traced";
		return;
	}
	if (!compare)
		return;		/* told when it was chosen */
	compare_with(compare, &scratch, &result->trace, &found);
	arena_release(&scratch);
	if (!explaining->confirms && compare_can_tell(compare))
		explaining->run->explanations[survivor->mutant].n_traced++;
	if (!found.first.is_there)
		return;
	is_steady = compare_is_steady(compare) && !found.is_order;
	/* The original has met at most the other tests of its class before this one. */
	if (explaining->confirms || (is_steady && task->job.n_groups == 1)) {
		take_difference(explaining, survivor, task->units[i], &found);
		return;
	}
	doubt(explaining, survivor, task->units[i]);
	if (!is_steady)
		originals_doubt(explaining->originals, task->units[i]);
}

static void explaining_done(void *context, struct pool_job *job)
{
	struct explaining *explaining = context;
	struct task *task = (struct task *)job;
	struct survivor *survivor = job->context;

	if (job->end != JOB_ABANDONED)
		for (uint32_t i = 0; i < job->n_units; i++)
			take_unit(explaining, survivor, task, i);
	task_free(task);
}

/* ---- jobs ---- */

/* Of the tests chosen those that can tell anything; a gap is noted for the others. */
static uint32_t drop_mute(struct explaining *explaining, struct survivor *survivor, uint32_t n)
{
	const struct run *run = explaining->run;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t unit = explaining->chosen[i];
		bool tells = can_tell(explaining, unit);

		if (!explaining->room[unit])
			survivor->gap = "heavy tests were left out: tracing them would take too long";
		else if (!originals_find(explaining->originals, unit))
			survivor->gap = "a test could not be traced";
		if (!explaining->room[unit] ||
		    (!tells && !originals_is_bound(run, run->units[unit].container_number)))
			continue;
		explaining->chosen[kept++] = unit;
		if (explaining->round == ROUND_HEAVY)
			explaining->room[unit]--;
	}
	return kept;
}

static struct task *make_task(struct explaining *explaining, struct survivor *survivor, uint32_t n)
{
	const struct run *run = explaining->run;
	const struct runaway_how patient = { .confirms = true };
	struct task *task = task_new(run, explaining->chosen, n,
				     WIRE_RUN_TRACED | WIRE_RUN_TEXTS | WIRE_RUN_DIRECT, true);
	struct err err = ERR_INIT;

	task->subject = survivor->mutant;
	task->job.context = survivor;
	task->job.once = true;
	if (runaway_limit(run, &run->plan.mutants[survivor->mutant], patient, task, &err) == ERR_OK)
		return task;
	survivor->gap = arena_strdup(&explaining->run->arena, err.text);
	task_free(task);
	return NULL;
}

static struct pool_job *explaining_next(void *context)
{
	struct explaining *explaining = context;

	while (explaining->next < explaining->n) {
		struct survivor *survivor = &explaining->survivors[explaining->next++];
		struct task *task;
		uint32_t n;

		n = explaining->confirms ? choose_doubts(explaining, survivor)
		    : drop_mute(explaining, survivor, choose(explaining, survivor));
		task = n ? make_task(explaining, survivor, n) : NULL;
		if (task)
			return &task->job;
	}
	return NULL;
}

/* ---- rounds ---- */

static void want_originals(struct explaining *explaining)
{
	for (uint32_t i = 0; i < explaining->n; i++) {
		uint32_t n = choose(explaining, &explaining->survivors[i]);

		for (uint32_t k = 0; k < n; k++)
			if (explaining->room[explaining->chosen[k]])
				originals_want(explaining->originals, explaining->chosen[k]);
	}
}

static void note_wrong_rule(struct run *run, const struct explanation *explanation,
			    const struct mutant *mutant)
{
	if (explanation->class == SURVIVOR_EQUIVALENT_LIKELY && run->events.note)
		run->events.note(run->events.context, arena_strfmt(&run->arena,
			"%s: the rule %s takes it for equivalent, but %s told it apart", mutant->id,
			explanation->equivalence_rule, run->units[explanation->crossing_unit].name));
}

static void conclude(struct explaining *explaining, struct survivor *survivor)
{
	struct run *run = explaining->run;
	struct explanation *explanation = &run->explanations[survivor->mutant];

	if (survivor->differs) {
		note_wrong_rule(run, explanation, &run->plan.mutants[survivor->mutant]);
		explanation->class = SURVIVOR_WEAK_ORACLE;
	} else if (explanation->class != SURVIVOR_EQUIVALENT_LIKELY) {
		if (!survivor->gap && !explanation->n_traced)
			survivor->gap = "what crosses into its tests differs from run to run";
		if (!survivor->gap && run->unrecorded_doubles)
			survivor->gap = arena_strfmt(&run->arena, "tests use doubles made by %s, and what "
						     "those are handed is not recorded", run->unrecorded_doubles);
		explanation->class = survivor->gap ? SURVIVOR_OTHER : SURVIVOR_UNOBSERVED;
	}
	explanation->says = explanation->class == SURVIVOR_OTHER ? survivor->gap : NULL;
	explaining->n_done++;
	if (run->events.step)
		run->events.step(run->events.context, run, explaining->n_done, explaining->n_all);
}

/* Those that are decided leave the list: with a difference, and after the last round
 * all. Heavy tests are not spent on what a rule takes for equivalent. */
static void end_round(struct explaining *explaining, bool was_complete)
{
	const struct run *run = explaining->run;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < explaining->n; i++) {
		struct survivor *survivor = &explaining->survivors[i];
		enum survivor_class class = run->explanations[survivor->mutant].class;
		bool is_last = explaining->round == ROUND_HEAVY ||
			       (explaining->round == ROUND_OTHERS && class == SURVIVOR_EQUIVALENT_LIKELY);

		if (survivor->differs || (is_last && was_complete))
			conclude(explaining, survivor);
		else
			explaining->survivors[kept++] = *survivor;
	}
	explaining->n = kept;
}

static bool any_doubts(const struct explaining *explaining)
{
	for (uint32_t i = 0; i < explaining->n; i++)
		if (explaining->survivors[i].n_doubts && !explaining->survivors[i].differs)
			return true;
	return false;
}

static enum err_code run_jobs(struct explaining *explaining, bool confirms, struct crew *crew,
			      struct err *err)
{
	const struct pool_client client = { .context = explaining, .next = explaining_next,
					    .done = explaining_done };

	explaining->confirms = confirms;
	explaining->next = 0;
	TRY(originals_trace(explaining->originals, crew, err));
	if (explaining->round == ROUND_HEAVY)
		leave_out_heavy(explaining, true);
	return pool_run(crew, &client, err);
}

static enum err_code run_round(struct explaining *explaining, enum round round, struct crew *crew,
			       struct err *err)
{
	enum err_code code;

	explaining->round = round;
	if (round == ROUND_HEAVY)
		leave_out_heavy(explaining, false);
	want_originals(explaining);
	code = run_jobs(explaining, false, crew, err);
	while (code == ERR_OK && any_doubts(explaining)) {
		code = run_jobs(explaining, true, crew, err);
		for (uint32_t i = 0; i < explaining->n; i++)
			drop_doubts(explaining, &explaining->survivors[i]);
	}
	for (uint32_t i = 0; i < explaining->n; i++)
		explaining->survivors[i].n_doubts = 0;
	end_round(explaining, code == ERR_OK);
	return code;
}

static void find_survivors(struct explaining *explaining)
{
	const struct run *run = explaining->run;

	explaining->survivors = ARENA_NEW_N(&explaining->arena, struct survivor, run->plan.n_mutants);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		const struct explanation *explanation = &run->explanations[i];

		explaining->n_all += explanation->class != SURVIVOR_NONE;
		if (run->verdicts[i].status == STATUS_SURVIVED && explanation->n_infected)
			explaining->survivors[explaining->n++].mutant = i;
	}
	explaining->n_done = explaining->n_all - explaining->n;
}

enum err_code explain_run(struct run *run, struct crew *crew, struct err *err)
{
	struct explaining explaining = { .run = run, .arena = ARENA_INIT };
	enum err_code code;

	explain_begin(run);
	find_survivors(&explaining);
	if (!explaining.n) {
		arena_release(&explaining.arena);
		return ERR_OK;
	}
	explaining.originals = originals_new(run);
	explaining.room = ARENA_NEW_N(&explaining.arena, uint32_t, run->n_units);
	memset(explaining.room, 0xff, run->n_units * sizeof(*explaining.room));
	explaining.chosen = ARENA_NEW_N(&explaining.arena, uint32_t, run->n_units);
	code = woven_prepare(run, crew, err);
	for (enum round round = ROUND_FIRST; round < N_ROUNDS && code == ERR_OK; round++)
		code = run_round(&explaining, round, crew, err);
	originals_free(explaining.originals);
	arena_release(&explaining.arena);
	return code;
}
