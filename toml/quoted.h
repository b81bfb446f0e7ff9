/* TOML's four kinds of string. */
#ifndef TOML_QUOTED_H
#define TOML_QUOTED_H

#include "toml/scan.h"

/* The cursor is at a quote, and goes behind the closing one. Keys may not be
 * strings of several lines. */
enum err_code quoted_read(struct scan *scan, bool is_key, struct toml_string *ret) MUST_CHECK;

#endif
