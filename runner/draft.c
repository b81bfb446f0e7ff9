#include "runner/draft.h"

#include <ctype.h>
#include <string.h>

#include "project/files.h"
#include "runner/test_source.h"

#define TEST_MAX (4u << 20)	/* bytes of a test's source */

/* ---- the test's framework ---- */

struct framework {
	const char *sign;		/* found in sources that use it */
	const char *assertions;		/* where its assertions are; NULL: inherited */
	bool actual_first;
};

static const struct framework frameworks[] = {
	{ "org.junit.jupiter.api.", "org.junit.jupiter.api.Assertions", false },
	{ "org.junit.Test", "org.junit.Assert", false },
	{ "org.testng.annotations.", "org.testng.Assert", true },
	{ "junit.framework.TestCase", NULL, false },
};

static const struct framework *find_framework(const char *test)
{
	for (size_t i = 0; i < sizeof(frameworks) / sizeof(*frameworks); i++)
		if (strstr(test, frameworks[i].sign))
			return &frameworks[i];
	return NULL;
}

/* ---- the line ---- */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* Behind the string or character that begins at `at`. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	while (*at && *at != quote)
		at += *at == '\\' && at[1] ? 2 : 1;
	return *at ? at + 1 : at;
}

/* Whether `text` is one call of `name`, whatever stands before it and as arguments:
 * ends with the parenthesis that closes its arguments, and holds nothing at its own
 * level that could be another statement or operator. */
static bool is_call_of(const char *text, size_t len, const char *name)
{
	const char *open = NULL, *end = text + len;
	size_t name_len = strlen(name);
	unsigned depth = 0;

	for (const char *at = text; at < end; ) {
		if (*at == '"' || *at == '\'') {
			at = skip_quoted(at);
			continue;
		}
		if (*at == '(' && depth++ == 0)
			open = at;
		else if (*at == ')' && (depth-- == 0 || (depth == 0 && at + 1 < end && at[1] != '.')))
			return false;
		else if (depth == 0 && !is_word(*at) && !strchr(".) ", *at))
			return false;
		at++;
	}
	return depth == 0 && open && end[-1] == ')' && (size_t)(open - text) >= name_len &&
	       !strncmp(open - name_len, name, name_len) &&
	       ((size_t)(open - text) == name_len || !is_word(open[-(ptrdiff_t)name_len - 1]));
}

/* Where the value of "int n = f();" begins, and its variable's name; NULL: no such line. */
static const char *initialiser(struct arena *arena, const char *line, const char **ret_name)
{
	const char *equals = strstr(line, " = "), *end = equals, *start;

	if (!equals || memchr(line, '(', (size_t)(equals - line)) || memchr(line, '"', (size_t)(equals - line)))
		return NULL;
	for (start = end; start > line && is_word(start[-1]); start--)
		;
	if (start == end || start == line || start[-1] != ' ')
		return NULL;	/* it has a type before it: a field that is set may not be seen */
	*ret_name = arena_strndup(arena, start, (size_t)(end - start));
	return equals + 3;
}

static bool begins_with_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(line, word, len) && !is_word(line[len]);
}

/* ---- the assertion ---- */

/* Whole, and spelt as Java spells it. */
static bool is_literal(char type, const char *value)
{
	size_t len = strlen(value);

	if (!strcmp(value, "null"))
		return type == 'L' || type == '[';
	if (type == 'L')
		return len >= 2 && *value == '"' && skip_quoted(value) == value + len && value[len - 1] == '"';
	return type != '[' && type != 'V' && len > 0 && *value != '"';
}

static const char *assertion(struct arena *arena, const struct framework *framework, const char *actual,
			     char type, const char *value, const char **ret_name)
{
	const char *delta = type == 'D' || type == 'F' ? ", 0" : "";

	*ret_name = type == 'Z' ? !strcmp(value, "true") ? "assertTrue" : "assertFalse"
		    : !strcmp(value, "null") ? "assertNull" : "assertEquals";
	if (strcmp(*ret_name, "assertEquals"))
		return arena_strfmt(arena, "%s(%s);", *ret_name, actual);
	return arena_strfmt(arena, "%s(%s, %s%s);", *ret_name, framework->actual_first ? actual : value,
			    framework->actual_first ? value : actual, delta);
}

static const char *import_of(struct arena *arena, const struct framework *framework, const char *name,
			     const char *test)
{
	const char *line;

	if (!framework->assertions)
		return "";
	line = arena_strfmt(arena, "import static %s.%s;", framework->assertions, name);
	return strstr(test, line) || strstr(test, arena_strfmt(arena, "import static %s.*;", framework->assertions))
	       ? "" : line;
}

bool draft_line(struct arena *arena, const char *line, const char *name, char type,
		const char *value, const char *test, struct fix *ret)
{
	static const char *const others[] = { "return", "throw", "assert", "yield", "else", "case" };
	const struct framework *framework = find_framework(test);
	size_t len;
	const char *variable = NULL, *from, *asserts;

	line += strspn(line, " \t");
	len = strlen(line);
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	if (!framework || !len || line[len - 1] != ';' || !is_literal(type, value))
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (begins_with_word(line, others[i]))
			return false;
	from = initialiser(arena, line, &variable);
	if (!from)
		from = line;
	if (!is_call_of(from, (size_t)(line + len - 1 - from), name))
		return false;
	ret->place = variable ? FIX_AFTER : FIX_REPLACES;
	ret->code = assertion(arena, framework, variable ? variable : arena_strndup(arena, line, len - 1),
			      type, value, &asserts);
	ret->imports = import_of(arena, framework, asserts, test);
	return true;
}

/* ---- one survivor ---- */

static const char *line_of(struct arena *arena, const char *text, uint32_t number)
{
	for (; number > 1 && text; number--)
		text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL;
	return text ? arena_strndup(arena, text, strcspn(text, "\n")) : "";
}

bool draft_fix(struct run *run, uint32_t mutant, const char *why, struct fix *ret)
{
	const struct explanation *seen = run->explanations ? &run->explanations[mutant] : NULL;
	struct err err = ERR_INIT;
	struct span bytes;
	struct fix fix = { .says = why };
	const char *descriptor, *dot, *test, *name, *none;

	if (!seen || seen->crossing_unit == UNIT_NONE || seen->crossing_kind != TRACE_RESULT ||
	    !seen->crossing.class_name || !seen->crossing.line)
		return false;
	descriptor = strchr(seen->crossing.callee, '(');
	dot = strchr(seen->crossing.callee, '.');
	if (!descriptor || !dot || dot > descriptor || !strchr(descriptor, ')'))
		return false;
	name = arena_strndup(&run->arena, dot + 1, (size_t)(descriptor - dot - 1));
	fix.path = test_source_find(&run->arena, run, seen->crossing.class_name, &none);
	if (!fix.path || file_read(&run->arena, fix.path, TEST_MAX, &bytes, &err) != ERR_OK)
		return false;
	test = arena_strndup(&run->arena, (const char *)bytes.bytes, bytes.len);
	if (!draft_line(&run->arena, line_of(&run->arena, test, seen->crossing.line), name,
			strchr(descriptor, ')')[1], seen->crossing_original, test, &fix))
		return false;
	fix.first_line = fix.last_line = seen->crossing.line;
	fix.unit = seen->crossing_unit;
	fix.original = seen->crossing_original;
	fix.mutated = *seen->crossing_mutated ? seen->crossing_mutated : "nothing";
	*ret = fix;
	return true;
}
