/* The words of a Gradle build file, in Groovy or Kotlin. It is a program, and nobody runs it here:
 * what stands there plainly is taken, the rest is not understood.
 */
#ifndef PROJECT_SCRIPT_H
#define PROJECT_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"

enum token_kind {
	TOKEN_END,
	TOKEN_LINE,	/* the end of one */
	TOKEN_NAME,
	TOKEN_STRING,	/* text: what it holds; NULL: what only a build knows */
	TOKEN_SIGN,	/* text: one character */
};

struct token {
	enum token_kind kind;
	const char *text;
};

struct script {
	const char *path;
	const struct token *tokens;	/* [n] the last is TOKEN_END */
	uint32_t n;
};

/* Of build.gradle in the directory, else build.gradle.kts. False: there is none. */
bool script_read(struct arena *arena, const char *directory, struct script *ret);

bool script_is(const struct token *token, enum token_kind kind, const char *text);
bool script_holds(const struct token *tokens, uint32_t n, enum token_kind kind, const char *text);

/* Whether a statement ends before the token. */
bool script_ends(const struct token *token);

#endif
