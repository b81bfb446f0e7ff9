#include "project/gradle_tests.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "project/files.h"

#define TEXT_MAX ((size_t)1 << 20)
#define DEPTH_MAX 64	/* of blocks */

/* ---- words ---- */

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

struct scanner {
	struct arena *arena;
	const char *at;		/* ends with a NUL */
};

static bool begins(const struct scanner *s, const char *text)
{
	return !strncmp(s->at, text, strlen(text));
}

/* Blanks, comments, lines that go on. */
static void pass_blanks(struct scanner *s)
{
	for (;;) {
		if (*s->at == ' ' || *s->at == '\t' || *s->at == '\r') {
			s->at++;
		} else if (begins(s, "\\\n")) {
			s->at += 2;
		} else if (begins(s, "//")) {
			s->at += strcspn(s->at, "\n");
		} else if (begins(s, "/*")) {
			const char *end = strstr(s->at + 2, "*/");

			s->at = end ? end + 2 : s->at + strlen(s->at);
		} else {
			return;
		}
	}
}

/* Of either language: in one quote or three. */
static struct token scan_string(struct scanner *s)
{
	char quote = *s->at, three[] = { quote, quote, quote, 0 };
	bool is_long = begins(s, three), is_plain = true;
	const char *from;

	s->at += is_long ? 3 : 1;
	for (from = s->at; *s->at && (is_long || *s->at != '\n'); s->at++) {
		if (is_long ? begins(s, three) : *s->at == quote)
			break;
		if (*s->at == '\\' && s->at[1])
			s->at++;
		is_plain &= (*s->at != '$' || quote == '\'') && s->at[-1] != '\\';
	}
	if (!*s->at || *s->at == '\n')
		return (struct token){ TOKEN_STRING, NULL };
	s->at += is_long ? 3 : 1;
	return (struct token){ TOKEN_STRING, is_plain ? arena_strndup(s->arena, from, (size_t)(s->at - from) -
								      (is_long ? 3 : 1)) : NULL };
}

static struct token scan(struct scanner *s)
{
	const char *from;

	pass_blanks(s);
	from = s->at;
	if (!*s->at)
		return (struct token){ TOKEN_END, "" };
	if (*s->at == '"' || *s->at == '\'')
		return scan_string(s);
	s->at++;
	if (*from == '\n')
		return (struct token){ TOKEN_LINE, "" };
	if (!isalpha((unsigned char)*from) && *from != '_')
		return (struct token){ TOKEN_SIGN, arena_strndup(s->arena, from, 1) };
	while (isalnum((unsigned char)*s->at) || *s->at == '_')
		s->at++;
	return (struct token){ TOKEN_NAME, arena_strndup(s->arena, from, (size_t)(s->at - from)) };
}

/* ---- blocks ---- */

enum block {
	BLOCK_OTHER,
	BLOCK_OPEN,	/* the file, tasks { }: what stands in it might as well stand outside */
	BLOCK_TEST,
	BLOCK_ENGINE,	/* useJUnitPlatform { } */
	BLOCK_FILTER,
};

struct reading {
	struct arena *arena;
	const struct token *tokens;	/* [n] the last is TOKEN_END */
	uint32_t n;
	enum block blocks[DEPTH_MAX];
	unsigned depth;			/* of blocks[], at least one */
	struct test_choice choice;
	const char *unknown;		/* the name of what cannot be told, or NULL */
};

static bool is(const struct token *token, enum token_kind kind, const char *text)
{
	return token->kind == kind && token->text && !strcmp(token->text, text);
}

static bool holds(const struct token *tokens, uint32_t n, enum token_kind kind, const char *text)
{
	for (uint32_t i = 0; i < n; i++)
		if (is(&tokens[i], kind, text))
			return true;
	return false;
}

