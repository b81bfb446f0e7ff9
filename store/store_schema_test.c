#include "store/store_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/answers.h"
#include "store/store.h"
#include "store/store_read.h"
#include "util/test.h"

/* What the first vary wrote, and must be read for ever: its tables as they were, and
 * one run of one mutant in one test. */
static const char version_1[] =
	"PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"
	"CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER NOT NULL,"
	" finished INTEGER NOT NULL DEFAULT 0, version TEXT NOT NULL, arguments BLOB NOT NULL,"
	" working_directory TEXT NOT NULL, target TEXT NOT NULL, settings TEXT NOT NULL,"
	" narrowed INTEGER NOT NULL, java_version TEXT, java_home TEXT, layout TEXT, plan TEXT NOT NULL,"
	" mutants INTEGER NOT NULL, counted INTEGER, detected INTEGER, weak_oracle INTEGER,"
	" unobserved INTEGER, survived INTEGER, wall_s REAL, cpu_s REAL);"
	"CREATE TABLE class (run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	" number INTEGER NOT NULL, name TEXT NOT NULL, source_file TEXT, path TEXT NOT NULL,"
	" digest TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;"
	"CREATE TABLE test (run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	" number INTEGER NOT NULL, class TEXT NOT NULL, driver TEXT NOT NULL, id TEXT NOT NULL,"
	" name TEXT NOT NULL, state INTEGER NOT NULL, wall_ns INTEGER NOT NULL, work INTEGER NOT NULL,"
	" failure TEXT, PRIMARY KEY (run, number)) WITHOUT ROWID;"
	"CREATE TABLE point (run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	" number INTEGER NOT NULL, tests BLOB NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;"
	"CREATE TABLE mutant (run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
	" number INTEGER NOT NULL, id TEXT NOT NULL, class INTEGER NOT NULL, method TEXT NOT NULL,"
	" descriptor TEXT NOT NULL, written_in TEXT NOT NULL, line INTEGER NOT NULL, kind TEXT NOT NULL,"
	" family TEXT NOT NULL, pit_mutator TEXT, description TEXT NOT NULL, point INTEGER NOT NULL,"
	" infection INTEGER NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;"
	"CREATE TABLE verdict (run INTEGER NOT NULL, mutant INTEGER NOT NULL, status TEXT NOT NULL,"
	" killing_test INTEGER, killers BLOB NOT NULL, tests_run INTEGER NOT NULL, wall_ns INTEGER NOT NULL,"
	" cpu_ns INTEGER NOT NULL, detail TEXT, PRIMARY KEY (run, mutant),"
	" FOREIGN KEY (run, mutant) REFERENCES mutant(run, number) ON DELETE CASCADE) WITHOUT ROWID;"
	"CREATE TABLE explanation (run INTEGER NOT NULL, mutant INTEGER NOT NULL,"
	" survivor_class TEXT NOT NULL, says TEXT, equivalence REAL NOT NULL, equivalence_rule TEXT,"
	" equivalence_says TEXT, reached_by INTEGER NOT NULL, infected_in INTEGER NOT NULL,"
	" traced_in INTEGER NOT NULL, crossed_test INTEGER, crossed_class TEXT, crossed_method TEXT,"
	" crossed_descriptor TEXT, crossed_line INTEGER, crossed_callee TEXT, crossed_kind INTEGER,"
	" crossed_operand INTEGER, crossed_original TEXT, crossed_mutated TEXT, asserted_class TEXT,"
	" asserted_method TEXT, asserted_descriptor TEXT, asserted_line INTEGER, asserted_callee TEXT,"
	" asserted_original TEXT, asserted_mutated TEXT, operands TEXT, original TEXT, mutated TEXT,"
	" PRIMARY KEY (run, mutant),"
	" FOREIGN KEY (run, mutant) REFERENCES mutant(run, number) ON DELETE CASCADE) WITHOUT ROWID;"
	"INSERT INTO run VALUES (7, 1700000000, 1, '0.1.0', x'2e00', '/p', '/p', 's', 0, '17', '/j', 'maven',"
	" '0123456789abcdef', 1, 1, 0, 1, 0, 1, 2.5, 3.5);"
	"INSERT INTO class VALUES (7, 0, 'shop.Cart', 'Cart.java', 'Cart.class', '00');"
	"INSERT INTO test VALUES (7, 0, 'shop.CartTest', 'junit5', 'i', 'shop.CartTest.total', 1, 5, 6, NULL);"
	"INSERT INTO point VALUES (7, 0, x'00');"
	"INSERT INTO mutant VALUES (7, 0, 'total:COND:1', 0, 'total', '()I', 'total', 9, 'COND_BOUNDARY',"
	" 'conditional', NULL, 'replaced < with <=', 0, 0);"
	"INSERT INTO verdict VALUES (7, 0, 'survived', NULL, x'', 1, 2, 3, NULL);"
	"INSERT INTO explanation VALUES (7, 0, 'weak_oracle', NULL, 0.25, 'rule', 'says', 1, 1, 1, 0,"
	" 'shop.CartTest', 'total', '()V', 12, 'shop/Cart.total()I', 'result', 0, '5', '7', NULL, NULL, NULL,"
	" NULL, NULL, NULL, NULL, '1, 2', '5', '7');"
	"PRAGMA user_version = 1";

struct bench {
	struct arena arena;
	char directory[40];
	const char *folder, *path;
};

static void bench_init(struct bench *bench)
{
	memset(bench, 0, sizeof(*bench));
	strcpy(bench->directory, "/tmp/vary-schema-XXXXXX");
	EXPECT(mkdtemp(bench->directory) != NULL);
	bench->folder = arena_strfmt(&bench->arena, "%s/" STORE_DIRECTORY, bench->directory);
	bench->path = arena_strfmt(&bench->arena, "%s/" STORE_FILE, bench->directory);
	mkdir(bench->folder, 0700);
}

