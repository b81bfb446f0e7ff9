#include "runner/explain.h"

#include "runner/metrics.h"

static uint32_t n_at(const struct run *run, uint32_t counter)
{
	return run->reach_start[counter + 1] - run->reach_start[counter];
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
	if (status == STATUS_NO_COVERAGE) {
		explanation->class = SURVIVOR_NOT_COVERED;
	} else if (!explanation->n_infected) {
		explanation->class = SURVIVOR_NOT_INFECTED;
	} else {
		explanation->class = SURVIVOR_OTHER;
		explanation->says = "the tests in which it makes a difference were not traced";
	}
}

void explain_begin(struct run *run)
{
	run->explanations = ARENA_NEW_N(&run->arena, struct explanation, run->plan.n_mutants);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		begin_one(run, i);
}

enum err_code explain_run(struct run *run, struct crew *crew, struct err *err)
{
	(void)crew;
	(void)err;
	explain_begin(run);
	return ERR_OK;
}