static bool names_test_task(const struct token *head, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (head[i].kind == TOKEN_STRING && !is(&head[i], TOKEN_STRING, "test"))
			return false;	/* of another */
	if (is(head, TOKEN_NAME, "test"))
		return n == 1;
	if (n == 3 && is(head, TOKEN_NAME, "tasks") && is(head + 1, TOKEN_SIGN, "."))
		return is(head + 2, TOKEN_NAME, "test");
	if (holds(head, n, TOKEN_NAME, "matching") || holds(head, n, TOKEN_NAME, "if"))
		return false;
	if (holds(head, n, TOKEN_NAME, "withType"))
		return holds(head, n, TOKEN_NAME, "Test");
	if (holds(head, n, TOKEN_NAME, "getting"))
		return holds(head, n, TOKEN_NAME, "test");
	return (holds(head, n, TOKEN_NAME, "named") || holds(head, n, TOKEN_NAME, "getByName")) &&
	       holds(head, n, TOKEN_STRING, "test");
}

/* What the tokens before a brace begin. */
static enum block block_of(enum block around, const struct token *head, uint32_t n)
{
	bool is_alone = n == 1 || (n == 3 && is(head + 1, TOKEN_SIGN, "(") && is(head + 2, TOKEN_SIGN, ")"));

	if (around == BLOCK_TEST && is_alone) {
		if (is(head, TOKEN_NAME, "useJUnitPlatform") || is(head, TOKEN_NAME, "useJUnit"))
			return BLOCK_ENGINE;
		return is(head, TOKEN_NAME, "filter") ? BLOCK_FILTER : BLOCK_OTHER;
	}
	if (around != BLOCK_OPEN || !n)
		return BLOCK_OTHER;
	if (n == 1 && (is(head, TOKEN_NAME, "tasks") || is(head, TOKEN_NAME, "allprojects")))
		return BLOCK_OPEN;
	return names_test_task(head, n) ? BLOCK_TEST : BLOCK_OTHER;
}

/* ---- what is chosen ---- */

