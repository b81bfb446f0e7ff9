#include "report/text.h"

#include <string.h>

#include "measure/inlined.h"
#include "report/leverage.h"
#include "report/lies_text.h"
#include "report/page.h"
#include "report/survey.h"
#include "report/tests_text.h"
#include "report/time_text.h"

#define BAR_MAX 60		/* columns */
#define SHORT_GROUPS 10		/* groups named after the ones shown in full */
#define FEW_SURVIVORS 12	/* so many are shown in full without being asked for */
#define TABLE_GROUPS 8		/* else so many methods are named: all must fit one screen */
#define LEVERAGE_FIXES 2
#define LEVERAGE_VERBOSE 10
#define BODIES 10		/* of methods that could be empty */

/* ---- the headline ---- */

/* Rounded down, so that 100 % means every one. */
static void put_percent(struct buf *out, double percent)
{
	unsigned tenths = (unsigned)(percent * 10 + 1e-9);

	if (tenths % 10)
		buf_fmt(out, "%u.%u%%", tenths / 10, tenths % 10);
	else
		buf_fmt(out, "%u%%", tenths / 10);
}

static enum ink score_ink(double score)
{
	return score >= 80 ? INK_GOOD : score >= 60 ? INK_WARN : INK_BAD;
}

/* Never silent: a score of some of the mutants is not that of the project. */
static void put_sample(struct page *page)
{
	const struct run *run = page->run;

	if (run->plan.n_mutants < run->n_sampled_from)
		buf_fmt(page->out, "Sample: %u of %u mutants, with seed %u\n",
			run->plan.n_mutants, run->n_sampled_from, run->settings.seed);
}

static void put_headline(struct page *page, const struct run_counts *counts)
{
	const struct style *style = &page->settings->style;
	struct buf *out = page->out;

	if (page->run->interrupted) {
		buf_fmt(out, "Interrupted: %u of %u mutants were tried; of these:\n",
			page->run->plan.n_mutants - counts->by_status[STATUS_PENDING],
			page->run->plan.n_mutants);
	}
	put_sample(page);
	if (!counts->counted) {
		buf_text(out, "Score: none, no mutant was measured\n");
		return;
	}
	style_ink(style, out, INK_BOLD);
	buf_text(out, "Score: ");
	style_ink(style, out, score_ink(counts->score));
	put_percent(out, counts->score);
	style_ink(style, out, INK_PLAIN);
	buf_fmt(out, " killed (%u/%u)", counts->detected, counts->counted);
	if (!counts->detected) {
		buf_text(out, "  ");
		style_inked(style, out, INK_BAD, "Nothing was noticed: no test failed on any change.",
			    STYLE_NO_LIMIT);
	}
	buf_u1(out, '\n');
	if (style->color || style->utf8) {
		style_ink(style, out, score_ink(counts->score));
		style_bar(style, out, style->width < BAR_MAX ? style->width : BAR_MAX,
			  counts->detected, counts->counted);
		style_ink(style, out, INK_PLAIN);
		buf_u1(out, '\n');
	}
}

/* In the order in which they are told; a zero is left out. */
static const struct {
	enum status status;
	const char *says;
} count_words[] = {
	{ STATUS_KILLED, "killed" },
	{ STATUS_TIMED_OUT, "timed out" },
	{ STATUS_MEMORY_ERROR, "out of memory" },
	{ STATUS_CRASHED, "crashed the JVM" },
	{ STATUS_SURVIVED, "survived" },
	{ STATUS_NO_COVERAGE, "not covered" },
	{ STATUS_FLAKY, "flaky" },
	{ STATUS_DISCARDED, "discarded" },
	{ STATUS_QUARANTINED, "quarantined" },
	{ STATUS_PENDING, "not tried" },
};

static void put_counts(struct page *page, const struct run_counts *counts)
{
	const char *separator = "";

	for (size_t i = 0; i < sizeof(count_words) / sizeof(*count_words); i++) {
		uint32_t n = counts->by_status[count_words[i].status];

		if (!n)
			continue;
		buf_fmt(page->out, "%s%u %s", separator, n, count_words[i].says);
		separator = ", ";
	}
	if (*separator)
		buf_u1(page->out, '\n');
}

/* ---- mutants ---- */

