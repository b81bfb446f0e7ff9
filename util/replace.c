#include "util/replace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 4096

static enum err_code cannot(const char *path, struct err *err)
{
	return err_set(err, ERR_IO, "cannot write %s: %s", path, strerror(errno));
}

enum err_code replace_file(const char *path, struct span content, struct err *err)
{
	enum err_code code = ERR_OK;
	char made[PATH_SIZE];
	FILE *file;

	if (snprintf(made, sizeof(made), "%s.%ld.new", path, (long)getpid()) >= PATH_SIZE) {
		errno = ENAMETOOLONG;
		return cannot(path, err);
	}
	file = fopen(made, "wxe");
	if (!file)
		return cannot(path, err);
	if (fwrite(content.bytes, 1, content.len, file) != content.len)
		code = cannot(path, err);
	if (fclose(file) && code == ERR_OK)
		code = cannot(path, err);
	if (code == ERR_OK && rename(made, path))
		code = cannot(path, err);
	if (code != ERR_OK)
		unlink(made);
	return code;
}
