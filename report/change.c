#include "report/change.h"

#include <stdbool.h>
#include <string.h>

/* The text between the next two backticks from *at, which goes behind them; NULL: none. */
static char *quoted(struct arena *arena, const char **at)
{
	const char *open = strchr(*at, '`'), *close = open ? strchr(open + 1, '`') : NULL;

	if (!close)
		return NULL;
	*at = close + 1;
	return arena_strndup(arena, open + 1, (size_t)(close - open - 1));
}

static bool begins(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len))
		return false;
	*at += len;
	return true;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$';
}

/* How much of `line` spells `text`, whatever the white space in either; 0: it does not. */
static size_t spells(const char *line, const char *text)
{
	const char *at = line;

	for (; *text; text++) {
		if (*text == ' ')
			continue;
		while (*at == ' ')
			at++;
		if (*at++ != *text)
			return 0;
	}
	return (size_t)(at - line);
}

/* Where `text` stands in the line, once; its length there in *ret_len. */
static const char *find_once(const char *line, const char *text, size_t *ret_len)
{
	const char *found = NULL;

	for (const char *at = line; *text && *at; at++) {
		size_t len = spells(at, text);

		if (!len || *at == ' ' || (at > line && is_word(*text) && is_word(at[-1])) ||
		    (is_word(at[len - 1]) && is_word(at[len])))
			continue;
		if (found)
			return NULL;
		found = at;
		*ret_len = len;
	}
	return found;
}

static bool replace(struct arena *arena, const char *line, const char *before, const char *after,
		    struct change *ret)
{
	size_t len = 0;
	const char *at = find_once(line, before, &len);

	if (!at)
		return false;
	ret->offset = (unsigned)(at - line);
	ret->after = arena_strfmt(arena, "%.*s%s%s", (int)(at - line), line, after, at + len);
	return true;
}

/* "returned 0 instead of `count`" */
static bool returned(struct arena *arena, const char *at, const char *line, struct change *ret)
{
	const char *instead = strstr(at, " instead of `");
	const char *before, *value;

	if (!instead)
		return false;
	value = arena_strndup(arena, at, (size_t)(instead - at));
	before = quoted(arena, &instead);
	if (!strcmp(value, "an empty string"))
		value = "\"\"";
	if (strchr(value, ' '))
		value = arena_strfmt(arena, "/* %s */", value);
	return before && replace(arena, line, arena_strfmt(arena, "return %s", before),
				 arena_strfmt(arena, "return %s", value), ret);
}

/* `n + 1` stands in the source as n++, and is n-- with the change; or the other way round. */
static bool stepped(struct arena *arena, const char *before, const char *line, struct change *ret)
{
	size_t len = strlen(before);
	bool up = len > 4 && !strcmp(before + len - 4, " + 1");
	const char *from = up ? "++" : "--", *to = up ? "--" : "++";
	const char *name;

	if (!up && (len <= 4 || strcmp(before + len - 4, " - 1")))
		return false;
	name = arena_strndup(arena, before, len - 4);
	return replace(arena, line, arena_strfmt(arena, "%s%s", name, from),
		       arena_strfmt(arena, "%s%s", name, to), ret) ||
	       replace(arena, line, arena_strfmt(arena, "%s%s", from, name),
		       arena_strfmt(arena, "%s%s", to, name), ret);
}

bool change_find(struct arena *arena, const char *sentence, const char *line, struct change *ret)
{
	const char *at = sentence, *before, *after;

	if (begins(&at, "returned "))
		return returned(arena, at, line, ret);
	before = quoted(arena, &at);
	if (!before)
		return false;
	if (!strncmp(sentence, "removed the call to ", 20))
		return begins(&at, ": now ") ? replace(arena, line, before, at, ret)
					     : replace(arena, line, arena_strfmt(arena, "%s;", before), "", ret);
	after = quoted(arena, &at);
	return after && (!strncmp(sentence, "replaced ", 9) || !strncmp(sentence, "negated ", 8)) &&
	       (replace(arena, line, before, after, ret) || stepped(arena, before, line, ret));
}