static const char **list_of(struct reading *r, const char *name, enum block *ret_in)
{
	static const struct {
		const char *name;
		enum block in;
		size_t offset;
	} lists[] = {
		{ "includeTags", BLOCK_ENGINE, offsetof(struct test_choice, groups) },
		{ "excludeTags", BLOCK_ENGINE, offsetof(struct test_choice, excluded) },
		{ "includeCategories", BLOCK_ENGINE, offsetof(struct test_choice, groups) },
		{ "excludeCategories", BLOCK_ENGINE, offsetof(struct test_choice, excluded) },
		{ "includeTestsMatching", BLOCK_FILTER, offsetof(struct test_choice, names) },
		{ "excludeTestsMatching", BLOCK_FILTER, offsetof(struct test_choice, excluded_names) },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (!strcmp(lists[i].name, name)) {
			*ret_in = lists[i].in;
			return (const char **)(void *)((char *)&r->choice + lists[i].offset);
		}
	return NULL;
}

static bool ends_statement(const struct token *token)
{
	return token->kind == TOKEN_END || token->kind == TOKEN_LINE || is(token, TOKEN_SIGN, ";") ||
	       is(token, TOKEN_SIGN, "}");
}

/* "'a', 'b'" or "('a', 'b')" from token `at` up. False: something else. */
static bool take_strings(struct reading *r, uint32_t at, const char **list)
{
	bool is_enclosed = is(&r->tokens[at], TOKEN_SIGN, "(");

	for (at += is_enclosed;; at++) {
		while (r->tokens[at].kind == TOKEN_LINE)
			at++;
		if (r->tokens[at].kind != TOKEN_STRING || !r->tokens[at].text || !*r->tokens[at].text ||
		    strchr(r->tokens[at].text, ','))
			return false;
		*list = arena_strfmt(r->arena, "%s%s%s", *list, **list ? "," : "", r->tokens[at].text);
		for (at++; is_enclosed && r->tokens[at].kind == TOKEN_LINE; at++)
			;
		if (!is(&r->tokens[at], TOKEN_SIGN, ","))
			break;
	}
	if (is_enclosed)
		return is(&r->tokens[at], TOKEN_SIGN, ")") && ends_statement(&r->tokens[at + 1]);
	return ends_statement(&r->tokens[at]);
}

static bool is_in_test(const struct reading *r)
{
	for (unsigned i = 0; i < r->depth; i++)
		if (r->blocks[i] == BLOCK_TEST)
			return true;
	return false;
}

static void take_name(struct reading *r, uint32_t at, bool begins_statement)
{
	enum block in = BLOCK_OTHER;
	const char **list = list_of(r, r->tokens[at].text, &in);

	if (list && is_in_test(r) &&
	    (r->blocks[r->depth - 1] != in || !begins_statement || !take_strings(r, at + 1, list)))
		r->unknown = r->tokens[at].text;
}

/* "if (ci)" at the end of a line: what it is about stands in the next. */
static bool goes_on(const struct reading *r, uint32_t first, uint32_t end)
{
	static const char *const words[] = { "if", "else", "for", "while" };

	for (size_t i = 0; end > first && i < sizeof(words) / sizeof(*words); i++)
		if (is(&r->tokens[first], TOKEN_NAME, words[i]))
			return is(&r->tokens[end - 1], TOKEN_SIGN, ")") || is(&r->tokens[end - 1], TOKEN_NAME, "else");
	return false;
}

/* False where braces do not fit. */
static bool read_blocks(struct reading *r)
{
	uint32_t first = 0;	/* of the statement */

	r->blocks[0] = BLOCK_OPEN;
	r->depth = 1;
	for (uint32_t i = 0; i < r->n; i++) {
		const struct token *token = &r->tokens[i];

		if (token->kind == TOKEN_NAME)
			take_name(r, i, i == first);
		if (is(token, TOKEN_SIGN, "{")) {
			if (r->depth == DEPTH_MAX)
				return false;
			r->blocks[r->depth] = block_of(r->blocks[r->depth - 1], r->tokens + first, i - first);
			r->depth++;
		} else if (is(token, TOKEN_SIGN, "}") && !--r->depth) {
			return false;
		}
		if (is(token, TOKEN_SIGN, "{") ||
		    (ends_statement(token) && !(token->kind == TOKEN_LINE && goes_on(r, first, i))))
			first = i + 1;
	}
	return r->depth == 1;
}

/* ---- the file ---- */

static void scan_all(struct reading *r, const char *text)
{
	struct scanner s = { r->arena, text };
	struct token *tokens = NULL;
	struct token token;

	do {
		token = scan(&s);
		tokens = arena_room(r->arena, tokens, r->n, sizeof(*tokens));
		tokens[r->n++] = token;
	} while (token.kind != TOKEN_END);
	r->tokens = tokens;
}

const struct test_choice *gradle_tests_choice(struct arena *arena, const char *base,
					      struct text_list *looked_at)
{
	const char *path = arena_strfmt(arena, "%s/build.gradle", base);
	struct reading r = { .arena = arena, .choice = { "", "", "", "" } };
	struct err ignored = ERR_INIT;
	struct test_choice *choice;
	struct span text;

	if (!file_exists(path))
		path = arena_strfmt(arena, "%s.kts", path);
	if (!file_exists(path) || file_read(arena, path, TEXT_MAX, &text, &ignored) != ERR_OK)
		return NULL;
	scan_all(&r, arena_strndup(arena, text.len ? (const char *)text.bytes : "", text.len));
	if (!read_blocks(&r))
		return NULL;
	if (r.unknown) {
		text_list_add(arena, looked_at,
			      arena_strfmt(arena, "skipped %s of %s: only a build knows what it says; all tests are taken, or see --include-tests",
					   r.unknown, path));
		return NULL;
	}
	if (!*r.choice.groups && !*r.choice.excluded && !*r.choice.names && !*r.choice.excluded_names)
		return NULL;
	choice = ARENA_NEW(arena, struct test_choice);
	*choice = r.choice;
	return choice;
}
