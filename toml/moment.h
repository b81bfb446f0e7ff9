/* TOML's dates and times (RFC 3339, and its parts without an offset). */
#ifndef TOML_MOMENT_H
#define TOML_MOMENT_H

#include "toml/scan.h"

/* Whether `word` can only be meant as a date or a time. */
bool moment_looks_like(struct span word);

/* `word` is all of the text that could belong to the moment; it stands at the
 * cursor, which stays. */
enum err_code moment_read(const struct scan *scan, struct span word,
			  struct toml_value *ret) MUST_CHECK;

#endif
