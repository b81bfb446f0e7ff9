#include "report/leverage.h"

#include <stdlib.h>
#include <string.h>

#include "engine/place.h"
#include "report/json_text.h"
#include "run/metrics.h"

#define JSON_MOST 50u

const char *leverage_kind_name(enum leverage_kind kind)
{
	static const char *const names[N_LEVERAGE_KINDS] = {
		[LEVERAGE_TIGHTEN] = "tighten_assertion", [LEVERAGE_ASSERT] = "add_assertion",
		[LEVERAGE_OBSERVE] = "observe_effect", [LEVERAGE_INPUT] = "add_input",
		[LEVERAGE_CALL] = "add_test",
	};

	return names[kind];
}

/* ---- what would catch a survivor ---- */

struct caught {
	uint32_t mutant;
	enum leverage_kind kind;
	const struct trace_site *site;	/* in a test; or NULL: */
	uint32_t class_number;
	const char *method;		/* of the code, for people */
	uint16_t method_number;
};

static bool is_known(const struct trace_site *site)
{
	return site->class_name && *site->class_name;
}

static bool explained(const struct explanation *explanation, struct caught *ret)
{
	switch (explanation->class) {
	case SURVIVOR_WEAK_ORACLE:
		if (is_known(&explanation->asserted)) {
			ret->kind = LEVERAGE_TIGHTEN;
			ret->site = &explanation->asserted;
		} else {
			ret->kind = LEVERAGE_ASSERT;
			ret->site = is_known(&explanation->crossing) ? &explanation->crossing : NULL;
		}
		return true;
	case SURVIVOR_UNOBSERVED:
		ret->kind = LEVERAGE_OBSERVE;
		return true;
	case SURVIVOR_NOT_INFECTED:
		ret->kind = LEVERAGE_INPUT;
		return true;
	case SURVIVOR_NOT_COVERED:
		ret->kind = LEVERAGE_CALL;
		return true;
	default:
		return false;
	}
}

