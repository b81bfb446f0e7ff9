/* Classes of the project that the JVM's own loader had once more, beside the run's: a library
 * asked for one by its name, or worked for several runs at once (run_settings.slots). No mutant
 * is in them, so what tests do with them kills nothing, and that has to be told. */
#ifndef MEASURE_SECOND_COPIES_H
#define MEASURE_SECOND_COPIES_H

#include "measure/task.h"

/* Each class once, with the job's test, or their class: "shop.Price, seen in shop.PriceTest". */
void second_copies_note(struct run *run, const struct task *task);

#endif
