#include "report/page.h"

#include <string.h>

#include "engine/place.h"
#include "report/survey.h"

#define GUTTER 6	/* columns of "   14 " */
#define RANGES_MAX 6	/* line ranges shown in a short line */

void page_init(struct page *page, const struct run *run,
	       const struct text_settings *settings, struct buf *out)
{
	*page = (struct page){ .run = run, .settings = settings, .out = out };
	source_lines_init(&page->sources, &page->arena, run);
	page->labels = groups_class_labels(&page->arena, &run->plan);
}

void page_release(struct page *page)
{
	arena_release(&page->arena);
}

static const struct style *style(const struct page *page)
{
	return &page->settings->style;
}

/* What is left of the line after `taken` columns. */
static unsigned room(const struct page *page, unsigned taken)
{
	return taken < style(page)->width ? style(page)->width - taken : 0;
}

const char *page_count(struct page *page, unsigned long n, const char *noun, const char *rest)
{
	struct buf text;
	const char *copy;

	buf_init(&text, 256);
	style_count(&text, n, noun);
	buf_text(&text, rest);
	copy = arena_strndup(&page->arena, (const char *)text.bytes, text.len);
	buf_release(&text);
	return copy;
}

void page_title(struct page *page, enum ink ink, const char *title, const char *rest)
{
	if (page->out->len)
		buf_u1(page->out, '\n');
	style_ink(style(page), page->out, INK_BOLD);
	style_inked(style(page), page->out, ink, title, STYLE_NO_LIMIT);
	buf_fmt(page->out, ": %s\n", rest);
}

void page_right(struct page *page, unsigned taken, unsigned indent, const char *right)
{
	unsigned columns = style_columns(style(page), right);

	if (columns + 2 <= room(page, taken)) {
		style_spaces(page->out, room(page, taken) - columns);
	} else {
		buf_u1(page->out, '\n');
		style_spaces(page->out, indent);
		taken = indent;
	}
	style_inked(style(page), page->out, INK_DIM, right, STYLE_NO_LIMIT);
	buf_u1(page->out, '\n');
}

const char *page_shown_path(const struct page *page, const char *path)
{
	const char *directory = page->settings->directory;
	size_t len = directory ? strlen(directory) : 0;

	if (len && !strncmp(path, directory, len) && path[len] == '/')
		return path + len + 1;
	return path;
}

static const struct mutant *mutant_of(const struct page *page, uint32_t number)
{
	return &page->run->plan.mutants[number];
}

const char *page_place(struct page *page, uint32_t class_number, const char *method)
{
	return place_name(&page->arena, page->run->plan.classes[class_number].source_file,
			page->labels[class_number], method);
}

const char *page_group_label(struct page *page, const struct group *group)
{
	return page_place(page, group->class_number, group->method);
}

void page_group_name(struct page *page, const struct group *group)
{
	const char *path = source_lines_path(&page->sources, group->class_number);
	const char *file = page->run->plan.classes[group->class_number].source_file;
	uint32_t line = mutant_of(page, group->mutants[0])->line;
	unsigned taken = style_inked(style(page), page->out, INK_BOLD,
				     page_group_label(page, group), room(page, 0));

	path = path ? page_shown_path(page, path) : file;
	if (path && line)
		path = arena_strfmt(&page->arena, "%s:%u", path, line);
	if (path && taken + 2 + style_columns(style(page), path) <= style(page)->width) {
		style_spaces(page->out, 2);
		style_inked(style(page), page->out, INK_DIM, path, STYLE_NO_LIMIT);
	}
	buf_u1(page->out, '\n');
}

static void put_source_line(struct page *page, uint32_t line, const char *text)
{
	style_ink(style(page), page->out, INK_DIM);
	buf_fmt(page->out, "%5u %s ", line, style(page)->utf8 ? "\xe2\x94\x82" : "|");
	style_ink(style(page), page->out, INK_PLAIN);
	style_text(style(page), page->out, text, room(page, GUTTER + 2));
	buf_u1(page->out, '\n');
}

/* Where a sentence that is too long for a line is broken, at a blank: where
 * the change itself begins. NULL: nowhere. */
static const char *sentence_break(const char *sentence)
{
	static const char *const words[] = { " with `", " instead of `", ": now " };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *at = strstr(sentence, words[i]);

		if (at)
			return at + (*at == ':');
	}
	return NULL;
}

/* A sentence at column `indent`, if need be in two lines; the columns taken
 * in the last one. */
