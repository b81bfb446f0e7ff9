/* Where among the crew a job can be under way now. */
#ifndef CREW_PLACES_H
#define CREW_PLACES_H

#include "crew/pool.h"

/* Whether the worker can take one more job; `alone`: one that shares it with none.
 * The second: not where it is about to go. */
bool places_has_room(const struct crew *crew, const struct worker *worker, bool alone);
bool places_takes(const struct crew *crew, const struct worker *worker, bool alone);

/* Whether the job has to wait: another under way uses what it uses, or is where it
 * has to run. */
bool places_blocked(const struct crew *crew, const struct pool_job *job);

#endif
