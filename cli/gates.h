/* What a run must reach (--min-score, --max-survivors). */
#ifndef CLI_GATES_H
#define CLI_GATES_H

#include "cli/options.h"

#define GATES_MAX 2

struct gates {
	unsigned n, n_violated;
	char lines[GATES_MAX][200];	/* [n] which, and by how much */
};

/* `counts` are those of a run that came to its end. Where --mutants chose among
 * the mutants nothing is checked; if there are gates, one line says so. */
void gates_check(const struct options *options, struct run_counts counts, struct gates *ret);

#endif
