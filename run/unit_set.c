#include "run/unit_set.h"

#include <stdlib.h>

bool unit_set_has(const uint32_t *units, uint32_t n, uint32_t unit)
{
	uint32_t low = 0;

	while (low < n) {
		uint32_t middle = low + (n - low) / 2;

		if (units[middle] == unit)
			return true;
		if (units[middle] < unit)
			low = middle + 1;
		else
			n = middle;
	}
	return false;
}

static int by_number(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

void unit_set_sort(uint32_t *units, uint32_t n)
{
	if (n)
		qsort(units, n, sizeof(*units), by_number);
}

bool unit_set_add(uint32_t *units, uint32_t n, uint32_t unit)
{
	uint32_t at = n;

	if (unit_set_has(units, n, unit))
		return false;
	for (; at && units[at - 1] > unit; at--)
		units[at] = units[at - 1];
	units[at] = unit;
	return true;
}

void unit_set_remove(uint32_t *units, uint32_t *n, const uint32_t *gone, uint32_t n_gone)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < *n; i++)
		if (!unit_set_has(gone, n_gone, units[i]))
			units[kept++] = units[i];
	*n = kept;
}
