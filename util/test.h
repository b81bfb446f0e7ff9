/* The small test harness.
 *
 *	TEST(a_sentence_about_behaviour)
 *	{
 *		EXPECT(1 + 1 == 2);
 *		EXPECT_STR(name, "iadd");
 *	}
 *
 * Tests register themselves; util/test_main.c runs those whose file or name
 * holds the text given as argument, or all. A failed EXPECT is reported and the
 * test goes on.
 */
#ifndef UTIL_TEST_H
#define UTIL_TEST_H

#include <stdbool.h>

struct test {
	const char *name, *file;
	void (*run)(void);
	struct test *next;
};

void test_register(struct test *test);
void test_check(bool holds, const char *file, int line, const char *what);
void test_check_str(const char *got, const char *want, const char *file, int line);
void test_check_long(long got, long want, const char *file, int line, const char *what);

#define TEST(test_name)                                                      \
	static void test_##test_name(void);                                  \
	__attribute__((constructor)) static void register_##test_name(void)  \
	{                                                                    \
		static struct test test = { #test_name, __FILE__,            \
					    test_##test_name, 0 };           \
		test_register(&test);                                        \
	}                                                                    \
	static void test_##test_name(void)

#define EXPECT(condition) test_check((condition), __FILE__, __LINE__, #condition)
#define EXPECT_STR(got, want) test_check_str((got), (want), __FILE__, __LINE__)
#define EXPECT_LONG(got, want) \
	test_check_long((long)(got), (long)(want), __FILE__, __LINE__, #got)

#endif
