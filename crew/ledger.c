#include "crew/ledger.h"

#include "crew/pool.h"

uint64_t ledger_of_tests(const struct pool_job *job)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; job->results && i < job->n_units; i++)
		if (job->results[i].is_there)
			sum += job->results[i].cpu_ns;
	return sum;
}

void ledger_job(struct ledger *ledger, const struct pool_job *job)
{
	uint64_t tests = ledger_of_tests(job);
	uint64_t rest = job->cpu_ns > tests ? job->cpu_ns - tests : 0;

	if (job->end == JOB_ABANDONED)
		return;
	ledger->tests += tests;
	if (job->end == JOB_RAN || job->end == JOB_BROKEN)
		ledger->around += rest;
	else
		ledger->runaways += rest;
}

void ledger_attempt(struct ledger *ledger, struct pool_job *job)
{
	ledger->runaways += job->cpu_ns;
	job->vain_cpu_ns += job->cpu_ns;
}
