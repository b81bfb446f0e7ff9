#include "runner/jvm_options.h"

#include <string.h>

#include "util/test.h"

/* The options from -XX:+UseSerialGC on, which are not our own, joined by blanks. */
static const char *given(struct run *run, uint64_t *heap)
{
	const char *const *options, *joined = "";
	bool is_given = false;
	uint32_t n;

	*heap = jvm_options(run, "a.jar", &options, &n);
	for (uint32_t i = 0; i < n; i++) {
		if (is_given)
			joined = arena_strfmt(&run->arena, "%s%s%s", joined, *joined ? " " : "", options[i]);
		is_given |= !strcmp(options[i], "-XX:+UseSerialGC");
	}
	return joined;
}

TEST(the_users_options_follow_those_of_the_build)
{
	static const char *const built[] = { "-Da=1", "-Xmx256m", "--add-opens=a/b=c" };
	static const char *const typed[] = { "-Da=2", "--add-opens", "d/e=f", "--enable-preview", "-Xmx300m" };
	struct run run = {
		.project = { .directory = "/p", .jvm_args = built, .n_jvm_args = 3 },
		.settings = { .jvm_args = typed, .n_jvm_args = 5 },
	};
	uint64_t heap;

	EXPECT_STR(given(&run, &heap), "-Da=1 --add-opens=a/b=c -Da=2 --add-opens=d/e=f --enable-preview -Xmx300m");
	EXPECT_LONG(heap >> 20, 300);
	arena_release(&run.arena);
}

TEST(a_builds_heap_counts_where_it_is_larger_than_ours)
{
	static const char *const small[] = { "-Xmx256m" }, *const large[] = { "-Xmx3g" };
	struct run run = { .project = { .directory = "/p", .jvm_args = small, .n_jvm_args = 1 } };
	uint64_t heap;

	EXPECT_STR(given(&run, &heap), "");
	EXPECT_LONG(heap >> 20, 1024);
	run.project.jvm_args = large;
	EXPECT_STR(given(&run, &heap), "-Xmx3g");
	EXPECT_LONG(heap >> 20, 3072);
	arena_release(&run.arena);
}

static bool has(struct run *run, const char *option)
{
	const char *const *options;
	uint32_t n;

	jvm_options(run, "a.jar", &options, &n);
	for (uint32_t i = 0; i < n; i++)
		if (!strcmp(options[i], option))
			return true;
	return false;
}

TEST(a_build_may_name_options_that_this_jvm_does_not_know_but_the_user_may_not)
{
	static const char *const built[] = { "-XX:+UseConcMarkSweepGC", "-XX:MaxPermSize=64m" };
	static const char *const typed[] = { "-XX:+UseParallelGC" };
	struct run run = { .project = { .directory = "/p", .jvm_args = built, .n_jvm_args = 2 } };

	EXPECT(has(&run, "-XX:+IgnoreUnrecognizedVMOptions"));
	EXPECT(has(&run, "-XX:MaxPermSize=64m"));
	EXPECT(has(&run, "-XX:+UseSerialGC"));
	EXPECT(!has(&run, "-XX:+UseConcMarkSweepGC"));
	run.settings.jvm_args = typed;
	run.settings.n_jvm_args = 1;
	EXPECT(!has(&run, "-XX:+IgnoreUnrecognizedVMOptions"));
	EXPECT(has(&run, "-XX:+UseParallelGC"));
	EXPECT(!has(&run, "-XX:+UseSerialGC"));
	arena_release(&run.arena);
}
