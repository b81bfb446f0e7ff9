#include "store/store_schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEADER_SIZE 100		/* sqlite.org/fileformat.html, 1.3 */
#define VERSION_AT 60

/* steps[v] makes version v + 1 of version v. Never changed once released: only
 * added to, with STORE_VERSION. Sets of tests are numbers in `test`, ascending,
 * each as its distance from the one before (the first from -1) less 1, seven bits
 * a byte, low ones first. */
static const char *const steps[STORE_VERSION] = {
	"CREATE TABLE run ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	started INTEGER NOT NULL,"	/* seconds since 1970 */
	"	finished INTEGER NOT NULL DEFAULT 0,"	/* 1: every mutant has its verdict */
	"	version TEXT NOT NULL,"		/* of vary */
	"	arguments BLOB NOT NULL,"	/* after `vary mutate`, each ended by a NUL */
	"	working_directory TEXT NOT NULL,"
	"	target TEXT NOT NULL,"		/* absolute, by newlines where there are several */
	"	settings TEXT NOT NULL,"	/* what else decides verdicts */
	"	narrowed INTEGER NOT NULL,"	/* 1: the user chose among the mutants; 2: by lot */
	"	java_version TEXT, java_home TEXT, layout TEXT,"
	"	plan TEXT NOT NULL,"		/* its digest */
	"	mutants INTEGER NOT NULL,"
	"	counted INTEGER, detected INTEGER, weak_oracle INTEGER, unobserved INTEGER,"
	"	survived INTEGER, wall_s REAL, cpu_s REAL);"	/* null until it is finished */

	"CREATE TABLE class ("
	"	run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	"	number INTEGER NOT NULL,"
	"	name TEXT NOT NULL,"		/* with dots */
	"	source_file TEXT,"
	"	path TEXT NOT NULL,"		/* of the class file, or jar!entry */
	"	digest TEXT NOT NULL,"		/* of its bytes */
	"	PRIMARY KEY (run, number)) WITHOUT ROWID;"

	"CREATE TABLE test ("
	"	run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	"	number INTEGER NOT NULL,"
	"	class TEXT NOT NULL, driver TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,"
	"	state INTEGER NOT NULL, wall_ns INTEGER NOT NULL, work INTEGER NOT NULL,"
	"	failure TEXT,"
	"	PRIMARY KEY (run, number)) WITHOUT ROWID;"

	"CREATE TABLE point ("			/* what the baseline counted: engine/infect.h */
	"	run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	"	number INTEGER NOT NULL,"
	"	tests BLOB NOT NULL,"
	"	PRIMARY KEY (run, number)) WITHOUT ROWID;"

	"CREATE TABLE mutant ("
	"	run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	"	number INTEGER NOT NULL,"
	"	id TEXT NOT NULL, class INTEGER NOT NULL,"
	"	method TEXT NOT NULL, descriptor TEXT NOT NULL, written_in TEXT NOT NULL,"
	"	line INTEGER NOT NULL,"		/* 0: not recorded */
	"	kind TEXT NOT NULL, family TEXT NOT NULL, pit_mutator TEXT, description TEXT NOT NULL,"
	"	point INTEGER NOT NULL, infection INTEGER NOT NULL,"
	"	PRIMARY KEY (run, number)) WITHOUT ROWID;"

	"CREATE TABLE verdict ("
	"	run INTEGER NOT NULL, mutant INTEGER NOT NULL,"
	"	status TEXT NOT NULL,"
	"	killing_test INTEGER,"
	"	killers BLOB NOT NULL,"		/* with --matrix: a set of tests */
	"	tests_run INTEGER NOT NULL, wall_ns INTEGER NOT NULL, cpu_ns INTEGER NOT NULL,"
	"	detail TEXT,"
	"	PRIMARY KEY (run, mutant),"
	"	FOREIGN KEY (run, mutant) REFERENCES mutant(run, number) ON DELETE CASCADE) WITHOUT ROWID;"

	"CREATE TABLE explanation ("		/* run/explanation.h */
	"	run INTEGER NOT NULL, mutant INTEGER NOT NULL,"
	"	survivor_class TEXT NOT NULL, says TEXT,"
	"	equivalence REAL NOT NULL, equivalence_rule TEXT, equivalence_says TEXT,"
	"	reached_by INTEGER NOT NULL, infected_in INTEGER NOT NULL, traced_in INTEGER NOT NULL,"
	"	crossed_test INTEGER, crossed_class TEXT, crossed_method TEXT, crossed_descriptor TEXT,"
	"	crossed_line INTEGER, crossed_callee TEXT, crossed_kind INTEGER, crossed_operand INTEGER,"
	"	crossed_original TEXT, crossed_mutated TEXT,"
	"	asserted_class TEXT, asserted_method TEXT, asserted_descriptor TEXT,"
	"	asserted_line INTEGER, asserted_callee TEXT, asserted_original TEXT, asserted_mutated TEXT,"
	"	operands TEXT, original TEXT, mutated TEXT,"
	"	PRIMARY KEY (run, mutant),"
	"	FOREIGN KEY (run, mutant) REFERENCES mutant(run, number) ON DELETE CASCADE) WITHOUT ROWID;",

	"CREATE TABLE answer ("			/* store/answers.h */
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	key TEXT NOT NULL UNIQUE, text TEXT NOT NULL);",
};

