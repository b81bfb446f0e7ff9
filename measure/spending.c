#include "measure/spending.h"

#include <string.h>

static double s_of(uint64_t ns)
{
	return (double)ns / 1e9;
}

/* Enters what was used since the part under way began. */
static void close_part(struct run *run, struct crew *crew)
{
	struct spending *spending = &run->spending;
	const struct ledger now = crew->ledger, *then = &spending->ledger;
	uint64_t cpu = now.ended + crew_cpu(crew), used = cpu - spending->workers_ns;
	uint64_t starting = now.starting - then->starting;
	uint64_t told = now.tests - then->tests + now.around - then->around +
			now.runaways - then->runaways;

	used = used > starting ? used - starting : 0;
	spending->start_s += s_of(starting);
	switch (spending->part) {
	case RUN_PART_DISCOVERY:
		spending->discovery_s += s_of(used);
		break;
	case RUN_PART_BASELINE:
		spending->baseline_s += s_of(used);
		break;
	case RUN_PART_MUTANTS:
		spending->tests_s += s_of(now.tests - then->tests);
		spending->classes_s += s_of(now.around - then->around);
		spending->runaways_s += s_of(now.runaways - then->runaways);
		spending->jvm_s += s_of(used > told ? used - told : 0);
		break;
	case RUN_PART_EXPLAIN:
		spending->explain_s += s_of(used);
		break;
	}
	spending->workers_ns = cpu;
	spending->ledger = now;
}

void spending_begin(struct run *run, struct crew *crew, enum run_part part)
{
	if (crew)
		close_part(run, crew);
	run->spending.part = part;
}

void spending_test(struct unit *unit, uint64_t cpu_ns)
{
	if (cpu_ns && (!unit->least_cpu_ns || cpu_ns < unit->least_cpu_ns))
		unit->least_cpu_ns = cpu_ns;
}

void spending_job(struct run *run, const struct task *task)
{
	for (uint32_t i = 0; i < task->job.n_units; i++) {
		const struct pool_result *result = &task->job.results[i];

		if (result->is_there && result->result == WIRE_PASSED)
			spending_test(&run->units[task->units[i]], result->cpu_ns);
	}
}

static void need_infected(struct run *run, const struct mutant *mutant)
{
	uint32_t end = run->reach_start[mutant->propagation + 1];

	for (uint32_t i = run->reach_start[mutant->propagation]; i < end; i++)
		run->units[run->reach[i]].needed++;
}

void spending_mutant(struct run *run, const struct task *last, uint64_t passed_ns)
{
	struct verdict *verdict = &run->verdicts[last->subject];
	const struct pool_job *job = &last->job;
	uint64_t of_tests = ledger_of_tests(job);

	switch (verdict->status) {
	case STATUS_KILLED:
		run->spending.passed_before_s += s_of(passed_ns);
		if (job->first_failed == UINT32_MAX)	/* by what surrounds the tests */
			break;
		verdict->killer_ns = job->results[job->first_failed].cpu_ns;
		return;
	case STATUS_SURVIVED:
		need_infected(run, &run->plan.mutants[last->subject]);
		return;
	case STATUS_TIMED_OUT:
	case STATUS_MEMORY_ERROR:
	case STATUS_CRASHED:
		break;
	default:
		return;
	}
	if (job->cpu_ns > of_tests)
		run->spending.floor_s += s_of(job->cpu_ns - of_tests);
}

/* A test that fails may come to its end sooner than one that passes. */
static double killers_s(const struct run *run)
{
	double sum = 0;

	for (uint32_t i = 0; run->verdicts && i < run->plan.n_mutants; i++) {
		const struct verdict *verdict = &run->verdicts[i];
		uint64_t least;

		if (verdict->status != STATUS_KILLED || verdict->killing_unit == UNIT_NONE)
			continue;
		least = run->units[verdict->killing_unit].least_cpu_ns;
		sum += s_of(verdict->killer_ns < least ? verdict->killer_ns : least);
	}
	return sum;
}

void spending_end(struct run *run, struct crew *crew, double cpu_s)
{
	struct spending *spending = &run->spending;
	double rest = cpu_s;

	if (crew) {
		close_part(run, crew);
		rest -= s_of(spending->workers_ns);
	}
	spending->supervisor_s = rest > 0 ? rest : 0;
	for (uint32_t i = 0; i < run->n_units; i++) {
		const struct unit *unit = &run->units[i];

		if (unit->state == UNIT_PASSED)
			spending->floor_s += s_of(unit->least_cpu_ns) * (1.0 + unit->needed);
	}
	spending->floor_s += killers_s(run);
}

double spending_spent(const struct run *run)
{
	double spent = run->cpu_s - run->spending.explain_s;

	return spent > 0 ? spent : 0;
}

double spending_efficiency(const struct run *run)
{
	double spent = spending_spent(run);

	if (!run->n_decided || spent <= 0 || run->settings.way == RUN_BOTH)
		return 0;
	return run->spending.floor_s < spent ? run->spending.floor_s / spent : 1;
}

double spending_idle(const struct run *run)
{
	double idle = run->settings.jobs * run->wall_s - run->cpu_s;

	return idle > 0 ? idle : 0;
}

void spending_parts(const struct run *run, struct spending_part ret[SPENDING_PARTS])
{
	const struct spending *spending = &run->spending;
	const struct spending_part parts[SPENDING_PARTS] = {
		{ "start", spending->start_s },
		{ "discovery", spending->discovery_s },
		{ "baseline", spending->baseline_s },
		{ "classes", spending->classes_s },
		{ "tests", spending->tests_s },
		{ "runaways", spending->runaways_s },
		{ "jvm", spending->jvm_s },
		{ "explain", spending->explain_s },
		{ "supervisor", spending->supervisor_s },
	};

	memcpy(ret, parts, sizeof(parts));
}
