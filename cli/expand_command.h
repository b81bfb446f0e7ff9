/* vary mutate --expand: what the store knows of the mutants of a method or class. */
#ifndef CLI_EXPAND_COMMAND_H
#define CLI_EXPAND_COMMAND_H

#include "cli/options.h"

int expand_command_run(struct options *options);	/* the exit status */

#endif
