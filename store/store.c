#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine/freeze.h"
#include "project/files.h"
#include "run/metrics.h"
#include "store/store_schema.h"
#include "util/die.h"

#define PATH_SIZE 4096

struct store {
	const struct run *run;
	struct db *db;		/* NULL: something was wrong with it, and a note said so */
	struct db_statement *verdict, *explanation;
	int64_t id;		/* of the run */
	bool *explained;	/* [plan.n_mutants] */
	struct buf set;		/* of tests, being written */
};

/* One note, and the end of it. */
static void give_up(struct store *store, const struct err *err)
{
	struct err line = ERR_INIT;
	const struct run_events *events = &store->run->events;

	err_set(&line, ERR_OK, "this run is not kept for --expand and --why: %s", err->text);
	if (events->note)
		events->note(events->context, line.text);
	db_statement_close(store->verdict);
	db_statement_close(store->explanation);
	db_close(store->db);
	store->verdict = store->explanation = NULL;
	store->db = NULL;
}

/* ---- what a run is compared by ---- */

const char *store_target(struct arena *arena, const struct run *run)
{
	const struct project_request *request = &run->settings.request;
	const char *all = "";

	for (uint32_t i = 0; i < request->n_targets; i++) {
		const char *path = request->targets[i];
		struct err gone = ERR_INIT;

		if (file_absolute(arena, request->targets[i], &path, &gone) != ERR_OK)
			path = request->targets[i];
		all = arena_strfmt(arena, "%s%s%s", all, i ? "\n" : "", path);
	}
	return all;
}

const char *store_settings(struct arena *arena, const struct run *run)
{
	const struct plan_settings *plan = &run->settings.plan;
	const struct project_request *request = &run->settings.request;
	const char *all;

	all = arena_strfmt(arena, "operators %llx\npit without %llx\nfilters %x",
			   (unsigned long long)plan->operators, (unsigned long long)plan->pit_without,
			   plan->filters);
	for (uint32_t i = 0; i < request->n_exclude; i++)
		all = arena_strfmt(arena, "%s\nexclude %s", all, request->exclude[i]);
	if (run->plan.n_mutants < run->n_sampled_from)
		all = arena_strfmt(arena, "%s\nsample %u seed %u", all, run->settings.sample,
				   run->settings.seed);
	return all;
}

/* ---- the directory ---- */

/* So that nobody commits it by accident. */
static enum err_code put_ignore(const char *directory, struct err *err)
{
	static const char text[] = "*\n";
	char path[PATH_SIZE];
	int fd;

	if (snprintf(path, sizeof(path), "%s/.gitignore", directory) >= PATH_SIZE)
		return err_set(err, ERR_LIMIT, "the path of %s is too long", directory);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return errno == EEXIST ? ERR_OK : err_set(err, ERR_IO, "cannot write %s: %s", path,
							   strerror(errno));
	if (write(fd, text, sizeof(text) - 1) < 0) {
		err_set(err, ERR_IO, "cannot write %s: %s", path, strerror(errno));
		close(fd);
		unlink(path);
		return ERR_IO;
	}
	close(fd);
	return ERR_OK;
}

static enum err_code make_directory(const char *path, struct err *err)
{
	struct stat found;

	if (mkdir(path, 0777) && errno != EEXIST)
		return err_set(err, ERR_IO, "cannot make %s: %s", path, strerror(errno));
	if (lstat(path, &found))
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(found.st_mode))
		return err_set(err, ERR_IO, "%s is no directory", path);
	return put_ignore(path, err);
}

enum err_code store_open(const char *project, struct db **ret, struct err *err)
{
	char path[PATH_SIZE], directory[PATH_SIZE];

