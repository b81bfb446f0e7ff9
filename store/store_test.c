#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operators/operator.h"
#include "store/db.h"
#include "store/store_read.h"
#include "store/store_schema.h"
#include "util/test.h"

#define N_MUTANTS 3
#define N_UNITS 200

struct bench {
	struct run run;
	char directory[40], notes[2000];
};

static void take_note(void *context, const char *text)
{
	struct bench *bench = context;

	snprintf(bench->notes + strlen(bench->notes), sizeof(bench->notes) - strlen(bench->notes),
		 "%s\n", text);
}

static const char *path_of(const struct bench *bench, const char *name)
{
	return arena_strfmt((struct arena *)(uintptr_t)&bench->run.arena, "%s/%s", bench->directory, name);
}

static void add_code(struct run *run)
{
	static const char *const ids[N_MUTANTS] = { "total:COND:1", "total:COND:2", "size:ARITH:3" };
	struct class *class = ARENA_NEW(&run->arena, struct class);

	class->name = "shop/Cart";
	class->methods = ARENA_NEW_N(&run->arena, struct member, 1);
	class->methods[0].name = "total";
	class->methods[0].descriptor = "()I";
	class->n_methods = 1;
	run->plan.classes = ARENA_NEW_N(&run->arena, struct plan_class, 1);
	run->plan.classes[0] = (struct plan_class){ .class = class, .display_name = "shop.Cart" };
	run->plan.n_classes = 1;
	run->project.classes = ARENA_NEW_N(&run->arena, struct project_class, 1);
	run->project.classes[0] = (struct project_class){ .name = "shop.Cart", .what = "Cart.class",
							  .is_target = true };
	run->project.n_classes = 1;
	run->plan.mutants = ARENA_NEW_N(&run->arena, struct mutant, N_MUTANTS);
	for (uint32_t i = 0; i < N_MUTANTS; i++)
		run->plan.mutants[i] = (struct mutant){
			.id = ids[i], .operator = &operators[0], .method_name = "total", .line = 7,
			.description = "replaced a with b", .point = i, .infection = 0,
		};
	run->plan.n_mutants = run->n_sampled_from = N_MUTANTS;
	run->plan.n_points = N_MUTANTS;
}

static void add_tests(struct run *run)
{
	static const uint32_t reach[] = { 0, 1, 127, 128, 199, 5 }, start[] = { 0, 5, 6, 6 };

	run->containers = ARENA_NEW(&run->arena, struct container);
	run->containers[0] = (struct container){ .driver = "junit4", .name = "shop.CartTest" };
	run->units = ARENA_NEW_N(&run->arena, struct unit, N_UNITS);
	for (uint32_t i = 0; i < N_UNITS; i++)
		run->units[i] = (struct unit){ .id = "id", .name = "shop.CartTest.x", .state = UNIT_PASSED };
	run->n_units = N_UNITS;
	run->reach = arena_memdup(&run->arena, reach, sizeof(reach));
	run->reach_start = arena_memdup(&run->arena, start, sizeof(start));
}

static void bench_init(struct bench *bench)
{
	static const char *const targets[] = { "." }, *const arguments[] = { ".", "--top", "", "3" };
	struct run *run = &bench->run;

	memset(bench, 0, sizeof(*bench));
	strcpy(bench->directory, "/tmp/vary-store-XXXXXX");
	EXPECT(mkdtemp(bench->directory) != NULL);
	run->events = (struct run_events){ .context = bench, .note = take_note };
	run->settings.request.targets = targets;
	run->settings.request.n_targets = 1;
	run->settings.arguments = arguments;
	run->settings.n_arguments = 4;
	run->project.directory = bench->directory;
	run->java_version = "17";
	add_code(run);
	add_tests(run);
	run->verdicts = ARENA_NEW_N(&run->arena, struct verdict, N_MUTANTS);
	for (uint32_t i = 0; i < N_MUTANTS; i++)
		run->verdicts[i] = (struct verdict){ .killing_unit = UNIT_NONE };
}

static void bench_release(struct bench *bench)
{
	static const char *const left[] = {
		".vary/vary.db", ".vary/vary.db-wal", ".vary/vary.db-shm", ".vary/.gitignore",
	};

	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++)
		unlink(path_of(bench, left[i]));
	rmdir(path_of(bench, ".vary"));
	unlink(path_of(bench, ".vary"));
	rmdir(bench->directory);
	arena_release(&bench->run.arena);
}

