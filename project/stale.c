#include "project/stale.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* The source of a class in one of the roots; *at is where the last one was. */
static bool find_source(const struct seen *seen, const struct text_list *source_roots, uint32_t *at,
			char *path, size_t size, struct stat *ret)
{
	for (uint32_t i = 0; i < source_roots->n; i++) {
		uint32_t root = (*at + i) % source_roots->n;
		int top = snprintf(path, size, "%s/", source_roots->items[root]);
		int len = snprintf(path, size, "%s/%s%s%s", source_roots->items[root], seen->package,
				   *seen->package ? "/" : "", seen->source_file);

		if (len < 0 || (size_t)len >= size)
			continue;
		for (size_t k = 0; k < strlen(seen->package); k++)
			if (path[(size_t)top + k] == '.')
				path[(size_t)top + k] = '/';
		if (!stat(path, ret)) {
			*at = root;
			return true;
		}
	}
	return false;
}

void stale_look(struct arena *arena, const struct class_table *table,
		const struct text_list *source_roots, struct text_list *looked_at)
{
	const char *first = NULL;
	uint32_t n = 0, at = 0;
	char path[PATH_MAX];

	for (uint32_t i = 0; i < table->n; i++) {
		const struct project_class *class = &table->classes[i];
		struct stat source, compiled;

		if (strchr(class->name, '$') || !*table->seen[i].source_file ||
		    !(class->is_target || class->is_test) || stat(class->what, &compiled) ||
		    !find_source(&table->seen[i], source_roots, &at, path, sizeof(path), &source) ||
		    !is_later(&source.st_mtim, &compiled.st_mtim))
			continue;
		if (!n++)
			first = arena_strdup(arena, path);
	}
	if (n)
		text_list_add(arena, looked_at,
			      arena_strfmt(arena, n == 1 ? "stale: %s is newer than what was compiled from it; compile again"
						 : "stale: %s and %u more sources are newer than what was compiled from them; compile again",
					   first, n - 1));
}
