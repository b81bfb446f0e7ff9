#include "run/metrics.h"

const char *metrics_class_name(enum survivor_class class)
{
	return class == SURVIVOR_NONE ? NULL : explanation_class_name(class);
}

static bool is_survivor(const struct run *run, uint32_t mutant)
{
	enum status status = run->verdicts ? run->verdicts[mutant].status : STATUS_PENDING;

	return run_status_is_counted(status) && !run_status_is_detected(status);
}

enum survivor_class metrics_class_of(const struct run *run, uint32_t mutant)
{
	if (!run->explanations || !is_survivor(run, mutant))
		return SURVIVOR_NONE;
	return run->explanations[mutant].class;
}

struct metrics metrics_of(const struct run *run)
{
	struct metrics metrics = { .counts = run_count(run) };

	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		if (!is_survivor(run, i))
			continue;
		metrics.survivors++;
		metrics.by_class[metrics_class_of(run, i)]++;
	}
	metrics.actionable = metrics.survivors - metrics.by_class[SURVIVOR_EQUIVALENT_LIKELY];
	metrics.is_complete = metrics.counts.counted && !metrics.by_class[SURVIVOR_NONE];
	metrics.kill_rate = metrics.counts.score;
	if (metrics.is_complete)
		metrics.observability = 100.0 * (metrics.counts.detected +
						 metrics.by_class[SURVIVOR_WEAK_ORACLE]) /
					metrics.counts.counted;
	return metrics;
}
