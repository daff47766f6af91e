#include "store/tables.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "store/migrate.h"
#include "store/view.h"

/* The engine makes tables of its own for the full-text index and for statistics, each version of it
 * as it wants; the indexes of keys have no text. */
static const char DECLARED[] =
    "select type, name, sql from sqlite_master where type <> 'view' and sql is not null"
    " and name not like 'sqlite\\_%' escape '\\' and not (type = 'table' and name in"
    " ('search_data', 'search_idx', 'search_content', 'search_docsize', 'search_config'))"
    " order by type, name";

/* As {"trigger record_version": sql}. */
static bool read_declared(db *d, value *out, err *e)
{
    query *q = db_prepare(d, DECLARED, e);
    if (!q)
        return false;
    *out = value_map();
    while (query_step(q, e)) {
        buf key = {0};
        buf_fmt(&key, "%s %s", query_text(q, 0), query_text(q, 1));
        value_add(out, buf_text(&key), value_bytes(query_text(q, 2), query_bytes(q, 2)));
        buf_free(&key);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool read_wanted(value *out, err *e)
{
    db *d = migrate_model(e);
    bool ok = d && read_declared(d, out, e);
    db_close(d);
    return ok;
}

static bool tell(const value_entry *entry, const value *wanted, bool there,
                 table_difference_fn *differs, void *ctx, err *e)
{
    char type[16];
    const char *space = strchr(entry->key, ' ');
    snprintf(type, sizeof type, "%.*s", (int)(space - entry->key), entry->key);
    const table_difference t = {type, space + 1, value_str(wanted, NULL), there};
    return differs(ctx, &t, e);
}

bool tables_compare(db *d, table_difference_fn *differs, void *ctx, err *e)
{
    value wanted = value_nil(), got = value_nil();
    bool ok = read_wanted(&wanted, e) && read_declared(d, &got, e);
    for (size_t i = 0; ok && i < value_len(&wanted); i++) {
        const value_entry *one = &wanted.as.map.items[i];
        const value *is = value_get(&got, one->key);
        if (!is || !value_equal(is, &one->value))
            ok = tell(one, &one->value, is != NULL, differs, ctx, e);
    }
    for (size_t i = 0; ok && i < value_len(&got); i++) {
        const value_entry *one = &got.as.map.items[i];
        if (!value_get(&wanted, one->key))
            ok = tell(one, NULL, true, differs, ctx, e);
    }
    value_free(&wanted);
    value_free(&got);
    return ok;
}

static bool mend(void *ctx, const table_difference *t, err *e)
{
    buf sql = {0};
    bool ok = true;
    if (strcmp(t->type, "table") != 0) {
        if (t->there) {
            buf_fmt(&sql, "drop %s ", t->type);
            view_name(&sql, t->name);
        }
        buf_fmt(&sql, ";%s", t->sql ? t->sql : "");
        ok = db_exec(ctx, buf_text(&sql), e);
    }
    buf_free(&sql);
    return ok;
}

bool tables_mend(db *d, err *e)
{
    return tables_compare(d, mend, d, e);
}
