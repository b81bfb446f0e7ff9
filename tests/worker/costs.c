#include "tests/worker/costs.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/worker/outcome.h"
#include "tests/worker/setting.h"

static double seconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long resident_mb(struct host *host)
{
	char path[40], line[200];
	long rss = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)host->pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmRSS: %ld", &rss) == 1)
			break;
	if (file)
		fclose(file);
	return rss / 1024;
}

/* Runs one after the other; what each costs the process, and its own thread. */
static void runs_of(struct host *host, const char *what, const char *container,
		    const char *methods, unsigned rounds)
{
	clockid_t clock;

	clock_getcpuclockid(host->pid, &clock);
	for (unsigned round = 0; round < rounds; round++) {
		double cpu = seconds(clock), wall = seconds(CLOCK_MONOTONIC), own = 0;

		for (uint32_t i = 0; i < 1000; i++)
			own += (double)outcome_of(host, i, WIRE_RUN_FAIL_FAST, "faults.Target",
					   container, methods).cpu / 1e6;
		printf("%s  1000 runs  cpu %.3f ms each (%.3f on its thread)  wall %.3f ms  rss %ld MB\n",
		       what, seconds(clock) - cpu, own / 1000,
		       seconds(CLOCK_MONOTONIC) - wall, resident_mb(host));
		arena_clear(&host->arena);
	}
}

/* Two small sources, in a JVM just started. */
void costs_compile(const char *sources)
{
	double wall = seconds(CLOCK_MONOTONIC);
	struct wire_message message;
	struct host host;
	clockid_t clock;

	if (!host_start(&host))
		return;
	clock_getcpuclockid(host.pid, &clock);
	setting_send_compile(&host, arena_strfmt(&host.arena, "%s/faults/[TC]*.java", sources));
	host_expect(&host, WIRE_COMPILED, &message);
	printf("start and compile  cpu %.0f ms  wall %.0f ms\n", seconds(clock) * 1e3,
	       (seconds(CLOCK_MONOTONIC) - wall) * 1e3);
	host_close(&host);
}

void costs_runs(const char *only)
{
	static const struct {
		const char *what, *container, *methods;
		unsigned rounds;
	} rows[] = {
		{ "empty test", "faults.Empty", "nothing", 6 },
		{ "four tests", "faults.Calm", "surroundings other", 4 },
		{ "leaky test", "faults.Leaky", "leaks", 5 },
		{ "server left behind", "faults.Faults", "leavesServer", 5 },
	};
	double wall = seconds(CLOCK_MONOTONIC);
	struct host host;
	clockid_t clock;

	if (!host_ready(&host))
		return;
	clock_getcpuclockid(host.pid, &clock);
	printf("start  cpu %.0f ms  wall %.0f ms\n", seconds(clock) * 1e3,
	       (seconds(CLOCK_MONOTONIC) - wall) * 1e3);
	outcome_of(&host, 0, 0, "", "faults.Empty", "");
	printf("start and first run  cpu %.0f ms  wall %.0f ms\n", seconds(clock) * 1e3,
	       (seconds(CLOCK_MONOTONIC) - wall) * 1e3);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strstr(rows[i].what, only))
			runs_of(&host, rows[i].what, rows[i].container, rows[i].methods,
				rows[i].rounds);
	host_close(&host);
}
