#include "runner/jar.h"

#include <string.h>
#include <zip.h>

#include "runner/files.h"

#define ENTRIES_MAX 1000000
#define CLASS_MAX ((zip_uint64_t)16 << 20)	/* bytes of one class */
#define JAR_MAX ((zip_uint64_t)2 << 30)		/* bytes of all its classes */

static enum err_code damaged(const char *path, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: damaged jar: %s; build or fetch it again", path, what);
}

static bool is_wanted(const char *name)
{
	return file_has_suffix(name, ".class") && strncmp(name, "META-INF/", 9) &&
	       name[0] != '/' && !strstr(name, "..");
}

static enum err_code read_entry(struct arena *arena, zip_t *zip, zip_uint64_t index,
				zip_uint64_t size, const char *path, struct span *ret,
				struct err *err)
{
	zip_file_t *file = zip_fopen_index(zip, index, 0);
	uint8_t *bytes;
	zip_int64_t n;

	if (!file)
		return damaged(path, zip_strerror(zip), err);
	bytes = arena_alloc(arena, (size_t)size);
	n = zip_fread(file, bytes, size);
	zip_fclose(file);
	if (n < 0 || (zip_uint64_t)n != size)
		return damaged(path, "an entry ends early", err);
	*ret = (struct span){ bytes, (size_t)size };
	return ERR_OK;
}

enum err_code jar_read_classes(struct arena *arena, const char *path,
			       void (*hear)(void *context, const char *name, struct span bytes),
			       void *context, struct err *err)
{
	enum err_code code = ERR_OK;
	zip_uint64_t total = 0;
	zip_int64_t n;
	int why = 0;
	zip_t *zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &why);

	if (!zip) {
		zip_error_t error;

		zip_error_init_with_code(&error, why);
		damaged(path, zip_error_strerror(&error), err);
		zip_error_fini(&error);
		return ERR_FORMAT;
	}
	n = zip_get_num_entries(zip, 0);
	if (n > ENTRIES_MAX)
		code = err_set(err, ERR_LIMIT, "%s: more than %d entries", path, ENTRIES_MAX);
	for (zip_int64_t i = 0; i < n && code == ERR_OK; i++) {
		struct span bytes;
		zip_stat_t about;

		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &about) < 0) {
			code = damaged(path, zip_strerror(zip), err);
			break;
		}
		if (!is_wanted(about.name))
			continue;
		if (about.size > CLASS_MAX || about.size > JAR_MAX - total) {
			code = err_set(err, ERR_LIMIT, "%s: %s unpacks to more than is sane",
				       path, about.name);
			break;
		}
		total += about.size;
		code = read_entry(arena, zip, (zip_uint64_t)i, about.size, path, &bytes, err);
		if (code == ERR_OK)
			hear(context, arena_strdup(arena, about.name), bytes);
	}
	zip_discard(zip);
	return code;
}
