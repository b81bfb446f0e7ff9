/* Which of the plan's mutants are tried: those the user named, and of these a
 * sample where one was asked for. */
#ifndef RUNNER_NARROW_H
#define RUNNER_NARROW_H

#include "run/run.h"

/* Takes out of run->plan what settings.only_mutants does not name, then all but
 * settings.sample (0: all) of the rest, and leaves in run->n_sampled_from how
 * many there were to choose from. The sample depends on the seed and on the
 * mutants' classes and ids only: not on their order, nor on what else is in the
 * plan but for its size. ERR_USAGE where no mutant has a name asked for. */
enum err_code narrow_plan(struct run *run, struct err *err) MUST_CHECK;

#endif
