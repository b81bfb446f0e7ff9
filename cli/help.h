/* What `vary help` and --help say. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/options.h"

extern const char *const help_command_names[N_COMMANDS];

/* All commands, in a screen. */
void help_overview(struct buf *out);

/* One command: what it does, examples, options with defaults. */
void help_command(enum command command, struct buf *out);

#endif
