#include "project/source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "classfile/class.h"
#include "project/files.h"
#include "project/jar.h"

#define SOURCE_MAX ((size_t)32 << 20)
#define CLASS_MAX ((size_t)16 << 20)
#define COMPANY_MAX 20000u	/* sources compiled together */

/* The first five: languages where a file without `package` line has none. */
static const char *const suffixes[] = {
	".java", ".kt", ".kts", ".scala", ".groovy",
	".vary", ".clj", ".cljc", ".xtend", ".aj",
};
#define N(array) (sizeof(array) / sizeof(*(array)))
#define N_PACKAGED 5

static bool has_suffix_among(const char *path, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (file_has_suffix(path, suffixes[i]))
			return true;
	return false;
}

bool source_is(const char *path)
{
	return has_suffix_among(path, N(suffixes));
}

bool source_is_java(const char *path)
{
	return file_has_suffix(path, ".java");
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

/* One `package a.b` clause at `*at`; NULL where there is none. */
static const char *package_clause(struct arena *arena, const char **at)
{
	const char *name = *at, *text;

	if (strncmp(name, "package", 7) || !isspace((unsigned char)name[7]))
		return NULL;
	name = skip_blank(name + 7);
	*at = name + strcspn(name, " \t\r\n;{/");
	if (*at - name == 6 && !strncmp(name, "object", 6))
		return NULL;	/* Scala's package object is in the package around it */
	text = arena_strndup(arena, name, (size_t)(*at - name));
	*at = skip_blank(*at + strspn(*at, " \t\r\n;{"));
	return text;
}

enum err_code source_package(struct arena *arena, const char *path,
			     const char **ret, struct err *err)
{
	struct arena local = ARENA_INIT;
	struct span bytes;
	const char *at, *more;
	enum err_code code = file_read(&local, path, SOURCE_MAX, &bytes, err);

	if (code != ERR_OK)
		goto out;
	at = skip_blank(arena_strndup(&local, (const char *)bytes.bytes, bytes.len));
	while (*at == '@')
		at = skip_blank(skip_annotation(at));
	*ret = package_clause(arena, &at);
	/* Scala: package a; package b is a.b. */
	while (*ret && file_has_suffix(path, ".scala") && (more = package_clause(arena, &at)))
		*ret = arena_strfmt(arena, "%s.%s", *ret, more);
	if (!*ret && has_suffix_among(path, N_PACKAGED))
		*ret = "";
out:
	arena_release(&local);
	return code;
}

/* How much of a file's directory comes before the folders of the package: "/x"
 * of /x/a/b/C.java for a.b. 0 where it does not end with them. */
static size_t root_length(const char *path, const char *package)
{
	size_t len = (size_t)(file_name(path) - path), n = strlen(package);

	if (!len)
		return 0;
	len--;		/* the slash before the name */
	if (!n)
		return len;
	if (len <= n || path[len - n - 1] != '/')
		return 0;
	for (size_t i = 0; i < n; i++)
		if (path[len - n + i] != (package[i] == '.' ? '/' : package[i]))
			return 0;
	return len - n - 1;
}

bool source_fits_package(const char *path, const char *declared, const char *package)
{
	if (declared)
		return !strcmp(declared, package);
	return !*package || root_length(path, package);
}

const char *source_root(struct arena *arena, const char *path, const char *package)
{
	size_t len = root_length(path, package);

	return len ? arena_strndup(arena, path, len) : NULL;
}

/* ---- classes made from a source ---- */

struct search {
	const char *path, *declared;
	bool found;
};

static void hear_class(void *context, const char *name, struct span bytes)
{
	struct search *search = context;
	struct arena local = ARENA_INIT;
	struct err broken = ERR_INIT;
	struct class *class;
	const char *source;

	if (!search->found && class_parse(&local, bytes, name, &class, &broken) == ERR_OK &&
	    (source = class_source_file(class)) && !strcmp(source, file_name(search->path))) {
		char *package = arena_strdup(&local, class->name);
		char *slash = strrchr(package, '/');

		*(slash ? slash : package) = '\0';
		for (char *c = package; *c; c++)
			if (*c == '/')
				*c = '.';
		search->found = source_fits_package(search->path, search->declared, package);
	}
	arena_release(&local);
}

static bool hear_file(void *context, const char *path)
{
	struct search *search = context;
	struct arena local = ARENA_INIT;
	struct err unreadable = ERR_INIT;
	struct span bytes;

	if (file_has_suffix(path, ".class") &&
	    file_read(&local, path, CLASS_MAX, &bytes, &unreadable) == ERR_OK)
		hear_class(search, path, bytes);
	arena_release(&local);
	return !search->found;
}

bool source_has_classes_in(const char *path, const char *declared, const char *place)
{
	struct search search = { path, declared, false };
	struct arena local = ARENA_INIT;
	struct err unreadable = ERR_INIT;
	char *folder = declared ? arena_strdup(&local, declared) : NULL;
	enum err_code code;

	for (char *c = folder; c && *c; c++)
		if (*c == '.')
			*c = '/';
	if (!file_is_directory(place))
		code = jar_read_classes(&local, place, folder, hear_class, &search, &unreadable);
	else if (!folder)
		code = files_walk(place, hear_file, &search, &unreadable);
	else
		code = files_walk_flat(arena_strfmt(&local, "%s/%s", place, folder), hear_file,
				       &search, &unreadable);
	arena_release(&local);
	return code == ERR_OK && search.found;
}

/* ---- sources to be compiled together ---- */

struct company {
	struct arena *arena;
	struct text_list *sources;
};

static bool hear_source(void *context, const char *path)
{
	struct company *company = context;

	if (source_is_java(path) && strcmp(file_name(path), "module-info.java") &&
	    strcmp(file_name(path), "package-info.java"))
		text_list_add(company->arena, company->sources, arena_strdup(company->arena, path));
	return company->sources->n <= COMPANY_MAX;
}

static enum err_code add_tests_beside(struct company *company, const char *root, struct err *err)
{
	static const char *const names[] = { "test", "tests" };

	if (strcmp(file_name(root), "src") && strcmp(file_name(root), "main"))
		return ERR_OK;
	for (size_t i = 0; i < N(names); i++) {
		const char *tests = arena_strfmt(company->arena, "%s/%s",
						 file_parent(company->arena, root), names[i]);

		if (file_is_directory(tests))
			TRY(files_walk(tests, hear_source, company, err));
	}
	return ERR_OK;
}

static enum err_code add_around_file(struct company *company, const char *path, struct err *err)
{
	const char *package, *root;

	TRY(source_package(company->arena, path, &package, err));
	root = package ? source_root(company->arena, path, package) : NULL;
	if (!root)
		return files_walk_flat(file_parent(company->arena, path), hear_source, company, err);
	TRY(add_tests_beside(company, root, err));
	if (!*package)
		return files_walk_flat(root, hear_source, company, err);
	return files_walk(arena_strfmt(company->arena, "%s/%.*s", root, (int)strcspn(package, "."),
				       package),
			  hear_source, company, err);
}

enum err_code source_add_company(struct arena *arena, const char *path,
				 struct text_list *ret, struct err *err)
{
	struct company company = { arena, ret };

	if (file_is_directory(path))
		TRY(files_walk(path, hear_source, &company, err));
	else
		TRY(add_around_file(&company, path, err));
	if (ret->n > COMPANY_MAX)
		return err_set(err, ERR_LIMIT,
			       "%s: more than %u Java sources and none compiled; compile the project first",
			       path, COMPANY_MAX);
	return ERR_OK;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void source_settle(struct text_list *sources)
{
	uint32_t n = 0;

	if (sources->n)
		qsort(sources->items, sources->n, sizeof(*sources->items), by_text);
	for (uint32_t i = 0; i < sources->n; i++)
		if (!n || strcmp(sources->items[n - 1], sources->items[i]))
			sources->items[n++] = sources->items[i];
	sources->n = n;
}
