#include "explain/draft.h"

#include <ctype.h>
#include <string.h>

#include "explain/test_source.h"
#include "project/files.h"

#define TEST_MAX (4u << 20)	/* bytes of a test's source */

/* ---- the test's framework ---- */

struct framework {
	const char *sign;		/* found in sources that use it */
	const char *assertions;		/* where its assertions are; NULL: inherited */
	bool actual_first;
};

static const struct framework frameworks[] = {
	{ "import kotlin.test.", "kotlin.test", false },
	{ "org.junit.jupiter.api.", "org.junit.jupiter.api.Assertions", false },
	{ "org.junit.Test", "org.junit.Assert", false },
	{ "org.junit.Assert", "org.junit.Assert", false },	/* import org.junit.{Before, Test} */
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

/* The same in other languages: where a type is inferred, only of those types whose
 * literals can be nothing else; no $, which stands for a value. */
static bool is_plain_literal(char type, const char *value)
{
	return (type == 'I' || type == 'Z' || type == 'L') && is_literal(type, value) && !strchr(value, '$');
}

static const char *assertion(struct arena *arena, const struct framework *framework, const char *actual,
			     char type, const char *value, const char **ret_name)
{
	const char *delta = type == 'D' || type == 'F' ? ", 0" : "";

	*ret_name = type == 'Z' ? !strcmp(value, "true") ? "assertTrue" : "assertFalse"
		    : !strcmp(value, "null") ? "assertNull" : "assertEquals";
	if (strcmp(*ret_name, "assertEquals"))
		return arena_strfmt(arena, "%s(%s)", *ret_name, actual);
	return arena_strfmt(arena, "%s(%s, %s%s)", *ret_name, framework->actual_first ? actual : value,
			    framework->actual_first ? value : actual, delta);
}

static const char *import_of(struct arena *arena, const struct framework *framework, const char *name,
			     const char *test, const struct idiom *idiom)
{
	bool is_static = !idiom || idiom->language == IDIOM_GROOVY;
	const char *line, *all, *begin;

	if (!framework->assertions)
		return "";
	begin = arena_strfmt(arena, "import %s%s.", is_static ? "static " : "", framework->assertions);
	line = arena_strfmt(arena, "%s%s%s", begin, name, idiom ? "" : ";");
	all = arena_strfmt(arena, "%s*%s", begin, idiom ? "" : ";");
	if (idiom && strstr(test, arena_strfmt(arena, "%s_", begin)))	/* Scala's, before 3 */
		return "";
	return strstr(test, line) || strstr(test, all) ? "" : line;
}

/* Words beside each other are a call, too: "total shouldBe add(5)". */
static bool has_words(const char *text, size_t len)
{
	unsigned depth = 0;

	for (const char *at = text; at < text + len; ) {
		if (*at == '"' || *at == '\'') {
			at = skip_quoted(at);
			continue;
		}
		if (*at == '(')
			depth++;
		else if (*at == ')')
			depth--;
		else if (*at == ' ' && depth == 0 && (at - text != 3 || strncmp(text, "new", 3)))
			return true;
		at++;
	}
	return false;
}

bool draft_line(struct arena *arena, const char *line, const char *name, char type,
		const char *value, const char *test, const struct idiom *idiom, struct fix *ret)
{
	static const char *const others[] = { "return", "throw", "assert", "yield", "else", "case" };
	const struct framework *framework = find_framework(test);
	size_t len;
	const char *variable = NULL, *from, *asserts;

	line += strspn(line, " \t");
	len = strlen(line);
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	if (!framework || !len || (!idiom && line[len - 1] != ';') ||
	    !(idiom ? is_plain_literal(type, value) : is_literal(type, value)))
		return false;
	len -= line[len - 1] == ';';
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (begins_with_word(line, others[i]))
			return false;
	from = initialiser(arena, line, &variable);
	if (!from)
		from = line;
	if (!is_call_of(from, (size_t)(line + len - from), name) ||
	    (idiom && has_words(from, (size_t)(line + len - from))))
		return false;
	ret->place = variable ? FIX_AFTER : FIX_REPLACES;
	ret->code = arena_strfmt(arena, "%s%s",
				 assertion(arena, framework, variable ? variable : arena_strndup(arena, line, len),
					   type, value, &asserts), idiom ? "" : ";");
	ret->imports = import_of(arena, framework, asserts, test, idiom);
	return true;
}

/* ---- one survivor ---- */

static const char *line_of(struct arena *arena, const char *text, uint32_t number)
{
	for (; number > 1 && text; number--)
		text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL;
	return text ? arena_strndup(arena, text, strcspn(text, "\n")) : "";
}

static const char *trimmed(struct arena *arena, const char *line)
{
	size_t len;

	line += strspn(line, " \t");
	for (len = strlen(line); len && isspace((unsigned char)line[len - 1]); )
		len--;
	return arena_strndup(arena, line, len);
}

static size_t indentation(const char *line)
{
	return strspn(line, " \t");
}

/* The line that opens the block which line `number` closes begins a function. */
static bool closes_function(struct arena *arena, const char *test, uint32_t number)
{
	size_t wanted = indentation(line_of(arena, test, number));

	while (--number > 0) {
		const char *line = line_of(arena, test, number);

		if (*trimmed(arena, line) && indentation(line) <= wanted)
			return strstr(line, "fun ") || strstr(line, "def ") || strstr(line, "void ");
	}
	return false;
}

bool draft_is_statement(struct arena *arena, const char *test, uint32_t number)
{
	const char *before = number > 1 ? trimmed(arena, line_of(arena, test, number - 1)) : "";
	const char *after = trimmed(arena, line_of(arena, test, number + 1));
	size_t len = strlen(before);

	if (!len || !(is_word(before[len - 1]) || strchr("{}();\"", before[len - 1])) || before[len - 1] == '(' ||
	    (len >= 4 && !strcmp(before + len - 4, "else")))
		return false;
	if (*after == '}')
		return !after[1] && closes_function(arena, test, number + 1);
	return is_word(*after) || *after == '@';
}

bool draft_fix(struct run *run, uint32_t mutant, const char *why, struct fix *ret)
{
	const struct explanation *seen = run->explanations ? &run->explanations[mutant] : NULL;
	struct err err = ERR_INIT;
	struct span bytes;
	struct fix fix = { .says = why };
	const char *descriptor, *dot, *test, *name, *none;
	const struct idiom *idiom;

	if (!seen || seen->crossing_unit == UNIT_NONE || seen->crossing_kind != TRACE_RESULT ||
	    !seen->crossing.class_name || !seen->crossing.line)
		return false;
	descriptor = strchr(seen->crossing.callee, '(');
	dot = strchr(seen->crossing.callee, '.');
	if (!descriptor || !dot || dot > descriptor || !strchr(descriptor, ')'))
		return false;
	name = arena_strndup(&run->arena, dot + 1, (size_t)(descriptor - dot - 1));
	fix.path = test_source_any(&run->arena, run, seen->crossing.class_name, &none);
	if (!fix.path || file_read(&run->arena, fix.path, TEST_MAX, &bytes, &err) != ERR_OK)
		return false;
	test = arena_strndup(&run->arena, (const char *)bytes.bytes, bytes.len);
	idiom = idiom_of(fix.path, false, false, false);
	if (idiom && !draft_is_statement(&run->arena, test, seen->crossing.line))
		return false;
	if (!draft_line(&run->arena, line_of(&run->arena, test, seen->crossing.line), name,
			strchr(descriptor, ')')[1], seen->crossing_original, test, idiom, &fix))
		return false;
	fix.first_line = fix.last_line = seen->crossing.line;
	fix.unit = seen->crossing_unit;
	fix.original = seen->crossing_original;
	fix.mutated = *seen->crossing_mutated ? seen->crossing_mutated : "nothing";
	*ret = fix;
	return true;
}
