/* What tests touch beside their own loader (enum wire_touched): sets of numbers,
 * in no order. */
#ifndef CREW_TOUCHED_H
#define CREW_TOUCHED_H

#include "wire/wire.h"

/* u4 n, n x u8, into the arena. */
const uint64_t *touched_read(struct wire_reader *in, struct arena *arena, uint32_t *ret_n);

/* Whether one must wait for the other. What each JVM has for itself is no reason:
 * see touched_jvm(). */
bool touched_meet(const uint64_t *one, uint32_t n_one, const uint64_t *other, uint32_t n_other);

/* Whether it needs a JVM that nobody else uses. */
bool touched_jvm(const uint64_t *set, uint32_t n);

/* Adds what is not there yet; the set moves in the arena when it grows. */
void touched_add(struct arena *arena, const uint64_t **set, uint32_t *n,
		 const uint64_t *more, uint32_t n_more);

/* Leaves in `set` what is in `again` too: what the same tests touched when they
 * ran another time. A name that is there only once was made up for that run, as
 * those of temporary files are. A set of too many to tell stays. */
void touched_keep(struct arena *arena, const uint64_t **set, uint32_t *n,
		  const uint64_t *again, uint32_t n_again);

#endif
