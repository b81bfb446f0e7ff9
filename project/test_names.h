/* Which classes a build runs as tests, by the patterns for their names.
 *
 *	struct test_names names = { 0 };
 *	test_names_add(&arena, &names.includes, "Check*.java, *Checks");
 *	test_names_compile(&arena, &names);
 *	if (test_names_match(&names, "shop.CartChecks")) ...
 *	test_names_release(&names);
 *
 * Patterns are Maven surefire's for <includes> and <excludes>: of paths, with one
 * star for what has no slash, two for any folders; several with commas between;
 * ".java" or ".class" at the end, or "#method", say nothing more. One without a
 * slash fits in every folder. "%regex[...]" is a regular expression of the whole path
 * of a class file, "shop/CartTest.class".
 */
#ifndef PROJECT_TEST_NAMES_H
#define PROJECT_TEST_NAMES_H

#include <stdbool.h>

#include "project/libraries.h"

struct test_names {
	struct text_list includes;	/* none: surefire's own, *Test, Test*, *Tests, *TestCase */
	struct text_list excludes;
	struct test_regexes *compiled;	/* NULL before test_names_compile() */
};

/* Adds each pattern of the text to `ret`. False where one is not understood: a
 * regular expression with a look ahead, a count or what else is not simple. */
bool test_names_add(struct arena *arena, struct text_list *ret, const char *text);

/* After the last pattern was added, before the first match; the arena keeps what it needs, but
 * for what test_names_release() gives back. */
void test_names_compile(struct arena *arena, struct test_names *names);
void test_names_release(struct test_names *names);

/* `name`: of a class that lies in no other, with dots. */
bool test_names_match(const struct test_names *names, const char *name);

#endif
