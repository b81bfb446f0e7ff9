/* vary.toml: options written down, for a project.
 *
 *	[mutation]
 *	jobs = 4
 *	exclude = ["shop.generated.*"]
 *
 * Every option of the table in cli/options.h is a key, with _ for -, but those
 * that only make sense typed. A number is an integer or a float, a switch true
 * or false, a repeatable option an array of strings or one string, as are
 * operators and filters; the rest are strings. Paths are relative to the file.
 * Options of other commands are checked, and otherwise passed over, so that one
 * file serves all. vary.example.toml has every key.
 *
 * Mistakes are one line, `FILE:LINE:COLUMN: what`.
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "cli/options.h"

/* Presets, then the file's, then the command line's. The file is that of
 * --config, else the nearest vary.toml in the first target's directory or above
 * it (file_find_above()). options->config is the file, or NULL. */
enum err_code config_options(struct options *options, enum command command,
			     int argc, char **argv, struct err *err) MUST_CHECK;

/* What the text of a file says. `path` is for messages, and what its paths are
 * relative to. */
enum err_code config_apply(struct options *options, const char *path, struct span text,
			   struct err *err) MUST_CHECK;

#endif
