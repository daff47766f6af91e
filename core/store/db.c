#include "store/db_sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

/* Nothing is made in the place of what was lost. */
static const char GONE_HINT[] = "put the file back from a copy of this folder, or begin anew in "
                                "another folder: polder init DIR";

/* fold(text): lower case without diacritics, for comparing. */
static void sql_fold(sqlite3_context *c, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    if (!text)
        return;
    buf folded = {0};
    text_fold(&folded, text, (size_t)sqlite3_value_bytes(values[0]));
    sqlite3_result_text64(c, buf_text(&folded), folded.len, SQLITE_TRANSIENT, SQLITE_UTF8);
    buf_free(&folded);
}

/* A thread that waits for the disk uses no processor. */
bool db_is_over(db *d)
{
    if (d->cpu_end_us > 0 && !d->ran_out)
        d->ran_out = clock_thread_us() > d->cpu_end_us || clock_monotonic_ms() > d->end_ms;
    return d->ran_out;
}

static int past_deadline(void *ctx)
{
    db *d = ctx;
    return db_is_over(d) || (d->deadline_ms > 0 && clock_monotonic_ms() > d->deadline_ms);
}

/* On a read-only connection people's own SQL runs: it may read this file and do nothing else. */
static int only_reads(void *ctx, int action, const char *a, const char *b, const char *schema,
                      const char *trigger)
{
    (void)ctx, (void)schema, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return b && strcmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA: /* FTS5 asks whether its index changed; people, which columns there are */
        return a && (strcmp(a, "data_version") == 0 || (strcmp(a, "table_info") == 0 && b))
                   ? SQLITE_OK
                   : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static bool scalar(db *d, const char *sql, int64_t *out, err *e)
{
    query *q = db_prepare(d, sql, e);
    bool ok = q && query_step(q, e);
    if (ok)
        *out = query_int64(q, 0);
    query_free(q);
    return ok;
}

/* A file that holds anything and wasn't made by Polder is left as it is. */
static bool is_ours(db *d, bool create, bool *fresh, err *e)
{
    int64_t tables = 0, application = 0;
    if (!scalar(d, "select count(*) from sqlite_master", &tables, e) ||
        !scalar(d, "pragma application_id", &application, e))
        return false;
    *fresh = tables == 0 && application == 0;
    if (application == DB_APPLICATION || (*fresh && create))
        return true;
    err_set(e, ERR_UNAVAILABLE,
            *fresh ? "this file is empty, not a Polder store"
                   : "this is an SQLite database of another program, not a Polder store");
    err_where(e, "%s", d->path);
    return err_hint(e, "%s",
                    *fresh ? GONE_HINT
                           : "it is left as it is; move it away, and put the store back from a "
                             "copy of this folder");
}

static bool open_handle(db *d, const char *name, int flags, err *e)
{
    int result = sqlite3_open_v2(name, &d->handle,
                                 flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (result != SQLITE_OK)
        return db_fail(d, result, e);
    sqlite3_busy_timeout(d->handle, DB_LOCK_WAIT_MS);
    sqlite3_create_function(d->handle, "fold", 1,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, sql_fold,
                            NULL, NULL);
    if (!db_add_words(d->handle))
        return err_set(e, ERR_UNAVAILABLE, "this SQLite is without full-text search (FTS5)");
    return db_exec(d,
                   "pragma foreign_keys = on; pragma trusted_schema = off;"
                   "pragma cell_size_check = on; pragma temp_store = memory;",
                   e);
}

static void close_handle(db *d)
{
    for (size_t i = 0; i < d->kept_count; i++) {
        sqlite3_finalize(d->kept[i]->statement);
        free(d->kept[i]->sql);
        free(d->kept[i]);
    }
    d->kept_count = 0;
    sqlite3_close_v2(d->handle);
    d->handle = NULL;
}

/* Whether nobody is in the midst of changes: what is written last is then in the file itself. */
static bool is_at_rest(const db *d)
{
    struct stat about;
    buf wal = {0};
    buf_fmt(&wal, "%s-wal", d->path);
    bool rest = stat(buf_text(&wal), &about) != 0 || about.st_size == 0;
    buf_free(&wal);
    return rest;
}

/* "file:PATH?immutable=1": without the files beside it that readers and writers share. */
static void immutable_name(buf *out, const char *path)
{
    buf_str(out, "file:");
    for (; *path; path++) {
        if (strchr("%?#", *path))
            buf_fmt(out, "%%%02X", (unsigned)(unsigned char)*path);
        else
            buf_char(out, *path);
    }
    buf_str(out, "?immutable=1");
}

/* A reader, too, makes files beside the store. Where that can't be, in a folder that can only be
 * read, a store at rest is read as a file that doesn't change. */
static bool open_immutable(db *d, bool *fresh, err *e)
{
    int why = d->handle ? sqlite3_errcode(d->handle) & 0xff : SQLITE_OK;
    if (why != SQLITE_CANTOPEN && why != SQLITE_READONLY)
        return false;
    if (!is_at_rest(d))
        return err_hint(e, "its last changes are in a file beside it, which can't be read here: "
                           "copy the folder to where you may write, and read it there");
    close_handle(d);
    buf name = {0};
    immutable_name(&name, d->path);
    bool ok = open_handle(d, buf_text(&name), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, e) &&
              is_ours(d, false, fresh, e);
    if (ok && e)
        *e = (err){0};
    buf_free(&name);
    return ok;
}

static bool open_ours(db *d, int flags, bool *fresh, err *e)
{
    bool create = flags & SQLITE_OPEN_CREATE;
    return (open_handle(d, d->path, flags, e) && is_ours(d, create, fresh, e)) ||
           open_immutable(d, fresh, e);
}

static db *db_new(const char *path, err *e)
{
    if (access(path, F_OK) != 0) {
        err_set(e, ERR_NOT_FOUND, "there is no store at %s", path);
        err_where(e, "%s", path);
        err_hint(e, "%s", GONE_HINT);
        return NULL;
    }
    db *d = mem_zero(1, sizeof *d);
    d->path = mem_text(path);
    return d;
}

db *db_open(const char *path, bool create, err *e)
{
    db *d = NULL;
    if (create) {
        d = mem_zero(1, sizeof *d);
        d->path = mem_text(path);
    } else if (!(d = db_new(path, e))) {
        return NULL;
    }
    bool fresh = false;
    if (!open_ours(d, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), &fresh, e) ||
        /* Every commit reaches the disk before it is acknowledged. What is deleted is zeroed, also
         * by an SQLite that wasn't built to (Debian's is): what forget erases is then gone from the
         * tables' pages even where it can't write the file anew. */
        !db_exec(d, "pragma synchronous = full; pragma secure_delete = on", e))
        goto fail;
    if (fresh && !db_exec(d, "pragma journal_mode = wal; pragma application_id = 0x504f4c44", e))
        goto fail;
    return d;
fail:
    db_close(d);
    return NULL;
}

db *db_open_reader(const char *path, int64_t limit_ms, err *e)
{
    db *d = db_new(path, e);
    if (!d)
        return NULL;
    bool fresh = false;
    if (!open_ours(d, SQLITE_OPEN_READONLY, &fresh, e) ||
        !db_exec(d, "pragma query_only = on", e)) {
        db_close(d);
        return NULL;
    }
    d->limit_ms = limit_ms;
    sqlite3_progress_handler(d->handle, DB_STEPS, past_deadline, d);
    return d;
}

db *db_open_read_only(const char *path, int64_t limit_ms, err *e)
{
    db *d = db_open_reader(path, limit_ms, e);
    if (!d)
        return NULL;
    /* Views are made by view.c alone, of functions without effect; and a full-text table is opened
     * while that is still allowed. */
    sqlite3_exec(d->handle, "pragma trusted_schema = on; select 1 from search limit 0", NULL, NULL,
                 NULL);
    d->read_only = true;
    sqlite3_set_authorizer(d->handle, only_reads, NULL);
    return d;
}

void db_allow(db *d, int64_t ms)
{
    d->ran_out = false;
    d->cpu_end_us = ms > 0 ? clock_thread_us() + ms * 1000 : 0;
    d->end_ms = clock_monotonic_ms() + DB_WAITS * ms;
}

bool db_ran_out(const db *d)
{
    return d->ran_out;
}

bool db_begin_read(db *d, err *e)
{
    return db_in_place(d, e) && db_exec(d, "begin", e);
}

void db_close(db *d)
{
    if (!d)
        return;
    close_handle(d);
    free(d->path);
    free(d);
}

static _Thread_local bool thread_barred;

void db_bar_thread(bool barred)
{
    thread_barred = barred;
}

bool db_may_here(err *e)
{
    return !thread_barred || err_set(e, ERR_BUG, "SQL on a thread that must not wait");
}

bool db_exec(db *d, const char *sql, err *e)
{
    if (!db_may_here(e))
        return false;
    FAULT_POINT_OF("exec", sql); /* begin and commit are among these */
    int result = sqlite3_exec(d->handle, sql, NULL, NULL, NULL);
    FAULT_POINT_OF("executed", sql);
    return result == SQLITE_OK || db_fail(d, result, e);
}

bool db_begin(db *d, err *e)
{
    if (sqlite3_db_readonly(d->handle, "main") == 1)
        return db_fail(d, SQLITE_READONLY, e);
    if (!db_exec(d, "begin immediate", e))
        return false;
    if (db_in_place(d, e))
        return true;
    db_rollback(d);
    return false;
}

bool db_begin_at_once(db *d, bool *busy, err *e)
{
    static const char BEGIN[] = "begin immediate";
    *busy = false;
    if (!db_may_here(e))
        return false;
    FAULT_POINT_OF("exec", BEGIN);
    sqlite3_busy_timeout(d->handle, 0);
    int result = sqlite3_exec(d->handle, BEGIN, NULL, NULL, NULL);
    sqlite3_busy_timeout(d->handle, DB_LOCK_WAIT_MS);
    FAULT_POINT_OF("executed", BEGIN);
    *busy = (result & 0xff) == SQLITE_BUSY;
    return result == SQLITE_OK || (!*busy && db_fail(d, result, e));
}

bool db_in_transaction(const db *d)
{
    return !sqlite3_get_autocommit(d->handle);
}

bool db_commit(db *d, err *e)
{
    /* SQLite undoes a transaction by itself after some errors, a full disk among them. */
    if (!db_in_transaction(d))
        return err_set(e, ERR_UNAVAILABLE, "nothing was kept: an earlier error undid the change");
    if (db_exec(d, "commit", e))
        return true;
    db_rollback(d);
    return false;
}

void db_rollback(db *d)
{
    if (db_in_transaction(d))
        sqlite3_exec(d->handle, "rollback", NULL, NULL, NULL);
}

/* A checkpoint that a reader holds up is a row that says so, not an error. */
static bool checkpoint(db *d, err *e)
{
    int64_t busy = 0;
    if (!scalar(d, "pragma wal_checkpoint(truncate)", &busy, e))
        return false;
    if (busy == 0)
        return true;
    err_set(e, ERR_UNAVAILABLE, "the store is being used by others");
    db_name_holder(d, HOLDER_OF_ANY_LOCK, e);
    return err_where(e, "%s", d->path);
}

/* secure_delete zeroes what is deleted; what the engine moved aside on the way goes only with the
 * pages. The copy that it makes is too large for memory. */
bool db_rewrite(db *d, err *e)
{
    bool ok = db_exec(d, "pragma temp_store = file; vacuum", e);
    db_exec(d, "pragma temp_store = memory", NULL);
    return ok && checkpoint(d, e);
}

bool db_check(db *d, err *e)
{
    query *q = db_prepare(d, "pragma integrity_check(1)", e);
    if (!q)
        return false;
    bool there = query_step(q, e), ok = !query_failed(q);
    if (there && strcmp(query_text(q, 0), "ok") != 0) {
        err why = {0};
        db_fail(d, SQLITE_CORRUPT, &why);
        ok = err_set(e, why.code, "%s: %.200s", why.message, query_text(q, 0));
        err_where(e, "%s", why.where);
        err_hint(e, "%s", why.hint);
    }
    query_free(q);
    return ok;
}