static void put_rest(struct page *page, const struct groups *groups, uint32_t from,
		     uint32_t mutants_left)
{
	uint32_t to = groups->n - from > SHORT_GROUPS ? from + SHORT_GROUPS : groups->n;

	buf_text(page->out, "\nAnd ");
	style_count(page->out, mutants_left, "more survivor");
	buf_text(page->out, "; --top 0 shows all in full\n");
	for (uint32_t i = from; i < to; i++)
		page_group_short(page, &groups->items[i]);
	if (to < groups->n)
		buf_fmt(page->out, "  and in %s\n",
			page_count(page, groups->n - to, "more method", ""));
}

/* Of those that survived; 0: all. */
static uint32_t most_in_full(const struct page *page)
{
	return page->settings->top == TEXT_TOP_AUTO ? 0 : page->settings->top;
}

static void put_survivors(struct page *page)
{
	struct groups groups = groups_make(&page->arena, page->run, STATUS_SURVIVED,
					   GROUPS_BY_PLACE);
	uint32_t top = most_in_full(page), lines = top ? top : UINT32_MAX, shown = 0, i;

	if (!groups.n)
		return;
	if (top && groups.n_mutants > top)	/* the largest gaps first */
		groups = groups_make(&page->arena, page->run, STATUS_SURVIVED, GROUPS_BY_SIZE);
	page_title(page, INK_BAD, "Survived",
		   page_count(page, groups.n_mutants, "change",
			      " that the tests ran and did not notice"));
	for (i = 0; i < groups.n && lines; i++) {
		const struct group *group = &groups.items[i];
		uint32_t n;

		buf_u1(page->out, '\n');
		page_group_name(page, group);
		n = page_group(page, group, &lines, INK_BAD);
		if (n < group->n)
			buf_fmt(page->out, "      and %u more here\n", group->n - n);
		shown += group->n;
	}
	if (i < groups.n)
		put_rest(page, &groups, i, groups.n_mutants - shown);
}

static void put_not_covered(struct page *page)
{
	struct groups groups = groups_make(&page->arena, page->run, STATUS_NO_COVERAGE,
					   GROUPS_BY_PLACE);
	uint32_t most = most_in_full(page) || !page->settings->verbose ? SHORT_GROUPS : groups.n;

	if (!groups.n)
		return;
	if (groups.n > most)
		groups = groups_make(&page->arena, page->run, STATUS_NO_COVERAGE, GROUPS_BY_SIZE);
	page_title(page, INK_WARN, "Not covered",
		   page_count(page, groups.n_mutants, "change", " in code that no test runs"));
	for (uint32_t i = 0; i < groups.n && i < most; i++)
		page_group_short(page, &groups.items[i]);
	if (groups.n > most)
		buf_fmt(page->out, "  and in %s; --top 0 shows all\n",
			page_count(page, groups.n - most, "more method", ""));
}

/* ---- survivors at a glance ---- */

static bool shows_in_full(const struct page *page, const struct metrics *metrics)
{
	return page->settings->top != TEXT_TOP_AUTO || page->settings->verbose ||
	       metrics->counts.by_status[STATUS_SURVIVED] <= FEW_SURVIVORS;
}

static void put_classes(struct page *page, const struct metrics *metrics)
{
	if (!metrics->survivors || !page->run->explanations)
		return;
	page_title(page, INK_PLAIN, "Why",
		   page_count(page, metrics->survivors, "change", " that no test noticed"));
	survey_classes(page, metrics);
}

static void put_table(struct page *page, const struct metrics *metrics)
{
	page_title(page, INK_BAD, "Where",
		   page_count(page, metrics->survivors, "survivor", ", by method"));
	survey_groups(page, TABLE_GROUPS);
}

/* How many tests assert what: oracle/oracle.h. */
static void put_strengths(struct page *page)
{
	const struct run *run = page->run;
	uint32_t n[N_STRENGTHS] = { 0 };

	if (!run->oracles)
		return;
	for (uint32_t i = 0; i < run->n_units; i++)
		n[run->oracles[i].strength]++;
	page_title(page, INK_PLAIN, "Assertions",
		   page_count(page, run->n_units, "test",
			      "; `vary lie-detector` tells which are which"));
	buf_fmt(page->out, "  %u strong, %u on constants only, %u without any", n[STRENGTH_STRONG],
		n[STRENGTH_CONSTANT], n[STRENGTH_NONE]);
	if (n[STRENGTH_UNKNOWN])
		buf_fmt(page->out, ", %u that cannot be told", n[STRENGTH_UNKNOWN]);
	buf_u1(page->out, '\n');
}

