/* Long answers (--why) that were given before, kept in the store: asked the same of
 * the same classes, they come at once.
 *
 *	runner_resolve(&run, &err); key = answers_key(&run, question)
 *	text = answers_find(&run.arena, run.project.directory, key)
 *	if (!text) { ... find out ...; answers_keep(run.project.directory, key, text) }
 *
 * The newest ANSWERS_MAX are kept. Whatever is wrong with the store, there is no answer.
 */
#ifndef STORE_ANSWERS_H
#define STORE_ANSWERS_H

#include "run/run.h"

#define ANSWERS_MAX 500

/* Of what an answer depends on: the question (every option, the way it is to look);
 * the bytes of every class, and which are tests and targets; times and sizes of
 * the resources beside them, of libraries, of sources and the resources beside those;
 * the JVM that would run, its arguments, and what it reads of the environment: its own
 * variables, zone and locale; and this program. Not of what else tests may look at: other
 * files, other variables, the network, the clock. `run` is resolved. */
uint64_t answers_key(const struct run *run, const char *question);

/* NULL where there is none. `directory`: the project's. */
const char *answers_find(struct arena *arena, const char *directory, uint64_t key);

/* False where it could not be kept. */
bool answers_keep(const char *directory, uint64_t key, struct span text);

#endif
