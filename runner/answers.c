#include "runner/answers.h"

#include <stdio.h>

#include "project/files.h"
#include "runner/store.h"
#include "runner/store_schema.h"
#include "util/fnv.h"

#define KEY_SIZE 17

static bool hear_source(void *context, const char *path)
{
	uint64_t *key = context;

	*key = file_key(*key, path);
	return true;
}

uint64_t answers_key(const struct project *project, const char *question)
{
	struct err ignored = ERR_INIT;
	uint64_t key = fnv_text(FNV_BASIS, question);

	for (uint32_t i = 0; i < project->n_classes; i++) {
		struct span bytes = project->classes[i].bytes;

		key = fnv_text(key, project->classes[i].name);
		key = fnv_bytes(key, &bytes.len, sizeof(bytes.len));
		key = fnv_bytes(key, bytes.bytes, bytes.len);
	}
	for (uint32_t i = 0; i < project->n_libraries; i++)
		key = file_key(key, project->libraries[i]);
	for (uint32_t i = 0; i < project->n_sources; i++)
		key = file_key(key, project->sources[i]);
	for (uint32_t i = 0; i < project->n_source_roots; i++)
		if (files_walk(project->source_roots[i], hear_source, &key, &ignored) != ERR_OK)
			key = fnv_bytes(key, &i, sizeof(i));
	return key;
}

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
