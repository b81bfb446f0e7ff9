#include "measure/company.h"

uint32_t *company_of(const struct run *run, uint32_t unit, struct arena *arena, uint32_t *ret_n)
{
	const struct container *container = &run->containers[run->units[unit].container_number];
	uint32_t first = unit, end = unit + 1, *units;

	if (run->units[unit].needs_company) {
		first = container->first_unit;
		end = first + container->n_units;
	}
	units = ARENA_NEW_N(arena, uint32_t, end - first);
	*ret_n = 0;
	for (uint32_t u = first; u < end; u++)
		if (run->units[u].state == UNIT_PASSED)
			units[(*ret_n)++] = u;
	return units;
}
