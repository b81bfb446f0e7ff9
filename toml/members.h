/* What a TOML file puts into its tables, and which of it may be said twice.
 *
 * A key is found in constant time, so that a long file of many keys takes no
 * longer than its length. Each function that takes a key reports at `at`, where
 * the key stands in the text.
 */
#ifndef TOML_MEMBERS_H
#define TOML_MEMBERS_H

#include "toml/scan.h"

struct toml_table *members_new_table(struct scan *scan, enum toml_origin origin, uint32_t depth);
struct toml_entry *members_find(const struct toml_table *table, struct toml_string key);

/* ERR_LIMIT beyond TOML_DEPTH_MAX. */
enum err_code members_check_depth(struct scan *scan, uint32_t depth, uint32_t at) MUST_CHECK;

/* A new key; its value is the caller's to fill in. */
enum err_code members_add(struct scan *scan, struct toml_table *table, struct toml_string key,
			  uint32_t at, struct toml_entry **ret) MUST_CHECK;

/* Goes from *table to the one that `key`, not the last of a dotted key, names. */
enum err_code members_by_dots(struct scan *scan, struct toml_table **table,
			      struct toml_string key, uint32_t at) MUST_CHECK;

/* The same for a part of a header that is not its last; an array of tables
 * stands for the last of them. */
enum err_code members_by_path(struct scan *scan, struct toml_table **table,
			      struct toml_string key, uint32_t at) MUST_CHECK;

/* The last part of [a.b.key]: the table may be there only as part of longer headers. */
enum err_code members_by_header(struct scan *scan, struct toml_table **table,
				struct toml_string key, uint32_t at) MUST_CHECK;

/* The last part of [[a.b.key]]: one more table in that array. */
enum err_code members_append(struct scan *scan, struct toml_table **table,
			     struct toml_string key, uint32_t at) MUST_CHECK;

/* One more item of an array, zeroed. Good until the next. */
struct toml_value *members_new_item(struct scan *scan, struct toml_array *array);

#endif