/* One whole run of which `n` mutants are decided. */
static void keep(struct bench *bench, uint32_t n)
{
	struct store *store = store_begin(&bench->run);

	for (uint32_t i = 0; i < n; i++) {
		bench->run.verdicts[i].status = i ? STATUS_SURVIVED : STATUS_KILLED;
		bench->run.verdicts[i].killing_unit = i ? UNIT_NONE : 128;
		store_verdict(store, i);
	}
	if (n == N_MUTANTS)
		store_finish(store);
	store_close(store);
}

static struct store_reader *read_back(struct bench *bench, struct err *err)
{
	struct store_reader *reader = NULL;

	EXPECT_LONG(store_read_open(&bench->run.arena, bench->directory, &reader, err), ERR_OK);
	EXPECT_STR(err->text, "");
	return reader;
}

TEST(what_a_run_found_out_is_read_back)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct stored_run *run;
	uint32_t *units, n;
	struct bench bench;

	bench_init(&bench);
	keep(&bench, N_MUTANTS);
	reader = read_back(&bench, &err);
	run = &reader->runs[0];
	EXPECT(run->is_finished && !run->is_narrowed && !run->has_classes);
	EXPECT_LONG(run->counted, 3);
	EXPECT_LONG(run->detected, 1);
	EXPECT_LONG(run->n_arguments, 4);
	EXPECT_STR(run->arguments[2], "");
	EXPECT_STR(run->arguments[3], "3");
	EXPECT_LONG(store_read_run(reader, run, &err), ERR_OK);
	EXPECT_LONG(run->n_mutants, 3);
	EXPECT_LONG(run->n_tests, N_UNITS);
	EXPECT_STR(run->mutants[2].id, "size:ARITH:3");
	EXPECT_STR(run->mutants[0].method, "total");
	EXPECT_LONG(run->mutants[0].status, STATUS_KILLED);
	EXPECT_LONG(run->mutants[0].killing_test, 128);
	EXPECT_LONG(run->mutants[1].killing_test, UNIT_NONE);
	EXPECT_LONG(store_read_tests(reader, run, run->mutants[0].point, &units, &n, &err), ERR_OK);
	EXPECT_LONG(n, 5);
	EXPECT(n == 5 && units[0] == 0 && units[1] == 1 && units[2] == 127 && units[4] == 199);
	EXPECT_LONG(store_read_tests(reader, run, 2, &units, &n, &err), ERR_OK);
	EXPECT_LONG(n, 0);
	store_read_close(reader);
	EXPECT_STR(bench.notes, "");
	bench_release(&bench);
}

TEST(a_mutant_is_found_by_a_beginning_of_its_id)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct store_found found;
	struct bench bench;

	bench_init(&bench);
	keep(&bench, N_MUTANTS);
	reader = read_back(&bench, &err);
	EXPECT_LONG(store_read_find(reader, "total:COND", &found, &err), ERR_OK);
	EXPECT_LONG(found.n, 2);
	EXPECT_LONG(store_read_find(reader, "size", &found, &err), ERR_OK);
	EXPECT_LONG(found.n, 1);
	EXPECT_LONG(found.number, 2);
	EXPECT_LONG(store_read_find(reader, "nothing", &found, &err), ERR_OK);
	EXPECT_LONG(found.n, 0);
	store_read_close(reader);
	bench_release(&bench);
}

TEST(a_run_that_ended_early_is_not_finished_and_keeps_what_was_known)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct bench bench;

	bench_init(&bench);
	keep(&bench, 2);
	reader = read_back(&bench, &err);
	EXPECT(!reader->runs[0].is_finished);
	EXPECT_LONG(store_read_run(reader, &reader->runs[0], &err), ERR_OK);
	EXPECT_LONG(reader->runs[0].mutants[1].status, STATUS_SURVIVED);
	EXPECT_LONG(reader->runs[0].mutants[2].status, STATUS_PENDING);
	EXPECT(store_read_before(reader, &bench.run) == NULL);
	store_read_close(reader);
	keep(&bench, N_MUTANTS);
	reader = read_back(&bench, &err);
	EXPECT_LONG(reader->n_runs, 2);
	EXPECT(store_read_before(reader, &bench.run) == &reader->runs[0]);
	bench.run.settings.plan.operators = 1;
	EXPECT(store_read_before(reader, &bench.run) == NULL);
	store_read_close(reader);
	bench_release(&bench);
}

