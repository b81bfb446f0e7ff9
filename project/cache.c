#include "project/cache.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "project/files.h"

static bool make_directory(const char *path)
{
	return mkdir(path, 0700) == 0 || file_is_directory(path);
}

const char *cache_directory(struct arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	const char *directory;

	if (!cache || *cache != '/')
		cache = home && *home == '/' ? arena_strfmt(arena, "%s/.cache", home) : NULL;
	if (!cache || strchr(cache, ':'))
		return NULL;
	directory = arena_strfmt(arena, "%s/vary", cache);
	return make_directory(cache) && make_directory(directory) ? directory : NULL;
}
