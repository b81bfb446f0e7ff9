#include "report/survey.h"

#include <string.h>

/* In the order in which they are told: nearest to a kill first. */
static const struct {
	enum survivor_class class;
	const char *words, *means;
} classes[] = {
	{ SURVIVOR_WEAK_ORACLE, "weak oracle", "a test was handed another value and accepted it" },
	{ SURVIVOR_UNOBSERVED, "unobserved", "it made a difference, and no test was handed any" },
	{ SURVIVOR_NOT_INFECTED, "not infected", "the code ran, never with values that tell" },
	{ SURVIVOR_NOT_COVERED, "not covered", "no test runs the code" },
	{ SURVIVOR_OTHER, "other", "could not be decided; --why tells" },
	{ SURVIVOR_EQUIVALENT_LIKELY, "equivalent-likely", "no input can tell" },
	{ SURVIVOR_NONE, "not looked into", "" },
};

#define N_TOLD (sizeof(classes) / sizeof(*classes))
#define LABEL_SHARE 2	/* of the width: a method's name gets a half at most */

const char *survey_class_words(enum survivor_class class)
{
	for (size_t i = 0; i < N_TOLD; i++)
		if (classes[i].class == class)
			return classes[i].words;
	return "";
}

const char *survey_class_means(enum survivor_class class)
{
	for (size_t i = 0; i < N_TOLD; i++)
		if (classes[i].class == class)
			return classes[i].means;
	return "";
}

/* Rounded down, as the score is. */
static void put_percent(struct buf *out, double percent)
{
	unsigned tenths = (unsigned)(percent * 10 + 1e-9);

	buf_fmt(out, tenths % 10 ? "%u.%u%%" : "%u%%", tenths / 10, tenths % 10);
}

void survey_metrics(struct page *page, const struct metrics *metrics)
{
	struct buf *out = page->out;

	if (!metrics->is_complete || !metrics->survivors)
		return;
	buf_text(out, "Kill rate ");
	put_percent(out, metrics->kill_rate);
	buf_text(out, ", observability ");
	put_percent(out, metrics->observability);
	buf_fmt(out, ", %u actionable survivor%s\n", metrics->actionable,
		metrics->actionable == 1 ? "" : "s");
}

void survey_classes(struct page *page, const struct metrics *metrics)
{
	const struct style *style = &page->settings->style;

	for (size_t i = 0; i < N_TOLD; i++) {
		uint32_t n = metrics->by_class[classes[i].class];

		if (!n)
			continue;
		buf_fmt(page->out, "  %5u  %-17s", n, classes[i].words);
		if (*classes[i].means && style->width > 28) {
			style_spaces(page->out, 2);
			style_inked(style, page->out, INK_DIM, classes[i].means, style->width - 28);
		}
		buf_u1(page->out, '\n');
	}
}

/* "8 weak oracle, 4 unobserved" */
static const char *told_by_class(struct page *page, const struct group *group)
{
	uint32_t n[N_SURVIVOR_CLASSES] = { 0 };
	const char *told = "";

	for (uint32_t i = 0; i < group->n; i++)
		n[metrics_class_of(page->run, group->mutants[i])]++;
	for (size_t i = 0; i < N_TOLD; i++)
		if (n[classes[i].class])
			told = arena_strfmt(&page->arena, "%s%s%u %s", told, *told ? ", " : "",
					    n[classes[i].class], classes[i].words);
	return told;
}

static unsigned widest(struct page *page, const struct groups *groups, uint32_t n)
{
	unsigned most = page->settings->style.width / LABEL_SHARE, width = 0;

	for (uint32_t i = 0; i < n; i++) {
		unsigned columns = style_columns(&page->settings->style,
						 page_group_label(page, &groups->items[i]));

		if (columns > width)
			width = columns;
	}
	return width < most ? width : most;
}

void survey_groups(struct page *page, uint32_t most)
{
	const struct style *style = &page->settings->style;
	struct groups groups = groups_make_survivors(&page->arena, page->run, GROUPS_BY_SIZE);
	uint32_t n = groups.n < most ? groups.n : most, left = groups.n_mutants;
	unsigned width = widest(page, &groups, n);

	for (uint32_t i = 0; i < n; i++) {
		const struct group *group = &groups.items[i];
		unsigned taken = 2;

		style_spaces(page->out, taken);
		taken += style_text(style, page->out, page_group_label(page, group), width);
		style_spaces(page->out, width + 2 - taken);
		buf_fmt(page->out, " %4u", group->n);
		taken = width + 9;
		if (page->run->explanations && taken < style->width) {
			style_spaces(page->out, 2);
			style_inked(style, page->out, INK_DIM, told_by_class(page, group),
				    style->width - taken);
		}
		buf_u1(page->out, '\n');
		left -= group->n;
	}
	if (n < groups.n) {
		buf_fmt(page->out, "  and %u more in ", left);
		style_count(page->out, groups.n - n, "method");
		buf_text(page->out, "; --top 0 shows every survivor\n");
	}
}
