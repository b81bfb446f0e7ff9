/* What a run must reach, and by how much it missed it.
 *
 *	gates_check(&run, &settings)      after a run that came to its end
 *	run.gates, run.n_gates ...        reports and the exit status read them
 */
#ifndef JUDGE_GATES_H
#define JUDGE_GATES_H

#include "run/run.h"

#define GATES_NO_LIMIT UINT32_MAX

/* How much the score may be below that of the run before, in points, without
 * having fallen: what its two decimals cannot show. */
#define GATES_TOLERANCE 0.005

struct gate_settings {
	double min_score, min_observability;	/* percent; 0: no gate */
	uint32_t max_survivors, max_unobserved;	/* or GATES_NO_LIMIT */
	bool fail_on_decrease;
};

struct gate {
	const char *name;	/* the key in vary.toml: "min_score" */
	double limit;
	double reached;		/* negative: not known */
	bool has_limit;		/* false: nothing to compare with, the gate holds */
	bool is_violated;
	const char *says;	/* one line without final stop, or NULL where it holds and that is all */
};

/* Sets run->gates. Where the user chose among the mutants by their ids there are
 * none. A figure that is not known violates its gate. fail_on_decrease compares
 * with the newest earlier run in the store of the same targets, operators, filters,
 * exclusions and sample that came to its end; where there is none it holds and
 * says so. */
void gates_check(struct run *run, const struct gate_settings *settings);

uint32_t gates_violated(const struct run *run);	/* how many */

/* Nothing was detected, or there was nothing to detect: no pass, whatever the
 * gates say. Not where the user chose among the mutants. */
bool gates_killed_nothing(const struct run *run);

#endif
