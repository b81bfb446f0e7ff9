/* vary mutate --why, --replay, --diff: one mutant at length. Each returns the exit
 * status; an id that no mutant has is EXIT_USAGE, with the nearest ones. */
#ifndef CLI_WHY_COMMAND_H
#define CLI_WHY_COMMAND_H

#include "cli/options.h"

int why_command_why(struct options *options);
int why_command_replay(struct options *options);
int why_command_diff(struct options *options);

#endif
