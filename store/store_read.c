#include "store/store_read.h"

#include <stdlib.h>
#include <string.h>

#include "project/files.h"
#include "store/db.h"
#include "store/store.h"
#include "store/store_schema.h"

#define NUMBER_MAX 100000000	/* of a class, a test or a mutant: more is damage */

static enum err_code damaged(const struct store_reader *reader, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s is damaged (%s); delete it to begin anew", reader->path, what);
}

/* A text that is never null. */
static const char *text_at(struct db_statement *statement, int column, struct arena *arena)
{
	const char *text = db_text(statement, column, arena);

	return text ? text : "";
}

static uint32_t number_at(struct db_statement *statement, int column)
{
	int64_t number = db_number(statement, column);

	return number < 0 || number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

/* ---- runs ---- */

static void split_arguments(struct arena *arena, struct span bytes, struct stored_run *run)
{
	const char *text = arena_strndup(arena, "", 0);
	const char **arguments;
	uint32_t n = 0;

	for (size_t i = 0; i < bytes.len; i++)
		n += !bytes.bytes[i];
	if (n)
		text = arena_memdup(arena, bytes.bytes, bytes.len);
	arguments = ARENA_NEW_N(arena, const char *, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		arguments[i] = text;
		text += strlen(text) + 1;
	}
	run->arguments = arguments;
	run->n_arguments = n;
}

static void take_run(struct arena *arena, struct db_statement *row, struct stored_run *run)
{
	int64_t narrowed = db_number(row, 3);

	*run = (struct stored_run){
		.id = db_number(row, 0), .started = db_number(row, 1),
		.is_finished = db_number(row, 2), .is_narrowed = narrowed == 1,
		.is_sample = narrowed == 2,
		.version = text_at(row, 4, arena), .working_directory = text_at(row, 6, arena),
		.target = text_at(row, 7, arena), .settings = text_at(row, 8, arena),
		.java_version = db_text(row, 9, arena), .java_home = db_text(row, 10, arena),
		.layout = db_text(row, 11, arena), .n_mutants = number_at(row, 12),
		.counted = number_at(row, 13), .detected = number_at(row, 14),
		.survived = number_at(row, 15), .has_classes = db_text(row, 16, arena) != NULL,
		.weak_oracle = number_at(row, 16), .unobserved = number_at(row, 17),
		.wall_s = db_real(row, 18), .cpu_s = db_real(row, 19),
	};
	split_arguments(arena, db_bytes(row, 5), run);
}

static enum err_code read_runs(struct store_reader *reader, struct err *err)
{
	struct db_statement *row;
	enum err_code code;
	bool is_row;

	TRY(db_prepare(reader->db, "SELECT id, started, finished, narrowed, version, arguments,"
		       " working_directory, target, settings, java_version, java_home, layout, mutants,"
		       " counted, detected, survived, weak_oracle, unobserved, wall_s, cpu_s"
		       " FROM run ORDER BY id DESC", &row, err));
	while ((code = db_step(row, &is_row, err)) == ERR_OK && is_row) {
		reader->runs = arena_room(reader->arena, reader->runs, reader->n_runs,
					  sizeof(*reader->runs));
		take_run(reader->arena, row, &reader->runs[reader->n_runs++]);
	}
	db_statement_close(row);
	return code;
}

/* ---- where it is ---- */

static enum err_code find_above(struct store_reader *reader, const char *from, struct err *err)
{
	const char *at;

	TRY(file_absolute(reader->arena, from, &at, err));
	if (!file_is_directory(at))
		at = file_parent(reader->arena, at);
	for (;; at = file_parent(reader->arena, at)) {
		reader->directory = at;
		reader->path = arena_strfmt(reader->arena, "%s/" STORE_FILE, strcmp(at, "/") ? at : "");
		if (file_is_regular(reader->path) && !file_is_shared(at))
			return ERR_OK;
		if (!strcmp(at, "/"))
			return err_set(err, ERR_MISSING, "no run is kept for %s: `vary mutate %s` makes one", from,
				       from);
	}
}

static enum err_code open_store(struct store_reader *reader, const char *from, struct err *err)
{
	TRY(find_above(reader, from, err));
	TRY(store_schema_check(reader->path, err));
	TRY(db_open(reader->path, DB_READ, &reader->db, err));
	TRY(store_schema_expect(reader->db, reader->path, err));
	TRY(read_runs(reader, err));
	if (!reader->n_runs)
		return err_set(err, ERR_MISSING, "no run is kept in %s: `vary mutate %s` makes one", reader->path,
			       from);
	return ERR_OK;
}

enum err_code store_read_open(struct arena *arena, const char *from,
			      struct store_reader **ret, struct err *err)
{
	struct store_reader *reader = ARENA_NEW(arena, struct store_reader);
	enum err_code code;

	reader->arena = arena;
	code = open_store(reader, from, err);
	if (code == ERR_OK)
		*ret = reader;
	else
		store_read_close(reader);
	return code;
}

void store_read_close(struct store_reader *reader)
{
	if (!reader)
		return;
	db_close(reader->db);
	reader->db = NULL;
}

/* ---- what a run holds ---- */

/* A table of the run whose rows are numbered from 0 without a gap. */
struct table {
	const char *sql;
	size_t item_size;
	/* The row into items[number]; false: it is not what it should be. */
	bool (*take)(struct arena *arena, struct db_statement *row, const struct stored_run *run,
		     void *item);
};

static enum err_code read_table(struct store_reader *reader, const struct stored_run *run,
				const struct table *table, void **ret, uint32_t *ret_n,
				struct err *err)
{
	uint32_t n = 0, size = 0;
	struct db_statement *row;
	char *items = NULL;
	enum err_code code;
	bool is_row;

	TRY(db_prepare(reader->db, table->sql, &row, err));
	db_bind_number(row, 1, run->id);
	while ((code = db_step(row, &is_row, err)) == ERR_OK && is_row) {
		if (db_number(row, 0) != n || n == NUMBER_MAX) {
			code = damaged(reader, "numbers are missing", err);
			break;
		}
		if (n == size) {
			size = size ? 2 * size : 256;
			items = arena_grow(reader->arena, items, n, size, table->item_size);
		}
		if (!table->take(reader->arena, row, run, items + n++ * table->item_size)) {
			code = damaged(reader, "a number points nowhere", err);
			break;
		}
	}
	db_statement_close(row);
	*ret = items;
	*ret_n = n;
	return code;
}

static bool take_class(struct arena *arena, struct db_statement *row, const struct stored_run *run,
		       void *item)
{
	struct stored_class *class = item;

	(void)run;
	*class = (struct stored_class){
		.name = text_at(row, 1, arena), .source_file = db_text(row, 2, arena),
		.path = text_at(row, 3, arena), .digest = text_at(row, 4, arena),
	};
	return true;
}

static bool take_test(struct arena *arena, struct db_statement *row, const struct stored_run *run,
		      void *item)
{
	int64_t state = db_number(row, 5);
	struct stored_test *test = item;

	(void)run;
	*test = (struct stored_test){
		.class_name = text_at(row, 1, arena), .driver = text_at(row, 2, arena),
		.id = text_at(row, 3, arena), .name = text_at(row, 4, arena),
		.state = state >= 0 && state <= UNIT_FLAKY ? (enum unit_state)state : UNIT_UNKNOWN,
		.wall_ns = (uint64_t)db_number(row, 6), .work = (uint64_t)db_number(row, 7),
		.failure = db_text(row, 8, arena),
	};
	return true;
}

static enum status find_status(const char *name)
{
	for (int i = 0; i < N_STATUSES; i++)
		if (!strcmp(run_status_name((enum status)i), name))
			return (enum status)i;
	return STATUS_PENDING;
}

static bool take_mutant(struct arena *arena, struct db_statement *row, const struct stored_run *run,
			void *item)
{
	const char *status = db_text(row, 13, arena), *class = db_text(row, 18, arena);
	struct stored_mutant *mutant = item;

	*mutant = (struct stored_mutant){
		.id = text_at(row, 1, arena), .class_number = number_at(row, 2),
		.method = text_at(row, 3, arena), .descriptor = text_at(row, 4, arena),
		.written_in = text_at(row, 5, arena), .line = number_at(row, 6),
		.kind = text_at(row, 7, arena), .family = text_at(row, 8, arena),
		.pit_mutator = db_text(row, 9, arena), .description = text_at(row, 10, arena),
		.point = number_at(row, 11), .infection = number_at(row, 12),
		.status = status ? find_status(status) : STATUS_PENDING,
		.killing_test = db_text(row, 14, arena) ? number_at(row, 14) : UNIT_NONE,
		.tests_run = number_at(row, 15),
		.cpu_ns = (uint64_t)db_number(row, 16), .detail = db_text(row, 17, arena),
		.class = class ? explanation_find_class(class) : SURVIVOR_NONE,
		.wall_ns = (uint64_t)db_number(row, 19),
	};
	return mutant->class_number < run->n_classes &&
	       (mutant->killing_test == UNIT_NONE || mutant->killing_test < run->n_tests);
}

static const struct table class_table = {
	"SELECT number, name, source_file, path, digest FROM class WHERE run = ? ORDER BY number",
	sizeof(struct stored_class), take_class,
};
static const struct table test_table = {
	"SELECT number, class, driver, id, name, state, wall_ns, work, failure"
	" FROM test WHERE run = ? ORDER BY number",
	sizeof(struct stored_test), take_test,
};
static const struct table mutant_table = {
	"SELECT m.number, m.id, m.class, m.method, m.descriptor, m.written_in, m.line, m.kind,"
	" m.family, m.pit_mutator, m.description, m.point, m.infection, v.status, v.killing_test,"
	" v.tests_run, v.cpu_ns, v.detail, e.survivor_class, v.wall_ns FROM mutant m"
	" LEFT JOIN verdict v ON v.run = m.run AND v.mutant = m.number"
	" LEFT JOIN explanation e ON e.run = m.run AND e.mutant = m.number"
	" WHERE m.run = ? ORDER BY m.number",
	sizeof(struct stored_mutant), take_mutant,
};

enum err_code store_read_run(struct store_reader *reader, struct stored_run *run, struct err *err)
{
	void *classes, *tests, *mutants;

	if (run->mutants)
		return ERR_OK;
	TRY(read_table(reader, run, &class_table, &classes, &run->n_classes, err));
	run->classes = classes;
	TRY(read_table(reader, run, &test_table, &tests, &run->n_tests, err));
	run->tests = tests;
	TRY(read_table(reader, run, &mutant_table, &mutants, &run->n_mutants, err));
	run->mutants = mutants;
	return ERR_OK;
}

/* ---- one mutant ---- */

/* "total:COND_BOUNDARY:3fa1c2" is meant by itself, without its hash, and by a
 * beginning. */
static void find_in(struct stored_run *run, const char *id, struct store_found *ret)
{
	size_t len = strlen(id);

	for (uint32_t i = 0; i < run->n_mutants; i++) {
		if (strncmp(run->mutants[i].id, id, len))
			continue;
		if (!run->mutants[i].id[len]) {
			*ret = (struct store_found){ run, i, 1 };
			return;
		}
		if (!ret->n++)
			ret->number = i;
	}
	ret->run = run;
}

enum err_code store_read_find(struct store_reader *reader, const char *id,
			      struct store_found *ret, struct err *err)
{
	*ret = (struct store_found){ NULL, 0, 0 };
	for (uint32_t i = 0; *id && i < reader->n_runs && !ret->n; i++) {
		TRY(store_read_run(reader, &reader->runs[i], err));
		find_in(&reader->runs[i], id, ret);
	}
	return ERR_OK;
}

/* ---- sets of tests ---- */

/* False: not what put_set() of store.c writes for so many tests. */
static bool take_set(struct span bytes, uint32_t n_tests, uint32_t *units, uint32_t *ret_n)
{
	uint64_t next = 0, distance = 0;
	unsigned shift = 0;
	uint32_t n = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		if (shift > 28)
			return false;
		distance |= (uint64_t)(bytes.bytes[i] & 0x7f) << shift;
		shift += 7;
		if (bytes.bytes[i] & 0x80)
			continue;
		next += distance;
		if (next >= n_tests)
			return false;
		units[n++] = (uint32_t)next++;
		distance = shift = 0;
	}
	*ret_n = n;
	return !shift;
}

