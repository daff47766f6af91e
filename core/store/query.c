#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/db_sqlite.h"

static query *query_new(db *d, const char *sql, uint64_t key, err *e)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    int result =
        sqlite3_prepare_v3(d->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, &rest);
    if (result != SQLITE_OK) {
        db_fail(d, result, e);
        return NULL;
    }
    if (!statement || rest[strspn(rest, " \t\r\n;")]) {
        err_set(e, d->read_only ? ERR_USAGE : ERR_BUG, "SQL: expected one statement, got %s",
                statement ? "more" : "none");
        sqlite3_finalize(statement);
        return NULL;
    }
    /* The authorizer isn't asked about every statement: vacuum is one. */
    if (d->read_only &&
        (!sqlite3_stmt_readonly(statement) || sqlite3_column_count(statement) == 0)) {
        sqlite3_finalize(statement);
        db_fail(d, SQLITE_AUTH, e);
        return NULL;
    }
    query *q = mem_zero(1, sizeof *q);
    *q = (query){.owner = d, .statement = statement, .sql = mem_text(sql), .key = key};
    return q;
}

static void query_end(query *q)
{
    sqlite3_finalize(q->statement);
    free(q->sql);
    free(q);
}

static query *find_kept(db *d, const char *sql, uint64_t key)
{
    for (size_t i = 0; i < d->kept_count; i++) {
        query *q = d->kept[i];
        if (q->key == key && !q->in_use && strcmp(q->sql, sql) == 0)
            return q;
    }
    return NULL;
}

/* Keeps `q`, in place of the one unused for longest when there is no room. */
static void keep(db *d, query *q)
{
    size_t at = d->kept_count;
    if (at < DB_STATEMENTS) {
        d->kept_count++;
    } else {
        for (size_t i = 0; i < d->kept_count; i++) {
            if (!d->kept[i]->in_use &&
                (at == d->kept_count || d->kept[i]->last_use < d->kept[at]->last_use))
                at = i;
        }
        if (at == d->kept_count)
            return;
        query_end(d->kept[at]);
    }
    d->kept[at] = q;
    q->kept = true;
}

query *db_prepare(db *d, const char *sql, err *e)
{
    if (!db_may_here(e))
        return NULL;
    uint64_t key = hash_quick(sql, strlen(sql));
    query *q = find_kept(d, sql, key);
    if (!q) {
        q = query_new(d, sql, key, e);
        if (!q)
            return NULL;
        keep(d, q);
    }
    q->in_use = true;
    q->failed = false;
    q->bind_result = SQLITE_OK;
    q->last_use = ++d->uses;
    d->deadline_ms = d->limit_ms > 0 ? clock_monotonic_ms() + d->limit_ms : 0;
    return q;
}

void query_free(query *q)
{
    if (!q)
        return;
    if (!q->kept) {
        query_end(q);
        return;
    }
    sqlite3_reset(q->statement);
    sqlite3_clear_bindings(q->statement);
    q->in_use = false;
}

static void note_bind(query *q, int result)
{
    if (q->bind_result == SQLITE_OK)
        q->bind_result = result;
}

void query_bind_text(query *q, int at, const char *text)
{
    if (text)
        query_bind_bytes(q, at, text, strlen(text));
    else
        query_bind_null(q, at);
}

void query_bind_bytes(query *q, int at, const char *text, size_t len)
{
    note_bind(q, sqlite3_bind_text64(q->statement, at, text ? text : "", len, SQLITE_TRANSIENT,
                                     SQLITE_UTF8));
}

void query_bind_int64(query *q, int at, int64_t number)
{
    note_bind(q, sqlite3_bind_int64(q->statement, at, number));
}

void query_bind_double(query *q, int at, double number)
{
    note_bind(q, sqlite3_bind_double(q->statement, at, number));
}

void query_bind_null(query *q, int at)
{
    note_bind(q, sqlite3_bind_null(q->statement, at));
}

bool query_step(query *q, err *e)
{
    if (!db_may_here(e)) {
        q->failed = true;
        return false;
    }
    FAULT_POINT_IF(!sqlite3_stmt_readonly(q->statement), "write", q->sql);
    int result = q->bind_result;
    if (result == SQLITE_OK) /* many short statements are as long as a long one */
        result = db_is_over(q->owner) ? SQLITE_INTERRUPT : sqlite3_step(q->statement);
    FAULT_POINT_IF(!sqlite3_stmt_readonly(q->statement), "written", q->sql);
    if (result == SQLITE_ROW)
        return true;
    q->failed = result != SQLITE_DONE;
    if (q->failed)
        db_fail(q->owner, result, e);
    return false;
}

bool query_failed(const query *q)
{
    return q->failed;
}

bool query_run(query *q, err *e)
{
    while (query_step(q, e))
        ;
    sqlite3_reset(q->statement);
    return !q->failed;
}

int query_parameters(const query *q)
{
    return sqlite3_bind_parameter_count(q->statement);
}

int query_columns(const query *q)
{
    return sqlite3_column_count(q->statement);
}

const char *query_column_name(query *q, int column)
{
    return sqlite3_column_name(q->statement, column);
}

bool query_is_null(query *q, int column)
{
    return sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

const char *query_text(query *q, int column)
{
    return (const char *)sqlite3_column_text(q->statement, column);
}

size_t query_bytes(query *q, int column)
{
    return (size_t)sqlite3_column_bytes(q->statement, column);
}

int64_t query_int64(query *q, int column)
{
    return sqlite3_column_int64(q->statement, column);
}

double query_double(query *q, int column)
{
    return sqlite3_column_double(q->statement, column);
}

char query_type(query *q, int column)
{
    switch (sqlite3_column_type(q->statement, column)) {
    case SQLITE_INTEGER:
        return 'i';
    case SQLITE_FLOAT:
        return 'd';
    case SQLITE_NULL:
        return 'n';
    default:
        return 't';
    }
}