TEST(an_explanation_is_read_back_whole)
{
	static const struct explanation told = {
		.class = SURVIVOR_WEAK_ORACLE, .n_reached = 3, .n_infected = 2, .n_traced = 1,
		.crossing_unit = 199, .crossing = { "shop.CartTest", "x", "()V", 12, "shop/Cart.total()I" },
		.crossing_kind = TRACE_THROWN, .crossing_operand = 2, .crossing_original = "",
		.crossing_mutated = "7", .asserted = { "shop.CartTest", "y", "()V", 13, "" },
		.asserted_original = "5", .asserted_mutated = "7", .operands = "1, 2", .original = "3",
		.mutated = "-1", .equivalence = 0.25, .equivalence_rule = "rule",
	};
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct explanation read;
	struct bench bench;

	bench_init(&bench);
	bench.run.explanations = ARENA_NEW_N(&bench.run.arena, struct explanation, N_MUTANTS);
	bench.run.explanations[1] = told;
	keep(&bench, N_MUTANTS);
	reader = read_back(&bench, &err);
	EXPECT_LONG(store_read_run(reader, &reader->runs[0], &err), ERR_OK);
	EXPECT_LONG(reader->runs[0].mutants[1].class, SURVIVOR_WEAK_ORACLE);
	EXPECT_LONG(store_read_explanation(reader, &reader->runs[0], 1, &read, &err), ERR_OK);
	EXPECT_LONG(read.crossing_unit, 199);
	EXPECT_LONG(read.crossing_kind, TRACE_THROWN);
	EXPECT_LONG(read.crossing_operand, 2);
	EXPECT_LONG(read.crossing.line, 12);
	EXPECT_STR(read.crossing.callee, "shop/Cart.total()I");
	EXPECT_STR(read.crossing_original, "");
	EXPECT_STR(read.asserted.method_name, "y");
	EXPECT_STR(read.asserted_mutated, "7");
	EXPECT_STR(read.operands, "1, 2");
	EXPECT_STR(read.mutated, "-1");
	EXPECT_STR(read.equivalence_rule, "rule");
	EXPECT(read.equivalence > 0.24 && read.equivalence < 0.26 && !read.says);
	EXPECT(read.n_reached == 3 && read.n_infected == 2 && read.n_traced == 1);
	EXPECT_LONG(store_read_explanation(reader, &reader->runs[0], 0, &read, &err), ERR_OK);
	EXPECT_LONG(read.class, SURVIVOR_NONE);
	EXPECT_LONG(read.crossing_unit, UNIT_NONE);
	store_read_close(reader);
	bench_release(&bench);
}

TEST(the_oldest_runs_go_first)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct bench bench;

	bench_init(&bench);
	bench.run.settings.only_mutants = "size";
	keep(&bench, N_MUTANTS);
	bench.run.settings.only_mutants = NULL;
	for (int i = 0; i < STORE_RUNS_MAX + 3; i++)
		keep(&bench, N_MUTANTS);
	reader = read_back(&bench, &err);
	EXPECT_LONG(reader->n_runs, STORE_RUNS_MAX + 1);	/* those on certain mutants stay */
	EXPECT_LONG(reader->runs[0].id, STORE_RUNS_MAX + 4);
	EXPECT(reader->runs[STORE_RUNS_MAX].is_narrowed);
	EXPECT_LONG(store_read_run(reader, &reader->runs[STORE_RUNS_MAX - 1], &err), ERR_OK);
	EXPECT_LONG(reader->runs[STORE_RUNS_MAX - 1].n_tests, N_UNITS);
	store_read_close(reader);
	bench_release(&bench);
}

static int64_t number_of(struct db *db, const char *sql)
{
	struct err err = ERR_INIT;
	int64_t n = 0;

	EXPECT_LONG(db_ask_number(db, sql, &n, &err), ERR_OK);
	return n;
}

TEST(the_oldest_runs_go_until_the_rest_fits_and_the_file_shrinks)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct bench bench;
	int64_t before, page;
	struct db *db;

	bench_init(&bench);
	for (int i = 0; i < 4; i++)
		keep(&bench, N_MUTANTS);
	EXPECT_LONG(store_open(bench.directory, &db, &err), ERR_OK);
	EXPECT_LONG(db_run(db, "UPDATE test SET failure = zeroblob(2000) WHERE run IN (2, 3)", &err), ERR_OK);
	before = number_of(db, "PRAGMA page_count");
	page = number_of(db, "PRAGMA page_size");
	EXPECT(before * page > 2 * N_UNITS * 2000);
	/* One of the two fits. */
	EXPECT_LONG(store_make_room(db, 20, (uint64_t)(before * page / 3 * 2), &err), ERR_OK);
	EXPECT(number_of(db, "PRAGMA page_count") < before / 4 * 3);
	EXPECT_LONG(number_of(db, "SELECT min(id) FROM run"), 3);
	EXPECT_LONG(number_of(db, "SELECT count(*) FROM test WHERE run < 3"), 0);
	EXPECT_LONG(number_of(db, "SELECT count(*) FROM verdict WHERE run < 3"), 0);
	EXPECT_LONG(store_make_room(db, 20, 1000, &err), ERR_OK);	/* what cannot be ends */
	EXPECT_LONG(number_of(db, "SELECT count(*) FROM run"), 0);
	db_close(db);
	keep(&bench, N_MUTANTS);
	reader = read_back(&bench, &err);
	EXPECT_LONG(reader->n_runs, 1);
	EXPECT_LONG(reader->runs[0].id, 5);	/* never one that was used */
	store_read_close(reader);
	EXPECT_STR(bench.notes, "");
	bench_release(&bench);
}

