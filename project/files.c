#include "project/files.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/fnv.h"
#include "util/name.h"

#define VISITED_MAX 1000000	/* entries of one tree */

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_is_directory(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool file_is_regular(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

bool file_has_suffix(const char *path, const char *suffix)
{
	return name_ends_with(path, suffix);
}

const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *file_parent(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash || slash == path)
		return arena_strdup(arena, "/");
	return arena_strndup(arena, path, (size_t)(slash - path));
}

enum err_code file_absolute(struct arena *arena, const char *path,
			    const char **ret, struct err *err)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return err_set(err, ERR_MISSING, "%s: %s", path, strerror(errno));
	*ret = arena_strdup(arena, real);
	return ERR_OK;
}

const char *file_below(const char *path, const char *top)
{
	size_t len = strlen(top);

	if (!strcmp(top, "/"))
		return path + 1;
	if (strncmp(path, top, len))
		return NULL;
	if (!path[len])
		return path + len;
	return path[len] == '/' ? path + len + 1 : NULL;
}

static enum err_code read_all(int fd, const char *path, uint8_t *bytes, size_t len, struct err *err)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = read(fd, bytes + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		if (n == 0)
			return err_set(err, ERR_IO, "%s: became shorter while it was read", path);
		done += (size_t)n;
	}
	return ERR_OK;
}

bool file_is_shared(const char *directory)
{
	struct stat found;

	return !stat(directory, &found) && (found.st_mode & S_IWOTH) && (found.st_mode & S_ISVTX);
}

const char *file_find_above(struct arena *arena, const char *from, const char *name)
{
	struct err gone = ERR_INIT;
	const char *at, *path;

	if (file_absolute(arena, from, &at, &gone) != ERR_OK)
		return NULL;
	if (!file_is_directory(at))
		at = file_parent(arena, at);
	for (;; at = file_parent(arena, at)) {
		path = arena_strfmt(arena, "%s/%s", strcmp(at, "/") ? at : "", name);
		if (!file_is_shared(at) && file_is_regular(path))
			return path;
		if (!strcmp(at, "/") || file_exists(arena_strfmt(arena, "%s/.git", at)))
			return NULL;
	}
}

uint64_t file_key(uint64_t key, const char *path)
{
	char text[80];
	struct stat found;

	if (stat(path, &found))
		memset(&found, 0, sizeof(found));
	snprintf(text, sizeof(text), "%lld %lld.%09ld", (long long)found.st_size,
		 (long long)found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
	return fnv_text(fnv_text(key, path), text);
}

enum err_code file_read(struct arena *arena, const char *path, size_t max,
			struct span *ret, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum err_code code;
	struct stat about;
	uint8_t *bytes;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", path,
			       strerror(errno));
	if (fstat(fd, &about) < 0) {
		code = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		goto out;
	}
	if (!S_ISREG(about.st_mode)) {
		code = err_set(err, ERR_IO, "%s: not a regular file", path);
		goto out;
	}
	if ((unsigned long long)about.st_size > max) {
		code = err_set(err, ERR_LIMIT, "%s: larger than %zu MiB", path, max >> 20);
		goto out;
	}
	bytes = arena_alloc(arena, (size_t)about.st_size);
	code = read_all(fd, path, bytes, (size_t)about.st_size, err);
	if (code == ERR_OK)
		*ret = (struct span){ bytes, (size_t)about.st_size };
out:
	close(fd);
	return code;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static enum err_code walk(const char *top, bool is_flat,
			  bool (*hear)(void *context, const char *path), void *context,
			  struct err *err)
{
	char *path = strdup(top);
	char *paths[] = { path, NULL };
	enum err_code code = ERR_OK;
	FTS *tree = path ? fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name) : NULL;
	uint32_t visited = 0;
	FTSENT *entry;

	if (!tree) {
		code = err_set(err, ERR_IO, "%s: %s", top, strerror(errno));
		goto out;
	}
	while ((entry = fts_read(tree))) {
		int kind = entry->fts_info;

		if (++visited > VISITED_MAX) {
			code = err_set(err, ERR_LIMIT,
				       "%s: more than %d files and directories; name a directory further down",
				       top, VISITED_MAX);
			break;
		}
		if (kind == FTS_D && entry->fts_level > 0 && (is_flat || entry->fts_name[0] == '.'))
			fts_set(tree, entry, FTS_SKIP);
		if (entry->fts_level == 0 && (kind == FTS_DNR || kind == FTS_ERR || kind == FTS_NS)) {
			code = err_set(err, ERR_IO, "%s: %s", entry->fts_path,
				       strerror(entry->fts_errno));
			break;
		}
		if (kind == FTS_F && !hear(context, entry->fts_path))
			break;
	}
out:
	if (tree)
		fts_close(tree);
	free(path);
	return code;
}

enum err_code files_walk(const char *top, bool (*hear)(void *context, const char *path),
			 void *context, struct err *err)
{
	return walk(top, false, hear, context, err);
}

enum err_code files_walk_flat(const char *top, bool (*hear)(void *context, const char *path),
			      void *context, struct err *err)
{
	return walk(top, true, hear, context, err);
}
