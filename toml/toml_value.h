/* A value, and a line `key = value`: what arrays and inline tables hold again. */
#ifndef TOML_TOML_VALUE_H
#define TOML_TOML_VALUE_H

#include "toml/scan.h"

/* One part of a key, bare or quoted. */
enum err_code toml_value_read_key(struct scan *scan, struct toml_string *ret) MUST_CHECK;

/* `a.b = value`, into `table`; the cursor goes behind the value. */
enum err_code toml_value_read_pair(struct scan *scan, struct toml_table *table) MUST_CHECK;

#endif
