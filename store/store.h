/* What runs found out, kept in .vary/vary.db of the project's directory for
 * --expand, --why, gates on earlier runs, and for people with a SQLite shell.
 *
 *	run->store = store_begin(run);         after the baseline; NULL: there is none
 *	store_verdict(run->store, mutant);     each as soon as it is known
 *	store_explain(run->store, mutant);     so is run->explanations[mutant]
 *	store_finish(run->store);              every mutant has its verdict
 *	store_close(run->store);
 *
 * Each verdict and each explanation is a transaction of its own: whatever ends
 * this process, what was told is there (a machine that loses power may lose the
 * last ones, and nothing else). A run that never came to store_finish() is
 * visible as such. The oldest runs go first: STORE_RUNS_MAX are kept, of those
 * for which the user chose among the mutants as many again, and no more than
 * STORE_BYTES_MAX of all but the newest.
 *
 * Nothing depends on the store. Whatever is wrong with it (damaged, locked, of
 * a newer vary, no space, may not be written) is one note, and the run goes on
 * without: every function here takes NULL. store/store_read.h reads it.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "run/run.h"
#include "store/db.h"

#define STORE_RUNS_MAX 20
#define STORE_BYTES_MAX (256u << 20)

struct store;

struct store *store_begin(const struct run *run);
void store_verdict(struct store *store, uint32_t mutant);	/* run->verdicts has it; again: replaced */
void store_explain(struct store *store, uint32_t mutant);	/* run->explanations has it; again: replaced */
void store_finish(struct store *store);	/* explanations not told yet are written too */
void store_close(struct store *store);

/* The database of the project in `directory`, open for writing with its tables,
 * made where it is not there. *ret is to be closed whatever comes back. */
enum err_code store_open(const char *directory, struct db **ret, struct err *err) MUST_CHECK;

/* Deletes the oldest runs, so that with one more there are at most `runs_max` of
 * either sort, and that those left take at most `bytes_max`; gives the space back. */
enum err_code store_make_room(struct db *db, uint32_t runs_max, uint64_t bytes_max,
			      struct err *err) MUST_CHECK;

/* What the run is called in the store; 0 for NULL. */
int64_t store_run_id(const struct store *store);

/* What must be equal for two runs to have the same mutants, but for changes of
 * the code: the targets, absolute, a line each; and the settings of the plan. */
const char *store_target(struct arena *arena, const struct run *run);
const char *store_settings(struct arena *arena, const struct run *run);

#endif
