/* vary doctor */
#ifndef CLI_DOCTOR_COMMAND_H
#define CLI_DOCTOR_COMMAND_H

#include "cli/options.h"

int doctor_command_run(struct options *options);	/* the exit status */

#endif
