#include "project/script.h"

#include <ctype.h>
#include <string.h>

#include "project/files.h"

#define TEXT_MAX ((size_t)1 << 20)

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

bool script_is(const struct token *token, enum token_kind kind, const char *text)
{
	return token->kind == kind && token->text && !strcmp(token->text, text);
}

bool script_holds(const struct token *tokens, uint32_t n, enum token_kind kind, const char *text)
{
	for (uint32_t i = 0; i < n; i++)
		if (script_is(&tokens[i], kind, text))
			return true;
	return false;
}

bool script_ends(const struct token *token)
{
	return token->kind == TOKEN_END || token->kind == TOKEN_LINE || script_is(token, TOKEN_SIGN, ";") ||
	       script_is(token, TOKEN_SIGN, "}");
}

bool script_read(struct arena *arena, const char *directory, struct script *ret)
{
	const char *path = arena_strfmt(arena, "%s/build.gradle", directory);
	struct scanner s = { arena, NULL };
	struct err ignored = ERR_INIT;
	struct token *tokens = NULL, token;
	struct span text;
	uint32_t n = 0;

	if (!file_exists(path))
		path = arena_strfmt(arena, "%s.kts", path);
	if (!file_is_regular(path) || file_read(arena, path, TEXT_MAX, &text, &ignored) != ERR_OK)
		return false;
	s.at = arena_strndup(arena, text.len ? (const char *)text.bytes : "", text.len);
	do {
		token = scan(&s);
		tokens = arena_room(arena, tokens, n, sizeof(*tokens));
		tokens[n++] = token;
	} while (token.kind != TOKEN_END);
	*ret = (struct script){ path, tokens, n };
	return true;
}
