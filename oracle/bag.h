/* Events whose order says nothing: two bags of them side by side. */
#ifndef ORACLE_BAG_H
#define ORACLE_BAG_H

#include "oracle/trace.h"

struct bag {			/* of one trace */
	const struct trace_event **events;	/* [n] the caller's, put in order in place */
	uint32_t n;
};

/* How many different values are in it. */
uint32_t bag_values(struct bag *bag);

/* Takes out of both what they share, one for one; what is left is in the order it crossed. */
void bag_leave_others(struct bag *one, struct bag *other);

#endif
