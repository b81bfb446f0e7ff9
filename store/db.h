/* SQLite, as far as the store needs it: store/db.c alone knows the library.
 *
 *	db_open(path, DB_WRITE, &db, &err)
 *	db_prepare(db, "SELECT a FROM t WHERE b = ?", &statement, &err)
 *	db_bind_number(statement, 1, 7);
 *	while ((code = db_step(statement, &is_row, &err)) == ERR_OK && is_row)
 *		... db_number(statement, 0) ...
 *	db_statement_close(statement);
 *	db_close(db);
 *
 * Whatever goes wrong is ERR_IO with a line that names the file, what is wrong
 * with it, and where there is one the remedy; ERR_FORMAT: the file is damaged or
 * none of SQLite's.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

struct db;
struct db_statement;

enum db_mode {
	DB_READ,	/* must be there */
	DB_WRITE,	/* made where it is not there */
};

/* Others that write are waited for, a few seconds. */
enum err_code db_open(const char *path, enum db_mode mode, struct db **ret,
		      struct err *err) MUST_CHECK;
void db_close(struct db *db);		/* may be NULL */

/* Statements without results, separated by semicolons. */
enum err_code db_run(struct db *db, const char *sql, struct err *err) MUST_CHECK;

/* The first column of the first row; 0 where there is none. */
enum err_code db_ask_number(struct db *db, const char *sql, int64_t *ret,
			    struct err *err) MUST_CHECK;

enum err_code db_prepare(struct db *db, const char *sql, struct db_statement **ret,
			 struct err *err) MUST_CHECK;
void db_statement_close(struct db_statement *statement);	/* may be NULL */

/* Parameters are numbered from 1. Texts and bytes must live until the step. */
void db_bind_number(struct db_statement *statement, int at, int64_t number);
void db_bind_real(struct db_statement *statement, int at, double number);
void db_bind_text(struct db_statement *statement, int at, const char *text);	/* NULL: null */
void db_bind_bytes(struct db_statement *statement, int at, struct span bytes);

/* The next row, or the end: then the statement is ready to be bound again. */
enum err_code db_step(struct db_statement *statement, bool *ret_is_row,
		      struct err *err) MUST_CHECK;

/* A statement without results, bound before. */
enum err_code db_do(struct db_statement *statement, struct err *err) MUST_CHECK;

/* Columns are numbered from 0. What is null is 0, NULL or empty. */
int64_t db_number(struct db_statement *statement, int column);
double db_real(struct db_statement *statement, int column);
const char *db_text(struct db_statement *statement, int column, struct arena *arena);
struct span db_bytes(struct db_statement *statement, int column);	/* until the next step */

int64_t db_last_id(struct db *db);	/* of the row last inserted */

#endif
