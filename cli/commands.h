/* The commands that make a run. Each returns the exit status. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"

int commands_mutate(struct options *options);
int commands_list(struct options *options);
int commands_parity(struct options *options);
int commands_lies(struct options *options);

#endif
