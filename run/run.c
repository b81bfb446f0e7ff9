#include "run/run.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define JOBS_MAX 256u

/* ---- statuses ---- */

static const struct {
	const char *name;
	bool is_counted, is_detected;
} statuses[N_STATUSES] = {
	[STATUS_PENDING]      = { "pending",      false, false },
	[STATUS_KILLED]       = { "killed",       true,  true },
	[STATUS_SURVIVED]     = { "survived",     true,  false },
	[STATUS_NO_COVERAGE]  = { "no_coverage",  true,  false },
	[STATUS_TIMED_OUT]    = { "timed_out",    true,  true },
	[STATUS_MEMORY_ERROR] = { "memory_error", true,  true },
	[STATUS_CRASHED]      = { "crashed",      true,  true },
	[STATUS_FLAKY]        = { "flaky",        false, false },
	[STATUS_DISCARDED]    = { "discarded",    false, false },
	[STATUS_QUARANTINED]  = { "quarantined",  false, false },
};

const char *run_status_name(enum status status)
{
	return statuses[status].name;
}

bool run_status_is_counted(enum status status)
{
	return statuses[status].is_counted;
}

bool run_status_is_detected(enum status status)
{
	return statuses[status].is_detected;
}

struct run_counts run_count(const struct run *run)
{
	struct run_counts counts = { .score = 0 };

	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		enum status status = run->verdicts ? run->verdicts[i].status : STATUS_PENDING;

		counts.by_status[status]++;
		counts.counted += statuses[status].is_counted;
		counts.detected += statuses[status].is_detected;
	}
	if (counts.counted)
		counts.score = 100.0 * counts.detected / counts.counted;
	return counts;
}

/* ---- begin, end ---- */

static uint32_t default_jobs(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (cores < 1)
		return 1;
	return cores > JOBS_MAX ? JOBS_MAX : (uint32_t)cores;
}

double run_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void run_init(struct run *run, const struct run_settings *settings,
	      const struct run_events *events)
{
	memset(run, 0, sizeof(*run));
	run->settings = *settings;
	if (events)
		run->events = *events;
	if (!run->settings.jobs)
		run->settings.jobs = default_jobs();
	if (!run->settings.slots)
		run->settings.slots = 1;
	if (run->settings.timeout_factor <= 0)
		run->settings.timeout_factor = 5;
	if (!run->settings.timeout_ms)
		run->settings.timeout_ms = 2000;
	run->java_version = run->drivers = "";
	run->start_s = run_now();
}

void run_release(struct run *run)
{
	arena_release(&run->arena);
}
