#include "project/gradle_blocks.h"

#include <string.h>

#include "project/layout.h"

#define DEPTH_MAX 64	/* of blocks */

struct walk {
	const struct script *script;
	bool is_above;		/* the build file of the whole, not of the project itself */
	enum gradle_block blocks[DEPTH_MAX];
	unsigned depth;		/* of blocks[], at least one */
};

static bool names_test_task(const struct token *head, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (head[i].kind == TOKEN_STRING && !script_is(&head[i], TOKEN_STRING, "test"))
			return false;	/* of another */
	if (script_is(head, TOKEN_NAME, "test"))
		return n == 1;
	if (n == 3 && script_is(head, TOKEN_NAME, "tasks") && script_is(head + 1, TOKEN_SIGN, "."))
		return script_is(head + 2, TOKEN_NAME, "test");
	if (script_holds(head, n, TOKEN_NAME, "matching") || script_holds(head, n, TOKEN_NAME, "if"))
		return false;
	if (script_holds(head, n, TOKEN_NAME, "withType"))
		return script_holds(head, n, TOKEN_NAME, "Test");
	if (script_holds(head, n, TOKEN_NAME, "getting"))
		return script_holds(head, n, TOKEN_NAME, "test");
	return (script_holds(head, n, TOKEN_NAME, "named") || script_holds(head, n, TOKEN_NAME, "getByName")) &&
	       script_holds(head, n, TOKEN_STRING, "test");
}

/* What the tokens before a brace begin. */
static enum gradle_block block_of(const struct walk *w, const struct token *head, uint32_t n)
{
	enum gradle_block around = w->blocks[w->depth - 1];
	bool is_alone = n == 1 || (n == 3 && script_is(head + 1, TOKEN_SIGN, "(") && script_is(head + 2, TOKEN_SIGN, ")"));

	if (around == GRADLE_TEST && is_alone) {
		if (script_is(head, TOKEN_NAME, "useJUnitPlatform") || script_is(head, TOKEN_NAME, "useJUnit"))
			return GRADLE_ENGINE;
		return script_is(head, TOKEN_NAME, "filter") ? GRADLE_FILTER : GRADLE_OTHER;
	}
	if (w->depth == 1 && w->is_above && n == 1 &&
	    (script_is(head, TOKEN_NAME, "allprojects") || script_is(head, TOKEN_NAME, "subprojects")))
		return GRADLE_OPEN;
	if (around != GRADLE_OPEN || !n)
		return GRADLE_OTHER;
	if (n == 1 && (script_is(head, TOKEN_NAME, "tasks") || script_is(head, TOKEN_NAME, "allprojects")))
		return GRADLE_OPEN;
	return names_test_task(head, n) ? GRADLE_TEST : GRADLE_OTHER;
}

static bool is_in_test(const struct walk *w)
{
	for (unsigned i = 0; i < w->depth; i++)
		if (w->blocks[i] == GRADLE_TEST)
			return true;
	return false;
}

/* "if (ci)" at the end of a line: what it is about stands in the next. */
static bool goes_on(const struct walk *w, uint32_t first, uint32_t end)
{
	static const char *const words[] = { "if", "else", "for", "while" };

	for (size_t i = 0; end > first && i < sizeof(words) / sizeof(*words); i++)
		if (script_is(&w->script->tokens[first], TOKEN_NAME, words[i]))
			return script_is(&w->script->tokens[end - 1], TOKEN_SIGN, ")") || script_is(&w->script->tokens[end - 1], TOKEN_NAME, "else");
	return false;
}

/* Braces fit: the file is not cut short. */
static bool is_whole(const struct script *script)
{
	unsigned depth = 1;

	for (uint32_t i = 0; i < script->n && depth && depth < DEPTH_MAX; i++) {
		depth += script_is(&script->tokens[i], TOKEN_SIGN, "{");
		depth -= script_is(&script->tokens[i], TOKEN_SIGN, "}");
	}
	return depth == 1;
}

static void read_blocks(struct walk *w, gradle_hear *hear, void *context)
{
	const struct script *script = w->script;
	uint32_t first = 0;	/* of the statement */

	w->blocks[0] = w->is_above ? GRADLE_OTHER : GRADLE_OPEN;
	w->depth = 1;
	for (uint32_t i = 0; i < script->n; i++) {
		const struct token *token = &script->tokens[i];

		if (token->kind == TOKEN_NAME && is_in_test(w))
			hear(context, &(struct gradle_word){ script->path, token, w->blocks[w->depth - 1], i == first });
		if (script_is(token, TOKEN_SIGN, "{")) {
			w->blocks[w->depth] = block_of(w, script->tokens + first, i - first);
			w->depth++;
		} else if (script_is(token, TOKEN_SIGN, "}")) {
			w->depth--;
		}
		if (script_is(token, TOKEN_SIGN, "{") ||
		    (script_ends(token) && !(token->kind == TOKEN_LINE && goes_on(w, first, i))))
			first = i + 1;
	}
}

void gradle_blocks_walk(struct arena *arena, const char *base, gradle_hear *hear, void *context)
{
	const char *whole = layout_find_enclosing(arena, base);
	struct script script;
	struct walk walk = { .script = &script };

	if (whole && script_read(arena, whole, &script) && is_whole(&script)) {
		walk.is_above = true;
		read_blocks(&walk, hear, context);
	}
	walk.is_above = false;
	if (script_read(arena, base, &script) && is_whole(&script))
		read_blocks(&walk, hear, context);
}

/* Behind what opens a list, the sign that closes it; NULL: none opens here. */
static const char *list_opens(const struct token **at)
{
	if (script_is(*at, TOKEN_NAME, "listOf") && script_is(*at + 1, TOKEN_SIGN, "(")) {
		*at += 2;
		return ")";
	}
	if (!script_is(*at, TOKEN_SIGN, "["))
		return NULL;
	++*at;
	return "]";
}

static void pass_lines(const struct token **at)
{
	while ((*at)->kind == TOKEN_LINE)
		++*at;
}

bool gradle_blocks_strings(const struct token *at, const char **ret, uint32_t max, uint32_t *ret_n)
{
	bool is_set = script_is(at, TOKEN_SIGN, "="), is_enclosed;
	const char *closes;

	*ret_n = 0;
	at += is_set;
	is_enclosed = script_is(at, TOKEN_SIGN, "(");
	at += is_enclosed;
	pass_lines(&at);
	closes = list_opens(&at);
	for (;; at++) {
		pass_lines(&at);
		if (closes && script_is(at, TOKEN_SIGN, closes))	/* a comma before, or an empty list */
			break;
		if (at->kind != TOKEN_STRING || !at->text || *ret_n == max)
			return false;
		ret[(*ret_n)++] = at++->text;
		if (is_enclosed || closes)
			pass_lines(&at);
		if (!script_is(at, TOKEN_SIGN, ","))
			break;
	}
	if (closes && !script_is(at++, TOKEN_SIGN, closes))
		return false;
	if (is_enclosed && !script_is(at++, TOKEN_SIGN, ")"))
		return false;
	return script_ends(at);
}
