#include "engine/calls.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

/* A static method that calls one. */
static void add_caller(struct build *b, const char *name, const char *owner, const char *callee)
{
	uint16_t ref = build_ref(b, CONSTANT_METHODREF, owner, callee, "()V");
	const uint8_t code[] = { 0xb8, (uint8_t)(ref >> 8), (uint8_t)ref, 0xb1 };

	build_method(b, name, "()V",
		     (struct build_code){ .bytes = { arena_memdup(b->arena, code, sizeof(code)), sizeof(code) } });
}

static bool leads(const struct calls_entry *entries, uint32_t n, const char *method)
{
	for (uint32_t i = 0; i < n; i++)
		if (!strcmp(entries[i].method_name, method))
			return true;
	return false;
}

TEST(whoever_leads_to_a_method_is_found_the_nearest_first)
{
	struct arena arena = ARENA_INIT;
	const struct class *class;
	struct calls_entry *entries;
	struct calls *calls;
	struct build b;
	uint32_t n;

	build_start(&b, &arena, 49);
	build_method(&b, "target", "()V", (struct build_code){ .bytes = BYTES(0xb1) });
	add_caller(&b, "far", "pkg/Sample", "near");
	add_caller(&b, "near", "pkg/Sample", "target");
	add_caller(&b, "other", "pkg/Sample", "other");
	class = build_parsed(&b);
	calls = calls_build(&arena, &class, 1);
	n = calls_leading_to(calls, &arena, class->name, "target", "()V", 10, &entries);
	EXPECT(n == 3);
	EXPECT(n == 3 && !strcmp(entries[0].method_name, "target"));
	EXPECT(n == 3 && !strcmp(entries[1].method_name, "near"));
	EXPECT(n == 3 && !strcmp(entries[2].method_name, "far"));
	EXPECT(calls_leading_to(calls, &arena, class->name, "target", "()V", 2, &entries) == 2);
	arena_release(&arena);
}

TEST(what_may_reach_the_world_outside_is_never_an_entry)
{
	struct arena arena = ARENA_INIT;
	const struct class *class;
	struct calls_entry *entries;
	struct calls *calls;
	const char **unsafe;
	struct build b;
	uint32_t n;

	build_start(&b, &arena, 49);
	build_method(&b, "target", "()V", (struct build_code){ .bytes = BYTES(0xb1) });
	add_caller(&b, "deletes", "java/io/File", "delete");
	uint16_t target = build_ref(&b, CONSTANT_METHODREF, "pkg/Sample", "target", "()V");
	uint16_t deletes = build_ref(&b, CONSTANT_METHODREF, "pkg/Sample", "deletes", "()V");
	const uint8_t code[] = { 0xb8, (uint8_t)(target >> 8), (uint8_t)target,
				 0xb8, (uint8_t)(deletes >> 8), (uint8_t)deletes, 0xb1 };
	build_method(&b, "both", "()V", (struct build_code){ .bytes = { code, sizeof(code) } });
	class = build_parsed(&b);
	calls = calls_build(&arena, &class, 1);
	n = calls_leading_to(calls, &arena, class->name, "target", "()V", 10, &entries);
	EXPECT(leads(entries, n, "target"));
	EXPECT(!leads(entries, n, "both"));
	n = calls_leading_to(calls, &arena, class->name, "deletes", "()V", 10, &entries);
	EXPECT(n == 0);
	n = calls_unsafe(calls, &arena, &unsafe);
	EXPECT_LONG(n, 2);
	EXPECT(n == 2 && !strcmp(unsafe[0], "pkg.Sample#deletes()V") && !strcmp(unsafe[1], "pkg.Sample#both()V"));
	arena_release(&arena);
}

TEST(what_only_begins_like_a_file_or_a_thread_is_harmless)
{
	static const char *const owners[] = {
		"java/lang/RuntimeException", "java/lang/ThreadLocal", "java/util/concurrent/ConcurrentHashMap",
		"java/util/concurrent/atomic/AtomicInteger",
	};
	struct arena arena = ARENA_INIT;
	const struct class *class;
	const char **unsafe;
	struct build b;

	build_start(&b, &arena, 49);
	for (size_t i = 0; i < sizeof(owners) / sizeof(*owners); i++)
		add_caller(&b, arena_strfmt(&arena, "m%zu", i), owners[i], "get");
	add_caller(&b, "waits", "java/util/concurrent/CountDownLatch", "await");
	class = build_parsed(&b);
	EXPECT_LONG(calls_unsafe(calls_build(&arena, &class, 1), &arena, &unsafe), 1);
	arena_release(&arena);
}
