#include "report/source_lines.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct source_file {
	const char *path;	/* NULL: not found */
	char *text;
	uint32_t n_lines;
	const char **lines;	/* into text */
};

void source_lines_init(struct source_lines *sources, struct arena *arena,
		       const struct run *run)
{
	sources->arena = arena;
	sources->run = run;
	sources->files = ARENA_NEW_N(arena, struct source_file *, run->plan.n_classes);
}

static char *trim(char *line)
{
	char *end = line + strlen(line);

	while (end > line && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		*--end = '\0';
	return line + strspn(line, " \t");
}

static void split(struct arena *arena, struct source_file *file, size_t len)
{
	char *at = file->text;
	uint32_t n = 1;

	for (size_t i = 0; i < len; i++) {
		n += at[i] == '\n';
		if (!at[i])
			at[i] = '?';
	}
	file->lines = ARENA_NEW_N(arena, const char *, n);
	while (at) {
		char *newline = strchr(at, '\n');

		if (newline)
			*newline = '\0';
		file->lines[file->n_lines++] = trim(at);
		at = newline ? newline + 1 : NULL;
	}
}

static bool read_file(struct arena *arena, const char *path, struct source_file *file)
{
	FILE *stream = fopen(path, "rbe");
	struct stat status;
	size_t len;

	if (!stream)
		return false;
	if (fstat(fileno(stream), &status) || !S_ISREG(status.st_mode) ||
	    status.st_size > SOURCE_FILE_MAX) {
		fclose(stream);
		return false;
	}
	file->text = arena_alloc(arena, (size_t)status.st_size + 1);
	len = fread(file->text, 1, (size_t)status.st_size, stream);
	fclose(stream);
	file->path = path;
	split(arena, file, len);
	return true;
}

/* A SourceFile attribute is untrusted: it may name a file, never a path. */
static bool is_plain_name(const char *name)
{
	return name && *name && !strchr(name, '/') && strcmp(name, ".") && strcmp(name, "..");
}

static void find(struct source_lines *sources, const struct plan_class *class,
		 struct source_file *file)
{
	const struct project *project = &sources->run->project;
	const char *name = class->class->name, *slash = strrchr(name, '/');

	if (!is_plain_name(class->source_file) || strstr(name, ".."))
		return;
	for (uint32_t i = 0; i < project->n_source_roots; i++) {
		const char *root = project->source_roots[i];

		/* Other languages than Java may leave the package's folders out. */
		if (slash && read_file(sources->arena,
				       arena_strfmt(sources->arena, "%s/%.*s/%s", root,
						    (int)(slash - name), name, class->source_file),
				       file))
			return;
		if (read_file(sources->arena,
			      arena_strfmt(sources->arena, "%s/%s", root, class->source_file), file))
			return;
	}
}

static struct source_file *file_of(struct source_lines *sources, uint32_t class_number)
{
	struct source_file **file = &sources->files[class_number];

	if (!*file) {
		*file = ARENA_NEW(sources->arena, struct source_file);
		find(sources, &sources->run->plan.classes[class_number], *file);
	}
	return *file;
}

const char *source_lines_path(struct source_lines *sources, uint32_t class_number)
{
	return file_of(sources, class_number)->path;
}

const char *source_lines_get(struct source_lines *sources, uint32_t class_number,
			     uint32_t line)
{
	const struct source_file *file = file_of(sources, class_number);

	return line && line <= file->n_lines ? file->lines[line - 1] : NULL;
}

uint32_t source_lines_column(struct source_lines *sources, uint32_t class_number, uint32_t line)
{
	const struct source_file *file = file_of(sources, class_number);
	const char *text = source_lines_get(sources, class_number, line), *at = text;

	while (at && at > file->text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return text ? (uint32_t)(text - at) + 1 : 0;
}
