/* One attempt at a job, the conversation with its worker: what is asked, and what is heard
 * of it, which goes into what came of the job (struct pool_job). Nothing here decides.
 *
 *	attempt_reset(job)                           before every attempt
 *	attempt_expect(worker, job, limit)
 *	attempt_send(worker, job, is_alone, &err)
 *	attempt_hear(worker, job, kind, &in)         until
 *	attempt_hear_end(job, &in, &left_behind)
 *
 * A reader that has failed was of no message that can be right; what was taken in
 * till then may stay.
 */
#ifndef CREW_ATTEMPT_H
#define CREW_ATTEMPT_H

#include "crew/pool.h"

/* As if nothing had come of it yet. */
void attempt_reset(struct pool_job *job);

/* From now on it may take so long, in ns; of the first attempt without its grace,
 * unless its worker is new. Not where it is being stopped. */
void attempt_expect(const struct worker *worker, struct pool_job *job, uint64_t limit);

/* The whole WIRE_RUN. `is_alone`: the worker never gets a second job meanwhile. */
enum err_code attempt_send(struct worker *worker, const struct pool_job *job, bool is_alone,
			   struct err *err) MUST_CHECK;

/* Takes in what follows the job's number in a message of this kind (enum wire_kind).
 * False where none of that kind is heard in the middle of a job. */
bool attempt_hear(const struct worker *worker, struct pool_job *job, enum wire_kind kind,
		  struct wire_reader *in);

/* The same of WIRE_DONE: how it ended, and how many threads could not be stopped. */
enum wire_end attempt_hear_end(struct pool_job *job, struct wire_reader *in,
			       uint32_t *ret_left_behind);

/* Its worker is gone, with this status (negative: unknown): job->detail for people. */
void attempt_describe_death(struct pool_job *job, int status);

/* What it had used: its share of what the lost worker did meanwhile. */
void attempt_lost(const struct worker *worker, struct pool_job *job);

#endif
