#include "crew/patience.h"

#define MS 1000000ull
#define LOOK_AGAIN (50 * MS)

void patience_start(struct patience *patience, uint64_t limit, uint64_t wall, uint64_t cpu)
{
	*patience = (struct patience){ limit, wall, cpu, wall + limit, false };
}

bool patience_is_over(struct patience *patience, uint64_t wall, uint64_t cpu, bool is_asleep)
{
	/* A fifth less: what the clocks of a busy loop lose on an idle machine. */
	uint64_t enough = patience->limit - patience->limit / 5;
	uint64_t used = cpu - patience->cpu, left;

	if (used >= enough || wall - patience->wall >= PATIENCE_MAX * patience->limit)
		return true;
	if (is_asleep && patience->was_asleep)
		return true;
	patience->was_asleep = is_asleep;
	left = is_asleep ? LOOK_AGAIN : enough - used;
	patience->deadline = wall + (left < LOOK_AGAIN ? LOOK_AGAIN : left);
	return false;
}
