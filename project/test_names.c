#include "project/test_names.h"

#include <ctype.h>
#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "util/die.h"

#define BLANKS " \t\r\n"
#define PATH_MAX_BYTES 1024

/* ---- patterns ---- */

static size_t without_end(const char *text, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len >= n && !strncmp(text + len - n, end, n) ? len - n : len;
}

/* The same set in brackets; what only Java's mean is not understood. 0: not, else its length. */
static size_t bracket_len(const char *text, size_t len)
{
	size_t at = 1 + (len > 1 && text[1] == '^');

	if (at < len && text[at] == ']')
		return 0;
	for (; at < len && text[at] != ']'; at++)
		if (strchr("[\\", text[at]) || (text[at] == '&' && text[at - 1] == '&'))
			return 0;
	return at < len ? at + 1 : 0;
}

/* A regular expression of Java's as one of POSIX's that fits the same texts as a whole: so
 * it is one whether a repetition takes much or little. NULL: has more in it. */
static const char *extended(struct arena *arena, const char *text, size_t len)
{
	const char *ret = "%^(";

	for (size_t i = 0, n; i < len; i += n) {
		const char *at = text + i;
		size_t left = len - i;

		n = 1;
		if (strchr("{}", *at))	/* counts within counts take any amount of memory */
			return NULL;
		if (*at == '\\') {
			if (left < 2 || (isalnum((unsigned char)at[1]) && !strchr("dwsS", at[1])))
				return NULL;
			n = 2;
			ret = at[1] == 'd' ? arena_strfmt(arena, "%s[0-9]", ret)
					   : arena_strfmt(arena, "%s%.2s", ret, at);
			continue;
		}
		if (*at == '[' && !(n = bracket_len(at, left)))
			return NULL;
		if (*at == '(' && left > 1 && at[1] == '?') {
			if (left < 3 || at[2] != ':')
				return NULL;
			ret = arena_strfmt(arena, "%s(", ret);
			n = 3;
			continue;
		}
		if (i && strchr("*+?", at[-1]) && strchr("*+?", *at)) {
			if (*at != '?' || (i > 1 && text[i - 2] == '\\'))
				return NULL;
			continue;
		}
		ret = arena_strfmt(arena, "%s%.*s", ret, (int)n, at);
	}
	return arena_strfmt(arena, "%s)$", ret);
}

static const char *regular(struct arena *arena, const char *text, size_t len)
{
	const char *pattern = len && !memchr(text, '#', len) ? extended(arena, text, len) : NULL;
	regex_t compiled;

	if (!pattern || regcomp(&compiled, pattern + 1, REG_EXTENDED | REG_NOSUB))
		return NULL;
	regfree(&compiled);
	return pattern;
}

/* As it is matched: with a folder in front, no ".java" behind; or '%' and a regular
 * expression. NULL: not understood. */
static const char *plain(struct arena *arena, const char *text, size_t len)
{
	const char *method = memchr(text, '#', len);

	if (len >= 8 && !strncmp(text, "%regex[", 7))
		return text[len - 1] == ']' ? regular(arena, text + 7, len - 8) : NULL;
	if (len >= 6 && !strncmp(text, "%ant[", 5)) {
		text += 5;
		len -= 6;
	}
	if (method && method < text + len)
		len = (size_t)(method - text);
	len = without_end(text, len, ".java");
	len = without_end(text, len, ".class");
	if (len && text[len - 1] == '/')
		return arena_strfmt(arena, "%.*s**", (int)len, text);
	return arena_strfmt(arena, "%s%.*s", memchr(text, '/', len) ? "" : "**/", (int)len, text);
}

bool test_names_add(struct arena *arena, struct text_list *ret, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, ","), end = len;
		size_t start = strspn(text, BLANKS);

		while (end > start && strchr(BLANKS, text[end - 1]))
			end--;
		if (end > start) {
			const char *pattern = plain(arena, text + start, end - start);

			if (!pattern)
				return false;
			text_list_add(arena, ret, pattern);
		}
		if (!text[len])
			return true;
		text += len + 1;
	}
}

/* ---- matching ---- */

