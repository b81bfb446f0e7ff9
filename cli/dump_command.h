/* vary dump */
#ifndef CLI_DUMP_COMMAND_H
#define CLI_DUMP_COMMAND_H

#include "cli/options.h"

int dump_command_run(struct options *options);	/* the exit status */

#endif
