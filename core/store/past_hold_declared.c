/* Holds what the file declares against what Polder makes: tables, indexes and triggers are those of
 * this version (tables.h), and there is a view for each kind that the log tells, and no other. */
#include <string.h>

#include "store/past_hold.h"
#include "store/tables.h"
#include "store/view.h"

static bool note(void *ctx, const table_difference *t, err *e)
{
    holding *h = ctx;
    buf says = {0};
    (void)e;
    buf_fmt(&says, "this %s is %s", t->type,
            !t->there ? "missing"
            : t->sql  ? "another than Polder makes"
                      : "not Polder's");
    hold_so(h, t->type, buf_text(&says));
    hold_note(h, t->name);
    buf_free(&says);
    return true;
}

bool hold_declared(holding *h, err *e)
{
    return tables_compare(h->st->db, note, h, e);
}

static void note_view(holding *h, const char *name, const char *says)
{
    hold_so(h, "view", says);
    hold_note(h, name);
}

static void hold_view(holding *h, query *q, value *kinds)
{
    buf sql = {0};
    const char *name = query_text(q, 0);
    const value *kind = value_get(kinds, name);
    if (kind)
        view_sql(kind, &sql);
    if (!kind)
        note_view(h, name, "this view is of no kind");
    else if (strcmp(query_text(q, 1), buf_text(&sql)) != 0)
        note_view(h, name, "the kind's view is another than is made of it");
    value_drop(kinds, name);
    buf_free(&sql);
}

bool hold_views(holding *h, const value *kinds, err *e)
{
    value left = value_copy(kinds);
    query *q = db_prepare(
        h->st->db, "select name, sql from sqlite_master where type = 'view' order by name", e);
    while (q && query_step(q, e))
        hold_view(h, q, &left);
    bool ok = q && !query_failed(q);
    query_free(q);
    for (size_t i = 0; ok && i < value_len(&left); i++)
        if (view_is_free(h->st, left.as.map.items[i].key, NULL))
            note_view(h, left.as.map.items[i].key, "the kind has no view");
    value_free(&left);
    return ok;
}
