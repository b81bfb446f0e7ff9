#include "crew/places.h"

#include "crew/touched.h"

bool places_has_room(const struct crew *crew, const struct worker *worker, bool alone)
{
	if (worker->state != WORKER_READY)
		return false;
	if (worker->n_jobs == 0)
		return true;
	if (alone || worker->n_jobs == crew->settings.slots)
		return false;
	for (uint32_t i = 0; i < crew->settings.slots; i++)
		if (worker->jobs[i] && worker->jobs[i]->alone)
			return false;
	return true;
}

bool places_takes(const struct crew *crew, const struct worker *worker, bool alone)
{
	return !worker->retiring && places_has_room(crew, worker, alone);
}

bool places_blocked(const struct crew *crew, const struct pool_job *job)
{
	const struct worker *place = job->only_in ? crew_find(crew, job->only_in) : NULL;

	if (place && !places_has_room(crew, place, job->alone))
		return true;
	for (uint32_t w = 0; w < crew->settings.workers && job->n_uses; w++)
		for (uint32_t i = 0; i < crew->settings.slots; i++) {
			const struct pool_job *other = crew->workers[w].jobs[i];

			if (other && touched_meet(job->uses, job->n_uses, other->uses, other->n_uses))
				return true;
		}
	return false;
}
