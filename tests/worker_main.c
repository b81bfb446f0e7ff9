/* Plays supervisor to a real worker:
 *
 *	worker JVM CLASSPATH SOURCES [ONLY]
 *	worker --bench JVM CLASSPATH SOURCES [ONLY]
 *
 * JVM is a JDK's home, CLASSPATH holds JUnit and the compiled harness, SOURCES
 * is tests/worker. Prints what failed, then `N passed, N failed`; with --bench
 * what a run costs. The tests are in tests/worker/.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jni/worker.h"
#include "tests/worker/costs.h"
#include "tests/worker/setting.h"
#include "util/test.h"

static struct test *all_tests;
static unsigned failures_here;

void test_register(struct test *test)
{
	struct test **at = &all_tests;

	while (*at)
		at = &(*at)->next;
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
	if (!strcmp(got, want))
		return;
	failures_here++;
	printf("%s:%d: got \"%s\", not \"%s\"\n", file, line, got, want);
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
	unsigned passed = 0, failed = 0;
	bool is_bench = argc > 1 && !strcmp(argv[1], "--bench");

	if (argc == 3 && !strcmp(argv[1], "--worker"))
		return worker_main(atoi(argv[2]));
	if (argc - is_bench < 4) {
		puts("usage: worker [--bench] JVM CLASSPATH SOURCES [ONLY]");
		return 2;
	}
	setting_make(argv + 1 + is_bench);
	if (is_bench) {
		costs_compile(argv[4]);
		costs_runs(argc > 5 ? argv[5] : "");
		arena_release(&setting.arena);
		return failures_here != 0;
	}
	for (struct test *test = all_tests; test; test = test->next) {
		if (argc > 4 && !strstr(test->name, argv[4]))
			continue;
		failures_here = 0;
		test->run();
		fflush(stdout);
		if (failures_here)
			printf("FAILED %s\n", test->name);
		failures_here ? failed++ : passed++;
	}
	printf("%u passed, %u failed\n", passed, failed);
	arena_release(&setting.arena);
	return failed != 0;
}
