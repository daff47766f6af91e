#include "store/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/store_parts.h"
#include "store/where.h"

typedef struct plan {
    condition where;
    char *order_path;         /* bound; NULL: by id or by a column */
    const char *order_column; /* NULL: by id or by a path */
    bool falling;
} plan;

static void plan_free(plan *p)
{
    where_free(&p->where);
    free(p->order_path);
}

static bool plan_make(const selection *s, plan *out, err *e)
{
    *out = (plan){0};
    if (!where_compile(s->where, &out->where, e))
        return false;
    const char *order = s->order;
    if (!order || !order[0])
        return true;
    out->falling = order[0] == '-';
    order += out->falling;
    out->order_column = where_column(order);
    if (out->order_column || where_path(order, &out->order_path))
        return true;
    err_set(e, ERR_USAGE, "can't order by \"%s\": that is not the name of a field", order);
    return err_hint(e, "a field, or -field for the largest first");
}

/* Parameters in their order in the text: kind, where, order (twice), limit. */
static void add_order(const plan *p, buf *sql)
{
    const char *way = p->falling ? " desc" : "";
    if (p->order_path)
        buf_fmt(sql,
                " order by json_extract(record.data, ?) is null,"
                " json_extract(record.data, ?)%s, record.id",
                way);
    else if (p->order_column && strcmp(p->order_column, "record.id") != 0)
        buf_fmt(sql, " order by %s%s, record.id", p->order_column, way);
    else
        buf_fmt(sql, " order by record.id%s", way);
}

static query *prepare(store *st, const selection *s, const plan *p, const char *what, bool ordered,
                      err *e)
{
    buf sql = {0};
    buf_fmt(&sql, "select %s from record where record.kind = ? and record.deleted is null and (%s)",
            what, buf_text(&p->where.sql));
    if (ordered)
        add_order(p, &sql);
    if (ordered && s->limit >= 0)
        buf_str(&sql, " limit ?");
    query *q = db_prepare(st->db, buf_text(&sql), e);
    buf_free(&sql);
    if (!q)
        return NULL;
    query_bind_text(q, 1, s->kind);
    int at = where_bind(q, 2, &p->where);
    for (int i = 0; ordered && p->order_path && i < 2; i++)
        query_bind_text(q, at++, p->order_path);
    if (ordered && s->limit >= 0)
        query_bind_int64(q, at, s->limit);
    return q;
}

static bool as_record(query *q, const selection *s, value *out, err *e)
{
    const char *id = query_text(q, 0);
    value data = value_nil();
    const char *text = query_text(q, 2);
    if (!store_read_map(text, query_bytes(q, 2), id, &data, e))
        return false;
    *out = value_map();
    value_add(out, "id", value_text(id));
    value_add(out, "kind", value_text(s->kind));
    value_add(out, "version", value_int(query_int64(q, 1)));
    for (size_t i = 0; i < data.as.map.len; i++) {
        value_entry *field = &data.as.map.items[i];
        value_add(out, field->key, field->value); /* moves it */
        field->value = value_nil();
    }
    value_free(&data);
    return true;
}

bool store_select(store *st, const selection *s,
                  bool (*row)(void *ctx, const value *record, err *e), void *ctx, err *e)
{
    plan p;
    query *q = NULL;
    bool ok = plan_make(s, &p, e);
    if (!ok)
        goto done;
    q = prepare(st, s, &p, "record.id, record.version, record.data", true, e);
    ok = q != NULL;
    while (ok && query_step(q, e)) {
        value record = value_nil();
        ok = as_record(q, s, &record, e) && row(ctx, &record, e);
        value_free(&record);
    }
    ok = ok && !query_failed(q);
done:
    query_free(q);
    plan_free(&p);
    return ok;
}

bool store_count(store *st, const selection *s, int64_t *out, err *e)
{
    plan p;
    query *q = NULL;
    bool ok = plan_make(s, &p, e);
    if (ok)
        q = prepare(st, s, &p, "count(*)", false, e);
    ok = q && query_step(q, e);
    if (ok)
        *out = query_int64(q, 0);
    query_free(q);
    plan_free(&p);
    return ok;
}

bool store_kinds(store *st, value *out, err *e)
{
    query *q = db_prepare(
        st->db,
        "select kind, count(*) from record where deleted is null group by kind order by kind", e);
    if (!q)
        return false;
    value kinds = value_map();
    while (query_step(q, e))
        value_add(&kinds, query_text(q, 0), value_int(query_int64(q, 1)));
    bool ok = !query_failed(q);
    query_free(q);
    if (ok)
        *out = kinds;
    else
        value_free(&kinds);
    return ok;
}
