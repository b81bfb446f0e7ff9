/* Mutants that the user wants left out of the score, each for a reason.
 *
 * An entry names a mutant by its id and class. Where no mutant has that id any
 * more, although the plan has the class and the operator, or where the class is
 * gone, the entry is stale: one note, and nothing else. Mutants chosen by their
 * ids (--mutants) are tried whether quarantined or not.
 */
#ifndef RUNNER_QUARANTINE_H
#define RUNNER_QUARANTINE_H

#include "run/run.h"

struct quarantine_entry {
	const char *id, *class_name;	/* with dots */
	const char *reason;
	const char *since;		/* "2026-11-21", or NULL */
};

/* Notes the stale ones; once the plan has ids, before it is narrowed. */
void quarantine_note_stale(struct run *run);

/* Sets run->quarantined: [plan.n_mutants] the reason, or NULL; NULL where there is
 * no entry. */
void quarantine_mark(struct run *run);

/* Survivors that no input can tell with at least settings.auto_quarantine of
 * confidence get STATUS_QUARANTINED, with the rule as reason. After explain_run(). */
void quarantine_equivalent(struct run *run);

#endif
