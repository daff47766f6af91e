#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/db.h"

enum { LIMIT_MS = 10000 };

/* Two columns of one name are both shown: the second is "name_2". */
static char *column_key(const rows_column *before, size_t count, const char *name)
{
    buf key = {0};
    int same = 1;
    for (size_t i = 0; i < count; i++)
        same += strcmp(before[i].title, name) == 0;
    buf_str(&key, name);
    if (same > 1)
        buf_fmt(&key, "_%d", same);
    return buf_take(&key);
}

static value cell(query *q, int column)
{
    switch (query_type(q, column)) {
    case 'i':
        return value_int(query_int64(q, column));
    case 'd':
        return value_double(query_double(q, column));
    case 't':
        return value_bytes(query_text(q, column), query_bytes(q, column));
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
    db *d = ws ? db_open_read_only(workspace_path(ws, "polder.db"), LIMIT_MS, e) : NULL;
    query *q = d ? db_prepare(d, sql, e) : NULL;
    size_t count = q ? (size_t)query_columns(q) : 0;
    rows_column *columns = mem_zero(count + 1, sizeof *columns);
    char **keys = mem_zero(count + 1, sizeof *keys);
    bool ok = q != NULL;
    for (size_t i = 0; i < count; i++) {
        const char *name = query_column_name(q, (int)i);
        keys[i] = column_key(columns, i, name);
        columns[i] = (rows_column){keys[i], name, COLUMN_SHRINKS};
    }
    if (ok) {
        rows *out = rows_new(rows_format_of(c), columns, count);
        ok = print_rows(q, out, columns, e);
        if (ok)
            rows_end(out, "no rows");
        rows_free(out);
    }
    query_free(q);
    db_close(d);
    for (size_t i = 0; i < count; i++)
        free(keys[i]);
    free(keys);
    free(columns);
    return ok && out_ok(e);
}