static unsigned put_sentence(struct page *page, const char *sentence, unsigned indent)
{
	const char *second = NULL;

	if (style_columns(style(page), sentence) > room(page, indent))
		second = sentence_break(sentence);
	if (second) {
		style_text(style(page), page->out,
			   arena_strndup(&page->arena, sentence, (size_t)(second - sentence)),
			   room(page, indent));
		buf_u1(page->out, '\n');
		style_spaces(page->out, indent);
		sentence = second + 1;
	}
	return indent + style_text(style(page), page->out, sentence, room(page, indent));
}

static void put_mutant(struct page *page, uint32_t line, const char *sentence, const char *id,
		       enum ink ink)
{
	const char *mark = style(page)->utf8 ? "\xe2\x9c\x97 " : "x ";
	unsigned taken;

	style_ink(style(page), page->out, INK_DIM);
	if (line)
		buf_fmt(page->out, "%5u ", line);
	else
		style_spaces(page->out, GUTTER);
	style_ink(style(page), page->out, INK_PLAIN);
	if (ink == INK_PLAIN)
		mark = "";
	style_inked(style(page), page->out, ink, mark, STYLE_NO_LIMIT);
	taken = put_sentence(page, sentence, GUTTER + (*mark ? 2 : 0));
	page_right(page, taken, GUTTER + 2, id);
}

/* " instead of `count`" of "returned 0 instead of `count`", or NULL. */
static const char *instead_of(const struct mutant *mutant)
{
	return strncmp(mutant->description, "returned ", 9)
	       ? NULL : strstr(mutant->description, " instead of ");
}

static bool says_the_same(const struct mutant *a, const struct mutant *b)
{
	const char *left = instead_of(a), *right = instead_of(b);

	return a->point == b->point && left && right && !strcmp(left, right);
}

/* "returned 0, -1, 5 instead of `count`" of several mutants. */
static const char *joined_sentence(struct page *page, const struct group *group, uint32_t first,
				   uint32_t n)
{
	const struct mutant *mutant = mutant_of(page, group->mutants[first]);
	const char *sentence = mutant->description;

	if (n == 1)
		return sentence;
	sentence = "returned ";
	for (uint32_t i = 0; i < n; i++) {
		mutant = mutant_of(page, group->mutants[first + i]);
		sentence = arena_strfmt(&page->arena, "%s%s%.*s", sentence,
					!i ? "" : i + 1 == n ? " or " : ", ",
					(int)(instead_of(mutant) - mutant->description - 9),
					mutant->description + 9);
	}
	return arena_strfmt(&page->arena, "%s%s", sentence, instead_of(mutant));
}

static bool is_alike(const struct page *page, uint32_t a, uint32_t b)
{
	return says_the_same(mutant_of(page, a), mutant_of(page, b)) &&
	       metrics_class_of(page->run, a) == metrics_class_of(page->run, b);
}

/* "weak oracle  total:ARITH_ADD_TO_SUB:3fa1c2" where it is known. */
static const char *with_class(struct page *page, uint32_t mutant, const char *id)
{
	enum survivor_class class = metrics_class_of(page->run, mutant);

	if (class == SURVIVOR_NONE)
		return id;
	return arena_strfmt(&page->arena, "%s  %s", survey_class_words(class), id);
}

/* How many mutants from number `first` of the group share a line. */
static uint32_t alike(struct page *page, const struct group *group, uint32_t first)
{
	uint32_t n = 1;

	while (!page->settings->verbose && first + n < group->n &&
	       is_alike(page, group->mutants[first], group->mutants[first + n]))
		n++;
	return n;
}

uint32_t page_group(struct page *page, const struct group *group, uint32_t *lines, enum ink ink)
{
	uint32_t line = 0, n, i;

	for (i = 0; i < group->n && *lines; i += n, --*lines) {
		const struct mutant *mutant = mutant_of(page, group->mutants[i]);
		const char *source = source_lines_get(&page->sources, group->class_number,
						      mutant->line);
		bool is_new = !i || mutant->line != line;
		const char *id = mutant->id;

		n = alike(page, group, i);
		if (n > 1)
			id = arena_strfmt(&page->arena, "%s +%u", id, n - 1);
		id = with_class(page, group->mutants[i], id);
		line = mutant->line;
		if (is_new && source)
			put_source_line(page, line, source);
		put_mutant(page, is_new && !source ? line : 0,
			   joined_sentence(page, group, i, n), id, ink);
	}
	return i;
}

