#include <stdio.h>
#include <string.h>

#include "util/test.h"

static struct test *all_tests;
static unsigned failures_here;

void test_register(struct test *test)
{
	struct test **at = &all_tests;

	/* By file, then in the order of the file. */
	while (*at && strcmp((*at)->file, test->file) <= 0)
		at = &(*at)->next;
	test->next = *at;
	*at = test;
}

void test_check(bool holds, const char *file, int line, const char *what)
{
	if (holds)
		return;
	failures_here++;
	printf("%s:%d: expected %s\n", file, line, what);
}

void test_check_str(const char *got, const char *want, const char *file, int line)
{
	if (got && want && !strcmp(got, want))
		return;
	failures_here++;
	printf("%s:%d: got  \"%s\"\n%*swant \"%s\"\n", file, line,
	       got ? got : "(null)", (int)strlen(file) + 6, "",
	       want ? want : "(null)");
}

void test_check_long(long got, long want, const char *file, int line, const char *what)
{
	if (got == want)
		return;
	failures_here++;
	printf("%s:%d: %s is %ld, not %ld\n", file, line, what, got, want);
}

int main(int argc, char **argv)
{
	const char *only = argc > 1 ? argv[1] : "";
	unsigned passed = 0, failed = 0;

	for (struct test *test = all_tests; test; test = test->next) {
		if (!strstr(test->name, only) && !strstr(test->file, only))
			continue;
		failures_here = 0;
		test->run();
		if (failures_here) {
			failed++;
			printf("FAILED %s: %s\n", test->file, test->name);
		} else {
			passed++;
		}
	}
	printf("%u passed, %u failed\n", passed, failed);
	return failed != 0;
}