/* Where the user asked for certain mutants, the fate of each. */
static void put_verdicts(struct page *page)
{
	buf_u1(page->out, '\n');
	for (uint32_t i = 0; i < page->run->plan.n_mutants; i++)
		page_verdict(page, i);
}

static void put_with_status(struct page *page, enum status status, const char *title,
			    const char *rest)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < page->run->plan.n_mutants; i++) {
		if (page->run->verdicts[i].status != status)
			continue;
		if (!n++)
			page_title(page, INK_PLAIN, title, rest);
		page_verdict(page, i);
	}
}

/* ---- what was left out ---- */

static void put_skips(struct page *page)
{
	const struct plan *plan = &page->run->plan;

	if (!plan->n_skips)
		return;
	if (!page->settings->verbose) {
		buf_fmt(page->out, "Impossible: %s\n",
			page_count(page, plan->n_skips, "place", " could not be changed; --verbose tells why"));
		return;
	}
	page_title(page, INK_PLAIN, "Impossible",
		   page_count(page, plan->n_skips, "place", " could not be changed"));
	for (uint32_t i = 0; i < plan->n_skips; i++)
		page_named(page, arena_strfmt(&page->arena, "%s.%s", plan->skips[i].class_name,
					      plan->skips[i].method), plan->skips[i].reason);
}

static void put_filtered(struct page *page)
{
	const struct plan *plan = &page->run->plan;
	const char *separator = " (";
	size_t line = page->out->len;	/* where it began */
	unsigned long n = 0;

	for (unsigned i = 0; i < N_FILTERS; i++)
		n += plan->filtered.counts[i];
	if (!n)
		return;
	buf_text(page->out, "Filtered: ");
	style_count(page->out, n, "change");
	buf_text(page->out, " that only noise would come of");
	for (unsigned i = 0; i < N_FILTERS; i++) {
		if (!plan->filtered.counts[i])
			continue;
		if (page->out->len - line + strlen(filter_info[i].name) + 10 >
		    page->settings->style.width) {
			buf_text(page->out, *separator == ',' ? ",\n " : "\n ");
			line = page->out->len - 1;
			separator += *separator == ',';
		}
		buf_fmt(page->out, "%s%s %u", separator, filter_info[i].name, plan->filtered.counts[i]);
		separator = ", ";
	}
	buf_text(page->out, ")\n");
}

/* Nobody would guess why so much of a library is outside the score. */
static void put_inlined(struct page *page)
{
	const struct run *run = page->run;
	unsigned long n = 0;

	for (uint32_t i = 0; run->verdicts && i < run->plan.n_mutants; i++)
		n += run->verdicts[i].status == STATUS_DISCARDED && run->verdicts[i].detail &&
		     !strcmp(run->verdicts[i].detail, INLINED_WHY);
	if (!n)
		return;
	buf_text(page->out, "Discarded: ");
	style_count(page->out, n, "change");
	buf_text(page->out, " in inline functions: kotlinc wrote their code into\n"
			    "  the callers, and no test runs the functions themselves\n");
}

/* ---- what next ---- */

/* The survivor that is most worth looking at: a better assertion is all it takes. */
static uint32_t find_example(const struct run *run)
{
	static const enum survivor_class best[] = {
		SURVIVOR_WEAK_ORACLE, SURVIVOR_UNOBSERVED, SURVIVOR_NOT_INFECTED, SURVIVOR_NOT_COVERED,
	};

	for (size_t k = 0; k < sizeof(best) / sizeof(*best); k++)
		for (uint32_t i = 0; i < run->plan.n_mutants; i++)
			if (metrics_class_of(run, i) == best[k])
				return i;
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		if (run_status_is_counted(run->verdicts[i].status) &&
		    !run_status_is_detected(run->verdicts[i].status))
			return i;
	return UINT32_MAX;
}

