#include "project/jar.h"

#include <string.h>
#include <zip.h>

#include "project/files.h"

#define ENTRIES_MAX 1000000
#define CLASS_MAX ((zip_uint64_t)16 << 20)	/* bytes of one class */
#define JAR_MAX ((zip_uint64_t)1 << 30)		/* bytes of all its classes */
#define RATIO_MAX 1100		/* deflate ends at 1032 to 1 */

static enum err_code damaged(const char *path, const char *entry, const char *what,
			     struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: damaged jar: %s%s%s; build or fetch it again", path,
		       entry, *entry ? ": " : "", what);
}

static bool climbs_out(const char *name)
{
	const char *up = name;

	while ((up = strstr(up, ".."))) {
		if ((up == name || up[-1] == '/') && (up[2] == '/' || !up[2]))
			return true;
		up += 2;
	}
	return name[0] == '/';
}

static bool is_wanted(const char *name, const char *folder)
{
	const char *base = file_name(name);
	size_t len;

	if (!file_has_suffix(name, ".class") || !strncmp(name, "META-INF/", 9) || climbs_out(name))
		return false;
	if (!folder)
		return true;
	len = base == name ? 0 : (size_t)(base - name) - 1;
	return strlen(folder) == len && !strncmp(name, folder, len);
}

static enum err_code read_entry(struct arena *arena, zip_t *zip, zip_uint64_t index,
				const zip_stat_t *about, const char *path, struct span *ret,
				struct err *err)
{
	zip_file_t *file = zip_fopen_index(zip, index, 0);
	uint8_t *bytes, more;
	zip_int64_t n;
	bool is_whole;

	if (!file)
		return damaged(path, about->name, zip_strerror(zip), err);
	bytes = arena_alloc(arena, (size_t)about->size);
	n = zip_fread(file, bytes, about->size);
	/* Only the read that meets the end compares the checksum. */
	is_whole = n >= 0 && (zip_uint64_t)n == about->size && zip_fread(file, &more, 1) == 0;
	zip_fclose(file);
	if (!is_whole)
		return damaged(path, about->name, "size or checksum is not what the jar says", err);
	*ret = (struct span){ bytes, (size_t)about->size };
	return ERR_OK;
}

/* Not ZIP_CHECKCONS: it refuses jars that every JVM reads. */
static enum err_code open_jar(const char *path, zip_t **ret, struct err *err)
{
	enum err_code code;
	zip_error_t error;
	int why = 0;

	if (file_exists(path) && !file_is_regular(path))
		return err_set(err, ERR_FORMAT, "%s: not a regular file", path);
	*ret = zip_open(path, ZIP_RDONLY, &why);
	if (*ret)
		return ERR_OK;
	zip_error_init_with_code(&error, why);
	code = damaged(path, "", zip_error_strerror(&error), err);
	zip_error_fini(&error);
	return code;
}

/* What an entry claims, before memory is spent on it. */
static enum err_code check_size(const zip_stat_t *about, zip_uint64_t *total, const char *path,
				struct err *err)
{
	if (!(about->valid & ZIP_STAT_SIZE) || !(about->valid & ZIP_STAT_COMP_SIZE))
		return damaged(path, about->name, "has no size", err);
	if (about->size > CLASS_MAX || about->size > JAR_MAX - *total ||
	    about->size / RATIO_MAX > about->comp_size)
		return err_set(err, ERR_LIMIT, "%s: %s unpacks to more than is sane", path,
			       about->name);
	*total += about->size;
	return ERR_OK;
}

enum err_code jar_read_classes(struct arena *arena, const char *path, const char *folder,
			       void (*hear)(void *context, const char *name, struct span bytes),
			       void *context, struct err *err)
{
	enum err_code code = ERR_OK;
	zip_uint64_t total = 0;
	zip_int64_t n;
	zip_t *zip;

	TRY(open_jar(path, &zip, err));
	n = zip_get_num_entries(zip, 0);
	if (n > ENTRIES_MAX)
		code = err_set(err, ERR_LIMIT, "%s: more than %d entries", path, ENTRIES_MAX);
	for (zip_int64_t i = 0; i < n && code == ERR_OK; i++) {
		struct span bytes;
		zip_stat_t about;

		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &about) < 0 || !about.name) {
			code = damaged(path, "", zip_strerror(zip), err);
			break;
		}
		if (!is_wanted(about.name, folder))
			continue;
		code = check_size(&about, &total, path, err);
		if (code == ERR_OK)
			code = read_entry(arena, zip, (zip_uint64_t)i, &about, path, &bytes, err);
		if (code == ERR_OK)
			hear(context, arena_strdup(arena, about.name), bytes);
	}
	zip_discard(zip);
	return code;
}

enum err_code jar_read_entries(struct arena *arena, const char *path, const char *const *names, uint32_t n,
			       void (*hear)(void *context, const char *name, struct span bytes),
			       void *context, struct err *err)
{
	enum err_code code = ERR_OK;
	zip_uint64_t total = 0;
	zip_t *zip;

	TRY(open_jar(path, &zip, err));
	for (uint32_t i = 0; i < n && code == ERR_OK; i++) {
		struct span bytes;
		zip_stat_t about;

		if (zip_stat(zip, names[i], 0, &about) < 0)
			continue;
		code = check_size(&about, &total, path, err);
		if (code == ERR_OK)
			code = read_entry(arena, zip, about.index, &about, path, &bytes, err);
		if (code == ERR_OK)
			hear(context, names[i], bytes);
	}
	zip_discard(zip);
	return code;
}
