#include "store/answers.h"

#include <stdio.h>
#include <stdlib.h>

#include "project/files.h"
#include "project/jvm.h"
#include "store/store.h"
#include "store/store_schema.h"
#include "util/fnv.h"

#define KEY_SIZE 17

/* ---- what it depends on ---- */

static bool hear_file(void *context, const char *path)
{
	uint64_t *key = context;

	*key = file_key(*key, path);
	return true;
}

/* The bytes of classes are in the key: compiled anew to the same, they are the same. */
static bool hear_resource(void *context, const char *path)
{
	return file_has_suffix(path, ".class") || hear_file(context, path);
}

/* A file, or all there are below a directory; what is too much to be read is as if
 * it were not there. */
static uint64_t add_tree(uint64_t key, const char *path, bool (*hear)(void *context, const char *path))
{
	struct err ignored = ERR_INIT;

	if (!file_is_directory(path))
		return file_key(key, path);
	key = fnv_text(key, path);
	if (files_walk(path, hear, &key, &ignored) != ERR_OK)
		key = fnv_text(key, ignored.text);
	return key;
}

static uint64_t add_choice(uint64_t key, const struct test_choice *choice)
{
	if (!choice)
		return key;
	key = fnv_text(fnv_text(key, choice->groups), choice->excluded);
	return fnv_text(fnv_text(key, choice->names), choice->excluded_names);
}

static uint64_t add_classes(uint64_t key, const struct project *project)
{
	for (uint32_t i = 0; i < project->n_classes; i++) {
		const struct project_class *class = &project->classes[i];
		const bool is[] = { class->is_test, class->is_left_out, class->is_target };

		key = fnv_text(key, class->name);
		key = add_choice(key, class->choice);
		key = fnv_bytes(key, is, sizeof(is));
		key = fnv_bytes(key, &class->bytes.len, sizeof(class->bytes.len));
		key = fnv_bytes(key, class->bytes.bytes, class->bytes.len);
	}
	return key;
}

/* Beside src/main/java, src/main/resources: as tests read it by its path. */
static uint64_t add_sources(uint64_t key, const struct project *project)
{
	struct arena local = ARENA_INIT;

	for (uint32_t i = 0; i < project->n_sources; i++)
		key = file_key(key, project->sources[i]);
	for (uint32_t i = 0; i < project->n_source_roots; i++) {
		const char *root = project->source_roots[i];

		key = add_tree(key, root, hear_file);
		key = add_tree(key, arena_strfmt(&local, "%s/resources", file_parent(&local, root)), hear_file);
	}
	arena_release(&local);
	return key;
}

static uint64_t add_jvm(uint64_t key, const struct run *run)
{
	static const char *const variables[] = {
		"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "TZ", "LANG", "LC_ALL",
	};
	struct arena local = ARENA_INIT;
	struct err ignored = ERR_INIT;
	const char *libjvm, *home;

	if (jvm_find(&local, run->settings.jvm, &libjvm, &home, &ignored) == ERR_OK) {
		key = file_key(key, libjvm);
		key = file_key(key, arena_strfmt(&local, "%s/release", home ? home : ""));
	}
	for (uint32_t i = 0; i < run->project.n_jvm_args; i++)
		key = fnv_text(key, run->project.jvm_args[i]);
	for (uint32_t i = 0; i < run->project.n_environment; i++)
		key = fnv_text(key, run->project.environment[i]);
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = getenv(variables[i]);

		key = value ? fnv_text(fnv_text(key, variables[i]), value) : key;
	}
	arena_release(&local);
	return key;
}

uint64_t answers_key(const struct run *run, const char *question)
{
	const struct project *project = &run->project;
	uint64_t key = fnv_text(FNV_BASIS, question);

	key = add_classes(file_key(key, "/proc/self/exe"), project);
	for (uint32_t i = 0; i < project->n_roots; i++)
		key = add_tree(key, project->roots[i], hear_resource);
	for (uint32_t i = 0; i < project->n_libraries; i++)
		key = add_tree(key, project->libraries[i], hear_file);
	return add_jvm(add_sources(key, project), run);
}

/* ---- the store ---- */

static void key_text(uint64_t key, char ret[KEY_SIZE])
{
	snprintf(ret, KEY_SIZE, "%016llx", (unsigned long long)key);
}

static enum err_code find(struct arena *arena, const char *path, uint64_t key,
			  struct db **ret_db, const char **ret, struct err *err)
{
	struct db_statement *row;
	char text[KEY_SIZE];
	enum err_code code;
	bool is_row = false;

	TRY(store_schema_check(path, err));
	TRY(db_open(path, DB_READ, ret_db, err));
	TRY(store_schema_expect(*ret_db, path, err));
	TRY(db_prepare(*ret_db, "SELECT text FROM answer WHERE key = ?", &row, err));
	key_text(key, text);
	db_bind_text(row, 1, text);
	code = db_step(row, &is_row, err);
	if (code == ERR_OK && is_row)
		*ret = db_text(row, 0, arena);
	db_statement_close(row);
	return code;
}

const char *answers_find(struct arena *arena, const char *directory, uint64_t key)
{
	const char *path = arena_strfmt(arena, "%s/" STORE_FILE, directory), *text = NULL;
	struct err ignored = ERR_INIT;
	struct db *db = NULL;

	if (!file_exists(path) || find(arena, path, key, &db, &text, &ignored) != ERR_OK)
		text = NULL;
	db_close(db);
	return text;
}

static enum err_code keep(struct db *db, uint64_t key, struct span text, struct err *err)
{
	struct db_statement *row;
	char key_is[KEY_SIZE], limit[120];
	enum err_code code;

	TRY(db_prepare(db, "INSERT OR REPLACE INTO answer (key, text) VALUES (?, ?)", &row, err));
	key_text(key, key_is);
	db_bind_text(row, 1, key_is);
	db_bind_bytes(row, 2, text);
	code = db_do(row, err);
	db_statement_close(row);
	if (code != ERR_OK)
		return code;
	snprintf(limit, sizeof(limit), "DELETE FROM answer WHERE id <= (SELECT max(id) FROM answer) - %d",
		 ANSWERS_MAX);
	return db_run(db, limit, err);
}

bool answers_keep(const char *directory, uint64_t key, struct span text)
{
	struct err ignored = ERR_INIT;
	struct db *db = NULL;
	bool is_kept = store_open(directory, &db, &ignored) == ERR_OK &&
		       keep(db, key, text, &ignored) == ERR_OK;

	db_close(db);
	return is_kept;
}