static bool segment_fits(const char *pattern, size_t pattern_len, const char *path, size_t len)
{
	char glob[PATH_MAX_BYTES], name[PATH_MAX_BYTES];

	if (pattern_len >= sizeof(glob) || len >= sizeof(name))
		return false;
	memcpy(glob, pattern, pattern_len);
	glob[pattern_len] = 0;
	memcpy(name, path, len);
	name[len] = 0;
	return !fnmatch(glob, name, FNM_NOESCAPE);
}

static const char *behind_segment(const char *text)
{
	text += strcspn(text, "/");
	return text + (*text == '/');
}

static bool is_any_folders(const char *pattern)
{
	return !strncmp(pattern, "**", 2) && strchr("/", pattern[2]);
}

/* Folder by folder; two stars stand for any number of them. Only the last two are
 * ever stretched: what fits before them may as well be short. */
static bool fits(const char *pattern, const char *path)
{
	const char *after_stars = NULL, *stretched = NULL;

	while (*path) {
		if (is_any_folders(pattern)) {
			pattern = after_stars = behind_segment(pattern);
			stretched = path;
			if (!*pattern)
				return true;
		} else if (*pattern && segment_fits(pattern, strcspn(pattern, "/"), path, strcspn(path, "/"))) {
			pattern = behind_segment(pattern);
			path = behind_segment(path);
		} else if (after_stars) {
			pattern = after_stars;
			path = stretched = behind_segment(stretched);
		} else {
			return false;
		}
	}
	return !*pattern;
}

struct test_regexes {
	regex_t *of_includes, *of_excludes;	/* [n] beside the patterns; unused where one is no regular expression */
};

static regex_t *compiled(struct arena *arena, const struct text_list *patterns)
{
	regex_t *ret = ARENA_NEW_N(arena, regex_t, patterns->n);

	for (uint32_t i = 0; i < patterns->n; i++)
		if (*patterns->items[i] == '%' && regcomp(&ret[i], patterns->items[i] + 1, REG_EXTENDED | REG_NOSUB))
			die_out_of_memory();	/* it was compiled when it was added */
	return ret;
}

void test_names_compile(struct arena *arena, struct test_names *names)
{
	names->compiled = ARENA_NEW(arena, struct test_regexes);
	names->compiled->of_includes = compiled(arena, &names->includes);
	names->compiled->of_excludes = compiled(arena, &names->excludes);
}

static void release(regex_t *regexes, const struct text_list *patterns)
{
	for (uint32_t i = 0; i < patterns->n; i++)
		if (*patterns->items[i] == '%')
			regfree(&regexes[i]);
}

void test_names_release(struct test_names *names)
{
	release(names->compiled->of_includes, &names->includes);
	release(names->compiled->of_excludes, &names->excludes);
	names->compiled = NULL;
}

static bool regular_fits(const regex_t *regex, const char *path)
{
	char file[PATH_MAX_BYTES + sizeof(".class")];

	snprintf(file, sizeof(file), "%s.class", path);
	return !regexec(regex, file, 0, NULL, 0);
}

static bool any_fits(const struct text_list *patterns, const regex_t *regexes, const char *path)
{
	for (uint32_t i = 0; i < patterns->n; i++)
		if (*patterns->items[i] == '%' ? regular_fits(&regexes[i], path) : fits(patterns->items[i], path))
			return true;
	return false;
}

bool test_names_match(const struct test_names *names, const char *name)
{
	static const char *usual[] = { "**/Test*", "**/*Test", "**/*Tests", "**/*TestCase" };
	static const struct text_list usual_list = { usual, 4, 4 };
	char path[PATH_MAX_BYTES];
	size_t len = strlen(name);

	if (len >= sizeof(path))
		return true;
	for (size_t i = 0; i <= len; i++)
		path[i] = name[i];
	for (char *dot = path; (dot = strchr(dot, '.'));)
		*dot = '/';
	return any_fits(names->includes.n ? &names->includes : &usual_list, names->compiled->of_includes, path) &&
	       !any_fits(&names->excludes, names->compiled->of_excludes, path);
}
