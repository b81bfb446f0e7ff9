#include "report/why_text.h"

#include <string.h>

#include "engine/place.h"
#include "explain/fix.h"
#include "explain/replay.h"
#include "report/change.h"
#include "report/insn_diff.h"
#include "report/page.h"
#include "run/metrics.h"

#define LABEL 9		/* columns of "Change   " */
#define TESTS_SHOWN 3

static const struct style *style(const struct page *page)
{
	return &page->settings->style;
}

static const struct mutant *mutant_of(const struct page *page, uint32_t number)
{
	return &page->run->plan.mutants[number];
}

/* Begins a field; its text starts at column LABEL. */
static void put_label(struct page *page, const char *label)
{
	style_inked(style(page), page->out, INK_BOLD, label, LABEL - 1);
	style_spaces(page->out, LABEL - (unsigned)strlen(label));
}

/* Text in lines of the page's width under a label, broken at blanks. */
static void put_wrapped(struct page *page, const char *text)
{
	unsigned room = style(page)->width > LABEL + 20 ? style(page)->width - LABEL : 20;

	while (style_columns(style(page), text) > room) {
		size_t end = room;

		while (end && text[end] != ' ')
			end--;
		if (!end)
			break;
		style_text(style(page), page->out, arena_strndup(&page->arena, text, end), STYLE_NO_LIMIT);
		buf_u1(page->out, '\n');
		style_spaces(page->out, LABEL);
		text += end + 1;
	}
	style_text(style(page), page->out, text, STYLE_NO_LIMIT);
	buf_u1(page->out, '\n');
}

static void put_field(struct page *page, const char *label, const char *text)
{
	put_label(page, label);
	put_wrapped(page, text);
}

/* ---- what and where ---- */

struct place {
	const char *line;	/* of the source, or NULL */
	struct change change;	/* after: NULL where the line does not tell */
};

static struct place place_of(struct page *page, const struct mutant *mutant)
{
	struct place place = { .line = source_lines_get(&page->sources, mutant->class_number, mutant->line) };

	if (!place.line || !change_find(&page->arena, mutant->description, place.line, &place.change))
		place.change.after = NULL;
	return place;
}

/* "in shop.Cart.total()"; where the compiler moved it, "in Cart#total". */
static const char *in_method(struct page *page, const struct plan_class *class, const char *method)
{
	const char *as_is = arena_strfmt(&page->arena, "%s#%s", class->display_name, method);
	const char *place = place_name(&page->arena, class->source_file, class->display_name, method);

	if (strcmp(as_is, place))
		return arena_strfmt(&page->arena, "in %s", place);
	return arena_strfmt(&page->arena, "in %s.%s()", class->display_name, method);
}

static void put_location(struct page *page, const struct mutant *mutant, const struct place *place)
{
	const struct plan_class *class = &page->run->plan.classes[mutant->class_number];
	const char *path = source_lines_path(&page->sources, mutant->class_number);
	const char *in = in_method(page, class, mutant->method_name);

	path = path ? page_shown_path(page, path) : class->source_file ? class->source_file : class->display_name;
	if (mutant->line)
		path = arena_strfmt(&page->arena, "%s:%u", path, mutant->line);
	if (place->change.after)
		path = arena_strfmt(&page->arena, "%s:%u", path, place->change.offset +
				    source_lines_column(&page->sources, mutant->class_number, mutant->line));
	put_field(page, "Location", arena_strfmt(&page->arena, "%s, %s", path, in));
}

static void put_side(struct page *page, uint32_t line, char sign, enum ink ink, const char *text)
{
	style_ink(style(page), page->out, INK_DIM);
	if (sign == '-')
		buf_fmt(page->out, "%*u ", LABEL - 3, line);
	else
		style_spaces(page->out, LABEL - 2);
	style_ink(style(page), page->out, ink);
	buf_fmt(page->out, "%c ", sign);
	style_text(style(page), page->out, text, style(page)->width - LABEL);
	style_ink(style(page), page->out, INK_PLAIN);
	buf_u1(page->out, '\n');
}

static void put_change(struct page *page, const struct mutant *mutant, const struct place *place)
{
	put_field(page, "Change", mutant->description);
	if (!place->line)
		return;
	put_side(page, mutant->line, '-', INK_BAD, place->line);
	if (place->change.after && *place->change.after)
		put_side(page, mutant->line, '+', INK_GOOD, place->change.after);
}

/* ---- how far it went ---- */

static uint32_t n_of(const struct run *run, uint32_t counter)
{
	return run->reach_start ? run->reach_start[counter + 1] - run->reach_start[counter] : 0;
}

