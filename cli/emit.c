#include "cli/emit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/mutate.h"

static enum err_code check_empty(const char *directory, struct err *err)
{
	DIR *stream = opendir(directory);
	const struct dirent *entry;
	bool is_empty = true;

	if (!stream)
		return err_set(err, ERR_IO, "%s: %s", directory, strerror(errno));
	while ((entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			is_empty = false;
	closedir(stream);
	if (!is_empty)
		return err_set(err, ERR_USAGE, "%s is not empty; --emit writes only into an empty or new directory",
			       directory);
	return ERR_OK;
}

/* Names from class files are untrusted: no step upwards, no empty step. */
static bool is_safe_path(const char *path)
{
	while (*path) {
		size_t len = strcspn(path, "/");

		if (!len || len > 255 || (len == 1 && *path == '.') ||
		    (len == 2 && !strncmp(path, "..", 2)))
			return false;
		path += len;
		if (*path == '/' && !*++path)
			return false;
	}
	return true;
}

/* The directories that `path` leads through. */
static enum err_code make_parents(char *path, size_t from, struct err *err)
{
	for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) && errno != EEXIST)
			return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		*slash = '/';
	}
	return ERR_OK;
}

static enum err_code write_file(const char *path, struct span bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	bool failed = fd < 0;
	size_t done = 0;

	while (!failed && done < bytes.len) {
		ssize_t n = write(fd, bytes.bytes + done, bytes.len - done);

		if (n > 0)
			done += (size_t)n;
		else
			failed = errno != EINTR;
	}
	if (failed)
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (fd >= 0 && close(fd) && !failed) {
		failed = true;
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	}
	return failed ? ERR_IO : ERR_OK;
}

static void discard(struct emit_result *result, const char *reason)
{
	result->discarded++;
	snprintf(result->last_reason, sizeof(result->last_reason), "%s", reason);
}

static enum err_code emit_one(const struct plan *plan, const struct mutant *mutant,
			      const char *directory, struct arena *scratch,
			      struct emit_result *result, struct err *err)
{
	const char *class = plan->classes[mutant->class_number].class->name;
	char *inside = arena_strfmt(scratch, "%s/%s.class", mutant->id, class);
	char *path = arena_strfmt(scratch, "%s/%s", directory, inside);
	struct err reason = ERR_INIT;
	struct span bytes;

	if (strchr(mutant->id, '/') || !is_safe_path(inside)) {
		discard(result, "its name cannot be a path");
		return ERR_OK;
	}
	if (mutate_class(plan, mutant, scratch, &bytes, &reason) != ERR_OK) {
		discard(result, reason.text);
		return ERR_OK;
	}
	TRY(make_parents(path, strlen(directory) + 1, err));
	TRY(write_file(path, bytes, err));
	result->written++;
	return ERR_OK;
}

enum err_code emit_mutants(const struct plan *plan, const char *directory,
			   struct emit_result *ret, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	enum err_code code = ERR_OK;

	*ret = (struct emit_result){ 0, 0, "" };
	if (mkdir(directory, 0777) && errno != EEXIST)
		return err_set(err, ERR_IO, "%s: %s", directory, strerror(errno));
	TRY(check_empty(directory, err));
	for (uint32_t i = 0; i < plan->n_mutants && code == ERR_OK; i++) {
		arena_clear(&scratch);
		code = emit_one(plan, &plan->mutants[i], directory, &scratch, ret, err);
	}
	arena_release(&scratch);
	return code;
}
