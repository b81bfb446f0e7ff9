#include "oracle/compare.h"

#include <string.h>

/* ---- where events cross: every (site, kind, operand) is a place with a number ---- */

struct places {
	uint64_t *keys;		/* [size] open addressing, `empty` where free */
	uint32_t *numbers;	/* [size] */
	uint32_t size;		/* a power of two, more than twice n */
	uint32_t n;
};

static const uint64_t empty = UINT64_MAX;	/* no kind is 255 */

static uint64_t key_of(const struct trace_event *event)
{
	return (uint64_t)event->site << 16 | (uint64_t)event->kind << 8 | event->operand;
}

static void places_init(struct places *places, struct arena *arena, uint32_t most)
{
	places->size = 4;
	while (places->size / 2 <= most)
		places->size *= 2;
	places->n = 0;
	places->numbers = ARENA_NEW_N(arena, uint32_t, places->size);
	places->keys = ARENA_NEW_N(arena, uint64_t, places->size);
	memset(places->keys, 0xff, places->size * sizeof(*places->keys));
}

static uint32_t places_slot(const struct places *places, uint64_t key)
{
	uint32_t at = (uint32_t)(key * 0x9e3779b97f4a7c15u >> 32) & (places->size - 1);

	while (places->keys[at] != empty && places->keys[at] != key)
		at = (at + 1) & (places->size - 1);
	return at;
}

static uint32_t places_add(struct places *places, uint64_t key)
{
	uint32_t at = places_slot(places, key);

	if (places->keys[at] == empty) {
		places->keys[at] = key;
		places->numbers[at] = places->n++;
	}
	return places->numbers[at];
}

#define NOWHERE UINT32_MAX

static uint32_t places_find(const struct places *places, uint64_t key)
{
	uint32_t at = places_slot(places, key);

	return places->keys[at] == empty ? NOWHERE : places->numbers[at];
}

static bool is_of_boundary(const struct trace_event *event)
{
	return event->kind != TRACE_STATE;
}

/* ---- the original ---- */

#define CHANCE_SHARE 4	/* where more of a place's events differ, all are masked */

struct compare {
	struct trace own;		/* the original */
	struct places places;		/* also those that only the other runs have */
	uint32_t *start;		/* [places.n + 1] in order */
	uint32_t *order;		/* event numbers by place, those of one place in their order */
	bool *whole;			/* [places.n] all of the place is masked */
	bool *masked;			/* [own.n] */
	uint32_t *n_masked_at;		/* [places.n] */
	bool any_masked;
	uint32_t n_masked, n_events;	/* of the boundary */
};

/* Where each place's events begin, by counting. */
static void sort_by_place(struct compare *compare, struct arena *arena)
{
	const struct trace *trace = &compare->own;
	uint32_t *at;

	compare->start = ARENA_NEW_N(arena, uint32_t, (size_t)compare->places.n + 1);
	compare->order = ARENA_NEW_N(arena, uint32_t, trace->n);
	at = ARENA_NEW_N(arena, uint32_t, (size_t)compare->places.n + 1);
	for (uint32_t i = 0; i < trace->n; i++)
		if (is_of_boundary(&trace->events[i]))
			compare->start[places_find(&compare->places, key_of(&trace->events[i])) + 1]++;
	for (uint32_t p = 0; p < compare->places.n; p++) {
		compare->start[p + 1] += compare->start[p];
		at[p] = compare->start[p];
	}
	for (uint32_t i = 0; i < trace->n; i++)
		if (is_of_boundary(&trace->events[i]))
			compare->order[at[places_find(&compare->places, key_of(&trace->events[i]))]++] = i;
	compare->n_events = compare->start[compare->places.n];
}

static uint32_t count_at(const struct compare *compare, uint32_t place)
{
	return compare->start[place + 1] - compare->start[place];
}

/* `repeats`: another was held against the original before. An event that differs only now
 * shows that others of its place may do so the next time: what threads race for, say. */
static void mask(struct compare *compare, const struct trace *again, bool repeats)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *seen = ARENA_NEW_N(&scratch, uint32_t, compare->places.n);

	for (uint32_t i = 0; i < again->n; i++) {
		const struct trace_event *event = &again->events[i];
		uint32_t place, number;

		if (!is_of_boundary(event))
			continue;
		place = places_find(&compare->places, key_of(event));
		if (seen[place]++ >= count_at(compare, place))
			continue;
		number = compare->order[compare->start[place] + seen[place] - 1];
		if (compare->own.events[number].digest == event->digest || compare->masked[number])
			continue;
		compare->masked[number] = true;
		compare->whole[place] |= repeats;
		compare->n_masked_at[place]++;
	}
	compare->n_masked = 0;
	for (uint32_t p = 0; p < compare->places.n; p++) {
		uint32_t n = count_at(compare, p);

		compare->whole[p] |= seen[p] != n || compare->n_masked_at[p] > n / CHANCE_SHARE;
		compare->any_masked |= compare->whole[p] || compare->n_masked_at[p];
		compare->n_masked += compare->whole[p] ? n : compare->n_masked_at[p];
	}
	arena_release(&scratch);
}

