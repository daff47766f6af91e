/* db.h: a thin driver over the SQL engine: prepare, bind, step. Floor: store. One thread for one
 * db. SQLite today; nothing above names it, so that PostgreSQL can stand beside it. */
#ifndef POLDER_STORE_DB_H
#define POLDER_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct db db;       /* opaque */
typedef struct query query; /* opaque: one prepared statement */

/* Opens (and with `create` makes) the file; WAL, foreign keys on, waits at most 5 s for a lock.
 * NULL sets *e. */
db *db_open(const char *path, bool create, err *e);
/* A second connection that can only read, with a limit on the time of each statement (0: none). */
db *db_open_read_only(const char *path, int64_t limit_ms, err *e);
/* The same for Polder's own reading, which may be several statements in one db_begin_read. */
db *db_open_reader(const char *path, int64_t limit_ms, err *e);
/* Of a reader, on this thread: all that it is asked from now on may take so much of the processor's
 * time, and fifty times as long by the clock; then whatever is asked ends with ERR_LIMIT. 0: no
 * bound. */
void db_allow(db *d, int64_t ms);
bool db_ran_out(const db *d);      /* whether that ended anything since */
bool db_begin_read(db *d, err *e); /* until db_rollback all is read as it is now */
void db_close(db *d);              /* accepts NULL */

/* While `barred`, whatever this thread asks of any db is ERR_BUG: for one that must never wait for
 * the disk (host/keeper.h). */
void db_bar_thread(bool barred);

bool db_exec(db *d, const char *sql, err *e);
bool db_begin(db *d, err *e); /* takes the write lock, and waits for who has it */
/* The same without waiting: *busy says that another has it, which is no error. */
bool db_begin_at_once(db *d, bool *busy, err *e);
bool db_commit(db *d, err *e);
void db_rollback(db *d); /* fine outside a transaction */
/* Whether each page and each index is as the engine wants it; false: ERR_UNAVAILABLE names the
 * first that isn't, or it can't be read. */
bool db_check(db *d, err *e);
bool db_in_transaction(
    const db *d); /* false also after an error that undid the transaction by itself */

/* Writes the file anew, so that it and its log hold nothing but what the tables hold. Not inside a
 * transaction; waits for readers. */
bool db_rewrite(db *d, err *e);

/* Kept by the db for the next call with the same text: cheap to call again. NULL sets *e. */
query *db_prepare(db *d, const char *sql, err *e);
void query_free(query *q); /* hands it back, reset; accepts NULL */

/* Parameters and columns count from 1 and from 0. Texts are copied; NULL text binds SQL null. */
void query_bind_text(query *q, int at, const char *text);
void query_bind_bytes(query *q, int at, const char *text, size_t len);
void query_bind_int64(query *q, int at, int64_t number);
void query_bind_double(query *q, int at, double number);
void query_bind_null(query *q, int at);
bool query_step(query *q,
                err *e); /* true: a row; false: the end (e->code stays ERR_NONE) or an error */
bool query_failed(const query *q); /* whether the last query_step that gave false was an error */
bool query_run(query *q, err *e);  /* steps to the end, resets; true when it got there */

int query_parameters(const query *q);
int query_columns(const query *q);
const char *query_column_name(query *q, int column);
bool query_is_null(query *q, int column);
const char *query_text(query *q, int column); /* borrowed until the next step; NULL for null */
size_t query_bytes(query *q, int column);
int64_t query_int64(query *q, int column);
double query_double(query *q, int column);
char query_type(query *q, int column); /* 'i', 'd', 't' or 'n' */

#endif
