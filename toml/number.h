/* TOML's integers and floats. */
#ifndef TOML_NUMBER_H
#define TOML_NUMBER_H

#include "toml/scan.h"

/* `word` is all of the text that could belong to the number; it stands at the
 * cursor, which stays. */
enum err_code number_read(const struct scan *scan, struct span word,
			  struct toml_value *ret) MUST_CHECK;

#endif
