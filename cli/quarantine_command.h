/* vary mutate --quarantine, --unquarantine, --list-quarantined: each returns the
 * exit status. */
#ifndef CLI_QUARANTINE_COMMAND_H
#define CLI_QUARANTINE_COMMAND_H

#include "cli/options.h"

int quarantine_command_add(struct options *options);
int quarantine_command_remove(struct options *options);
int quarantine_command_list(struct options *options);

#endif
