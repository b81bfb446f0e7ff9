#include "report/lies_text.h"

#include <string.h>

#include "judge/bodies.h"
#include "report/page.h"

#define AUTO_TESTS 4		/* of a bucket, unless --top says otherwise */
#define AUTO_LINES 3		/* of the sections about code */

/* ---- one test ---- */

static const char *simple_class(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

/* Without the package. */
static const char *short_name(const struct run *run, uint32_t unit)
{
	const char *class = run->containers[run->units[unit].container_number].name;
	const char *name = run->units[unit].name;

	if (strncmp(name, class, strlen(class)) != 0)
		return name;
	return name + (simple_class(class) - class);
}

/* "Price.java:14 replaced + with -" */
static const char *change(const struct run *run, uint32_t number, struct arena *arena)
{
	const struct mutant *mutant = &run->plan.mutants[number];
	const struct plan_class *class = &run->plan.classes[mutant->class_number];
	const char *file = class->source_file ? class->source_file
					      : simple_class(class->display_name);

	if (!mutant->line)
		return arena_strfmt(arena, "%s %s", file, mutant->description);
	return arena_strfmt(arena, "%s:%u %s", file, mutant->line, mutant->description);
}

static const char *passed_by(const struct run *run, const struct lie *lie, struct arena *arena)
{
	const struct explanation *seen = &run->explanations[lie->mutant];
	const char *line = seen->asserted.line
		? arena_strfmt(arena, " at line %u", seen->asserted.line) : "";

	return arena_strfmt(arena, "the assertion%s was handed %s instead of %s, and held: %s", line,
			    seen->asserted_mutated && *seen->asserted_mutated
			    ? seen->asserted_mutated : "another value",
			    seen->asserted_original && *seen->asserted_original
			    ? seen->asserted_original : "its own", change(run, lie->mutant, arena));
}

static const char *accepts(const struct run *run, const struct lie *lie, struct arena *arena)
{
	const struct oracle_loose *loose = lie->loose;
	const char *owner = strrchr(loose->place.owner, '/');
	const char *more = lie->n_evidence == 1 ? ""
		: arena_strfmt(arena, ", and %u more", lie->n_evidence - 1);

	return arena_strfmt(arena, "%s passes although %s.%s() %s%s",
			    *loose->assertion ? loose->assertion : "the assertion",
			    owner ? owner + 1 : loose->place.owner, loose->place.name,
			    run->plan.mutants[lie->mutant].description, more);
}

const char *lies_reason(const struct run *run, const struct lie *lie, struct arena *arena)
{
	const char *says = run->oracles[lie->unit].says;

	switch (lie->bucket) {
	case BUCKET_PLACEBO:
		if (!lie->n_met)
			return says;
		return arena_strfmt(arena, "%s (%u of %u changes noticed)", says, lie->n_killed,
				    lie->n_met);
	case BUCKET_LIE:
		return lie->loose ? accepts(run, lie, arena) : passed_by(run, lie, arena);
	case BUCKET_GAP:
		return arena_strfmt(arena, "%u change%s survive%s all tests: %s",
				    lie->n_evidence, lie->n_evidence == 1 ? "" : "s",
				    lie->n_evidence == 1 ? "s" : "", change(run, lie->mutant, arena));
	case BUCKET_OK:
		return arena_strfmt(arena, "%u of %u changes noticed, other tests notice the rest",
				    lie->n_killed, lie->n_met);
	default:
		return "no change of the target makes a difference in it";
	}
}

const char *lies_remedy(const struct run *run, const struct lie *lie, struct arena *arena)
{
	switch (lie->bucket) {
	case BUCKET_PLACEBO:
		return run->oracles[lie->unit].strength == STRENGTH_NONE
		       ? "assert what the code gives back, or delete the test"
		       : "assert something that the code gives back, or delete the test";
	case BUCKET_LIE:
		return "assert the value itself, as assertEquals does";
	case BUCKET_GAP:
		return arena_strfmt(arena, "assert what that line decides; `vary mutate --why %s` tells more",
				    run->plan.mutants[lie->mutant].id);
	default:
		return "";
	}
}

/* ---- the page ---- */

static const struct {
	const char *title, *says;
	enum ink ink;
} buckets[N_BUCKETS] = {
	[BUCKET_PLACEBO] = { "PLACEBO", "asserts nothing that comes from the code under test", INK_BAD },
	[BUCKET_LIE] = { "LIE", "judges a value, and lets a changed one pass", INK_BAD },
	[BUCKET_GAP] = { "GAP", "right in what it asserts; what it runs into besides is asserted nowhere", INK_WARN },
	[BUCKET_OK] = { "OK", "every change that it runs into is noticed, here or elsewhere", INK_GOOD },
	[BUCKET_UNJUDGED] = { "NOT JUDGED", "no change of the target makes a difference in it", INK_DIM },
};

static uint32_t most_of(const struct text_settings *settings, uint32_t automatic)
{
	if (settings->top == 0 || settings->verbose)
		return UINT32_MAX;
	return settings->top == TEXT_TOP_AUTO ? automatic : settings->top;
}

static void put_summary(struct page *page, const struct lies *lies)
{
	const struct style *style = &page->settings->style;
	const char *separator = " ";

	style_ink(style, page->out, INK_BOLD);
	style_count(page->out, lies->n, "test");
	style_ink(style, page->out, INK_PLAIN);
	buf_text(page->out, ":");
	for (int i = 0; i < N_BUCKETS; i++) {
		if (!lies->by_bucket[i])
			continue;
		buf_text(page->out, separator);
		separator = ", ";
		style_ink(style, page->out, buckets[i].ink);
		buf_fmt(page->out, "%u %s", lies->by_bucket[i], buckets[i].title);
		style_ink(style, page->out, INK_PLAIN);
	}
	buf_u1(page->out, '\n');
}

/* The assertion to be looked at, or the test. */
static uint32_t lie_line(const struct run *run, const struct lie *lie)
{
	return lie->loose && lie->loose->line ? lie->loose->line : run->oracles[lie->unit].line;
}

static void put_test(struct page *page, const struct lie *lie)
{
	const struct style *style = &page->settings->style;
	const char *remedy = lies_remedy(page->run, lie, &page->arena);
	unsigned taken = 2;

	style_spaces(page->out, 2);
	taken += style_text(style, page->out, short_name(page->run, lie->unit), style->width - 14);
	if (lie_line(page->run, lie))
		page_right(page, taken, 6, arena_strfmt(&page->arena, "line %u",
							lie_line(page->run, lie)));
	else
		buf_u1(page->out, '\n');
	style_spaces(page->out, 6);
	style_text(style, page->out, lies_reason(page->run, lie, &page->arena), style->width - 6);
	buf_u1(page->out, '\n');
	if (!*remedy)
		return;
	style_spaces(page->out, 6);
	style_inked(style, page->out, INK_DIM,
		    arena_strfmt(&page->arena, "%s %s", style->utf8 ? "\xe2\x86\x92" : "->", remedy),
		    style->width - 6);
	buf_u1(page->out, '\n');
}

static void put_bucket(struct page *page, const struct lies *lies, enum bucket bucket)
{
	uint32_t most = most_of(page->settings, AUTO_TESTS), shown = 0;

	if (!lies->by_bucket[bucket] || (bucket >= BUCKET_OK && !page->settings->verbose))
		return;
	page_title(page, buckets[bucket].ink, buckets[bucket].title, buckets[bucket].says);
	for (uint32_t i = 0; i < lies->n && shown < most; i++) {
		if (lies->tests[i].bucket != bucket)
			continue;
		put_test(page, &lies->tests[i]);
		shown++;
	}
	if (shown < lies->by_bucket[bucket])
		buf_fmt(page->out, "  and %u more; --top 0 shows all\n",
			lies->by_bucket[bucket] - shown);
}

/* ---- methods ---- */

static void put_body(struct page *page, const struct body *body)
{
	const struct plan_class *class = &page->run->plan.classes[body->class_number];
	const char *tests = body->n_tests == 1 ? "1 test runs it"
		: arena_strfmt(&page->arena, "%u tests run it", body->n_tests);

	page_named(page, arena_strfmt(&page->arena, "%s#%s%s", page->labels[body->class_number],
				      class->class->methods[body->method].name,
				      body->line ? arena_strfmt(&page->arena, ", line %u", body->line)
						 : ""),
		   body->state == BODY_PSEUDO ? tests
		   : arena_strfmt(&page->arena, "%s, %u of %u noticed", tests, body->n_noticed,
				  body->n_extreme));
}

static void put_bodies(struct page *page, const struct body *bodies, uint32_t n,
		       enum body_state state, uint32_t most)
{
	uint32_t total = 0, shown = 0;

	for (uint32_t i = 0; i < n; i++)
		total += bodies[i].state == state;
	if (!total)
		return;
	page_title(page, INK_WARN, state == BODY_PSEUDO ? "Pseudo-tested" : "Partially tested",
		   arena_strfmt(&page->arena, state == BODY_PSEUDO
				? "%u method%s that could be empty: tests run it, none would notice"
				: "%u method%s whose result or call could be left out in part", total,
				total == 1 ? "" : "s"));
	for (uint32_t i = 0; i < n && shown < most; i++) {
		if (bodies[i].state != state)
			continue;
		put_body(page, &bodies[i]);
		shown++;
	}
	if (shown < total)
		buf_fmt(page->out, "  and %u more; --top 0 shows all\n", total - shown);
}

static void put_all_bodies(struct page *page, uint32_t most)
{
	struct body *bodies;
	uint32_t n = bodies_judge(page->run, &page->arena, &bodies);

	put_bodies(page, bodies, n, BODY_PSEUDO, most);
	if (page->settings->verbose)
		put_bodies(page, bodies, n, BODY_PARTIAL, most);
}

void lies_text_bodies(const struct run *run, const struct text_settings *settings,
		      uint32_t most, struct buf *out)
{
	struct page page;

	page_init(&page, run, settings, out);
	put_all_bodies(&page, most);
	page_release(&page);
}

/* ---- what nobody reads ---- */

static void put_unread(struct page *page)
{
	struct oracle_unread *unread;
	uint32_t n = oracle_unread(page->run->oracle, &unread);
	uint32_t most = most_of(page->settings, AUTO_LINES);

	if (!n)
		return;
	page_title(page, INK_WARN, "Never asserted",
		   arena_strfmt(&page->arena, "%u result%s or field%s that tests could look at", n,
				n == 1 ? "" : "s", n == 1 ? "" : "s"));
	for (uint32_t i = 0; i < n && i < most; i++) {
		const char *owner = strrchr(unread[i].place.owner, '/');

		page_named(page, arena_strfmt(&page->arena, "%s.%s%s",
					      owner ? owner + 1 : unread[i].place.owner,
					      unread[i].place.name, unread[i].is_field ? "" : "()"),
			   arena_strfmt(&page->arena, unread[i].is_field
					? "a field that %s gives, and no assertion asks for"
					: "called and forgotten, as at %s", unread[i].example));
	}
	if (n > most)
		buf_fmt(page->out, "  and %u more; --top 0 shows all\n", n - most);
}

void lies_text(const struct run *run, const struct lies *lies,
	       const struct text_settings *settings, struct buf *out)
{
	struct page page;

	page_init(&page, run, settings, out);
	put_summary(&page, lies);
	for (int i = 0; i < N_BUCKETS; i++)
		put_bucket(&page, lies, (enum bucket)i);
	put_all_bodies(&page, most_of(settings, AUTO_LINES));
	put_unread(&page);
	if (!lies->by_bucket[BUCKET_PLACEBO] && !lies->by_bucket[BUCKET_LIE] &&
	    !lies->by_bucket[BUCKET_GAP])
		buf_text(out, "\nNo test lies.\n");
	buf_text(out, "\nTime: ");
	style_duration(out, run->wall_s);
	buf_text(out, " wall, ");
	style_duration(out, run->cpu_s);
	buf_text(out, " CPU; what the words mean: docs/lie-detector.md\n");
	page_release(&page);
}