static enum err_code too_new(const char *path, int64_t version, struct err *err)
{
	return err_set(err, ERR_LIMIT, "%s was written by a newer vary (its version is %lld, this one knows %d)",
		       path, (long long)version, STORE_VERSION);
}

enum err_code store_schema_check(const char *path, struct err *err)
{
	uint8_t header[HEADER_SIZE];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? 0 : read(fd, header, sizeof(header));
	uint32_t version = 0;

	if (fd >= 0)
		close(fd);
	if (n != HEADER_SIZE || memcmp(header, "SQLite format 3", 16))
		return ERR_OK;		/* SQLite will say what it is */
	for (int i = 0; i < 4; i++)
		version = version << 8 | header[VERSION_AT + i];
	return version > STORE_VERSION ? too_new(path, version, err) : ERR_OK;
}

static enum err_code get_version(struct db *db, const char *path, int64_t *ret, struct err *err)
{
	TRY(db_ask_number(db, "PRAGMA user_version", ret, err));
	if (*ret < 0)
		return err_set(err, ERR_FORMAT, "%s is damaged (version %lld); delete it to begin anew", path,
			       (long long)*ret);
	return *ret > STORE_VERSION ? too_new(path, *ret, err) : ERR_OK;
}

static enum err_code take_steps(struct db *db, const char *path, struct err *err)
{
	int64_t version;
	char text[40];

	TRY(get_version(db, path, &version, err));	/* another may have been quicker */
	for (; version < STORE_VERSION; version++)
		TRY(db_run(db, steps[version], err));
	snprintf(text, sizeof(text), "PRAGMA user_version = %d", STORE_VERSION);
	return db_run(db, text, err);
}

enum err_code store_schema_upgrade(struct db *db, const char *path, struct err *err)
{
	struct err ignored = ERR_INIT;
	int64_t version;
	enum err_code code;

	TRY(get_version(db, path, &version, err));
	if (version == STORE_VERSION)
		return ERR_OK;
	TRY(db_run(db, "BEGIN IMMEDIATE", err));
	code = take_steps(db, path, err);
	if (code == ERR_OK)
		code = db_run(db, "COMMIT", err);
	if (code != ERR_OK && db_run(db, "ROLLBACK", &ignored) != ERR_OK)
		return code;		/* the first failure is the one to tell */
	return code;
}

enum err_code store_schema_expect(struct db *db, const char *path, struct err *err)
{
	int64_t version;

	TRY(get_version(db, path, &version, err));
	if (version < STORE_VERSION)
		return err_set(err, ERR_MISSING, "%s holds no run that this vary can read", path);
	return ERR_OK;
}
