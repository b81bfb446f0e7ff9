/* Long answers (--why) that were given before, kept in the store: asked the same of
 * the same classes, they come at once.
 *
 *	key = answers_key(&project, question)
 *	text = answers_find(&arena, project.directory, key)
 *	if (!text) { ... find out ...; answers_keep(project.directory, key, text) }
 *
 * The newest ANSWERS_MAX are kept. Whatever is wrong with the store, there is no answer.
 */
#ifndef RUNNER_ANSWERS_H
#define RUNNER_ANSWERS_H

#include "project/project.h"

#define ANSWERS_MAX 500

/* Of all that an answer depends on: the question (with its options, the way it is to
 * look, and vary's version), the bytes of every class, and the times and sizes of
 * libraries and sources. */
uint64_t answers_key(const struct project *project, const char *question);

/* NULL where there is none. `directory`: the project's. */
const char *answers_find(struct arena *arena, const char *directory, uint64_t key);

/* False where it could not be kept. */
bool answers_keep(const char *directory, uint64_t key, struct span text);

#endif
