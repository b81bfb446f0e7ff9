#include "report/parity_text.h"

static void put_verdict(const struct run *run, const struct verdict *verdict, const char *way,
			const struct style *style, struct buf *out)
{
	buf_fmt(out, "  %-10s %s", way, run_status_name(verdict->status));
	if (verdict->killing_unit != UNIT_NONE && verdict->killing_unit < run->n_units) {
		buf_text(out, " by ");
		style_text(style, out, run->units[verdict->killing_unit].name, STYLE_NO_LIMIT);
	}
	if (verdict->detail) {
		buf_text(out, ": ");
		style_text(style, out, verdict->detail, STYLE_WIDTH_DEFAULT);
	}
	buf_u1(out, '\n');
}

static void put_difference(const struct run *run, const struct parity_difference *difference,
			   const struct style *style, struct buf *out)
{
	static const char *const says[N_PARITY_KINDS] = {
		[PARITY_DETECTION] = "only one way notices it",
		[PARITY_KIND] = "both ways end alike for the score, in different ways",
		[PARITY_COUNTING] = "only one way counts it",
	};
	const struct mutant *mutant = &run->plan.mutants[difference->mutant];

	style_inked(style, out, INK_BAD, mutant->id, STYLE_NO_LIMIT);
	buf_text(out, "  ");
	style_text(style, out, run->plan.classes[mutant->class_number].display_name,
		   STYLE_NO_LIMIT);
	if (mutant->line)
		buf_fmt(out, ", line %u", mutant->line);
	buf_fmt(out, ": %s\n", says[difference->kind]);
	put_verdict(run, &run->verdicts[difference->mutant], "fast", style, out);
	put_verdict(run, &run->reference[difference->mutant], "reference", style, out);
}

static void put_summary(const struct run *run, const struct parity *parity, struct buf *out)
{
	style_count(out, parity->compared, "mutant");
	buf_text(out, " compared");
	if (run->plan.n_mutants < run->n_sampled_from)
		buf_fmt(out, " (a sample of %u of %u with seed %u)", run->plan.n_mutants,
			run->n_sampled_from, run->settings.seed);
	if (parity->compared < run->plan.n_mutants)
		buf_fmt(out, ", %u not", run->plan.n_mutants - parity->compared);
	buf_text(out, ": ");
	style_count(out, parity->n, "difference");
	buf_text(out, "; CPU: fast ");
	style_duration(out, run->ways_cpu_s[RUN_FAST]);
	buf_text(out, ", reference ");
	style_duration(out, run->ways_cpu_s[RUN_REFERENCE]);
	buf_u1(out, '\n');
}

void parity_text(const struct run *run, const struct parity *parity,
		 const struct style *style, struct buf *out)
{
	for (uint32_t i = 0; i < parity->n; i++)
		put_difference(run, &parity->differences[i], style, out);
	if (parity->n)
		buf_u1(out, '\n');
	put_summary(run, parity, out);
}