static void put_tests(struct page *page, uint32_t counter)
{
	const struct run *run = page->run;
	uint32_t n = n_of(run, counter);

	for (uint32_t i = 0; i < n && i < TESTS_SHOWN; i++) {
		style_spaces(page->out, LABEL);
		style_inked(style(page), page->out, INK_DIM,
			    run->units[run->reach[run->reach_start[counter] + i]].name, style(page)->width - LABEL);
		buf_u1(page->out, '\n');
	}
	if (n > TESTS_SHOWN) {
		style_spaces(page->out, LABEL);
		style_inked(style(page), page->out, INK_DIM,
			    arena_strfmt(&page->arena, "and %u more", n - TESTS_SHOWN), STYLE_NO_LIMIT);
		buf_u1(page->out, '\n');
	}
}

/* How far the change went, in one sentence. */
static const char *story_of(struct page *page, const struct mutant *mutant, enum survivor_class class,
			    const struct explanation *explanation)
{
	uint32_t reached = n_of(page->run, mutant->point), infected = n_of(page->run, mutant->infection);
	const char *tests = infected == 1 ? "in 1 test" : arena_strfmt(&page->arena, "in %u tests", infected);

	switch (class) {
	case SURVIVOR_NOT_COVERED:
		return "no test runs this code";
	case SURVIVOR_NOT_INFECTED:
		return reached == 1 ? "1 test runs this code, but with what it puts in the change makes no difference"
		       : arena_strfmt(&page->arena, "%u tests run this code, but with what they put in the change makes no difference", reached);
	case SURVIVOR_UNOBSERVED:
		return arena_strfmt(&page->arena, "the change makes a difference %s, but nothing that reaches them differs", tests);
	case SURVIVOR_WEAK_ORACLE:
		return arena_strfmt(&page->arena, "the change makes a difference %s, and one holds another value and accepts it", tests);
	case SURVIVOR_EQUIVALENT_LIKELY:
		return explanation->equivalence >= 1 ? "no input can tell the change from the original"
		       : arena_strfmt(&page->arena, "probably no input can tell the change from the original (%.0f %% sure)",
				      100 * explanation->equivalence);
	case SURVIVOR_OTHER:
	case SURVIVOR_NONE:
	case N_SURVIVOR_CLASSES:
		break;
	}
	return arena_strfmt(&page->arena, "the change makes a difference %s of the %u that run this code; all pass all the same",
			    tests, reached);
}

static const char *site_text(struct page *page, const struct trace_site *site)
{
	const char *simple = strrchr(site->class_name, '.');

	simple = simple ? simple + 1 : site->class_name;
	return site->line ? arena_strfmt(&page->arena, "%s.%s():%u", simple, site->method_name, site->line)
			  : arena_strfmt(&page->arena, "%s.%s()", simple, site->method_name);
}

static bool is_field(const char *callee)
{
	return *callee && !strchr(callee, '(');
}

/* "Cart.total" of shop/Cart.total(I)I; of a field, whose name and type run together,
 * whose it is. */
static const char *callee_text(struct page *page, const char *callee)
{
	size_t len = strcspn(callee, is_field(callee) ? "." : "(");
	const char *start = callee;

	for (const char *c = callee; c < callee + len; c++)
		if (*c == '/')
			start = c + 1;
	return arena_strfmt(&page->arena, "%s%.*s", is_field(callee) ? "a field of " : "",
			    (int)(callee + len - start), start);
}

const char *why_text_pair(struct arena *arena, const char *original, const char *mutated, const char *between)
{
	if (*original && !strcmp(original, mutated))	/* they are cut short */
		return arena_strfmt(arena, "%s%sanother that begins like it", original, between);
	return arena_strfmt(arena, "%s%s%s", *original ? original : "nothing", between,
			    *mutated ? mutated : "nothing");
}