	*ret = NULL;
	if (snprintf(path, sizeof(path), "%s/" STORE_FILE, project) >= PATH_SIZE)
		return err_set(err, ERR_LIMIT, "the path of %s is too long", project);
	snprintf(directory, sizeof(directory), "%s/" STORE_DIRECTORY, project);
	TRY(make_directory(directory, err));
	TRY(store_schema_check(path, err));
	TRY(db_open(path, DB_WRITE, ret, err));
	/* The first has an effect on a new file alone, and before the second. */
	TRY(db_run(*ret, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"
			 "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON", err));
	return store_schema_upgrade(*ret, path, err);
}

/* ---- the oldest go first ---- */

enum err_code store_make_room(struct db *db, uint32_t runs_max, uint64_t bytes_max, struct err *err)
{
	char text[200];
	int64_t bytes, n;

	for (int narrowed = 0; narrowed < 2; narrowed++) {
		snprintf(text, sizeof(text),
			 "DELETE FROM run WHERE (narrowed = 1) = %d AND id NOT IN (SELECT id FROM run "
			 "WHERE (narrowed = 1) = %d ORDER BY id DESC LIMIT %u)", narrowed, narrowed,
			 runs_max - 1);
		TRY(db_run(db, text, err));
	}
	for (;;) {
		TRY(db_ask_number(db, "SELECT (page_count - freelist_count) * page_size FROM "
				      "pragma_page_count, pragma_freelist_count, pragma_page_size", &bytes, err));
		TRY(db_ask_number(db, "SELECT count(*) FROM run", &n, err));
		if ((uint64_t)bytes <= bytes_max || !n)
			break;
		TRY(db_run(db, "DELETE FROM run WHERE id = (SELECT min(id) FROM run)", err));
	}
	return db_run(db, "PRAGMA incremental_vacuum", err);
}

/* ---- sets of tests ---- */

static struct span put_set(struct store *store, const uint32_t *units, uint32_t n)
{
	uint32_t next = 0;

	buf_clear(&store->set);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t distance = units[i] - next;

		for (; distance >= 0x80; distance >>= 7)
			buf_u1(&store->set, (uint8_t)(distance | 0x80));
		buf_u1(&store->set, (uint8_t)distance);
		next = units[i] + 1;
	}
	return buf_get(&store->set);
}

/* ---- what is known before the first verdict ---- */

static enum err_code insert_run(struct store *store, struct err *err)
{
	static const char sql[] =
		"INSERT INTO run (started, version, arguments, working_directory, target, settings,"
		" narrowed, java_version, java_home, layout, plan, mutants)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	const struct run *run = store->run;
	const struct run_settings *settings = &run->settings;
	struct arena scratch = ARENA_INIT;
	struct db_statement *statement;
	char directory[PATH_SIZE];
	struct buf arguments;
	enum err_code code;

	TRY(db_prepare(store->db, sql, &statement, err));
	buf_init(&arguments, SIZE_MAX);
	for (uint32_t i = 0; i < settings->n_arguments; i++)
		buf_bytes(&arguments, settings->arguments[i], strlen(settings->arguments[i]) + 1);
	db_bind_number(statement, 1, (int64_t)time(NULL));
	db_bind_text(statement, 2, settings->version ? settings->version : "");
	db_bind_bytes(statement, 3, buf_get(&arguments));
	db_bind_text(statement, 4, getcwd(directory, sizeof(directory)) ? directory : "");
	db_bind_text(statement, 5, store_target(&scratch, run));
	db_bind_text(statement, 6, store_settings(&scratch, run));
	db_bind_number(statement, 7, settings->only_mutants ? 1
				     : run->plan.n_mutants < run->n_sampled_from ? 2 : 0);
	db_bind_text(statement, 8, run->java_version);
	db_bind_text(statement, 9, run->java_home);
	db_bind_text(statement, 10, run->project.layout);
	db_bind_text(statement, 11, arena_strfmt(&scratch, "%016llx",
						 (unsigned long long)run->plan_digest));
	db_bind_number(statement, 12, run->plan.n_mutants);
	code = db_do(statement, err);
	store->id = db_last_id(store->db);
	db_statement_close(statement);
	buf_release(&arguments);
	arena_release(&scratch);
	return code;
}

