#include "store/db.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "util/die.h"

#define PATIENCE_MS 5000	/* with others that hold the lock */

struct db {
	sqlite3 *handle;
	char *path;
};

struct db_statement {
	struct db *db;
	sqlite3_stmt *handle;
};

/* Damage, a lock and a full disk are told in words of ours; the rest in SQLite's. */
static enum err_code fail(struct db *db, struct err *err)
{
	switch (sqlite3_errcode(db->handle)) {
	case SQLITE_NOMEM:
		die_out_of_memory();
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_ERROR:	/* tables or columns that are not there */
	case SQLITE_CONSTRAINT:
		return err_set(err, ERR_FORMAT, "%s is damaged (%s); delete it to begin anew", db->path,
			       sqlite3_errmsg(db->handle));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_IO, "%s is locked by another program", db->path);
	case SQLITE_FULL:
		return err_set(err, ERR_IO, "%s cannot grow: no space is left on the disk", db->path);
	case SQLITE_READONLY:
		return err_set(err, ERR_IO, "%s may not be written", db->path);
	case SQLITE_CANTOPEN:
		return err_set(err, ERR_IO, "%s cannot be opened", db->path);
	default:
		return err_set(err, ERR_IO, "%s: %s", db->path, sqlite3_errmsg(db->handle));
	}
}

enum err_code db_open(const char *path, enum db_mode mode, struct db **ret, struct err *err)
{
	int flags = mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
	struct db *db = calloc(1, sizeof(*db));
	enum err_code code;

	if (!db || !(db->path = strdup(path)))
		die_out_of_memory();
	if (sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
		sqlite3_busy_timeout(db->handle, PATIENCE_MS);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		*ret = db;
		return ERR_OK;
	}
	if (!db->handle)
		die_out_of_memory();
	code = fail(db, err);
	db_close(db);
	return code;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	sqlite3_close_v2(db->handle);
	free(db->path);
	free(db);
}

enum err_code db_run(struct db *db, const char *sql, struct err *err)
{
	return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_OK : fail(db, err);
}

enum err_code db_prepare(struct db *db, const char *sql, struct db_statement **ret,
			 struct err *err)
{
	struct db_statement *statement;
	sqlite3_stmt *handle;

	if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) != SQLITE_OK)
		return fail(db, err);
	statement = calloc(1, sizeof(*statement));
	if (!statement)
		die_out_of_memory();
	statement->db = db;
	statement->handle = handle;
	*ret = statement;
	return ERR_OK;
}

void db_statement_close(struct db_statement *statement)
{
	if (!statement)
		return;
	sqlite3_finalize(statement->handle);
	free(statement);
}

static void check(int result)
{
	if (result == SQLITE_NOMEM)
		die_out_of_memory();
	if (result != SQLITE_OK)
		BUG("a value cannot be bound: %s", sqlite3_errstr(result));
}

void db_bind_number(struct db_statement *statement, int at, int64_t number)
{
	check(sqlite3_bind_int64(statement->handle, at, number));
}

void db_bind_real(struct db_statement *statement, int at, double number)
{
	check(sqlite3_bind_double(statement->handle, at, number));
}

void db_bind_text(struct db_statement *statement, int at, const char *text)
{
	check(sqlite3_bind_text(statement->handle, at, text, -1, SQLITE_STATIC));
}

void db_bind_bytes(struct db_statement *statement, int at, struct span bytes)
{
	check(sqlite3_bind_blob64(statement->handle, at, bytes.bytes ? (const void *)bytes.bytes : "",
				  bytes.len, SQLITE_STATIC));
}

enum err_code db_step(struct db_statement *statement, bool *ret_is_row, struct err *err)
{
	int result = sqlite3_step(statement->handle);
	enum err_code code;

	if (result == SQLITE_ROW) {
		*ret_is_row = true;
		return ERR_OK;
	}
	*ret_is_row = false;
	code = result == SQLITE_DONE ? ERR_OK : fail(statement->db, err);
	sqlite3_reset(statement->handle);
	return code;
}

enum err_code db_do(struct db_statement *statement, struct err *err)
{
	bool is_row;

	return db_step(statement, &is_row, err);
}

enum err_code db_ask_number(struct db *db, const char *sql, int64_t *ret, struct err *err)
{
	struct db_statement *statement;
	enum err_code code = db_prepare(db, sql, &statement, err);
	bool is_row = false;

	if (code != ERR_OK)
		return code;
	code = db_step(statement, &is_row, err);
	if (code == ERR_OK)
		*ret = is_row ? db_number(statement, 0) : 0;
	db_statement_close(statement);
	return code;
}

int64_t db_number(struct db_statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column);
}

double db_real(struct db_statement *statement, int column)
{
	return sqlite3_column_double(statement->handle, column);
}

const char *db_text(struct db_statement *statement, int column, struct arena *arena)
{
	const char *text = (const char *)sqlite3_column_text(statement->handle, column);

	return text ? arena_strdup(arena, text) : NULL;
}

struct span db_bytes(struct db_statement *statement, int column)
{
	const uint8_t *bytes = sqlite3_column_blob(statement->handle, column);
	int len = sqlite3_column_bytes(statement->handle, column);

	return (struct span){ bytes, bytes && len > 0 ? (size_t)len : 0 };
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}