/* "line 7", "lines 3-5, 9"; mutants are sorted by line. */
static void put_lines(struct page *page, struct buf *text, const struct group *group)
{
	unsigned ranges = 0;
	uint32_t first, last;

	for (uint32_t i = 0; i < group->n; ) {
		first = last = mutant_of(page, group->mutants[i])->line;
		while (++i < group->n && mutant_of(page, group->mutants[i])->line <= last + 1)
			last = mutant_of(page, group->mutants[i])->line;
		if (!first)
			continue;
		if (ranges == RANGES_MAX) {
			buf_text(text, " ...");
			return;
		}
		buf_text(text, ranges++ ? ", " : i == group->n && first == last ? ", line " : ", lines ");
		buf_fmt(text, first == last ? "%u" : "%u-%u", first, last);
	}
}

void page_group_short(struct page *page, const struct group *group)
{
	struct buf text;
	unsigned taken = 2;

	buf_init(&text, 4096);
	style_count(&text, group->n, "change");
	put_lines(page, &text, group);
	buf_u1(&text, 0);
	style_spaces(page->out, 2);
	taken += style_text(style(page), page->out, page_group_label(page, group), room(page, taken));
	if (taken + 2 + strlen((const char *)text.bytes) <= style(page)->width) {
		style_spaces(page->out, 2);
		style_inked(style(page), page->out, INK_DIM, (const char *)text.bytes, STYLE_NO_LIMIT);
	}
	buf_u1(page->out, '\n');
	buf_release(&text);
}

const char *page_short_failure(const char *failure)
{
	const char *start = failure;

	for (const char *at = failure; at && *at && *at != ':' && *at != ' '; at++)
		if (*at == '.' && at[1] && at[1] != ' ' && at[1] != ':')
			start = at + 1;
	return start;
}

void page_named(struct page *page, const char *name, const char *text)
{
	unsigned taken = 2;

	style_spaces(page->out, 2);
	taken += style_text(style(page), page->out, name, room(page, taken));
	if (text && *text && room(page, taken) > 12) {
		buf_text(page->out, ": ");
		style_inked(style(page), page->out, INK_DIM, text,
			    page->settings->verbose ? STYLE_NO_LIMIT : room(page, taken + 2));
	}
	buf_u1(page->out, '\n');
}

static const struct {
	const char *says;
	enum ink ink;
} verdict_words[N_STATUSES] = {
	[STATUS_PENDING]      = { "not tried", INK_DIM },
	[STATUS_KILLED]       = { "killed", INK_GOOD },
	[STATUS_SURVIVED]     = { "survived", INK_BAD },
	[STATUS_NO_COVERAGE]  = { "not covered", INK_WARN },
	[STATUS_TIMED_OUT]    = { "timed out", INK_GOOD },
	[STATUS_MEMORY_ERROR] = { "out of memory", INK_GOOD },
	[STATUS_CRASHED]      = { "crashed the JVM", INK_GOOD },
	[STATUS_FLAKY]        = { "flaky", INK_WARN },
	[STATUS_DISCARDED]    = { "discarded", INK_DIM },
	[STATUS_QUARANTINED]  = { "quarantined", INK_DIM },
};

void page_verdict(struct page *page, uint32_t number)
{
	const struct mutant *mutant = mutant_of(page, number);
	const struct verdict *verdict = &page->run->verdicts[number];
	const char *place = arena_strfmt(&page->arena, "%s:%u  ",
					 page_place(page, mutant->class_number, mutant->method_name),
					 mutant->line);
	unsigned taken = 2;

	style_spaces(page->out, 2);
	taken += style_inked(style(page), page->out, verdict_words[verdict->status].ink,
			     verdict_words[verdict->status].says, STYLE_NO_LIMIT);
	style_spaces(page->out, 2);
	taken += 2;
	taken += style_text(style(page), page->out, place, room(page, taken));
	taken += style_text(style(page), page->out, mutant->description, room(page, taken));
	page_right(page, taken, 4, mutant->id);
	if (verdict->killing_unit != UNIT_NONE && verdict->killing_unit < page->run->n_units) {
		style_spaces(page->out, 4);
		page_named(page, arena_strfmt(&page->arena, "by %s",
					      page->run->units[verdict->killing_unit].name),
			   page_short_failure(verdict->detail));
	} else if (verdict->detail && *verdict->detail) {
		style_spaces(page->out, 4);
		page_named(page, verdict->detail, NULL);
	}
}