/* "  --why ID          what it is for" */
static void put_next_option(struct page *page, const char *option, const char *what, unsigned width)
{
	unsigned taken = 2;

	style_spaces(page->out, taken);
	taken += style_text(&page->settings->style, page->out, option, STYLE_NO_LIMIT);
	if (width + 2 + strlen(what) <= page->settings->style.width) {
		style_spaces(page->out, taken < width ? width - taken + 2 : 2);
		style_inked(&page->settings->style, page->out, INK_DIM, what, STYLE_NO_LIMIT);
	}
	buf_u1(page->out, '\n');
}

static void put_next_step(struct page *page)
{
	uint32_t number = find_example(page->run);
	const char *command, *expand, *why;
	const struct mutant *mutant;
	unsigned width;

	if (number == UINT32_MAX)
		return;
	mutant = &page->run->plan.mutants[number];
	/* What was typed is in the store; without one it has to be typed again. */
	command = page->run->settings.no_store ||
		  strlen(mutant->id) + 2 + sizeof("vary mutate --why") > page->settings->style.width
			  ? "" : "vary mutate ";
	expand = arena_strfmt(&page->arena, "%s--expand \"%s\"", command,
			      page_place(page, mutant->class_number, mutant->method_name));
	why = arena_strfmt(&page->arena, "%s--why %s", command, mutant->id);
	width = 2 + (unsigned)(strlen(expand) > strlen(why) ? strlen(expand) : strlen(why));
	buf_text(page->out, *command ? "\nNext\n" : "\nNext, the same command with\n");
	put_next_option(page, expand, "all that was tried in it", width);
	put_next_option(page, why, "why, and an assertion", width);
}

/* ---- the reports ---- */

static void put_mutants(struct page *page)
{
	struct metrics metrics = metrics_of(page->run);
	struct run_counts counts = metrics.counts;

	put_headline(page, &counts);
	put_counts(page, &counts);
	survey_metrics(page, &metrics);
	if (page->run->settings.only_mutants) {
		put_verdicts(page);
		return;
	}
	put_classes(page, &metrics);
	leverage_text(page, page->settings->verbose ? LEVERAGE_VERBOSE : LEVERAGE_FIXES);
	if (shows_in_full(page, &metrics)) {
		put_survivors(page);
		put_not_covered(page);
	} else {
		put_table(page, &metrics);
	}
	if (page->settings->verbose) {
		put_strengths(page);
		lies_text_bodies(page->run, page->settings, BODIES, page->out);
	}
	if (page->settings->verbose)
		put_with_status(page, STATUS_DISCARDED, "Discarded", "outside the score");
	if (page->settings->verbose)
		put_with_status(page, STATUS_QUARANTINED, "Quarantined", "outside the score");
	if (counts.counted && counts.detected == counts.counted)
		buf_text(page->out, page->run->interrupted
				    ? "\nNothing survived so far.\n"
				    : "\nEvery change was noticed by a test.\n");
}

void text_report(const struct run *run, const struct text_settings *settings,
		 struct buf *out)
{
	struct page page;

	page_init(&page, run, settings, out);
	if (run->verdicts)
		put_mutants(&page);
	tests_text(&page);
	if (out->len)
		buf_u1(out, '\n');
	put_skips(&page);
	put_filtered(&page);
	put_inlined(&page);
	time_text(&page);
	if (run->verdicts)
		put_next_step(&page);
	page_release(&page);
}

void text_list(const struct run *run, const struct text_settings *settings,
	       struct buf *out)
{
	struct text_settings one_each = *settings;
	struct groups groups;
	struct page page;
	uint32_t classes = 0;

	one_each.verbose = true;	/* every mutant on a line of its own */
	page_init(&page, run, &one_each, out);
	groups = groups_make(&page.arena, run, N_STATUSES, GROUPS_BY_PLACE);
	for (uint32_t i = 0; i < groups.n; i++) {
		uint32_t lines = UINT32_MAX;

		page_group_name(&page, &groups.items[i]);
		page_group(&page, &groups.items[i], &lines, INK_PLAIN);
		buf_u1(out, '\n');
		buf_pass(out);
	}
	page.settings = settings;
	put_sample(&page);
	for (uint32_t i = 0; i < run->plan.n_classes; i++)
		classes += run->plan.classes[i].n_mutants > 0;
	style_count(out, run->plan.n_mutants, "mutant");
	buf_text(out, " in ");
	style_count(out, classes, "class");
	buf_u1(out, '\n');
	put_skips(&page);
	put_filtered(&page);
	page_release(&page);
}
