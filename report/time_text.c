#include "report/time_text.h"

#include "measure/spending.h"

#define WORTH_TELLING 0.0005	/* s; less would be told as 0 ms */
#define PART_WIDTH 22		/* columns that one of them may take */

static void put_parts(struct page *page)
{
	const struct run *run = page->run;
	struct spending_part parts[SPENDING_PARTS];
	struct buf *out = page->out;
	size_t line = out->len;	/* where it began */

	spending_parts(run, parts);
	for (int i = 0; i < SPENDING_PARTS; i++) {
		if (parts[i].cpu_s < WORTH_TELLING)
			continue;
		if (out->len - line + PART_WIDTH > page->settings->style.width) {
			buf_text(out, ",\n");
			line = out->len;
		}
		buf_fmt(out, "%s%s ", out->len == line ? "  " : ", ", parts[i].name);
		style_duration(out, parts[i].cpu_s);
	}
	buf_text(out, "; idle ");
	style_duration(out, spending_idle(run));
	buf_u1(out, '\n');
	if (run->spending.passed_before_s < WORTH_TELLING)
		return;
	buf_text(out, "  of tests ");
	style_duration(out, run->spending.passed_before_s);
	buf_text(out, " in tests that passed before another killed the mutant\n");
}

static void put_efficiency(struct page *page)
{
	const struct run *run = page->run;
	struct buf *out = page->out;

	if (!run->verdicts || spending_efficiency(run) <= 0)
		return;
	buf_fmt(out, "Efficiency: %.2f, ", spending_efficiency(run));
	style_duration(out, run->spending.floor_s);
	buf_text(out, " of the ");
	style_duration(out, spending_spent(run));
	buf_text(out, " CPU for the verdicts could not be spared\n");
	if (page->settings->verbose)
		put_parts(page);
}

static void put_pollution(struct page *page)
{
	const struct run *run = page->run;
	struct buf *out = page->out;
	const char *first = "";

	if (!run->pollution.victims)
		return;
	for (uint32_t u = run->n_units; u-- > 0;)
		if (run->units[u].is_victim)
			first = run->units[u].name;
	buf_text(out, "Pollution: mutants left something behind that makes ");
	style_text(&page->settings->style, out, first, STYLE_NO_LIMIT);
	if (run->pollution.victims > 1)
		buf_fmt(out, " and %u more", run->pollution.victims - 1);
	buf_text(out, " fail without any;\n  ");
	style_count(out, run->pollution.heard_again, "kill");
	buf_text(out, " not believed, the mutants heard again\n");
}

void time_text(struct page *page)
{
	const struct run *run = page->run;
	struct buf *out = page->out;
	uint32_t passed = 0;

	for (uint32_t i = 0; i < run->n_units; i++)
		passed += run->units[i].state == UNIT_PASSED;
	buf_text(out, "Time: ");
	style_duration(out, run->wall_s);
	buf_text(out, " wall, ");
	style_duration(out, run->cpu_s);
	buf_text(out, " CPU");
	if (passed) {
		buf_text(out, "; ");
		style_count(out, passed, "test");
		buf_text(out, " in ");
		style_duration(out, run->suite_s);
	}
	if (run->n_decided && run->cpu_s > 0)
		buf_fmt(out, "; %.1f mutants per CPU second", run->n_decided / run->cpu_s);
	if (run->java_version && *run->java_version) {
		buf_text(out, "; Java ");
		style_text(&page->settings->style, out, run->java_version, 40);
	}
	buf_u1(out, '\n');
	put_efficiency(page);
	for (uint32_t i = 0; page->settings->verbose && i < run->n_phases; i++) {
		buf_fmt(out, "  %-12s ", run->phases[i].name);
		style_duration(out, run->phases[i].wall_s);
		buf_u1(out, '\n');
	}
	put_pollution(page);
	if (run->workers_lost)
		buf_fmt(out, "Workers: %u started, %u lost to mutants\n",
			run->workers_started, run->workers_lost);
}
