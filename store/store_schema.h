/* The tables of the store, and how older ones become the present ones. */
#ifndef STORE_STORE_SCHEMA_H
#define STORE_STORE_SCHEMA_H

#include "store/db.h"

#define STORE_DIRECTORY ".vary"
#define STORE_FILE STORE_DIRECTORY "/vary.db"

/* What user_version says; each version adds one step to those before it. */
#define STORE_VERSION 2

/* ERR_LIMIT where the file's header speaks of a newer version than ours, which
 * only a newer vary may touch; nothing is opened but for reading. A file that is
 * not there is fine. */
enum err_code store_schema_check(const char *path, struct err *err) MUST_CHECK;

/* Makes the tables in a database open for writing, or brings them up to date;
 * ERR_LIMIT as above. */
enum err_code store_schema_upgrade(struct db *db, const char *path, struct err *err) MUST_CHECK;

/* ERR_LIMIT as above; ERR_MISSING where there are no tables of this version yet. */
enum err_code store_schema_expect(struct db *db, const char *path, struct err *err) MUST_CHECK;

#endif
