/* Mutants whose heavy tests are next: they wait until the others are through, and
 * then the longest comes first, so that no processor idles at the end while another
 * has much to do.
 *
 *	if (hearing_heavy_ns(hearing)) put_off_add(&put_off, hearing)
 *	...
 *	hearing = put_off_is_full(&put_off) || nothing else to do ? put_off_take(&put_off) : NULL
 */
#ifndef MEASURE_PUT_OFF_H
#define MEASURE_PUT_OFF_H

#include "measure/hearing.h"

#define PUT_OFF_MAX 64		/* each of them keeps its list of tests */

struct put_off {
	struct hearing *longest;	/* linked by `next`, descending */
	uint32_t n;
};

/* Until it is taken, it is the list's. Those that take as long come out as they went in. */
void put_off_add(struct put_off *put_off, struct hearing *hearing);

/* The next one should be taken before another is added. */
bool put_off_is_full(const struct put_off *put_off);

/* NULL where there is none. */
struct hearing *put_off_take(struct put_off *put_off);

#endif
