/* All that options say, as a number: what is kept by it is not found again after any
 * of them has changed, typed or in vary.toml. */
#ifndef CLI_OPTIONS_KEY_H
#define CLI_OPTIONS_KEY_H

#include "cli/options.h"

/* `key` (util/fnv.h) with targets, every row of option_rows[] and the entries of the
 * quarantine file added. */
uint64_t options_key(uint64_t key, const struct options *options);

#endif
