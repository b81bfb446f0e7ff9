/* vary-quarantine.toml: what the user wants left out of the score, to be committed
 * with the code.
 *
 *	[[quarantine]]
 *	id = "total:COND_BOUNDARY:3fa1c2"
 *	class = "shop.Cart"
 *	reason = "both ways round to the same cent"
 *	since = 2026-11-21
 */
#ifndef CLI_QUARANTINE_FILE_H
#define CLI_QUARANTINE_FILE_H

#include "runner/quarantine.h"

#define QUARANTINE_FILE "vary-quarantine.toml"

struct quarantine_file {
	const char *path;	/* NULL: there is none */
	struct span text;
	struct quarantine_entry *entries;	/* [n] */
	uint32_t n;
};

/* The nearest file at or above `from` (file_find_above()). None: ERR_OK, and no entries. ERR_FORMAT with place for what is no
 * such file. */
enum err_code quarantine_file_read(struct arena *arena, const char *from,
				   struct quarantine_file *ret, struct err *err) MUST_CHECK;

/* The same of a text, for `path` in messages. */
enum err_code quarantine_file_parse(struct arena *arena, const char *path, struct span text,
				    struct quarantine_file *ret, struct err *err) MUST_CHECK;

/* One more entry at the end of the file, which is made where it is not there;
 * what stands in it already is kept as it is. */
enum err_code quarantine_file_add(struct arena *arena, const char *path,
				  const struct quarantine_file *file,
				  const struct quarantine_entry *entry, struct err *err) MUST_CHECK;

/* Without entry number `number`; the others are kept as they are. */
enum err_code quarantine_file_remove(struct arena *arena, const struct quarantine_file *file,
				     uint32_t number, struct err *err) MUST_CHECK;

#endif
