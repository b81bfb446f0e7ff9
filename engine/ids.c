#include "engine/ids.h"

#include <stdlib.h>
#include <string.h>

#include "engine/identity.h"

#define ID_DIGITS 6		/* of the hash in an id, if that tells it apart */
#define ID_DIGITS_MAX 16
#define HEAP_BITS_MAX 20
#define HEAP_MEAN 4		/* mutants in a heap */

struct id_order {		/* one mutant while ids are given */
	uint64_t hash;
	uint64_t name;		/* a hash of label and KIND */
	uint32_t mutant;
	unsigned digits;
};

static int compare_u64(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_hash(const void *a, const void *b)
{
	const struct id_order *x = a, *y = b;
	int order = compare_u64(x->hash, y->hash);

	return order ? order : compare_u64(x->mutant, y->mutant);
}

static int by_name(const void *a, const void *b)
{
	const struct id_order *x = a, *y = b;
	int order = compare_u64(x->name, y->name);

	return order ? order : by_hash(a, b);
}

/* Of items by hash, those that are alike count up in plan order. */
static void add_ordinals(struct id_order *items, uint32_t n)
{
	uint32_t ordinal = 0;
	uint64_t before = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint64_t alike = items[i].hash;

		ordinal = i > 0 && alike == before ? ordinal + 1 : 0;
		before = alike;
		items[i].hash = identity_of_ordinal(alike, ordinal);
	}
}

/* How many hex digits tell a hash from its neighbour in sorted order. */
static unsigned digits_apart(uint64_t a, uint64_t b)
{
	unsigned digits = 1;

	while (digits < ID_DIGITS_MAX && a >> (64 - 4 * digits) == b >> (64 - 4 * digits))
		digits++;
	return digits;
}

/* Makes the hashes of one label and KIND differ, and counts the digits that
 * tell them apart. Asked over all mutants, ids would get long in large plans. */
static void tell_apart(struct id_order *items, uint32_t n)
{
	add_ordinals(items, n);
	qsort(items, n, sizeof(*items), by_hash);
	for (uint32_t i = 1; i < n; i++) {
		unsigned digits;

		if (items[i].hash <= items[i - 1].hash)
			items[i].hash = items[i - 1].hash + 1;
		digits = digits_apart(items[i - 1].hash, items[i].hash);
		if (items[i - 1].digits < digits)
			items[i - 1].digits = digits;
		if (items[i].digits < digits)
			items[i].digits = digits;
	}
}

/* label:KIND:hash; by hand, because there are many. */
static const char *id_text(struct arena *arena, const struct mutant *mutant, unsigned digits)
{
	size_t label = strlen(mutant->method_name);
	size_t kind = strlen(mutant->operator->name);
	char *id = arena_alloc(arena, label + kind + digits + 3), *at = id;

	memcpy(at, mutant->method_name, label);
	at += label;
	*at++ = ':';
	memcpy(at, mutant->operator->name, kind);
	at += kind;
	*at++ = ':';
	for (unsigned i = 0; i < digits; i++)
		*at++ = "0123456789abcdef"[mutant->hash >> (60 - 4 * i) & 15];
	return id;	/* the arena is zeroed */
}

static struct id_order *list_mutants(struct arena *arena, const struct plan *plan)
{
	struct id_order *items = ARENA_NEW_N(arena, struct id_order, plan->n_mutants);
	const char *label = NULL;
	uint64_t labelled = 0;

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];

		if (mutant->method_name != label) {
			label = mutant->method_name;
			labelled = identity_of_label(label);
		}
		items[i] = (struct id_order){
			.hash = mutant->hash,
			.name = identity_of_mutant(labelled, mutant->operator),
			.mutant = i,
			.digits = ID_DIGITS,
		};
	}
	return items;
}

/* All mutants on heaps by the first bits of their names, before the heaps are
 * sorted: there are many mutants, and few of one name. */
struct heaps {
	struct id_order *items;
	uint32_t *ends;		/* [n] of each heap in `items` */
	uint32_t n;
};

static struct heaps deal_out(struct arena *arena, const struct plan *plan)
{
	const struct id_order *items = list_mutants(arena, plan);
	struct heaps heaps;
	unsigned bits = 1;
	uint32_t at = 0;

	while (bits < HEAP_BITS_MAX && plan->n_mutants >> bits > HEAP_MEAN)
		bits++;
	heaps.n = UINT32_C(1) << bits;
	heaps.ends = ARENA_NEW_N(arena, uint32_t, heaps.n);
	heaps.items = ARENA_NEW_N(arena, struct id_order, plan->n_mutants);
	for (uint32_t i = 0; i < plan->n_mutants; i++)
		heaps.ends[items[i].name >> (64 - bits)]++;
	for (uint32_t i = 0; i < heaps.n; i++) {	/* of counts, starts */
		uint32_t count = heaps.ends[i];

		heaps.ends[i] = at;
		at += count;
	}
	for (uint32_t i = 0; i < plan->n_mutants; i++)
		heaps.items[heaps.ends[items[i].name >> (64 - bits)]++] = items[i];
	return heaps;
}

/* Whatever has one name is on one heap. */
static void sort_out(struct id_order *items, uint32_t n)
{
	if (n > 1)
		qsort(items, n, sizeof(*items), by_name);
	for (uint32_t first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && items[end].name == items[first].name; )
			end++;
		tell_apart(items + first, end - first);
	}
}

void ids_give(struct plan *plan)
{
	struct arena local = ARENA_INIT;
	struct heaps heaps = deal_out(&local, plan);
	uint8_t *digits = ARENA_NEW_N(&local, uint8_t, plan->n_mutants);

	for (uint32_t i = 0, first = 0; i < heaps.n; first = heaps.ends[i++])
		sort_out(heaps.items + first, heaps.ends[i] - first);
	for (uint32_t i = 0; i < plan->n_mutants; i++) {	/* back into the order of the plan */
		plan->mutants[heaps.items[i].mutant].hash = heaps.items[i].hash;
		digits[heaps.items[i].mutant] = (uint8_t)heaps.items[i].digits;
	}
	for (uint32_t i = 0; i < plan->n_mutants; i++)
		plan->mutants[i].id = id_text(plan->arena, &plan->mutants[i], digits[i]);
	arena_release(&local);
}