/* The project's classes are named by class->name with dots; the plan holds the
 * targets among them in the project's order. */
static enum err_code insert_classes(struct store *store, struct db_statement *statement,
				    struct err *err)
{
	const struct run *run = store->run;
	uint32_t number = 0;

	for (uint32_t i = 0; i < run->project.n_classes && number < run->plan.n_classes; i++) {
		const struct project_class *class = &run->project.classes[i];
		char digest[20];

		if (!class->is_target)
			continue;
		snprintf(digest, sizeof(digest), "%016llx", (unsigned long long)freeze_bytes(class->bytes));
		db_bind_number(statement, 1, store->id);
		db_bind_number(statement, 2, number);
		db_bind_text(statement, 3, run->plan.classes[number].display_name);
		db_bind_text(statement, 4, run->plan.classes[number].source_file);
		db_bind_text(statement, 5, class->what);
		db_bind_text(statement, 6, digest);
		TRY(db_do(statement, err));
		number++;
	}
	return ERR_OK;
}

static enum err_code insert_tests(struct store *store, struct db_statement *statement,
				  struct err *err)
{
	const struct run *run = store->run;

	for (uint32_t i = 0; i < run->n_units; i++) {
		const struct unit *unit = &run->units[i];
		const struct container *container = &run->containers[unit->container_number];

		db_bind_number(statement, 1, store->id);
		db_bind_number(statement, 2, i);
		db_bind_text(statement, 3, container->name);
		db_bind_text(statement, 4, container->driver);
		db_bind_text(statement, 5, unit->id);
		db_bind_text(statement, 6, unit->name);
		db_bind_number(statement, 7, unit->state);
		db_bind_number(statement, 8, (int64_t)unit->wall_ns);
		db_bind_number(statement, 9, (int64_t)unit->work);
		db_bind_text(statement, 10, unit->failure);
		TRY(db_do(statement, err));
	}
	return ERR_OK;
}

static enum err_code insert_points(struct store *store, struct db_statement *statement,
				   struct err *err)
{
	const struct run *run = store->run;
	bool *wanted = calloc((size_t)run->plan.n_points + 1, sizeof(*wanted));
	enum err_code code = ERR_OK;

	if (!wanted)
		die_out_of_memory();
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		wanted[run->plan.mutants[i].point] = wanted[run->plan.mutants[i].infection] = true;
	for (uint32_t p = 0; p < run->plan.n_points && code == ERR_OK; p++) {
		uint32_t from = run->reach_start[p], n = run->reach_start[p + 1] - from;

		if (!wanted[p] || !n)
			continue;
		db_bind_number(statement, 1, store->id);
		db_bind_number(statement, 2, p);
		db_bind_bytes(statement, 3, put_set(store, run->reach + from, n));
		code = db_do(statement, err);
	}
	free(wanted);
	return code;
}

static enum err_code insert_mutants(struct store *store, struct db_statement *statement,
				    struct err *err)
{
	const struct plan *plan = &store->run->plan;

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];
		const struct member *method =
			&plan->classes[mutant->class_number].class->methods[mutant->method];

		db_bind_number(statement, 1, store->id);
		db_bind_number(statement, 2, i);
		db_bind_text(statement, 3, mutant->id);
		db_bind_number(statement, 4, mutant->class_number);
		db_bind_text(statement, 5, method->name);
		db_bind_text(statement, 6, method->descriptor);
		db_bind_text(statement, 7, mutant->method_name);
		db_bind_number(statement, 8, mutant->line);
		db_bind_text(statement, 9, mutant->operator->name);
		db_bind_text(statement, 10, family_names[mutant->operator->family]);
		db_bind_text(statement, 11, mutant->pit_mutator);
		db_bind_text(statement, 12, mutant->description);
		db_bind_number(statement, 13, mutant->point);
		db_bind_number(statement, 14, mutant->infection);
		TRY(db_do(statement, err));
	}
	return ERR_OK;
}

