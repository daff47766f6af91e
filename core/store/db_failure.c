/* What went wrong in the engine, in words: what it is, and what to do about it. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "store/db_sqlite.h"
#include "store/holder.h"

typedef struct failure {
    int result;
    err_code code;
    const char *message, *hint;
} failure;

static const failure FAILURES[] = {
    {SQLITE_BUSY, ERR_UNAVAILABLE, "the store is being written by another process",
     "try again when that has finished"},
    {SQLITE_LOCKED, ERR_UNAVAILABLE, "the store is being written by another process",
     "try again when that has finished"},
    {SQLITE_FULL, ERR_UNAVAILABLE, "the disk is full; nothing of this change was kept",
     "make room and do it again"},
    {SQLITE_READONLY, ERR_NOT_ALLOWED, "the store can only be read",
     "check the permissions of the file and of its folder"},
    {SQLITE_PERM, ERR_NOT_ALLOWED, "the store may not be opened",
     "check the permissions of the file and of its folder"},
    {SQLITE_CORRUPT, ERR_UNAVAILABLE, "the store is damaged",
     "keep this file; put back a copy of the workspace's folder that you made before, or `polder "
     "import` an export into a new one"},
    {SQLITE_NOTADB, ERR_UNAVAILABLE, "this file is not a Polder store",
     "it is left as it is; move it away, and put the store back from a copy of this folder"},
    {SQLITE_CANTOPEN, ERR_UNAVAILABLE, "the store can't be opened",
     "check that the folder is there and may be written"},
    {SQLITE_IOERR, ERR_UNAVAILABLE, "the store can't be read or written: the disk gave an error",
     "nothing of this change was kept; what the system says of the disk: dmesg"},
    {SQLITE_INTERRUPT, ERR_LIMIT, "the statement took too long", "ask for less"},
    {SQLITE_TOOBIG, ERR_LIMIT, "a value is too large for the store", ""},
    {SQLITE_NOMEM, ERR_LIMIT, "the store ran out of memory", ""},
    {SQLITE_AUTH, ERR_NOT_ALLOWED, "only select is allowed here", ""},
};

static const failure *failure_of(int result)
{
    for (size_t i = 0; i < sizeof FAILURES / sizeof FAILURES[0]; i++) {
        if (FAILURES[i].result == (result & 0xff))
            return &FAILURES[i];
    }
    return NULL;
}

void db_name_holder(const db *d, holder_of what, err *e)
{
    buf who = {0};
    const char *path = d->handle ? sqlite3_db_filename(d->handle, "main") : NULL;
    if (e && holder_find(path ? path : d->path, what, &who)) {
        err_set(e, ERR_UNAVAILABLE, "the store is being %s by %s",
                what == HOLDER_OF_WRITE_LOCK ? "written" : "used", buf_text(&who));
        err_hint(e, "try again when that has finished");
    }
    buf_free(&who);
}

/* SQLite doesn't say why the kernel refused a write; without such a limit it is the disk. */
static bool has_file_limit(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

/* Where SIGXFSZ is ignored; else that ends the process. */
static void file_limit(err *e)
{
    err_set(
        e, ERR_UNAVAILABLE,
        "the file may grow no more by a limit of this process; nothing of this change was kept");
    err_hint(e, "raise it (ulimit -f, or LimitFSIZE of a service) and do it again");
}

/* Readers and writers share a file beside the store, which has to be made. */
static bool no_room_beside(const db *d, err *e)
{
    err_set(e, ERR_UNAVAILABLE,
            "the disk is full: there is no room for the file that those who read and write share");
    err_where(e, "%s-shm", d->path);
    return err_hint(e, "make room and do it again; also reading takes some");
}

/* SQLite says it in the words of an error in the SQL. */
static bool is_bad_index(const db *d, int result)
{
    return result == SQLITE_ERROR && d->handle &&
           strncmp(sqlite3_errmsg(d->handle), "invalid fts5", 12) == 0;
}

bool db_fail(const db *d, int result, err *e)
{
    const failure *f = failure_of(is_bad_index(d, result) ? SQLITE_CORRUPT : result);
    if (result == SQLITE_IOERR_SHMSIZE && !has_file_limit())
        return no_room_beside(d, e);
    if (f) {
        err_set(e, f->code, "%s", f->message);
        if (f->result == SQLITE_INTERRUPT && d->limit_ms > 0)
            err_set(e, f->code, "the statement took longer than its limit, %lld second%s",
                    (long long)(d->limit_ms / 1000), d->limit_ms / 1000 == 1 ? "" : "s");
        if (f->hint[0])
            err_hint(e, "%s", f->hint);
        if ((result == SQLITE_IOERR_WRITE || result == SQLITE_IOERR_SHMSIZE) && has_file_limit())
            file_limit(e);
        if (f->result == SQLITE_BUSY)
            db_name_holder(d, HOLDER_OF_WRITE_LOCK, e);
    } else {
        /* What is left is a mistake in the SQL: the user's own on a read-only connection, else
         * ours. */
        err_set(e, d->read_only ? ERR_USAGE : ERR_BUG, "SQL: %s",
                d->handle ? sqlite3_errmsg(d->handle) : sqlite3_errstr(result));
        if (!d->read_only)
            err_hint(e, "`polder audit verify` tells whether the store is damaged");
    }
    if (f || !d->read_only)
        err_where(e, "%s", d->path);
    return false;
}
