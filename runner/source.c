#include "runner/source.h"

#include <ctype.h>
#include <string.h>

#include "runner/files.h"

#define SOURCE_MAX ((size_t)32 << 20)

static const char *const suffixes[] = {
	".java", ".kt", ".scala", ".groovy", ".vary", ".clj",
};

bool source_is(const char *path)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (file_has_suffix(path, suffixes[i]))
			return true;
	return false;
}

/* Past blanks and comments. */
static const char *skip_blank(const char *at)
{
	for (;;) {
		const char *end;

		while (isspace((unsigned char)*at) || (unsigned char)*at == 0xef ||
		       (unsigned char)*at == 0xbb || (unsigned char)*at == 0xbf)
			at++;
		if (at[0] == '/' && at[1] == '/') {
			at += strcspn(at, "\n");
		} else if (at[0] == '/' && at[1] == '*') {
			end = strstr(at + 2, "*/");
			at = end ? end + 2 : at + strlen(at);
		} else {
			return at;
		}
	}
}

/* Past one annotation of the file or package: @file:JvmName("x"). */
static const char *skip_annotation(const char *at)
{
	at += strcspn(at, "\n(");
	if (*at == '(')
		at += strcspn(at, ")");
	return *at ? at + 1 : at;
}

enum err_code source_package(struct arena *arena, const char *path,
			     const char **ret, struct err *err)
{
	struct arena local = ARENA_INIT;
	struct span bytes;
	const char *at;
	enum err_code code = file_read(&local, path, SOURCE_MAX, &bytes, err);

	if (code != ERR_OK)
		goto out;
	*ret = "";
	at = skip_blank(arena_strndup(&local, (const char *)bytes.bytes, bytes.len));
	while (*at == '@')
		at = skip_blank(skip_annotation(at));
	if (!strncmp(at, "package", 7) && isspace((unsigned char)at[7])) {
		at = skip_blank(at + 7);
		*ret = arena_strndup(arena, at, strcspn(at, " \t\r\n;{/"));
	}
out:
	arena_release(&local);
	return code;
}
