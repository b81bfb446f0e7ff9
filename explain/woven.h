/* Test classes that record what crosses into them, for traced runs.
 *
 *	woven_prepare(run, crew, &err)               before the first traced job; again: nothing
 *	task_new(run, units, n, WIRE_RUN_TRACED | WIRE_RUN_TEXTS, ...) -> pool_run()
 *	job->results[i].trace                        what crossed while unit i ran
 *	&run->sites[event->site]                     where
 *
 * Without WIRE_RUN_TEXTS every event's text is "", which is cheaper. oracle/observe.h
 * says what is recorded. A run without a traced job pays nothing.
 */
#ifndef EXPLAIN_WOVEN_H
#define EXPLAIN_WOVEN_H

#include "crew/crew.h"
#include "run/run.h"

/* Weaves the project's test classes, sets run->sites, and gives every worker the
 * classes, now or when it starts. A class that cannot be read stays as it is.
 * ERR_LIMIT where they are larger than a message can be. */
enum err_code woven_prepare(struct run *run, struct crew *crew, struct err *err) MUST_CHECK;

#endif