/* The values seen: at the change, where one first reached a test, at an assertion. */
static void put_values(struct page *page, const struct explanation *explanation)
{
	static const char *const verbs[N_TRACE_KINDS] = {
		[TRACE_RESULT] = "returns", [TRACE_THROWN] = "throws", [TRACE_ASSERTED] = "is handed",
		[TRACE_CALLBACK] = "is handed", [TRACE_PRINTED] = "prints", [TRACE_STATE] = "leaves",
	};

	if (explanation->operands && explanation->original && explanation->mutated)
		put_field(page, "Seen", arena_strfmt(&page->arena, "%s %s; with the change %s",
				*explanation->operands ? arena_strfmt(&page->arena, "%s is", explanation->operands)
						       : "it returns",
				explanation->original, explanation->mutated));
	if (explanation->crossing_unit != UNIT_NONE && explanation->crossing.class_name)
		put_field(page, "Crossed", arena_strfmt(&page->arena, "at %s, %s %s %s",
				site_text(page, &explanation->crossing),
				*explanation->crossing.callee ? callee_text(page, explanation->crossing.callee) : "the test",
				is_field(explanation->crossing.callee) && explanation->crossing_kind == TRACE_RESULT
				? "is" : verbs[explanation->crossing_kind],
				why_text_pair(&page->arena, explanation->crossing_original,
					      explanation->crossing_mutated, "; with the change ")));
	if (explanation->asserted.class_name)
		put_field(page, "Asserted", arena_strfmt(&page->arena, "at %s, %s: accepted either way",
				site_text(page, &explanation->asserted),
				why_text_pair(&page->arena, explanation->asserted_original,
					      explanation->asserted_mutated, " or ")));
}

static void put_story(struct page *page, uint32_t number)
{
	const struct run *run = page->run;
	const struct mutant *mutant = mutant_of(page, number);
	const struct verdict *verdict = &run->verdicts[number];
	const struct explanation *explanation = run->explanations ? &run->explanations[number] : NULL;
	enum survivor_class class = metrics_class_of(run, number);
	bool infects;

	if (verdict->status == STATUS_KILLED) {
		put_field(page, "Fate", arena_strfmt(&page->arena, "killed by %s",
						     verdict->killing_unit != UNIT_NONE
						     ? run->units[verdict->killing_unit].name : "a test class"));
		return;
	}
	if (verdict->status != STATUS_SURVIVED && verdict->status != STATUS_NO_COVERAGE) {
		put_field(page, "Fate", verdict->status == STATUS_DISCARDED && verdict->detail
						? arena_strfmt(&page->arena, "discarded: %s", verdict->detail)
						: run_status_name(verdict->status));
		return;
	}
	if (!explanation && !n_of(run, mutant->infection))
		class = n_of(run, mutant->point) ? SURVIVOR_NOT_INFECTED : SURVIVOR_NOT_COVERED;
	infects = n_of(run, mutant->infection) > 0;
	put_field(page, "Why", story_of(page, mutant, class, explanation));
	if (class == SURVIVOR_EQUIVALENT_LIKELY && explanation->equivalence_says)
		put_field(page, "", explanation->equivalence_says);
	else if (class != SURVIVOR_NOT_COVERED)
		put_tests(page, infects ? mutant->infection : mutant->point);
	if (explanation && class != SURVIVOR_NONE)
		put_values(page, explanation);
}

/* ---- the fix ---- */

static void put_code(struct page *page, const char *code, enum ink ink)
{
	while (*code) {
		size_t len = strcspn(code, "\n");

		style_spaces(page->out, LABEL + 4);
		style_inked(style(page), page->out, ink, arena_strndup(&page->arena, code, len), STYLE_NO_LIMIT);
		buf_u1(page->out, '\n');
		code += len + (code[len] == '\n');
	}
}

static const char *where_to(struct page *page, const struct fix *fix)
{
	const char *path = page_shown_path(page, fix->path);

	if (fix->place == FIX_TEST)
		return arena_strfmt(&page->arena, "%s:%u, a test more at the end of the class:", path, fix->last_line);
	if (fix->place == FIX_AFTER)
		return arena_strfmt(&page->arena, "%s:%u, add after line %u:", path, fix->last_line, fix->last_line);
	if (fix->first_line == fix->last_line)
		return arena_strfmt(&page->arena, "%s:%u, put in place of line %u:", path, fix->first_line, fix->first_line);
	return arena_strfmt(&page->arena, "%s:%u, put in place of lines %u to %u:", path, fix->first_line,
			    fix->first_line, fix->last_line);
}

static void put_fix(struct page *page, const struct fix *fix)
{
	put_label(page, "Fix");
	if (fix->place == FIX_NONE) {
		put_wrapped(page, arena_strfmt(&page->arena, "none found: %s", fix->says ? fix->says : "nothing was tried"));
		return;
	}
	style_inked(style(page), page->out, fix->is_verified ? INK_GOOD : INK_WARN,
		    fix->is_verified ? "verified" : "unverified", STYLE_NO_LIMIT);
	put_wrapped(page, fix->is_verified ? ": passes on the code as it is, fails on the change"
					   : arena_strfmt(&page->arena, ": %s", fix->says));
	style_spaces(page->out, LABEL);
	put_wrapped(page, where_to(page, fix));
	buf_u1(page->out, '\n');
	put_code(page, fix->code, INK_BOLD);
	if (*fix->imports) {
		buf_u1(page->out, '\n');
		style_spaces(page->out, LABEL);
		buf_text(page->out, "with\n\n");
		put_code(page, fix->imports, INK_PLAIN);
	}
	buf_u1(page->out, '\n');
	style_spaces(page->out, LABEL);
	put_wrapped(page, arena_strfmt(&page->arena, "It sees %s; with the change it would see %s.",
				       fix->original, fix->mutated));
}

