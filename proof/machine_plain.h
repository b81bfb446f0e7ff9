/* What instructions do to a machine that only compute and move values. */
#ifndef PROOF_MACHINE_PLAIN_H
#define PROOF_MACHINE_PLAIN_H

#include "proof/machine.h"

/* Constants, variables, shuffling of the stack, arithmetic; `opcode` stands for that of
 * `insn`. False where it is another instruction or not followed. */
bool machine_plain_step(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const struct insn *insn, enum opcode opcode);

/* An iinc by another amount. */
bool machine_plain_increase(const struct scene *scene, struct machine *machine,
			    const struct insn *insn, int32_t by);

#endif
