#include "cli/gates.h"

#include <math.h>
#include <stdio.h>

static char *next_line(struct gates *gates)
{
	return gates->lines[gates->n++];
}

/* Two decimals, never up to the score that was missed. */
static double rounded_down(double percent)
{
	return floor(percent * 100) / 100;
}

void gates_check(const struct options *options, struct run_counts counts, struct gates *ret)
{
	const char *where = options->sample ? " in the sample" : "";
	uint32_t survivors = counts.by_status[STATUS_SURVIVED];

	*ret = (struct gates){ 0 };
	if (options->min_score <= 0 && options->max_survivors == OPTIONS_NO_LIMIT)
		return;
	if (options->mutants) {
		snprintf(next_line(ret), sizeof(ret->lines[0]),
			 "gates are not checked: --mutants chose among the changes");
		return;
	}
	if (counts.score < options->min_score) {
		double score = rounded_down(counts.score);

		ret->n_violated++;
		snprintf(next_line(ret), sizeof(ret->lines[0]),
			 "gate min_score: %.2f%% killed%s, %.2f points below %g%%",
			 score, where, options->min_score - score, options->min_score);
	}
	if (survivors > options->max_survivors) {
		ret->n_violated++;
		snprintf(next_line(ret), sizeof(ret->lines[0]),
			 "gate max_survivors: %u survived%s, %u more than %u",
			 survivors, where, survivors - options->max_survivors, options->max_survivors);
	}
}
