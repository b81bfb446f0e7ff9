#include "report/tests_text.h"

#include <string.h>

#define NAMED_TESTS 10
#define NAMED_MAX 5

static void put_tests_left_out(struct page *page, enum unit_state state, const char *title,
			       const char *rest)
{
	const struct run *run = page->run;
	uint32_t n = 0, named = 0;

	for (uint32_t i = 0; i < run->n_units; i++)
		n += run->units[i].state == state;
	if (!n)
		return;
	page_title(page, INK_WARN, title, page_count(page, n, "test", rest));
	for (uint32_t i = 0; i < run->n_units; i++) {
		if (run->units[i].state != state)
			continue;
		if (named++ == NAMED_TESTS && !page->settings->verbose) {
			buf_fmt(page->out, "  and %u more; --verbose names all\n", n - NAMED_TESTS);
			break;
		}
		page_named(page, run->units[i].name, page_short_failure(run->units[i].failure));
	}
}

/* Several test engines may stumble over the same class. */
static bool is_repeated(const struct run *run, uint32_t problem)
{
	for (uint32_t i = 0; i < problem; i++)
		if (!strcmp(run->problems[i], run->problems[problem]))
			return true;
	return false;
}

/* With a matrix: tests without which every verdict would be the same may still
 * be worth their place; those that kill nothing at all are the ones to look at. */
static void put_idle_tests(struct page *page)
{
	const struct run *run = page->run;
	bool *kills = ARENA_NEW_N(&page->arena, bool, run->n_units);
	uint32_t passed = 0, idle = 0;

	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		for (uint32_t k = 0; k < run->verdicts[i].n_killers; k++)
			kills[run->verdicts[i].killers[k]] = true;
	for (uint32_t i = 0; i < run->n_units; i++) {
		passed += run->units[i].state == UNIT_PASSED;
		idle += run->units[i].state == UNIT_PASSED && !kills[i];
	}
	buf_u1(page->out, '\n');
	style_count(page->out, idle, "test");
	buf_fmt(page->out, " of %u kill%s no mutant\n", passed, idle == 1 ? "s" : "");
}

static void put_names(struct page *page, const char *const *names, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (i == NAMED_MAX && !page->settings->verbose) {
			buf_fmt(page->out, "  and %u more; --verbose names all\n", n - NAMED_MAX);
			return;
		}
		page_named(page, names[i], NULL);
	}
}

static void put_problems(struct page *page)
{
	const struct run *run = page->run;
	const char **once = ARENA_NEW_N(&page->arena, const char *, run->n_problems);
	uint32_t n = 0;

	for (uint32_t i = 0; i < run->n_problems; i++)
		if (!is_repeated(run, i))
			once[n++] = run->problems[i];
	if (!n)
		return;
	page_title(page, INK_WARN, "Not run",
		   page_count(page, n, "class",
			      n == 1 ? " that looks like a test but cannot be one here"
				     : " that look like tests but cannot be any here"));
	put_names(page, once, n);
}

static void put_copies(struct page *page)
{
	const struct run *run = page->run;

	if (!run->n_copies)
		return;
	page_title(page, INK_WARN, "Copies",
		   page_count(page, run->n_copies, "class",
			      " that a library or the JVM loaded for itself: what tests do with it meets no change"));
	put_names(page, run->copies, run->n_copies);
}

static bool is_about_missing_class(const char *text)
{
	return text && (strstr(text, "NoClassDefFoundError") || strstr(text, "ClassNotFoundException"));
}

/* Most tests that fail here and pass in the build lack a library. */
static void put_library_hint(struct page *page)
{
	const struct run *run = page->run;
	uint32_t n = 0;

	for (uint32_t i = 0; i < run->n_units; i++)
		n += run->units[i].state == UNIT_FAILED &&
		     is_about_missing_class(run->units[i].failure);
	for (uint32_t i = 0; i < run->n_problems; i++)
		n += is_about_missing_class(run->problems[i]);
	if (n)
		buf_text(page->out, "\nClasses of a library are missing: name its jar with --classpath; `vary doctor` lists those found.\n");
}

void tests_text(struct page *page)
{
	if (page->run->verdicts && page->run->settings.matrix)
		put_idle_tests(page);
	put_tests_left_out(page, UNIT_FAILED, "Left out", " failing without any change");
	put_tests_left_out(page, UNIT_FLAKY, "Flaky, left out",
			   " whose two runs without any change disagree");
	put_problems(page);
	put_copies(page);
	put_library_hint(page);
}