enum err_code store_read_tests(struct store_reader *reader, const struct stored_run *run,
			       uint32_t point, uint32_t **ret, uint32_t *ret_n, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct db_statement *row;
	uint32_t *units, n = 0;
	enum err_code code;
	bool is_row;

	TRY(db_prepare(reader->db, "SELECT tests FROM point WHERE run = ? AND number = ?", &row, err));
	db_bind_number(row, 1, run->id);
	db_bind_number(row, 2, point);
	units = ARENA_NEW_N(&scratch, uint32_t, run->n_tests);
	code = db_step(row, &is_row, err);
	if (code == ERR_OK && is_row && !take_set(db_bytes(row, 0), run->n_tests, units, &n))
		code = damaged(reader, "a set of tests", err);
	db_statement_close(row);
	*ret = arena_memdup(reader->arena, units, n * sizeof(*units));
	*ret_n = n;
	arena_release(&scratch);
	return code;
}

/* ---- explanations ---- */

static struct trace_site take_site(struct arena *arena, struct db_statement *row, int first)
{
	return (struct trace_site){
		.class_name = db_text(row, first, arena), .method_name = db_text(row, first + 1, arena),
		.descriptor = db_text(row, first + 2, arena), .line = number_at(row, first + 3),
		.callee = db_text(row, first + 4, arena),
	};
}

