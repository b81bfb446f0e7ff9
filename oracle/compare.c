#include "oracle/compare.h"

#include <string.h>

#include "oracle/bag.h"

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

/* ---- a trace by place ---- */

struct by_place {
	const struct trace *trace;
	uint32_t *start;	/* [places.n + 1] in order */
	uint32_t *order;	/* event numbers by place, those of one place in their order */
};

/* Where each place's events begin, by counting. Events of no known place are left out. */
static struct by_place sort_by_place(const struct places *places, const struct trace *trace,
				     struct arena *arena)
{
	struct by_place by = {
		trace,
		ARENA_NEW_N(arena, uint32_t, (size_t)places->n + 1),
		ARENA_NEW_N(arena, uint32_t, trace->n),
	};
	struct arena scratch = ARENA_INIT;
	uint32_t *place = ARENA_NEW_N(&scratch, uint32_t, trace->n);
	uint32_t *at = ARENA_NEW_N(&scratch, uint32_t, places->n);

	for (uint32_t i = 0; i < trace->n; i++) {
		const struct trace_event *event = &trace->events[i];

		place[i] = is_of_boundary(event) ? places_find(places, key_of(event)) : NOWHERE;
		if (place[i] != NOWHERE)
			by.start[place[i] + 1]++;
	}
	for (uint32_t p = 0; p < places->n; p++) {
		by.start[p + 1] += by.start[p];
		at[p] = by.start[p];
	}
	for (uint32_t i = 0; i < trace->n; i++)
		if (place[i] != NOWHERE)
			by.order[at[place[i]]++] = i;
	arena_release(&scratch);
	return by;
}

static uint32_t count_at(const struct by_place *by, uint32_t place)
{
	return by->start[place + 1] - by->start[place];
}

/* The number in its trace of the place's n-th, from 0. */
static uint32_t number_at(const struct by_place *by, uint32_t place, uint32_t n)
{
	return by->order[by->start[place] + n];
}

static const struct trace_event *event_at(const struct by_place *by, uint32_t place, uint32_t n)
{
	return &by->trace->events[number_at(by, place, n)];
}

/* ---- the original ---- */

#define CHANCE_SHARE 4	/* where more of a place's events differ, all are masked */
#define VARIETY 4	/* fewer values would be the same in another order by chance */

struct compare {
	struct trace own;		/* the original */
	struct places places;		/* also those that only the other runs have */
	struct by_place by;		/* of `own` */
	bool *whole;			/* [places.n] all of the place is masked */
	bool *is_bag;			/* [places.n] what comes there is the same, its order is not */
	bool *masked;			/* [own.n] */
	uint32_t *n_masked_at;		/* [places.n] */
	bool any_masked;
	uint32_t n_masked;		/* of the boundary, as n_events */
	uint32_t n_events;
};

static bool is_masked(const struct compare *compare, uint32_t place, uint32_t n)
{
	return compare->masked[number_at(&compare->by, place, n)];
}

static bool differs(const struct compare *compare, uint32_t place, uint32_t n,
		    const struct by_place *other)
{
	return !is_masked(compare, place, n) &&
	       event_at(&compare->by, place, n)->digest != event_at(other, place, n)->digest;
}

/* All that another trace has at the place. */
static struct bag bag_at(const struct by_place *by, uint32_t place, struct arena *scratch)
{
	struct bag bag = { NULL, count_at(by, place) };

	bag.events = ARENA_NEW_N(scratch, const struct trace_event *, bag.n);
	for (uint32_t i = 0; i < bag.n; i++)
		bag.events[i] = event_at(by, place, i);
	return bag;
}

/* What the original has there each time. */
static struct bag steady_at(const struct compare *compare, uint32_t place, struct arena *scratch)
{
	struct bag bag = bag_at(&compare->by, place, scratch);
	uint32_t n = 0;

	for (uint32_t i = 0; i < bag.n; i++)
		if (!is_masked(compare, place, i))
			bag.events[n++] = bag.events[i];
	bag.n = n;
	return bag;
}

static void mask_event(struct compare *compare, uint32_t place, uint32_t number)
{
	compare->masked[number] = true;
	compare->n_masked_at[place]++;
}

/* Whether the other run has the same there but for its order, and for at most `few` that are
 * then masked. `n_moved`: how many differ where the order counts. */
static bool take_for_bag(struct compare *compare, uint32_t place, const struct by_place *again,
			 uint32_t n_moved, uint32_t few)
{
	struct arena scratch = ARENA_INIT;
	struct bag own = steady_at(compare, place, &scratch);
	struct bag other = bag_at(again, place, &scratch);
	uint32_t values = bag_values(&own);
	bool taken = values >= VARIETY && values >= own.n / 2;

	bag_leave_others(&own, &other);
	taken = taken && own.n <= few && own.n < n_moved;
	for (uint32_t i = 0; taken && i < own.n; i++)
		mask_event(compare, place, (uint32_t)(own.events[i] - compare->own.events));
	arena_release(&scratch);
	return taken;
}

/* `repeats`: another was held against the original before. An event that differs only now
 * shows that others of its place may do so the next time: what threads race for, say. */
