#include "project/test_names.h"

#include <fnmatch.h>
#include <string.h>

#define BLANKS " \t\r\n"
#define PATH_MAX_BYTES 1024

/* ---- patterns ---- */

static size_t without_end(const char *text, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len >= n && !strncmp(text + len - n, end, n) ? len - n : len;
}

/* As it is matched: with a folder in front, no ".java" behind. NULL: not understood. */
static const char *plain(struct arena *arena, const char *text, size_t len)
{
	const char *method = memchr(text, '#', len);

	if (len >= 7 && !strncmp(text, "%regex[", 7))
		return NULL;
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

static bool any_fits(const char *const *patterns, uint32_t n, const char *path)
{
	for (uint32_t i = 0; i < n; i++)
		if (fits(patterns[i], path))
			return true;
	return false;
}

bool test_names_match(const struct test_names *names, const char *name)
{
	static const char *const usual[] = { "**/Test*", "**/*Test", "**/*Tests", "**/*TestCase" };
	char path[PATH_MAX_BYTES];
	size_t len = strlen(name);

	if (len >= sizeof(path))
		return true;
	for (size_t i = 0; i <= len; i++)
		path[i] = name[i];
	for (char *dot = path; (dot = strchr(dot, '.'));)
		*dot = '/';
	return (names->includes.n ? any_fits(names->includes.items, names->includes.n, path)
				  : any_fits(usual, sizeof(usual) / sizeof(*usual), path)) &&
	       !any_fits(names->excludes.items, names->excludes.n, path);
}