static void take_explanation(struct arena *arena, struct db_statement *row,
			     struct explanation *ret)
{
	const char *kind = db_text(row, 14, arena);

	*ret = (struct explanation){
		.class = explanation_find_class(text_at(row, 0, arena)), .says = db_text(row, 1, arena),
		.equivalence = db_real(row, 2), .equivalence_rule = db_text(row, 3, arena),
		.equivalence_says = db_text(row, 4, arena), .n_reached = number_at(row, 5),
		.n_infected = number_at(row, 6), .n_traced = number_at(row, 7),
		.crossing_unit = kind ? number_at(row, 8) : UNIT_NONE,
		.crossing = take_site(arena, row, 9),
		.crossing_kind = kind ? explanation_find_kind(kind) : TRACE_RESULT,
		.crossing_operand = (uint8_t)number_at(row, 15),
		.crossing_original = db_text(row, 16, arena), .crossing_mutated = db_text(row, 17, arena),
		.asserted = take_site(arena, row, 18),
		.asserted_original = db_text(row, 23, arena), .asserted_mutated = db_text(row, 24, arena),
		.operands = db_text(row, 25, arena), .original = db_text(row, 26, arena),
		.mutated = db_text(row, 27, arena),
	};
}

enum err_code store_read_explanation(struct store_reader *reader, const struct stored_run *run,
				     uint32_t mutant, struct explanation *ret, struct err *err)
{
	struct db_statement *row;
	enum err_code code;
	bool is_row;

	*ret = (struct explanation){ .class = SURVIVOR_NONE, .crossing_unit = UNIT_NONE };
	TRY(db_prepare(reader->db, "SELECT survivor_class, says, equivalence, equivalence_rule,"
		       " equivalence_says, reached_by, infected_in, traced_in, crossed_test, crossed_class,"
		       " crossed_method, crossed_descriptor, crossed_line, crossed_callee, crossed_kind,"
		       " crossed_operand, crossed_original, crossed_mutated, asserted_class,"
		       " asserted_method, asserted_descriptor, asserted_line, asserted_callee,"
		       " asserted_original, asserted_mutated, operands, original, mutated"
		       " FROM explanation WHERE run = ? AND mutant = ?", &row, err));
	db_bind_number(row, 1, run->id);
	db_bind_number(row, 2, mutant);
	code = db_step(row, &is_row, err);
	if (code == ERR_OK && is_row)
		take_explanation(reader->arena, row, ret);
	db_statement_close(row);
	if (ret->crossing_unit != UNIT_NONE && ret->crossing_unit >= run->n_tests)
		return damaged(reader, "a number points nowhere", err);
	return code;
}

/* ---- comparison ---- */

struct stored_run *store_read_before(struct store_reader *reader, const struct run *run)
{
	const char *target = store_target(reader->arena, run);
	const char *settings = store_settings(reader->arena, run);

	for (uint32_t i = 0; i < reader->n_runs; i++) {
		struct stored_run *earlier = &reader->runs[i];

		if (earlier->is_finished && !earlier->is_narrowed && earlier->id != store_run_id(run->store) &&
		    !strcmp(earlier->target, target) && !strcmp(earlier->settings, settings))
			return earlier;
	}
	return NULL;
}
