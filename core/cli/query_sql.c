#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/rows.h"
#include "cli/sql_says.h"
#include "cli/table.h"
#include "store/db.h"

/* A column's name is its key in JSON and CSV: each has one, and no two the same. */
static bool check_name(const rows_column *before, size_t at, const char *name, err *e)
{
    if (!*name) {
        err_set(e, ERR_USAGE, "SQL: column %zu has no name", at + 1);
        return err_hint(e, "give it one: select … as name");
    }
    for (size_t i = 0; i < at; i++) {
        if (strcmp(before[i].key, name) != 0)
            continue;
        err_set(e, ERR_USAGE, "SQL: columns %zu and %zu are both called \"%s\"", i + 1, at + 1,
                name);
        return err_hint(e, "give one another name: select … as other");
    }
    return true;
}

static bool check_parameters(const query *q, err *e)
{
    if (query_parameters(q) == 0)
        return true;
    err_set(e, ERR_USAGE, "SQL: a ?, :name or $name stands for a value, and none is given here");
    return err_hint(e, "write the value itself, a text in single quotes");
}

static rows_column *read_columns(query *q, err *e)
{
    size_t count = (size_t)query_columns(q);
    rows_column *columns = mem_zero(count + 1, sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const char *name = query_column_name(q, (int)i);
        columns[i] = (rows_column){name, name, COLUMN_SHRINKS};
        if (!check_name(columns, i, name, e)) {
            free(columns);
            return NULL;
        }
    }
    return columns;
}

/* Bytes that are no text are written as SQL writes them: x'00ff'. */
static value bytes(const char *data, size_t len)
{
    buf hex = {0};
    if (text_invalid_at(data, len) == len)
        return value_bytes(data, len);
    buf_str(&hex, "x'");
    for (size_t i = 0; i < len; i++)
        buf_fmt(&hex, "%02x", (unsigned)(unsigned char)data[i]);
    buf_char(&hex, '\'');
    value v = value_bytes(buf_text(&hex), hex.len);
    buf_free(&hex);
    return v;
}

static value cell(query *q, int column)
{
    switch (query_type(q, column)) {
    case 'i':
        return value_int(query_int64(q, column));
    case 'd':
        return value_double(query_double(q, column));
    case 't':
        return bytes(query_text(q, column), query_bytes(q, column));
    default:
        return value_nil();
    }
}

static bool print_rows(query *q, rows *out, const rows_column *columns, err *e)
{
    int count = query_columns(q);
    while (query_step(q, e)) {
        value row = value_map();
        for (int i = 0; i < count; i++)
            value_add(&row, columns[i].key, cell(q, i));
        rows_add(out, &row);
        value_free(&row);
        if (!out_ok(e))
            return false;
    }
    return e->code == ERR_NONE;
}

bool query_sql(cli *c, const char *sql, err *e)
{
    workspace *ws = cli_workspace(c, e);
    int64_t limit_ms = args_int(&c->args, "seconds") * 1000;
    db *d = ws ? db_open_read_only(workspace_path(ws, "polder.db"), limit_ms, e) : NULL;
    query *q = d ? db_prepare(d, sql, e) : NULL;
    rows_column *columns = q && check_parameters(q, e) ? read_columns(q, e) : NULL;
    bool ok = columns != NULL;
    if (ok) {
        rows *out = rows_new(rows_format_of(c), columns, (size_t)query_columns(q));
        ok = print_rows(q, out, columns, e);
        if (ok)
            rows_end(out, "no rows");
        rows_free(out);
    }
    query_free(q);
    if (!ok && d)
        sql_says(c, d, sql, e);
    db_close(d);
    free(columns);
    return ok && out_ok(e);
}
