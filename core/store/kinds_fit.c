#include "store/kinds_fit.h"

#include <string.h>

#include "base/buf.h"
#include "store/kinds_migrate.h"
#include "store/schema.h"
#include "store/store_parts.h"

enum { LISTED = 3, LISTED_BYTES = 160 };

/* What stands in the way so far. */
typedef struct obstacles {
    int64_t count;
    buf first;    /* of them, for people */
    bool of_unit; /* some are in another unit than they would be said to be */
} obstacles;

static void note(obstacles *o, const char *record, const char *why)
{
    if (o->count++ < LISTED)
        buf_fmt(&o->first, "%s%s %.*s", o->count > 1 ? "; " : "", record, LISTED_BYTES, why);
}

static bool check_claims(store *st, const char *kind, const value *field, obstacles *o, err *e)
{
    query *q = db_prepare(st->db,
                          "select c.record, c.value from record r join claim c on c.record = r.id"
                          " where r.kind = ? and r.deleted is null and c.ended is null"
                          " and c.field = ? order by c.record, c.id",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    query_bind_text(q, 2, value_get_str(field, "name", ""));
    bool ok = true;
    while (ok && query_step(q, e)) {
        value v = value_nil();
        err why = {0};
        ok = store_read_json(query_text(q, 1), query_bytes(q, 1), query_text(q, 0), &v, e);
        value converted = value_nil();
        if (ok && !schema_check(field, &v, &why) && !kinds_convert(field, &v, &converted))
            note(o, query_text(q, 0), why.message);
        value_free(&converted);
        value_free(&v);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

/* Rows of (record, what is wrong with it). */
static bool check_rows(store *st, const char *sql, const char *kind, const char *field,
                       const char *what, obstacles *o, err *e)
{
    query *q = db_prepare(st->db, sql, e);
    if (!q)
        return false;
    buf path = {0};
    buf_fmt(&path, "$.\"%s\"", field);
    query_bind_text(q, 1, kind);
    query_bind_text(q, 2, buf_text(&path));
    while (query_step(q, e)) {
        buf why = {0};
        buf_fmt(&why, "%s: %s%s", field, what, query_columns(q) > 1 ? query_text(q, 1) : "");
        note(o, query_text(q, 0), buf_text(&why));
        buf_free(&why);
    }
    bool ok = !query_failed(q);
    query_free(q);
    buf_free(&path);
    return ok;
}

static bool check_required(store *st, const char *kind, const char *field, obstacles *o, err *e)
{
    return check_rows(st,
                      "select id from record where kind = ?1 and deleted is null and"
                      " coalesce(data ->> ?2, '') in ('', '[]') order by id",
                      kind, field, "expected a value, got nothing", o, e);
}

static bool check_unique(store *st, const char *kind, const char *field, obstacles *o, err *e)
{
    return check_rows(
        st,
        "select max(id), min(id) from (select record.id, j.value, j.type from record,"
        " json_each(record.data, ?2) j where record.kind = ?1 and record.deleted is null"
        " and j.type <> 'null') group by value, type having count(distinct id) > 1"
        " order by 1",
        kind, field, "has the same value as ", o, e);
}

/* A value of metres would become one of kilometres. Money says itself what it is in. */
static bool check_unit(store *st, const char *kind, const value *was, const value *field,
                       obstacles *o, err *e)
{
    const char *before = value_get_str(was, "unit", NULL),
               *after = value_get_str(field, "unit", "");
    if (!before || strcmp(before, after) == 0 ||
        strcmp(value_get_str(field, "type", ""), "money") == 0)
        return true;
    int64_t count = o->count;
    buf what = {0};
    buf_fmt(&what, "has a value in %s, not in %s", before, *after ? after : "no unit");
    bool ok = check_rows(st,
                         "select id from record where kind = ?1 and deleted is null and"
                         " coalesce(data ->> ?2, '') not in ('', '[]') order by id",
                         kind, value_get_str(field, "name", ""), buf_text(&what), o, e);
    o->of_unit = o->of_unit || o->count > count;
    buf_free(&what);
    return ok;
}

static bool check_field(store *st, const char *kind, const value *was, const value *field,
                        obstacles *o, err *e)
{
    const char *name = value_get_str(field, "name", "");
    if (was && schema_same(was, field))
        return true;
    bool required = value_get_bool(field, "required", false) && !value_get_bool(was, "required", 0);
    bool unique = value_get_bool(field, "unique", false) && !value_get_bool(was, "unique", 0);
    return check_claims(st, kind, field, o, e) && check_unit(st, kind, was, field, o, e) &&
           (!required || check_required(st, kind, name, o, e)) &&
           (!unique || check_unique(st, kind, name, o, e));
}

bool kinds_fit(store *st, const value *before, const value *after, err *e)
{
    const char *kind = value_get_str(after, "name", "");
    const value *fields = value_get(after, "fields");
    obstacles o = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(fields); i++) {
        const value *field = value_at(fields, i);
        ok = check_field(st, kind, schema_field(before, value_get_str(field, "name", "")), field,
                         &o, e);
    }
    if (ok && o.count > 0) {
        ok = err_set(e, ERR_BAD_DATA, "the kind %s can't change: %lld value%s in the way: %s%s",
                     kind, (long long)o.count, o.count == 1 ? " stands" : "s stand",
                     buf_text(&o.first), o.count > LISTED ? "; …" : "");
        err_where(e, "%s", kind);
        err_hint(e, "%s; until then the kind stays as it was",
                 o.of_unit ? "a field in another unit gets another name, or its values are taken "
                             "away first (`polder put ID FIELD=null`)"
                           : "mend them (`polder put ID FIELD=VALUE`; null takes a value away)");
    }
    buf_free(&o.first);
    return ok;
}
