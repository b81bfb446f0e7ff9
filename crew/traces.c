#include "crew/traces.h"

#define EVENT_SIZE 18
#define TEXT_SIZE_MIN 4

struct trace traces_read(struct wire_reader *in, struct arena *arena)
{
	uint32_t n_texts = wire_get_count(in, TEXT_SIZE_MIN), n;
	const char **texts = ARENA_NEW_N(arena, const char *, n_texts);
	struct trace none = { NULL, 0 };
	struct trace_event *events;

	for (uint32_t i = 0; i < n_texts; i++)
		texts[i] = wire_get_text(in, arena);
	n = wire_get_count(in, EVENT_SIZE);
	events = ARENA_NEW_N(arena, struct trace_event, n);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t text;

		events[i].site = wire_get_u4(in);
		events[i].kind = wire_get_u1(in);
		events[i].operand = wire_get_u1(in);
		events[i].digest = wire_get_u8(in);
		text = wire_get_u4(in);
		if (events[i].kind >= N_TRACE_KINDS || text >= n_texts)
			in->failed = true;
		if (in->failed)
			return none;
		events[i].text = texts[text];
	}
	return (struct trace){ events, n };
}
