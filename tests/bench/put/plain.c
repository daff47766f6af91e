#include "plain.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INSERT, GET, OF_KIND, BEGIN, COMMIT, STATEMENTS };

struct plain {
    sqlite3 *handle;
    sqlite3_stmt *statements[STATEMENTS];
};

static const char SETUP[] =
    "pragma foreign_keys = on; pragma trusted_schema = off; pragma cell_size_check = on;"
    "pragma temp_store = memory; pragma synchronous = full; pragma secure_delete = on;"
    "pragma journal_mode = wal;"
    "create table record (id text primary key, kind text not null, data text not null) strict;"
    "create index record_kind on record (kind, id);";

static const char *const SQL[STATEMENTS] = {
    [INSERT] = "insert into record (id, kind, data) values (?, ?, ?)",
    [GET] = "select data from record where id = ?",
    [OF_KIND] = "select data from record where kind = ? order by id",
    [BEGIN] = "begin immediate",
    [COMMIT] = "commit",
};

static void need(plain *p, bool ok)
{
    if (ok)
        return;
    fprintf(stderr, "plain: %s\n", sqlite3_errmsg(p->handle));
    exit(1);
}

plain *plain_open(const char *path)
{
    plain *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    need(p, sqlite3_open(path, &p->handle) == SQLITE_OK);
    need(p, sqlite3_exec(p->handle, SETUP, NULL, NULL, NULL) == SQLITE_OK);
    for (int i = 0; i < STATEMENTS; i++)
        need(p, sqlite3_prepare_v3(p->handle, SQL[i], -1, SQLITE_PREPARE_PERSISTENT,
                                   &p->statements[i], NULL) == SQLITE_OK);
    return p;
}

void plain_close(plain *p)
{
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(p->statements[i]);
    sqlite3_close(p->handle);
    free(p);
}

static void bind(plain *p, sqlite3_stmt *s, int at, const char *text, size_t len)
{
    need(p, sqlite3_bind_text64(s, at, text, len, SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
}

static void run(plain *p, int which, plain_row *row, void *ctx)
{
    sqlite3_stmt *s = p->statements[which];
    int result;
    while ((result = sqlite3_step(s)) == SQLITE_ROW)
        row(ctx, (const char *)sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
    need(p, result == SQLITE_DONE);
    sqlite3_reset(s);
}

void plain_begin(plain *p)
{
    run(p, BEGIN, NULL, NULL);
}

void plain_commit(plain *p)
{
    run(p, COMMIT, NULL, NULL);
}

void plain_insert(plain *p, const char *id, const char *kind, const char *json, size_t len)
{
    bind(p, p->statements[INSERT], 1, id, strlen(id));
    bind(p, p->statements[INSERT], 2, kind, strlen(kind));
    bind(p, p->statements[INSERT], 3, json, len);
    run(p, INSERT, NULL, NULL);
}

void plain_get(plain *p, const char *id, plain_row *row, void *ctx)
{
    bind(p, p->statements[GET], 1, id, strlen(id));
    run(p, GET, row, ctx);
}

void plain_of_kind(plain *p, const char *kind, plain_row *row, void *ctx)
{
    bind(p, p->statements[OF_KIND], 1, kind, strlen(kind));
    run(p, OF_KIND, row, ctx);
}