static void put_one(struct page *page, uint32_t number, const char *command)
{
	const struct mutant *mutant = mutant_of(page, number);
	struct place place = place_of(page, mutant);

	if (page->out->len)
		buf_u1(page->out, '\n');
	put_field(page, "Mutant", mutant->id);
	put_location(page, mutant, &place);
	put_change(page, mutant, &place);
	if (page->run->verdicts)
		put_story(page, number);
	if (page->run->fixes && page->run->verdicts &&
	    (page->run->verdicts[number].status == STATUS_SURVIVED ||
	     page->run->verdicts[number].status == STATUS_NO_COVERAGE))
		put_fix(page, &page->run->fixes[number]);
	put_label(page, "Replay");	/* to be copied: in one line however long */
	style_text(style(page), page->out, arena_strfmt(&page->arena, "%s %s", command, mutant->id), STYLE_NO_LIMIT);
	buf_u1(page->out, '\n');
}

void why_text(const struct run *run, const struct text_settings *settings,
	      const char *command, struct buf *out)
{
	struct page page;

	page_init(&page, run, settings, out);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		put_one(&page, i, command);
	page_release(&page);
}

/* ---- a replay ---- */

static const struct {
	const char *says;
	enum ink ink;
} replay_words[] = {
	[REPLAY_PASSED] = { "passed", INK_BAD },	/* it is a mutant that passes */
	[REPLAY_FAILED] = { "failed", INK_GOOD },
	[REPLAY_SKIPPED] = { "skipped", INK_DIM },
	[REPLAY_ENDLESS] = { "came to no end", INK_GOOD },
	[REPLAY_BROKEN] = { "broke off", INK_WARN },
};

static void put_replayed(struct page *page, const struct replayed *done)
{
	style_spaces(page->out, 2);
	style_inked(style(page), page->out, replay_words[done->end].ink, replay_words[done->end].says, STYLE_NO_LIMIT);
	style_spaces(page->out, 2);
	style_text(style(page), page->out, page->run->units[done->unit].name, STYLE_NO_LIMIT);
	buf_text(page->out, "  ");
	style_duration(page->out, (double)done->wall_ns / 1e9);
	buf_u1(page->out, '\n');
	if (*done->detail) {
		style_spaces(page->out, 4);
		style_text(style(page), page->out, done->detail, STYLE_NO_LIMIT);
		buf_u1(page->out, '\n');
	}
}

void why_replay(const struct run *run, const struct text_settings *settings, struct buf *out)
{
	struct page page;

	page_init(&page, run, settings, out);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		struct place place = place_of(&page, mutant_of(&page, i));
		uint32_t n = 0;

		if (out->len)
			buf_u1(out, '\n');
		put_field(&page, "Mutant", run->plan.mutants[i].id);
		put_location(&page, mutant_of(&page, i), &place);
		put_change(&page, mutant_of(&page, i), &place);
		for (uint32_t r = 0; r < run->replay->n; r++)
			if (run->replay->items[r].mutant == i && ++n)
				put_replayed(&page, &run->replay->items[r]);
		if (!n)
			put_field(&page, "Tests", "none runs this code");
	}
	page_release(&page);
}

/* ---- the change alone ---- */

enum err_code why_diff(const struct run *run, const struct text_settings *settings,
		       struct buf *out, struct err *err)
{
	enum err_code code = ERR_OK;
	struct page page;

	page_init(&page, run, settings, out);
	for (uint32_t i = 0; i < run->plan.n_mutants && code == ERR_OK; i++) {
		const struct mutant *mutant = mutant_of(&page, i);
		struct place place = place_of(&page, mutant);

		if (out->len)
			buf_u1(out, '\n');
		put_field(&page, "Mutant", mutant->id);
		put_location(&page, mutant, &place);
		put_change(&page, mutant, &place);
		if (settings->verbose || !place.change.after) {
			buf_u1(out, '\n');
			code = insn_diff(&run->plan, mutant, &settings->style, out, err);
		}
	}
	page_release(&page);
	return code;
}
