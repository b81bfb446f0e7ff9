/* What earlier runs found out (store/store.h wrote it). Nothing here writes.
 *
 *	store_read_open(&arena, ".", &reader, &err)
 *	store_read_find(reader, "total:COND", &found, &err)      one mutant, or
 *	store_read_run(reader, &reader->runs[i], &err)           a whole run
 *	store_read_explanation(reader, run, number, &explanation, &err)
 *	store_read_tests(reader, run, mutant->point, &units, &n, &err)
 *	store_read_close(reader);
 *
 * Everything handed out lives in the arena given to store_read_open(). Numbers of
 * classes, tests, points and mutants are those of the run they come from.
 */
#ifndef STORE_STORE_READ_H
#define STORE_STORE_READ_H

#include "run/run.h"

struct stored_class {
	const char *name;		/* with dots */
	const char *source_file;	/* SourceFile attribute or NULL */
	const char *path;		/* of the class file, or jar!entry */
	const char *digest;		/* freeze_bytes() of it, %016llx: has it been compiled again? */
};

struct stored_test {
	const char *class_name, *driver, *id, *name;	/* as struct container and struct unit have them */
	enum unit_state state;
	uint64_t wall_ns, work;
	const char *failure;		/* or NULL */
};

struct stored_mutant {
	const char *id;
	uint32_t class_number;		/* in run->classes */
	const char *method, *descriptor;	/* as in the class file */
	const char *written_in;		/* for people: of a lambda, the method it is written in */
	uint32_t line;			/* 0: not recorded */
	const char *kind, *family, *description;
	const char *pit_mutator;	/* or NULL */
	uint32_t point, infection;	/* for store_read_tests() */
	enum status status;		/* STATUS_PENDING: the run ended before its turn */
	uint32_t killing_test;		/* in run->tests, or UNIT_NONE */
	uint32_t tests_run;
	uint64_t wall_ns, cpu_ns;
	const char *detail;		/* or NULL */
	enum survivor_class class;	/* SURVIVOR_NONE: none, or not looked into */
};

struct stored_run {
	int64_t id;
	int64_t started;		/* seconds since 1970 */
	bool is_finished;		/* every mutant has its verdict */
	bool is_narrowed;		/* the user chose among the mutants by their ids */
	bool is_sample;			/* chosen by lot */
	const char *version;		/* of the vary that ran */
	const char *const *arguments;	/* [n_arguments] what was typed after `vary mutate` ... */
	uint32_t n_arguments;
	const char *working_directory;	/* ... where */
	const char *target, *settings;	/* store_target(), store_settings() */
	const char *java_version, *java_home, *layout;	/* or NULL */
	uint32_t n_mutants;
	/* Of a finished run: */
	uint32_t counted, detected, survived;
	bool has_classes;		/* its survivors have a class: */
	uint32_t weak_oracle, unobserved;
	double wall_s, cpu_s;
	/* After store_read_run(): */
	struct stored_class *classes;	/* [n_classes] */
	uint32_t n_classes;
	struct stored_test *tests;	/* [n_tests] */
	uint32_t n_tests;
	struct stored_mutant *mutants;	/* [n_mutants] in the order of the plan */
};

struct store_reader {
	struct arena *arena;
	const char *path;		/* of the file */
	const char *directory;		/* the project's, in which .vary/ lies */
	struct stored_run *runs;	/* [n_runs] the newest first; at least one */
	uint32_t n_runs;
	struct db *db;
};

struct store_found {
	struct stored_run *run;		/* read */
	uint32_t number;		/* of the mutant */
	uint32_t n;			/* how many have such an id; `number` is the first's */
};

/* `from` is a file or directory: the store of the nearest directory at or above
 * it that has one. ERR_MISSING where no run was ever kept, with the command that
 * makes one; ERR_LIMIT: of a newer vary; ERR_FORMAT: damaged. */
enum err_code store_read_open(struct arena *arena, const char *from,
			      struct store_reader **ret, struct err *err) MUST_CHECK;
void store_read_close(struct store_reader *reader);	/* may be NULL */

/* Reads classes, tests and mutants of a run; once. */
enum err_code store_read_run(struct store_reader *reader, struct stored_run *run,
			     struct err *err) MUST_CHECK;

/* The mutant with this id, id without hash, or beginning of an id, in the newest
 * run that has one; an id that is exactly the text is the only one meant. Found
 * none: n is 0. */
enum err_code store_read_find(struct store_reader *reader, const char *id,
			      struct store_found *ret, struct err *err) MUST_CHECK;

/* The tests that reached a point, or in which a mutant infected, ascending. */
enum err_code store_read_tests(struct store_reader *reader, const struct stored_run *run,
			       uint32_t point, uint32_t **ret, uint32_t *ret_n,
			       struct err *err) MUST_CHECK;

/* Class SURVIVOR_NONE where there is none. */
enum err_code store_read_explanation(struct store_reader *reader, const struct stored_run *run,
				     uint32_t mutant, struct explanation *ret,
				     struct err *err) MUST_CHECK;

/* The newest finished earlier run that had the same mutants to choose from as
 * `run`; NULL: there is none. */
struct stored_run *store_read_before(struct store_reader *reader, const struct run *run);

#endif
