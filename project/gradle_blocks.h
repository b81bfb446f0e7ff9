/* What stands in the blocks of a Gradle build file that are about the task `test`.
 *
 *	gradle_blocks_walk(&arena, base, hear, context)
 *
 * Those are: test, tasks.test, tasks.named("test"), tasks.withType(Test), in tasks { } or allprojects { }
 * too; in the build file of the whole, those in its allprojects { } and subprojects { }.
 */
#ifndef PROJECT_GRADLE_BLOCKS_H
#define PROJECT_GRADLE_BLOCKS_H

#include "project/script.h"

enum gradle_block {
	GRADLE_OTHER,
	GRADLE_OPEN,	/* the file, tasks { }: what stands in it might as well stand outside */
	GRADLE_TEST,
	GRADLE_ENGINE,	/* useJUnitPlatform { } */
	GRADLE_FILTER,
};

struct gradle_word {
	const char *path;		/* of the build file */
	const struct token *at;		/* a name, with what follows it up to a TOKEN_END */
	enum gradle_block in;		/* the innermost block */
	bool begins_statement;
};

typedef void gradle_hear(void *context, const struct gradle_word *word);

/* Tells every name in such a block, those of the whole that the project in `base` is a module of first. */
void gradle_blocks_walk(struct arena *arena, const char *base, gradle_hear *hear, void *context);

/* The strings of "'a', 'b'", "('a', 'b')", " = ['a', 'b']" or "(listOf('a'))" behind a name: [*ret_n], at most
 * `max`. False: there is something else. */
bool gradle_blocks_strings(const struct token *at, const char **ret, uint32_t max, uint32_t *ret_n);

#endif