static void add_places(struct compare *compare, const struct trace *trace)
{
	for (uint32_t i = 0; i < trace->n; i++)
		if (is_of_boundary(&trace->events[i]))
			places_add(&compare->places, key_of(&trace->events[i]));
}

struct compare *compare_new(struct arena *arena, const struct trace *original,
			    const struct trace *again)
{
	struct compare *compare = ARENA_NEW(arena, struct compare);

	compare->own = *original;
	places_init(&compare->places, arena, original->n + again->n);
	add_places(compare, original);
	add_places(compare, again);
	compare->whole = ARENA_NEW_N(arena, bool, compare->places.n);
	compare->n_masked_at = ARENA_NEW_N(arena, uint32_t, compare->places.n);
	compare->masked = ARENA_NEW_N(arena, bool, original->n);
	sort_by_place(compare, arena);
	mask(compare, again, false);
	return compare;
}

void compare_again(struct compare *compare, struct arena *arena, const struct trace *again)
{
	const struct places before = compare->places;
	uint32_t old_n = before.n;

	places_init(&compare->places, arena, old_n + again->n);
	for (uint32_t i = 0; i < before.size; i++)
		if (before.keys[i] != empty) {
			uint32_t at = places_slot(&compare->places, before.keys[i]);

			compare->places.keys[at] = before.keys[i];
			compare->places.numbers[at] = before.numbers[i];
		}
	compare->places.n = old_n;
	add_places(compare, again);
	compare->whole = arena_grow(arena, compare->whole, old_n, compare->places.n,
				    sizeof(*compare->whole));
	compare->n_masked_at = arena_grow(arena, compare->n_masked_at, old_n, compare->places.n,
					  sizeof(*compare->n_masked_at));
	compare->start = arena_grow(arena, compare->start, (size_t)old_n + 1,
				    (size_t)compare->places.n + 1, sizeof(*compare->start));
	for (uint32_t p = old_n; p < compare->places.n; p++)
		compare->start[p + 1] = compare->start[old_n];	/* the original has none there */
	mask(compare, again, true);
}

bool compare_can_tell(const struct compare *compare)
{
	return compare->n_events ? compare->n_masked <= compare->n_events / 2 : !compare->any_masked;
}

bool compare_is_steady(const struct compare *compare)
{
	return !compare->any_masked;
}

const struct trace *compare_original(const struct compare *compare)
{
	return &compare->own;
}

/* ---- the mutant ---- */

struct finding {		/* while one is looked for */
	struct compare_result *result;
	uint32_t first_at, asserted_at;	/* the event's number in its trace */
};

static void find(struct finding *finding, uint32_t at, const struct trace_event *original,
		 const struct trace_event *mutated)
{
	const struct trace_event *event = mutated ? mutated : original;
	const struct compare_difference difference = {
		.site = event->site, .kind = event->kind, .operand = event->operand,
		.is_there = true, .original = original, .mutated = mutated,
	};

	if (at < finding->first_at) {
		finding->first_at = at;
		finding->result->first = difference;
	}
	if (event->kind == TRACE_ASSERTED && at < finding->asserted_at) {
		finding->asserted_at = at;
		finding->result->asserted = difference;
	}
}

static void hold_against(const struct compare *compare, const struct trace *mutated,
			 uint32_t at, uint32_t *seen, struct finding *finding)
{
	const struct trace_event *event = &mutated->events[at];
	uint32_t place = places_find(&compare->places, key_of(event)), number;

	if (place == NOWHERE) {
		find(finding, at, NULL, event);
		return;
	}
	if (compare->whole[place])
		return;
	if (seen[place]++ >= count_at(compare, place)) {
		find(finding, at, NULL, event);
		return;
	}
	number = compare->order[compare->start[place] + seen[place] - 1];
	if (!compare->masked[number] && compare->own.events[number].digest != event->digest)
		find(finding, at, &compare->own.events[number], event);
}

void compare_with(const struct compare *compare, struct arena *scratch,
		  const struct trace *mutated, struct compare_result *ret)
{
	struct finding finding = { ret, UINT32_MAX, UINT32_MAX };
	uint32_t *seen = ARENA_NEW_N(scratch, uint32_t, compare->places.n);

	memset(ret, 0, sizeof(*ret));
	for (uint32_t i = 0; i < mutated->n; i++)
		if (is_of_boundary(&mutated->events[i]))
			hold_against(compare, mutated, i, seen, &finding);
	for (uint32_t p = 0; p < compare->places.n; p++)
		if (!compare->whole[p] && seen[p] < count_at(compare, p)) {
			uint32_t number = compare->order[compare->start[p] + seen[p]];

			find(&finding, number, &compare->own.events[number], NULL);
		}
}
