#include "crew/touched.h"

#include "util/test.h"

TEST(tests_that_touch_the_same_wait_for_each_other)
{
	static const uint64_t port[] = { 8080 }, both[] = { 9090, 8080 }, jvm[] = { WIRE_TOUCHED_JVM },
			      many[] = { WIRE_TOUCHED_MANY }, file[] = { WIRE_TOUCHED_JVM, 7070 };

	EXPECT(touched_meet(port, 1, both, 2));
	EXPECT(touched_meet(both, 2, port, 1));
	EXPECT(!touched_meet(port, 1, file, 2));
	EXPECT(!touched_meet(port, 1, NULL, 0));
	EXPECT(touched_meet(port, 1, many, 1));
	EXPECT(touched_meet(many, 1, file, 2));
	EXPECT(!touched_meet(many, 1, jvm, 1));
	EXPECT(!touched_meet(jvm, 1, jvm, 1));	/* each has one of its own */
	EXPECT(!touched_meet(file, 2, jvm, 1));
	EXPECT(touched_jvm(file, 2));
	EXPECT(touched_jvm(many, 1));
	EXPECT(!touched_jvm(both, 2));
}

TEST(a_set_holds_everything_once)
{
	static const uint64_t some[] = { 5, 6 }, more[] = { 6, 7, 5 };
	struct arena arena = ARENA_INIT;
	const uint64_t *set = NULL;
	uint32_t n = 0;

	touched_add(&arena, &set, &n, some, 2);
	touched_add(&arena, &set, &n, more, 3);
	touched_add(&arena, &set, &n, more, 3);
	EXPECT_LONG(n, 3);
	EXPECT_LONG((long)set[2], 7);
	arena_release(&arena);
}

TEST(names_made_up_for_one_run_are_not_kept)
{
	static const uint64_t first[] = { 100, WIRE_TOUCHED_JVM, 200 }, again[] = { 300, WIRE_TOUCHED_JVM, 100 };
	static const uint64_t many[] = { 100, WIRE_TOUCHED_MANY };
	struct arena arena = ARENA_INIT;
	const uint64_t *set = first;
	uint32_t n = 3;

	touched_keep(&arena, &set, &n, again, 3);
	EXPECT_LONG(n, 2);
	EXPECT_LONG(set[0], 100);
	EXPECT_LONG(set[1], WIRE_TOUCHED_JVM);
	set = many;
	n = 2;
	touched_keep(&arena, &set, &n, again, 3);
	EXPECT_LONG(n, 2);
	arena_release(&arena);
}
