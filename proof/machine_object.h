/* What instructions do to a machine that read, write, make and test objects and arrays. */
#ifndef PROOF_MACHINE_OBJECT_H
#define PROOF_MACHINE_OBJECT_H

#include "proof/machine.h"

/* False where it is another instruction or not followed. */
bool machine_object_step(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, const struct insn *insn);

#endif
