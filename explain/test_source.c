#include "explain/test_source.h"

#include <string.h>

#include "classfile/class.h"
#include "project/files.h"
#include "project/source.h"

/* The SourceFile attribute of a class of the project: untrusted, a name and no path. */
static const char *source_file(struct arena *arena, const struct run *run, const char *class_name)
{
	for (uint32_t i = 0; i < run->project.n_classes; i++) {
		const struct project_class *class = &run->project.classes[i];
		struct err err = ERR_INIT;
		struct class *parsed;
		const char *name;

		if (strcmp(class->name, class_name) ||
		    class_parse(arena, class->bytes, class->what, &parsed, &err) != ERR_OK)
			continue;
		name = class_source_file(parsed);
		return name && !strchr(name, '/') ? name : NULL;
	}
	return NULL;
}

static bool ends_with(const char *path, const char *tail)
{
	size_t len = strlen(path), tail_len = strlen(tail);

	return len >= tail_len && !strcmp(path + len - tail_len, tail) &&
	       (len == tail_len || path[len - tail_len - 1] == '/');
}

static const char *find(struct arena *arena, const struct run *run, const char *below)
{
	const struct project *project = &run->project;

	for (uint32_t i = 0; i < project->n_source_roots; i++) {
		const char *path = arena_strfmt(arena, "%s/%s", project->source_roots[i], below);

		if (file_exists(path))
			return path;
	}
	for (uint32_t i = 0; i < project->n_sources; i++)
		if (ends_with(project->sources[i], below))
			return project->sources[i];
	return NULL;
}

const char *test_source_any(struct arena *arena, const struct run *run, const char *class_name,
			    const char **ret_why)
{
	const char *file = source_file(arena, run, class_name), *dot = strrchr(class_name, '.'), *path;
	char *package = arena_strndup(arena, class_name, dot ? (size_t)(dot - class_name) + 1 : 0);

	if (!file) {
		*ret_why = arena_strfmt(arena, "the class file of %s does not name its source", class_name);
		return NULL;
	}
	for (char *c = package; *c; c++)
		if (*c == '.')
			*c = '/';
	path = find(arena, run, arena_strfmt(arena, "%s%s", package, file));
	if (!path && !dot)
		path = find(arena, run, file);
	if (!path)
		*ret_why = arena_strfmt(arena, "the source %s%s is not there", package, file);
	return path;
}

const char *test_source_find(struct arena *arena, const struct run *run, const char *class_name,
			     const char **ret_why)
{
	const char *file = source_file(arena, run, class_name);

	if (file && !source_is_java(file)) {
		*ret_why = arena_strfmt(arena, "%s is not Java: assertions are tried in Java tests only", file);
		return NULL;
	}
	return test_source_any(arena, run, class_name, ret_why);
}
