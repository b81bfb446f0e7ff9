#include "oracle/bag.h"

#include <stdlib.h>

static int by_time(const void *a, const void *b)
{
	const struct trace_event *const *x = a, *const *y = b;

	return *x < *y ? -1 : *x > *y;		/* events of one trace lie in their order */
}

static int by_digest(const void *a, const void *b)
{
	const struct trace_event *const *x = a, *const *y = b;

	if ((*x)->digest != (*y)->digest)
		return (*x)->digest < (*y)->digest ? -1 : 1;
	return by_time(a, b);
}

static void sort(struct bag *bag, int (*by)(const void *a, const void *b))
{
	if (bag->n)
		qsort(bag->events, bag->n, sizeof(*bag->events), by);
}

uint32_t bag_values(struct bag *bag)
{
	uint32_t values = bag->n > 0;

	sort(bag, by_digest);
	for (uint32_t i = 1; i < bag->n; i++)
		values += bag->events[i]->digest != bag->events[i - 1]->digest;
	return values;
}

void bag_leave_others(struct bag *one, struct bag *other)
{
	uint32_t i = 0, j = 0, n = 0, m = 0;

	sort(one, by_digest);
	sort(other, by_digest);
	while (i < one->n || j < other->n) {
		if (j == other->n || (i < one->n && one->events[i]->digest < other->events[j]->digest)) {
			one->events[n++] = one->events[i++];
		} else if (i == one->n || one->events[i]->digest > other->events[j]->digest) {
			other->events[m++] = other->events[j++];
		} else {
			i++;
			j++;
		}
	}
	one->n = n;
	other->n = m;
	sort(one, by_time);
	sort(other, by_time);
}
