/* db_sqlite.h: what db.c, db_failure.c, query.c and search_words.c share about SQLite. Floor:
 * store, only these files. */
#ifndef POLDER_STORE_DB_SQLITE_H
#define POLDER_STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "store/db.h"
#include "store/holder.h"

enum {
    DB_APPLICATION = 0x504f4c44, /* "POLD", in the header of every store */
    DB_LOCK_WAIT_MS = 5000,
    DB_STATEMENTS = 96, /* kept prepared */
    DB_STEPS = 1000,    /* of SQLite's machine, between looks at the time */
    DB_WAITS = 50,      /* times the processor's time, by the clock (db_allow) */
};

struct db {
    sqlite3 *handle;
    char *path;
    bool read_only;
    int64_t limit_ms, deadline_ms; /* of each statement; 0: none */
    int64_t cpu_end_us, end_ms;    /* of all together (db_allow); 0: none */
    bool ran_out;
    query *kept[DB_STATEMENTS];
    size_t kept_count;
    uint64_t uses;
    struct db_beside { /* the files that all who have the store open share */
        uint64_t device, inode;
    } beside[2]; /* -wal and -shm; 0: not seen yet */
};

struct query {
    db *owner;
    sqlite3_stmt *statement;
    char *sql;
    uint64_t key, last_use;
    bool kept, in_use, failed;
    int bind_result; /* the first binding that went wrong */
};

/* false, with *e set: this thread is barred. */
bool db_may_here(err *e);

/* Is what db_allow gave used up? */
bool db_is_over(db *d);

/* Whether the store and what lies beside it are still the files that were opened. */
bool db_in_place(db *d, err *e);

/* Sets *e from SQLite's result code; returns false. */
bool db_fail(const db *d, int result, err *e);

/* Says in *e who it is that holds the lock, where that can be known. */
void db_name_holder(const db *d, holder_of what, err *e);

/* Makes the tokenizer "polder" known to FTS5: search_words.c. false: this SQLite is without FTS5.
 */
bool db_add_words(sqlite3 *handle);

#endif
