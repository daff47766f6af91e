#include "store/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/page.h"
#include "store/past.h"
#include "store/store_parts.h"
#include "store/where.h"

typedef struct plan {
    condition where;
    char *order_path;         /* bound; NULL: by id or by a column */
    const char *order_column; /* NULL: by id or by a path */
    bool falling;
    page_mark after;
} plan;

static void plan_free(plan *p)
{
    where_free(&p->where);
    free(p->order_path);
    page_free(&p->after);
}

static bool plan_make(const selection *s, plan *out, err *e)
{
    *out = (plan){0};
    if (!where_compile(s->where, &out->where, e) ||
        (s->after && !page_read(s->after, s->order, &out->after, e)))
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

static bool is_by_id(const plan *p)
{
    return !p->order_path && (!p->order_column || strcmp(p->order_column, "record.id") == 0);
}

static void add_after(const plan *p, buf *sql)
{
    const char *x = p->order_path ? "json_extract(record.data, ?)" : p->order_column;
    const char *beyond = p->falling ? "<" : ">";
    if (is_by_id(p))
        buf_fmt(sql, " and record.id %s ?", beyond);
    else if (value_is(&p->after.at, VALUE_NIL))
        buf_fmt(sql, " and (%s is null and record.id > ?)", x);
    else
        buf_fmt(sql, " and (%s is null or %s %s ? or (%s = ? and record.id > ?))", x, x, beyond, x);
}

static void bind_at(query *q, int at, const value *v)
{
    if (value_is(v, VALUE_INT))
        query_bind_int64(q, at, v->as.integer);
    else if (value_is(v, VALUE_DOUBLE))
        query_bind_double(q, at, v->as.number);
    else
        query_bind_bytes(q, at, value_str(v, ""), value_len(v));
}

static int bind_after(query *q, int at, const plan *p)
{
    bool nil = value_is(&p->after.at, VALUE_NIL);
    for (int i = 0; !is_by_id(p) && i < (nil ? 1 : 3); i++) {
        if (p->order_path)
            query_bind_text(q, at++, p->order_path);
        if (!nil && i > 0)
            bind_at(q, at++, &p->after.at);
    }
    query_bind_text(q, at++, p->after.id);
    return at;
}

/* Parameters in their order in the text: as-of, what is ordered by, kind, where, changed after
 * (twice), after, order (twice), limit. */
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

static query *prepare(store *st, const selection *s, const plan *p, bool ordered, err *e)
{
    buf sql = {0};
    const char *by_path = s->as_of ? "json_extract(record.data, ?2)" /* PAST_RECORDS has ?1 */
                                   : "json_extract(record.data, ?1)";
    const char *key = p->order_path ? by_path : p->order_column ? p->order_column : "null";
    buf_fmt(&sql, "select %s%s from %s where record.kind = ? and (%s)",
            ordered ? "record.id, record.version, record.data, " : "count(*)", ordered ? key : "",
            s->as_of ? PAST_RECORDS " as record" : "record", buf_text(&p->where.sql));
    if (!s->as_of)
        buf_str(&sql, " and record.deleted is null");
    if (s->changed_after)
        buf_str(&sql, " and record.id in (select id from record where kind = ? and changed > ?)");
    if (ordered && p->after.id)
        add_after(p, &sql);
    if (ordered)
        add_order(p, &sql);
    if (ordered && s->limit >= 0)
        buf_str(&sql, " limit ?");
    query *q = db_prepare(st->db, buf_text(&sql), e);
    buf_free(&sql);
    if (!q)
        return NULL;
    int at = 1;
    if (s->as_of)
        query_bind_int64(q, at++, s->as_of);
    if (ordered && p->order_path)
        query_bind_text(q, at++, p->order_path);
    query_bind_text(q, at++, s->kind);
    at = where_bind(q, at, &p->where);
    if (s->changed_after) {
        query_bind_text(q, at++, s->kind);
        query_bind_int64(q, at++, s->changed_after);
    }
    if (ordered && p->after.id)
        at = bind_after(q, at, p);
    for (int i = 0; ordered && p->order_path && i < 2; i++)
        query_bind_text(q, at++, p->order_path);
    if (ordered && s->limit >= 0) /* one more tells whether there are more */
        query_bind_int64(q, at, s->limit < INT64_MAX ? s->limit + 1 : s->limit);
    return q;
}

static bool as_record(query *q, value *out, err *e)
{
    const char *id = query_text(q, 0);
    value data = value_nil();
    const char *text = query_text(q, 2);
    if (!store_read_map(text, query_bytes(q, 2), id, &data, e))
        return false;
    *out = value_map();
    value_add(out, "id", value_text(id));
    value_add(out, "kind", value_bytes(id, strcspn(id, "/")));
    value_add(out, "version", value_int(query_int64(q, 1)));
    for (size_t i = 0; i < data.as.map.len; i++) {
        value_entry *field = &data.as.map.items[i];
        value_add(out, field->key, field->value); /* moves it */
        field->value = value_nil();
    }
    value_free(&data);
    return true;
}

static page_mark mark_of(query *q, bool by_id)
{
    page_mark m = {.id = mem_text(query_text(q, 0))};
    char type = by_id ? 'n' : query_type(q, 3);
    if (type == 'i')
        m.at = value_int(query_int64(q, 3));
    else if (type == 'd')
        m.at = value_double(query_double(q, 3));
    else if (type == 't')
        m.at = value_bytes(query_text(q, 3), query_bytes(q, 3));
    return m;
}

bool store_select_page(store *st, const selection *s,
                       bool (*row)(void *ctx, const value *record, err *e), void *ctx, char **next,
                       err *e)
{
    plan p;
    query *q = NULL;
    page_mark last = {0};
    *next = NULL;
    bool ok = plan_make(s, &p, e) && (q = prepare(st, s, &p, true, e));
    int64_t count = 0;
    while (ok && query_step(q, e)) {
        value record = value_nil();
        if (s->limit >= 0 && count == s->limit) {
            *next = last.id ? page_write(&last, s->order) : NULL;
            break;
        }
        if (++count == s->limit)
            last = mark_of(q, is_by_id(&p));
        ok = as_record(q, &record, e) && row(ctx, &record, e);
        value_free(&record);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    plan_free(&p);
    page_free(&last);
    return ok;
}

bool store_select(store *st, const selection *s,
                  bool (*row)(void *ctx, const value *record, err *e), void *ctx, err *e)
{
    char *next = NULL;
    bool ok = store_select_page(st, s, row, ctx, &next, e);
    free(next);
    return ok;
}

struct cursor {
    query *rows;
    int64_t left; /* below 0: no limit */
    bool failed, by_id;
    char *order; /* as asked for; NULL: by id */
};

cursor *cursor_open(store *st, const selection *s, err *e)
{
    plan p;
    cursor *c = NULL;
    query *q = plan_make(s, &p, e) ? prepare(st, s, &p, true, e) : NULL;
    if (q) {
        c = mem_zero(1, sizeof *c);
        *c = (cursor){.rows = q,
                      .left = s->limit,
                      .by_id = is_by_id(&p),
                      .order = s->order ? mem_text(s->order) : NULL};
    }
    plan_free(&p);
    return c;
}

void cursor_free(cursor *c)
{
    if (!c)
        return;
    query_free(c->rows);
    free(c->order);
    free(c);
}

bool cursor_step(cursor *c, err *e)
{
    if (c->left == 0)
        return false;
    c->left -= c->left > 0;
    bool row = query_step(c->rows, e);
    c->failed = !row && query_failed(c->rows);
    return row;
}

bool cursor_failed(const cursor *c)
{
    return c->failed;
}

const char *cursor_id(const cursor *c)
{
    return query_text(c->rows, 0);
}

const char *cursor_json(const cursor *c, size_t *len)
{
    const char *text = query_text(c->rows, 2);
    *len = query_bytes(c->rows, 2);
    return text;
}

bool cursor_record(const cursor *c, value *out, err *e)
{
    return as_record(c->rows, out, e);
}

char *cursor_mark(const cursor *c)
{
    page_mark m = mark_of(c->rows, c->by_id);
    char *token = page_write(&m, c->order);
    page_free(&m);
    return token;
}

bool store_count(store *st, const selection *s, int64_t *out, err *e)
{
    plan p;
    query *q = NULL;
    bool ok = plan_make(s, &p, e);
    if (ok)
        q = prepare(st, s, &p, false, e);
    ok = q && query_step(q, e);
    if (ok)
        *out = query_int64(q, 0);
    query_free(q);
    plan_free(&p);
    return ok;
}

bool store_changed(store *st, const char *kind, int64_t seq, texts *out, err *e)
{
    query *q =
        db_prepare(st->db, "select id from record where kind = ? and changed > ? order by id", e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    query_bind_int64(q, 2, seq);
    texts_free(out);
    while (query_step(q, e))
        texts_add(out, query_text(q, 0));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool store_size(store *st, const char *kind, int64_t most, int64_t *out, err *e)
{
    query *q =
        db_prepare(st->db, "select count(*) from (select 1 from record where kind = ? limit ?)", e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    query_bind_int64(q, 2, most);
    bool ok = query_step(q, e);
    if (ok)
        *out = query_int64(q, 0);
    query_free(q);
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
