#include "crew/touched.h"

#include <string.h>

const uint64_t *touched_read(struct wire_reader *in, struct arena *arena, uint32_t *ret_n)
{
	uint32_t n = wire_get_count(in, 8);
	uint64_t *set = ARENA_NEW_N(arena, uint64_t, n);

	for (uint32_t i = 0; i < n; i++)
		set[i] = wire_get_u8(in);
	*ret_n = n;
	return set;
}

static bool has(const uint64_t *set, uint32_t n, uint64_t what)
{
	for (uint32_t i = 0; i < n; i++)
		if (set[i] == what)
			return true;
	return false;
}

/* Anything but its JVM. */
static bool is_shared(const uint64_t *set, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (set[i] != WIRE_TOUCHED_JVM)
			return true;
	return false;
}

bool touched_meet(const uint64_t *one, uint32_t n_one, const uint64_t *other, uint32_t n_other)
{
	if (!is_shared(one, n_one) || !is_shared(other, n_other))
		return false;
	if (has(one, n_one, WIRE_TOUCHED_MANY) || has(other, n_other, WIRE_TOUCHED_MANY))
		return true;
	for (uint32_t i = 0; i < n_one; i++)
		if (one[i] != WIRE_TOUCHED_JVM && has(other, n_other, one[i]))
			return true;
	return false;
}

bool touched_jvm(const uint64_t *set, uint32_t n)
{
	return has(set, n, WIRE_TOUCHED_JVM) || has(set, n, WIRE_TOUCHED_MANY);
}

void touched_add(struct arena *arena, const uint64_t **set, uint32_t *n,
		 const uint64_t *more, uint32_t n_more)
{
	uint64_t *all;
	uint32_t n_new = 0, at = *n;

	for (uint32_t i = 0; i < n_more; i++)
		n_new += !has(*set, *n, more[i]);
	if (!n_new)
		return;
	all = ARENA_NEW_N(arena, uint64_t, *n + n_new);
	if (*n)
		memcpy(all, *set, *n * sizeof(*all));
	for (uint32_t i = 0; i < n_more && at < *n + n_new; i++)
		if (!has(*set, *n, more[i]))
			all[at++] = more[i];
	*set = all;
	*n = at;
}

void touched_keep(struct arena *arena, const uint64_t **set, uint32_t *n,
		  const uint64_t *again, uint32_t n_again)
{
	uint64_t *kept = ARENA_NEW_N(arena, uint64_t, *n);
	uint32_t n_kept = 0;

	if (has(*set, *n, WIRE_TOUCHED_MANY))
		return;
	for (uint32_t i = 0; i < *n; i++)
		if (has(again, n_again, (*set)[i]))
			kept[n_kept++] = (*set)[i];
	*set = kept;
	*n = n_kept;
}
