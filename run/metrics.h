/* The figures of a run beyond its score, as docs/metrics.md defines them. */
#ifndef RUN_METRICS_H
#define RUN_METRICS_H

#include "run/run.h"

struct metrics {
	struct run_counts counts;
	uint32_t survivors;		/* counted and not detected */
	uint32_t by_class[N_SURVIVOR_CLASSES];	/* of the survivors; SURVIVOR_NONE: not looked into */
	bool is_complete;		/* every survivor has a class, and there is something counted */
	uint32_t actionable;		/* survivors less those that no input can tell */
	double kill_rate;		/* percent, as the score; 0 when nothing is counted */
	double observability;		/* percent; only where is_complete */
};

struct metrics metrics_of(const struct run *run);

/* "weak_oracle" ...; NULL for SURVIVOR_NONE. */
const char *metrics_class_name(enum survivor_class class);

/* The class of a mutant; SURVIVOR_NONE where it is no survivor or not explained. */
enum survivor_class metrics_class_of(const struct run *run, uint32_t mutant);

#endif
