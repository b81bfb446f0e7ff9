#include "runner/remedy.h"

#include <string.h>

#include "util/test.h"

#define OPENS "java.lang.reflect.InaccessibleObjectException: Unable to make field transient java.lang.Object[] " \
	"java.util.ArrayList.elementData accessible: module java.base does not \"opens java.util\" to unnamed module @1b2"
#define EXPORTS "java.lang.IllegalAccessError: class a.B (in unnamed module @0x1) cannot access class sun.nio.ch.C " \
	"(in module java.base) because module java.base does not export sun.nio.ch to unnamed module @0x1"

TEST(what_the_jdk_keeps_out_is_let_in_by_an_option)
{
	static const struct { const char *failure, *option; } cases[] = {
		{ OPENS, "--add-opens=java.base/java.util=ALL-UNNAMED" },
		{ EXPORTS, "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED" },
		{ "expected: <1> but was: <2>", NULL },
		{ "the door does not \"opens widely\"", NULL },
		{ " module x does not \"opens ", NULL },
		{ " module x does not \"opens y", NULL },
		{ " does not \"opens y\"", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *option = remedy_of(&arena, cases[i].failure);

		EXPECT_STR(option ? option : "none", cases[i].option ? cases[i].option : "none");
	}
	arena_release(&arena);
}

TEST(each_option_is_named_once_for_all_tests)
{
	struct unit units[4] = {
		{ .state = UNIT_FAILED, .failure = OPENS }, { .state = UNIT_FAILED, .failure = EXPORTS },
		{ .state = UNIT_FAILED, .failure = OPENS }, { .state = UNIT_PASSED, .failure = OPENS },
	};
	struct run run = { .units = units, .n_units = 4 };
	uint32_t n;

	EXPECT_STR(remedy_for_run(&run, &n), "--jvm-arg=--add-opens=java.base/java.util=ALL-UNNAMED "
		   "--jvm-arg=--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
	EXPECT_LONG(n, 3);
	run.n_units = 0;
	EXPECT(!remedy_for_run(&run, &n));
	EXPECT_LONG(n, 0);
	arena_release(&run.arena);
}

TEST(tests_of_modules_that_find_no_file_are_sent_to_their_own_directory)
{
	static const char *const roots[] = { "/p/core/web/target/test-classes", "/p/build/classes/java/test" };
	struct project_class classes[] = { { .name = "a.InModule", .root = 0 }, { .name = "a.Own", .root = 1 } };
	struct container containers[] = { { .name = "a.InModule" }, { .name = "a.Own" }, { .name = "a.Unknown" } };
	struct unit units[] = {
		{ .container_number = 0, .state = UNIT_FAILED, .failure = "java.nio.file.NoSuchFileException: src/x" },
		{ .container_number = 0, .state = UNIT_FAILED, .failure = "expected 1" },
		{ .container_number = 0, .state = UNIT_PASSED, .failure = "No such file or directory" },
		{ .container_number = 1, .state = UNIT_FAILED, .failure = "java.io.FileNotFoundException: src/x" },
		{ .container_number = 2, .state = UNIT_FAILED, .failure = "java.io.FileNotFoundException: src/x" },
	};
	struct run run = { .units = units, .n_units = 5, .containers = containers, .n_containers = 3,
			   .project = { .directory = "/p", .roots = roots, .n_roots = 2, .classes = classes, .n_classes = 2 } };
	const char *module;

	EXPECT_LONG(remedy_for_modules(&run, &module), 1);
	EXPECT_STR(module, "core/web");
	run.n_units = 0;
	EXPECT_LONG(remedy_for_modules(&run, &module), 0);
	arena_release(&run.arena);
}
