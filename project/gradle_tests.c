#include "project/gradle_tests.h"

#include <stddef.h>
#include <string.h>

#include "project/gradle_blocks.h"

#define STRINGS_MAX 1000	/* of one statement */

struct reading {
	struct arena *arena;
	struct gradle_tests *tests;
	const char *unknown, *path;	/* the name of what cannot be told, or NULL, and where it stands */
};

static const char **list_of(struct reading *r, const char *name, enum gradle_block *ret_in)
{
	static const struct {
		const char *name;
		enum gradle_block in;
		size_t offset;
	} lists[] = {
		{ "includeTags", GRADLE_ENGINE, offsetof(struct test_choice, groups) },
		{ "excludeTags", GRADLE_ENGINE, offsetof(struct test_choice, excluded) },
		{ "includeCategories", GRADLE_ENGINE, offsetof(struct test_choice, groups) },
		{ "excludeCategories", GRADLE_ENGINE, offsetof(struct test_choice, excluded) },
		{ "includeTestsMatching", GRADLE_FILTER, offsetof(struct test_choice, names) },
		{ "excludeTestsMatching", GRADLE_FILTER, offsetof(struct test_choice, excluded_names) },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (!strcmp(lists[i].name, name)) {
			*ret_in = lists[i].in;
			return (const char **)(void *)((char *)&r->tests->choice + lists[i].offset);
		}
	return NULL;
}

static bool take_strings(struct reading *r, const struct token *at, const char **list)
{
	const char **strings = ARENA_NEW_N(r->arena, const char *, STRINGS_MAX);
	uint32_t n;

	if (script_is(at, TOKEN_SIGN, "=") || !gradle_blocks_strings(at, strings, STRINGS_MAX, &n) || !n)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (!*strings[i] || strchr(strings[i], ','))
			return false;
		*list = arena_strfmt(r->arena, "%s%s%s", *list, **list ? "," : "", strings[i]);
	}
	return true;
}

/* include 'shop/Cart*.class': of paths of class files. */
static bool take_paths(struct reading *r, const struct token *at, struct text_list *list)
{
	const char *patterns = "";

	if (!take_strings(r, at, &patterns) || strstr(patterns, "%regex"))
		return false;
	return test_names_add(r->arena, list, patterns);
}

static void hear(void *context, const struct gradle_word *word)
{
	struct reading *r = context;
	enum gradle_block in = GRADLE_OTHER;
	const char *name = word->at->text, **list = list_of(r, name, &in);
	struct text_list *paths = !strcmp(name, "include") ? &r->tests->names.includes
		: !strcmp(name, "exclude") ? &r->tests->names.excludes : NULL;
	bool is_taken = true;

	if (list)
		is_taken = word->in == in && word->begins_statement && take_strings(r, word->at + 1, list);
	else if (paths && word->in == GRADLE_TEST)
		is_taken = word->begins_statement && take_paths(r, word->at + 1, paths);
	if (is_taken)
		return;
	r->unknown = name;
	r->path = word->path;
}

bool gradle_tests_read(struct arena *arena, const char *base, struct gradle_tests *ret,
		       struct text_list *looked_at)
{
	struct reading r = { .arena = arena, .tests = ret };
	const struct test_choice *choice = &ret->choice;

	*ret = (struct gradle_tests){ .choice = { "", "", "", "" } };
	gradle_blocks_walk(arena, base, hear, &r);
	if (r.unknown) {
		text_list_add(arena, looked_at,
			      arena_strfmt(arena, "skipped %s of %s: only a build knows what it says; all tests are taken, or see --include-tests",
					   r.unknown, r.path));
		return false;
	}
	ret->chooses = *choice->groups || *choice->excluded || *choice->names || *choice->excluded_names;
	ret->has_paths = ret->names.includes.n || ret->names.excludes.n;
	if (!ret->names.includes.n)	/* without any, Gradle looks into all classes */
		return test_names_add(arena, &ret->names.includes, "**/*");
	return true;
}