static enum err_code insert_all(struct store *store, struct err *err)
{
	static const struct {
		const char *sql;
		enum err_code (*insert)(struct store *, struct db_statement *, struct err *);
	} tables[] = {
		{ "INSERT INTO class VALUES (?, ?, ?, ?, ?, ?)", insert_classes },
		{ "INSERT INTO test VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", insert_tests },
		{ "INSERT INTO point VALUES (?, ?, ?)", insert_points },
		{ "INSERT INTO mutant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", insert_mutants },
	};

	TRY(insert_run(store, err));
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		struct db_statement *statement;
		enum err_code code;

		TRY(db_prepare(store->db, tables[i].sql, &statement, err));
		code = tables[i].insert(store, statement, err);
		db_statement_close(statement);
		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

static enum err_code prepare(struct store *store, struct err *err)
{
	TRY(db_prepare(store->db, "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		       &store->verdict, err));
	return db_prepare(store->db, "INSERT OR REPLACE INTO explanation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
			  " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &store->explanation, err);
}

static enum err_code begin(struct store *store, struct err *err)
{
	TRY(store_open(store->run->project.directory, &store->db, err));
	TRY(db_run(store->db, "BEGIN IMMEDIATE", err));
	TRY(store_make_room(store->db, STORE_RUNS_MAX, STORE_BYTES_MAX, err));
	TRY(insert_all(store, err));
	TRY(db_run(store->db, "COMMIT", err));
	return prepare(store, err);
}

struct store *store_begin(const struct run *run)
{
	struct store *store = calloc(1, sizeof(*store));
	struct err err = ERR_INIT;

	if (!store)
		die_out_of_memory();
	store->run = run;
	store->explained = calloc((size_t)run->plan.n_mutants + 1, sizeof(*store->explained));
	if (!store->explained)
		die_out_of_memory();
	buf_init(&store->set, SIZE_MAX);
	if (begin(store, &err) == ERR_OK)
		return store;
	give_up(store, &err);
	store_close(store);
	return NULL;
}

/* ---- what becomes known ---- */

void store_verdict(struct store *store, uint32_t mutant)
{
	const struct verdict *verdict;
	struct err err = ERR_INIT;

	if (!store || !store->db)
		return;
	verdict = &store->run->verdicts[mutant];
	db_bind_number(store->verdict, 1, store->id);
	db_bind_number(store->verdict, 2, mutant);
	db_bind_text(store->verdict, 3, run_status_name(verdict->status));
	if (verdict->killing_unit == UNIT_NONE)
		db_bind_text(store->verdict, 4, NULL);
	else
		db_bind_number(store->verdict, 4, verdict->killing_unit);
	db_bind_bytes(store->verdict, 5, put_set(store, verdict->killers, verdict->n_killers));
	db_bind_number(store->verdict, 6, verdict->tests_run);
	db_bind_number(store->verdict, 7, (int64_t)verdict->wall_ns);
	db_bind_number(store->verdict, 8, (int64_t)verdict->cpu_ns);
	db_bind_text(store->verdict, 9, verdict->detail);
	if (db_do(store->verdict, &err) != ERR_OK)
		give_up(store, &err);
}

static void bind_crossing(struct db_statement *to, const struct explanation *explanation)
{
	const struct trace_site *site = &explanation->crossing;

	if (explanation->crossing_unit == UNIT_NONE) {
		for (int at = 11; at <= 20; at++)
			db_bind_text(to, at, NULL);
		return;
	}
	db_bind_number(to, 11, explanation->crossing_unit);
	db_bind_text(to, 12, site->class_name);
	db_bind_text(to, 13, site->method_name);
	db_bind_text(to, 14, site->descriptor);
	db_bind_number(to, 15, site->line);
	db_bind_text(to, 16, site->callee);
	db_bind_text(to, 17, explanation_kind_name(explanation->crossing_kind));
	db_bind_number(to, 18, explanation->crossing_operand);
	db_bind_text(to, 19, explanation->crossing_original);
	db_bind_text(to, 20, explanation->crossing_mutated);
}

static void bind_asserted(struct db_statement *to, const struct explanation *explanation)
{
	const struct trace_site *site = &explanation->asserted;

	db_bind_text(to, 21, site->class_name);
	db_bind_text(to, 22, site->method_name);
	db_bind_text(to, 23, site->descriptor);
	db_bind_number(to, 24, site->line);
	db_bind_text(to, 25, site->callee);
	db_bind_text(to, 26, explanation->asserted_original);
	db_bind_text(to, 27, explanation->asserted_mutated);
}

static enum err_code explain(struct store *store, uint32_t mutant, struct err *err)
{
	const struct explanation *explanation = &store->run->explanations[mutant];
	struct db_statement *to = store->explanation;

	store->explained[mutant] = true;
	db_bind_number(to, 1, store->id);
	db_bind_number(to, 2, mutant);
	db_bind_text(to, 3, explanation_class_name(explanation->class));
	db_bind_text(to, 4, explanation->says);
	db_bind_real(to, 5, explanation->equivalence);
	db_bind_text(to, 6, explanation->equivalence_rule);
	db_bind_text(to, 7, explanation->equivalence_says);
	db_bind_number(to, 8, explanation->n_reached);
	db_bind_number(to, 9, explanation->n_infected);
	db_bind_number(to, 10, explanation->n_traced);
	bind_crossing(to, explanation);
	bind_asserted(to, explanation);
	db_bind_text(to, 28, explanation->operands);
	db_bind_text(to, 29, explanation->original);
	db_bind_text(to, 30, explanation->mutated);
	return db_do(to, err);
}

void store_explain(struct store *store, uint32_t mutant)
{
	struct err err = ERR_INIT;

	if (store && store->db && explain(store, mutant, &err) != ERR_OK)
		give_up(store, &err);
}

/* ---- the end ---- */

static enum err_code explain_rest(struct store *store, struct err *err)
{
	const struct run *run = store->run;

	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		if (run->explanations[i].class != SURVIVOR_NONE && !store->explained[i])
			TRY(explain(store, i, err));
	return ERR_OK;
}

static enum err_code finish(struct store *store, struct err *err)
{
	const struct run *run = store->run;
	struct metrics metrics = metrics_of(run);
	struct db_statement *statement;
	enum err_code code;

	TRY(db_run(store->db, "BEGIN IMMEDIATE", err));
	if (run->explanations)
		TRY(explain_rest(store, err));
	TRY(db_prepare(store->db, "UPDATE run SET finished = 1, counted = ?, detected = ?, survived = ?,"
		       " weak_oracle = ?, unobserved = ?, wall_s = ?, cpu_s = ? WHERE id = ?", &statement, err));
	db_bind_number(statement, 1, metrics.counts.counted);
	db_bind_number(statement, 2, metrics.counts.detected);
	db_bind_number(statement, 3, metrics.survivors);
	db_bind_text(statement, 4, NULL);
	db_bind_text(statement, 5, NULL);
	if (metrics.is_complete) {
		db_bind_number(statement, 4, metrics.by_class[SURVIVOR_WEAK_ORACLE]);
		db_bind_number(statement, 5, metrics.by_class[SURVIVOR_UNOBSERVED]);
	}
	db_bind_real(statement, 6, run->wall_s);
	db_bind_real(statement, 7, run->cpu_s);
	db_bind_number(statement, 8, store->id);
	code = db_do(statement, err);
	db_statement_close(statement);
	return code == ERR_OK ? db_run(store->db, "COMMIT", err) : code;
}

void store_finish(struct store *store)
{
	struct err err = ERR_INIT;

	if (store && store->db && finish(store, &err) != ERR_OK)
		give_up(store, &err);
}

int64_t store_run_id(const struct store *store)
{
	return store ? store->id : 0;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	db_statement_close(store->verdict);
	db_statement_close(store->explanation);
	db_close(store->db);
	buf_release(&store->set);
	free(store->explained);
	free(store);
}
