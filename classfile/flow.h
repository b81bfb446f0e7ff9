/* Types by data flow to a fixed point (JVMS 4.10.2), for code without a
 * StackMapTable. Subroutines (jsr, ret) give a local variable back as the
 * caller had it unless the subroutine stores into it. */
#ifndef CLASSFILE_FLOW_H
#define CLASSFILE_FLOW_H

#include "classfile/sim.h"

/* Fills frames[n_insns], all unknown so far; failure is the simulation's. */
void flow_compute(struct sim *sim, struct frame *frames);

#endif