static void mask_place(struct compare *compare, uint32_t place, const struct by_place *again,
		       bool repeats)
{
	uint32_t n = count_at(&compare->by, place), n_moved = 0;

	if (count_at(again, place) != n) {
		compare->whole[place] = true;
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		n_moved += differs(compare, place, i, again);
	if (!n_moved)
		return;
	if (take_for_bag(compare, place, again, n_moved, repeats ? 0 : n / CHANCE_SHARE)) {
		compare->is_bag[place] = true;
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		if (differs(compare, place, i, again))
			mask_event(compare, place, number_at(&compare->by, place, i));
	compare->whole[place] = repeats || compare->n_masked_at[place] > n / CHANCE_SHARE;
}

static void mask(struct compare *compare, const struct trace *again, bool repeats)
{
	struct arena scratch = ARENA_INIT;
	struct by_place by = sort_by_place(&compare->places, again, &scratch);

	compare->n_masked = 0;
	for (uint32_t p = 0; p < compare->places.n; p++) {
		if (!compare->whole[p])
			mask_place(compare, p, &by, repeats);
		compare->any_masked |= compare->whole[p] || compare->n_masked_at[p] || compare->is_bag[p];
		compare->n_masked += compare->whole[p] ? count_at(&compare->by, p)
						       : compare->n_masked_at[p];
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
	compare->is_bag = ARENA_NEW_N(arena, bool, compare->places.n);
	compare->n_masked_at = ARENA_NEW_N(arena, uint32_t, compare->places.n);
	compare->masked = ARENA_NEW_N(arena, bool, original->n);
	compare->by = sort_by_place(&compare->places, &compare->own, arena);
	compare->n_events = compare->by.start[compare->places.n];
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
	compare->is_bag = arena_grow(arena, compare->is_bag, old_n, compare->places.n,
				     sizeof(*compare->is_bag));
	compare->n_masked_at = arena_grow(arena, compare->n_masked_at, old_n, compare->places.n,
					  sizeof(*compare->n_masked_at));
	compare->by = sort_by_place(&compare->places, &compare->own, arena);
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
	const struct compare *compare;
	const struct by_place *mutated;
	struct compare_result *result;
	uint32_t first_at, asserted_at;	/* the event's number in its trace */
	struct arena *scratch;
};

/* NULL: has none. */
static void find(struct finding *finding, const struct trace_event *original,
		 const struct trace_event *mutated)
{
	const struct trace_event *event = mutated ? mutated : original;
	const struct trace_event *events = mutated ? finding->mutated->trace->events
						   : finding->compare->own.events;
	uint32_t at = (uint32_t)(event - events);
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

/* What comes at places that the original never gets to. */
static void hold_new_places(struct finding *finding)
{
	const struct trace *trace = finding->mutated->trace;

	for (uint32_t i = 0; i < trace->n; i++)
		if (is_of_boundary(&trace->events[i]) &&
		    places_find(&finding->compare->places, key_of(&trace->events[i])) == NOWHERE)
			find(finding, NULL, &trace->events[i]);
}

/* The first that differs; those after it come later. Whether there is one. */
static bool hold_in_order(struct finding *finding, uint32_t place)
{
	const struct by_place *own = &finding->compare->by, *mutated = finding->mutated;
	uint32_t n = count_at(own, place), m = count_at(mutated, place), i = 0;

	while (i < n && i < m && !differs(finding->compare, place, i, mutated))
		i++;
	if (i == n && i == m)
		return false;
	find(finding, i < n ? event_at(own, place, i) : NULL, i < m ? event_at(mutated, place, i) : NULL);
	return true;
}

/* All that differ. Whether there are any. */
static bool hold_bag(struct finding *finding, uint32_t place)
{
	const struct compare *compare = finding->compare;
	struct bag own = steady_at(compare, place, finding->scratch);
	struct bag other = bag_at(finding->mutated, place, finding->scratch);
	uint32_t n_masked = compare->n_masked_at[place];

	bag_leave_others(&own, &other);
	for (uint32_t i = 0; i < own.n; i++)	/* for which of the others, is not known among masked ones */
		find(finding, own.events[i], !n_masked && i < other.n ? other.events[i] : NULL);
	if (other.n > own.n + n_masked)
		find(finding, NULL, other.events[other.n - 1]);
	else if (!own.n && other.n < n_masked)
		find(finding, event_at(&compare->by, place, 0), NULL);
	return own.n || other.n != n_masked;
}

/* Whether the place has what it has in the original, in another order. */
static bool is_same_bag(struct finding *finding, uint32_t place)
{
	struct bag own = steady_at(finding->compare, place, finding->scratch);
	struct bag other = bag_at(finding->mutated, place, finding->scratch);

	bag_leave_others(&own, &other);
	return !own.n && other.n == finding->compare->n_masked_at[place];
}

void compare_with(const struct compare *compare, struct arena *scratch,
		  const struct trace *mutated, struct compare_result *ret)
{
	struct by_place by = sort_by_place(&compare->places, mutated, scratch);
	struct finding finding = { compare, &by, ret, UINT32_MAX, UINT32_MAX, scratch };
	bool is_order;

	memset(ret, 0, sizeof(*ret));
	hold_new_places(&finding);
	is_order = !ret->first.is_there;
	for (uint32_t p = 0; p < compare->places.n; p++) {
		if (compare->whole[p])
			continue;
		if (compare->is_bag[p])
			is_order &= !hold_bag(&finding, p);
		else if (hold_in_order(&finding, p))
			is_order = is_order && is_same_bag(&finding, p);
	}
	ret->is_order = is_order && ret->first.is_there;
}