static void bench_release(struct bench *bench)
{
	unlink(bench->path);
	unlink(arena_strfmt(&bench->arena, "%s-wal", bench->path));
	unlink(arena_strfmt(&bench->arena, "%s-shm", bench->path));
	unlink(arena_strfmt(&bench->arena, "%s/.gitignore", bench->folder));
	rmdir(bench->folder);
	rmdir(bench->directory);
	arena_release(&bench->arena);
}

static void make(const struct bench *bench, const char *sql)
{
	struct err err = ERR_INIT;
	struct db *db;

	EXPECT_LONG(db_open(bench->path, DB_WRITE, &db, &err), ERR_OK);
	EXPECT_LONG(db_run(db, sql, &err), ERR_OK);
	EXPECT_STR(err.text, "");
	db_close(db);
}

static int64_t ask(struct db *db, const char *sql)
{
	struct err err = ERR_INIT;
	int64_t n = -1;

	EXPECT_LONG(db_ask_number(db, sql, &n, &err), ERR_OK);
	return n;
}

static void expect_run_of_version_1(struct bench *bench)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct explanation told;
	struct stored_run *run;
	uint32_t *units, n;

	EXPECT_LONG(store_read_open(&bench->arena, bench->directory, &reader, &err), ERR_OK);
	run = &reader->runs[0];
	EXPECT_LONG(reader->n_runs, 1);
	EXPECT_LONG(run->id, 7);
	EXPECT(run->is_finished && run->has_classes && run->survived == 1);
	EXPECT_LONG(store_read_run(reader, run, &err), ERR_OK);
	EXPECT_STR(run->mutants[0].id, "total:COND:1");
	EXPECT_LONG(run->mutants[0].status, STATUS_SURVIVED);
	EXPECT_LONG(run->mutants[0].class, SURVIVOR_WEAK_ORACLE);
	EXPECT_LONG(store_read_tests(reader, run, 0, &units, &n, &err), ERR_OK);
	EXPECT(n == 1 && units[0] == 0);
	EXPECT_LONG(store_read_explanation(reader, run, 0, &told, &err), ERR_OK);
	EXPECT_STR(told.crossing_mutated, "7");
	EXPECT_LONG(told.crossing_kind, TRACE_RESULT);
	store_read_close(reader);
	EXPECT_STR(err.text, "");
}

TEST(a_store_of_version_1_is_brought_up_to_date_and_keeps_its_runs)
{
	const struct span because = { (const uint8_t *)"because", 7 };
	struct err err = ERR_INIT;
	struct bench bench;
	struct db *db;

	bench_init(&bench);
	make(&bench, version_1);
	EXPECT_LONG(store_open(bench.directory, &db, &err), ERR_OK);
	EXPECT_LONG(ask(db, "PRAGMA user_version"), STORE_VERSION);
	EXPECT_LONG(ask(db, "SELECT count(*) FROM explanation"), 1);
	db_close(db);
	EXPECT(answers_keep(bench.directory, 5, because));
	EXPECT_STR(answers_find(&bench.arena, bench.directory, 5), "because");
	expect_run_of_version_1(&bench);
	bench_release(&bench);
}

/* The tables in the order of their names, columns and all, but for white space. */
static const char *tables_of(struct bench *bench, struct db *db)
{
	struct db_statement *statement;
	struct err err = ERR_INIT;
	const char *all = "";
	bool is_row;

	EXPECT_LONG(db_prepare(db, "SELECT replace(replace(sql, char(9), ''), ' ', '') FROM sqlite_schema"
				   " WHERE sql NOT NULL ORDER BY name", &statement, &err), ERR_OK);
	while (db_step(statement, &is_row, &err) == ERR_OK && is_row)
		all = arena_strfmt(&bench->arena, "%s%s\n", all, db_text(statement, 0, &bench->arena));
	db_statement_close(statement);
	return all;
}

TEST(a_store_of_version_1_comes_to_have_the_tables_of_a_new_one)
{
	struct bench old, new;
	struct err err = ERR_INIT;
	struct db *upgraded, *made;

	bench_init(&old);
	bench_init(&new);
	make(&old, version_1);
	EXPECT_LONG(store_open(old.directory, &upgraded, &err), ERR_OK);
	EXPECT_LONG(store_open(new.directory, &made, &err), ERR_OK);
	EXPECT_STR(tables_of(&old, upgraded), tables_of(&new, made));
	db_close(upgraded);
	db_close(made);
	bench_release(&old);
	bench_release(&new);
}

TEST(an_upgrade_that_fails_leaves_the_store_as_it_was)
{
	struct err err = ERR_INIT;
	struct bench bench;
	struct db *db;

	bench_init(&bench);
	make(&bench, version_1);
	make(&bench, "CREATE TABLE answer (of TEXT)");	/* in the way of step 2 */
	EXPECT(store_open(bench.directory, &db, &err) != ERR_OK);
	db_close(db);
	EXPECT_LONG(db_open(bench.path, DB_READ, &db, &err), ERR_OK);
	EXPECT_LONG(ask(db, "PRAGMA user_version"), 1);
	EXPECT_LONG(ask(db, "SELECT count(*) FROM verdict"), 1);
	db_close(db);
	bench_release(&bench);
}

TEST(a_store_of_version_1_is_not_read_before_a_run_has_brought_it_up_to_date)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct bench bench;

	bench_init(&bench);
	make(&bench, version_1);
	EXPECT_LONG(store_read_open(&bench.arena, bench.directory, &reader, &err), ERR_MISSING);
	EXPECT(strstr(err.text, "holds no run that this vary can read") != NULL);
	bench_release(&bench);
}