static void write_file(const char *path, const char *text, size_t len)
{
	FILE *file = fopen(path, "we");

	EXPECT(file && fwrite(text, 1, len, file) == len);
	if (file)
		fclose(file);
}

TEST(a_store_that_is_none_is_one_note_and_left_alone)
{
	static const char text[4096] = "this is no database";
	char read[4097] = "";
	struct bench bench;
	FILE *file;

	bench_init(&bench);
	keep(&bench, 1);
	unlink(path_of(&bench, ".vary/vary.db"));
	write_file(path_of(&bench, ".vary/vary.db"), text, sizeof(text));
	keep(&bench, N_MUTANTS);
	EXPECT(strstr(bench.notes, "this run is not kept for --expand and --why: ") == bench.notes);
	EXPECT(strstr(bench.notes, "is damaged (file is not a database); delete it to begin anew\n"));
	EXPECT(strchr(bench.notes, '\n') == bench.notes + strlen(bench.notes) - 1);
	file = fopen(path_of(&bench, ".vary/vary.db"), "re");
	EXPECT(file && fread(read, 1, sizeof(read), file) == sizeof(text) && !memcmp(read, text, sizeof(text)));
	if (file)
		fclose(file);
	bench_release(&bench);
}

TEST(a_store_of_a_newer_vary_is_never_touched)
{
	struct err err = ERR_INIT;
	struct store_reader *reader;
	struct bench bench;
	struct db *db;
	int64_t n;

	bench_init(&bench);
	keep(&bench, N_MUTANTS);
	EXPECT_LONG(db_open(path_of(&bench, ".vary/vary.db"), DB_WRITE, &db, &err), ERR_OK);
	EXPECT_LONG(db_run(db, "PRAGMA user_version = 1000", &err), ERR_OK);
	db_close(db);
	keep(&bench, N_MUTANTS);
	EXPECT(strstr(bench.notes, "was written by a newer vary (its version is 1000, this one knows "));
	EXPECT_LONG(store_read_open(&bench.run.arena, bench.directory, &reader, &err), ERR_LIMIT);
	EXPECT_LONG(db_open(path_of(&bench, ".vary/vary.db"), DB_READ, &db, &err), ERR_OK);
	EXPECT_LONG(db_ask_number(db, "SELECT count(*) FROM run", &n, &err), ERR_OK);
	EXPECT_LONG(n, 1);
	db_close(db);
	bench_release(&bench);
}

TEST(a_store_that_fails_while_it_is_written_is_one_note)
{
	struct err err = ERR_INIT;
	struct store *store;
	struct bench bench;
	struct db *db;

	bench_init(&bench);
	store = store_begin(&bench.run);
	EXPECT_LONG(db_open(path_of(&bench, ".vary/vary.db"), DB_WRITE, &db, &err), ERR_OK);
	EXPECT_LONG(db_run(db, "DELETE FROM mutant", &err), ERR_OK);
	db_close(db);
	store_verdict(store, 0);
	store_verdict(store, 1);
	store_finish(store);
	store_close(store);
	EXPECT(strstr(bench.notes, "FOREIGN KEY constraint failed"));
	EXPECT(strchr(bench.notes, '\n') == bench.notes + strlen(bench.notes) - 1);
	bench_release(&bench);
}

TEST(where_there_can_be_no_directory_there_is_no_store)
{
	struct bench bench;

	bench_init(&bench);
	write_file(path_of(&bench, ".vary"), "", 0);
	keep(&bench, N_MUTANTS);
	EXPECT(strstr(bench.notes, "/.vary is no directory\n"));
	bench_release(&bench);
}

TEST(where_no_run_is_kept_the_command_that_makes_one_is_named)
{
	struct store_reader *reader;
	struct err err = ERR_INIT;
	struct bench bench;

	bench_init(&bench);
	EXPECT_LONG(store_read_open(&bench.run.arena, bench.directory, &reader, &err), ERR_MISSING);
	EXPECT(strstr(err.text, "no run is kept for /tmp/vary-store-") == err.text);
	bench_release(&bench);
}