/* Without explanations only the status tells. */
static bool catch_it(const struct run *run, uint32_t number, struct caught *ret)
{
	const struct mutant *mutant = &run->plan.mutants[number];
	enum status status = run->verdicts[number].status;

	*ret = (struct caught){ .mutant = number, .class_number = mutant->class_number,
				.method = mutant->method_name, .method_number = mutant->method };
	if (!run_status_is_counted(status) || run_status_is_detected(status))
		return false;
	if (run->explanations)
		return explained(&run->explanations[number], ret);
	ret->kind = status == STATUS_NO_COVERAGE ? LEVERAGE_CALL : LEVERAGE_OBSERVE;
	return true;
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int by_cure(const void *a, const void *b)
{
	const struct caught *left = a, *right = b;
	int order;

	if (left->kind != right->kind)
		return (int)left->kind - (int)right->kind;
	if (!left->site != !right->site)
		return left->site ? -1 : 1;
	if (!left->site) {
		if (left->class_number != right->class_number)
			return left->class_number < right->class_number ? -1 : 1;
		return compare_texts(left->method, right->method);
	}
	order = compare_texts(left->site->class_name, right->site->class_name);
	if (!order && left->site->line != right->site->line)
		order = left->site->line < right->site->line ? -1 : 1;
	return order ? order : compare_texts(left->site->callee, right->site->callee);
}

static int by_cure_then_number(const void *a, const void *b)
{
	const struct caught *left = a, *right = b;
	int order = by_cure(a, b);

	return order ? order : left->mutant < right->mutant ? -1 : left->mutant > right->mutant;
}

/* ---- words ---- */

static const char *after(const char *text, char separator)
{
	const char *last = strrchr(text, separator);

	return last ? last + 1 : text;
}

/* "Cart.total()" of "shop/Cart.total(II)I". */
static const char *callee_words(struct arena *arena, const char *callee)
{
	size_t len = callee ? strcspn(callee, "(") : 0;
	char *name = arena_strndup(arena, callee ? callee : "", len);

	return len ? arena_strfmt(arena, "%s()", after(name, '/')) : "";
}

/* "assertTrue" of "Assertions.assertTrue()". */
static const char *after_dot(struct arena *arena, const char *words)
{
	const char *name = after(words, '.');

	return arena_strndup(arena, name, strcspn(name, "("));
}

static void describe_site(struct arena *arena, const struct caught *caught,
			  struct leverage_fix *ret)
{
	const struct trace_site *site = caught->site;
	const char *callee = callee_words(arena, site->callee);
	const char *test = arena_strfmt(arena, "%s.%s", after(site->class_name, '.'),
					site->method_name ? site->method_name : "?");

	ret->location = site->line ? arena_strfmt(arena, "%s:%u", site->class_name, site->line)
				   : site->class_name;
	if (caught->kind == LEVERAGE_TIGHTEN)
		ret->title = arena_strfmt(arena, "assert more than %s in %s does",
					  *callee ? after_dot(arena, callee) : "the assertion", test);
	else
		ret->title = *callee
			? arena_strfmt(arena, "assert what %s gets from %s", test, callee)
			: arena_strfmt(arena, "assert what is handed to %s", test);
}

static void describe_method(const struct run *run, struct arena *arena, const char *const *labels,
			    const struct caught *caught, struct leverage_fix *ret)
{
	static const char *const formats[N_LEVERAGE_KINDS] = {
		[LEVERAGE_TIGHTEN] = "tighten what is asserted of %s",
		[LEVERAGE_ASSERT] = "assert what %s gives back",
		[LEVERAGE_OBSERVE] = "assert the effect of %s",
		[LEVERAGE_INPUT] = "test %s with inputs at the edges",
		[LEVERAGE_CALL] = "write a test that runs %s",
	};
	const struct plan_class *class = &run->plan.classes[caught->class_number];
	const char *file = class->source_file ? class->source_file : class->display_name;
	const char *label = place_name(arena, class->source_file, labels[caught->class_number], caught->method);
	uint32_t line = run->plan.mutants[ret->mutants[0]].line;

	ret->title = arena_strfmt(arena, formats[caught->kind], label);
	for (uint32_t i = 1; i < ret->n; i++)
		if (run->plan.mutants[ret->mutants[i]].line < line)
			line = run->plan.mutants[ret->mutants[i]].line;
	ret->location = line ? arena_strfmt(arena, "%s:%u", file, line) : file;
}

/* ---- the fixes ---- */

static int largest_first(const void *a, const void *b)
{
	const struct leverage_fix *left = a, *right = b;

	if (left->n != right->n)
		return left->n > right->n ? -1 : 1;
	if (left->kind != right->kind)
		return (int)left->kind - (int)right->kind;
	return left->mutants[0] < right->mutants[0] ? -1 : 1;
}

static uint32_t gather(const struct run *run, struct arena *arena, struct caught **ret)
{
	struct caught *all = ARENA_NEW_N(arena, struct caught, run->plan.n_mutants);
	uint32_t n = 0;

	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		n += catch_it(run, i, &all[n]);
	if (n)
		qsort(all, n, sizeof(*all), by_cure_then_number);
	*ret = all;
	return n;
}

/* As if each fix caught all it may: so the report says "about". */
static void project_scores(const struct run *run, struct leverage_fix *fixes, uint32_t n)
{
	struct run_counts counts = run_count(run);
	uint32_t detected = counts.detected;

	for (uint32_t i = 0; i < n; i++) {
		detected += fixes[i].n;
		fixes[i].projected = 100.0 * detected / counts.counted;
		fixes[i].points = fixes[i].projected - counts.score;
	}
}

uint32_t leverage_find(const struct run *run, struct arena *arena, struct leverage_fix **ret)
{
	const char *const *labels = (const char *const *)groups_class_labels(arena, &run->plan);
	struct leverage_fix *fixes;
	struct caught *all;
	uint32_t n_all = gather(run, arena, &all), n = 0;

	*ret = fixes = ARENA_NEW_N(arena, struct leverage_fix, n_all);
	for (uint32_t i = 0, end; i < n_all; i = end) {
		struct leverage_fix *fix = &fixes[n++];
		uint32_t *mutants;

		for (end = i; end < n_all && !by_cure(&all[i], &all[end]); end++)
			;
		mutants = ARENA_NEW_N(arena, uint32_t, end - i);
		for (uint32_t k = i; k < end; k++)
			mutants[k - i] = all[k].mutant;
		*fix = (struct leverage_fix){ .kind = all[i].kind, .mutants = mutants, .n = end - i };
		if (all[i].site)
			describe_site(arena, &all[i], fix);
		else
			describe_method(run, arena, labels, &all[i], fix);
	}
	if (n)
		qsort(fixes, n, sizeof(*fixes), largest_first);
	project_scores(run, fixes, n);
	return n;
}

/* ---- out ---- */

void leverage_text(struct page *page, uint32_t most)
{
	const struct style *style = &page->settings->style;
	struct leverage_fix *fixes;
	uint32_t n = leverage_find(page->run, &page->arena, &fixes);

	if (!n || fixes[0].n < 2)	/* nothing that is more than the survivor itself */
		return;
	page_title(page, INK_BOLD, "Biggest leverage fixes", "taken together");
	for (uint32_t i = 0; i < n && i < most && fixes[i].n > 1; i++) {
		const char *figures = arena_strfmt(&page->arena,
			"Impact: ~%u mutants   Projected after: %u%% (+%.0fpp)   Location: %s",
			fixes[i].n, (unsigned)(fixes[i].projected + 1e-9), fixes[i].points,
			fixes[i].location);

		buf_fmt(page->out, "%3u. ", i + 1);
		style_inked(style, page->out, INK_BOLD, fixes[i].title, style->width - 5);
		buf_text(page->out, "\n     ");
		style_text(style, page->out, figures, style->width - 5);
		buf_u1(page->out, '\n');
	}
}

void leverage_json(const struct run *run, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct leverage_fix *fixes;
	uint32_t n = leverage_find(run, &arena, &fixes);

	buf_text(out, ",\n\"leverage\":[");
	for (uint32_t i = 0; i < n && i < JSON_MOST; i++) {
		buf_text(out, i ? ",\n{" : "\n{");
		json_text_field(out, "kind", leverage_kind_name(fixes[i].kind));
		json_text_field(out, "title", fixes[i].title);
		json_text_field(out, "location", fixes[i].location);
		json_number_field(out, "impact", fixes[i].n);
		buf_fmt(out, ",\"projected\":%.2f,\"points\":%.2f,\"mutants\":[", fixes[i].projected,
			fixes[i].points);
		for (uint32_t k = 0; k < fixes[i].n; k++) {
			buf_text(out, k ? "," : "");
			json_text(out, run->plan.mutants[fixes[i].mutants[k]].id);
		}
		buf_text(out, "]}");
		buf_pass(out);
	}
	buf_text(out, "]");
	arena_release(&arena);
}
