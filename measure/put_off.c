#include "measure/put_off.h"

void put_off_add(struct put_off *put_off, struct hearing *hearing)
{
	struct hearing **at = &put_off->longest;
	uint64_t heavy_ns = hearing_heavy_ns(hearing);

	while (*at && hearing_heavy_ns(*at) >= heavy_ns)
		at = &(*at)->next;
	hearing->next = *at;
	*at = hearing;
	put_off->n++;
}

bool put_off_is_full(const struct put_off *put_off)
{
	return put_off->n >= PUT_OFF_MAX;
}

struct hearing *put_off_take(struct put_off *put_off)
{
	struct hearing *hearing = put_off->longest;

	if (!hearing)
		return NULL;
	put_off->longest = hearing->next;
	put_off->n--;
	return hearing;
}
