#include "crew/traces.h"

#include "util/test.h"

static const uint8_t one_event[] = {
	0, 0, 0, 2,  0, 0, 0, 0,  0, 0, 0, 1, '7',
	0, 0, 0, 1,  0, 0, 0, 9,  2,  1,  0, 0, 0, 0, 0, 0, 1, 2,  0, 0, 0, 1,
};

static struct trace read(struct arena *arena, const uint8_t *bytes, size_t len, bool *ret_failed)
{
	struct wire_reader in = { bytes, bytes + len, false };
	struct trace trace = traces_read(&in, arena);

	*ret_failed = in.failed || in.pos != in.end;
	return trace;
}

TEST(a_trace_has_sites_kinds_operands_digests_and_texts)
{
	struct arena arena = ARENA_INIT;
	struct trace trace;
	bool failed;

	trace = read(&arena, one_event, sizeof(one_event), &failed);
	EXPECT(!failed);
	EXPECT_LONG(trace.n, 1);
	EXPECT_LONG(trace.events[0].site, 9);
	EXPECT_LONG(trace.events[0].kind, TRACE_ASSERTED);
	EXPECT_LONG(trace.events[0].operand, 1);
	EXPECT_LONG((long)trace.events[0].digest, 258);
	EXPECT_STR(trace.events[0].text, "7");
	arena_release(&arena);
}

TEST(a_trace_with_a_text_or_a_kind_that_is_not_there_has_failed)
{
	uint8_t bytes[sizeof(one_event)];
	struct arena arena = ARENA_INIT;
	bool failed;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = one_event[i];
	bytes[sizeof(bytes) - 1] = 2;
	read(&arena, bytes, sizeof(bytes), &failed);
	EXPECT(failed);
	bytes[sizeof(bytes) - 1] = 1;
	bytes[21] = N_TRACE_KINDS;
	read(&arena, bytes, sizeof(bytes), &failed);
	EXPECT(failed);
	for (size_t len = 0; len < sizeof(one_event); len++) {
		read(&arena, one_event, len, &failed);
		EXPECT(failed);
	}
	arena_release(&arena);
}
