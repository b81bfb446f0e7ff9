#include "engine/filtered.h"

#include "engine/body.h"
#include "util/arena.h"

static void keep(const struct filtered_at *at, uint32_t line, unsigned row, enum filter filter)
{
	struct filtered *to = at->to;

	if (to->n == FILTERED_KEPT_MAX)
		return;
	if (to->n == to->size) {
		to->size = to->size ? to->size * 2 : 64;
		to->changes = arena_grow(at->arena, to->changes, to->n, to->size,
					 sizeof(*to->changes));
	}
	to->changes[to->n++] = (struct filtered_change){
		.class_number = at->class_number, .line = line, .method = at->method,
		.row = (uint8_t)row, .filter = (uint8_t)filter,
	};
}

void filtered_note(const struct filtered_at *at, uint32_t number, uint64_t rows, enum filter filter)
{
	uint32_t line = rows && at->to->n < FILTERED_KEPT_MAX ? body_line(at->body, number) : 0;

	for (unsigned row = 0; rows; row++, rows >>= 1) {
		if (!(rows & 1))
			continue;
		at->to->counts[filter]++;
		keep(at, line, row, filter);
	}
}
